// The pool holds the connections to PostgreSQL: how long each waits, how values come back, and which servers are
// refused.
import pg from 'pg';
import { LONGEST_CHANGE, PATIENCE } from '../change.ts';
import { StorageRefused } from '../database.ts';
import type { DatabaseEnvironment } from '../database.ts';
import { inOurWords } from './postgres-errors.ts';

export interface PostgresOptions extends DatabaseEnvironment {
  /** `postgres://…` */
  url: string;
  /** Most connections at a time; 10 when it is not given. */
  poolSize?: number;
  /** The schema to work in, made when it is missing; otherwise what the address gives, usually `public`. */
  schema?: string;
}

/** A little sooner than we give up, so that it is the server who says no and the connection stays. */
const SERVER_PATIENCE = PATIENCE - 200;
const INT8 = 20;
const NUMERIC = 1700;

/** Every connection is opened with these options; those of the pool have limits of time besides. */
export function clientConfig({ url, schema }: Pick<PostgresOptions, 'url' | 'schema'>): pg.ClientConfig {
  if (schema !== undefined && !/^[a-z_][a-z0-9_]{0,40}$/.test(schema))
    throw new TypeError('A schema is named in a–z, 0–9 and _.');
  // The driver's own error would show the whole address, with the password.
  if (!URL.canParse(url))
    throw new StorageRefused(
      'The address of PostgreSQL cannot be read: write postgres://user:password@host:5432/database.',
    );
  return {
    connectionString: url,
    application_name: 'hallpass',
    connectionTimeoutMillis: PATIENCE,
    keepAlive: true,
    types: {
      getTypeParser: (type: number, format?: string) =>
        type === INT8 || type === NUMERIC ? wholeNumber : pg.types.getTypeParser(type, format as 'text'),
    },
    ...(schema === undefined ? {} : { options: `-c search_path=${schema}` }),
  };
}

/** Opens a pool on a server that keeps what it has stored. Throws `StorageRefused` or `StorageUnavailable`. */
export async function openPool(config: pg.ClientConfig, { schema, poolSize = 10 }: PostgresOptions): Promise<pg.Pool> {
  const pool = new pg.Pool({
    ...config,
    query_timeout: PATIENCE,
    statement_timeout: SERVER_PATIENCE,
    lock_timeout: SERVER_PATIENCE,
    idle_in_transaction_session_timeout: LONGEST_CHANGE + PATIENCE,
    max: poolSize,
    idleTimeoutMillis: 60_000,
  });
  // A connection that breaks while nobody uses it is simply replaced; one in use tells its user.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  try {
    await makeReady(pool, schema);
    return pool;
  } catch (error) {
    await pool.end();
    throw error instanceof StorageRefused ? error : inOurWords(error);
  }
}

// Counts, sums and moments are numbers on both databases; one that a number cannot hold exactly is refused, as SQLite
// does.
function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new RangeError('A number in the database is larger than 2^53.');
  return value;
}

async function makeReady(pool: pg.Pool, schema: string | undefined): Promise<void> {
  if (schema !== undefined) {
    const found = await pool.query('select 1 from pg_namespace where nspname = $1', [schema]);
    if (found.rowCount === 0) await createSchema(pool, schema);
  }
  const { rows } =
    await pool.query(`select current_setting('synchronous_commit') as commits, current_setting('fsync') as syncs,
    pg_is_in_recovery() as standby, current_schema() as schema`);
  const is = rows[0] as { commits: string; syncs: string; standby: boolean; schema: string | null };
  if (is.standby) throw new StorageRefused('This PostgreSQL is a standby: give the address of the primary.');
  if (is.commits !== 'on' && is.commits !== 'remote_apply') {
    throw new StorageRefused(
      `PostgreSQL runs with synchronous_commit = ${is.commits}, which can lose stored changes: set it to on.`,
    );
  }
  if (is.syncs !== 'on')
    throw new StorageRefused('PostgreSQL runs with fsync = off, which can lose stored changes: set it to on.');
  if (is.schema === null || (schema ?? is.schema) !== is.schema) {
    throw new StorageRefused(
      'PostgreSQL does not work in the schema it was told: take `options` out of its address, and see that the schema exists.',
    );
  }
}

async function createSchema(pool: pg.Pool, schema: string): Promise<void> {
  try {
    await pool.query(`create schema if not exists ${schema}`);
  } catch (error) {
    // Another node was quicker: its schema is there now.
    if ((error as { code?: unknown }).code !== '23505') throw error;
  }
}
