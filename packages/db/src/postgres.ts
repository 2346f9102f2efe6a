// PostgreSQL behind the face of database.ts: a pool for reads and changes, changes tried again on conflict, and a clear
// "not now" within two seconds whatever happens to the connection.
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { ChangeLine, Inside, LONGEST_CHANGE, PATIENCE, runAfter, runChange } from './change.ts';
import type { Outcome } from './change.ts';
import { StorageAway, StorageRefused } from './database.ts';
import type { Act, Database, Step, Surroundings } from './database.ts';
import { lineOf, reader, transactions } from './line.ts';
import type { Language, Rows } from './line.ts';
import { Conflict, connectionLost, inOurWords, planIsStale } from './postgres-errors.ts';
import { PostgresListener } from './postgres-listener.ts';

export interface PostgresOptions extends Surroundings {
  /** `postgres://…` */
  url: string;
  /** Most connections at a time; 10 when it is not given. */
  poolSize?: number;
  /** The schema to work in, made when it is missing; otherwise what the address gives, usually `public`. */
  schema?: string;
}

const LANGUAGE: Language = {
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
};

/** A change in the way of others is tried so often. */
const MOST_TRIES = 5;
/** A little sooner than we give up, so that it is the server who says no and the connection stays. */
const SERVER_PATIENCE = PATIENCE - 200;
const INT8 = 20;
const NUMERIC = 1700;

/** Opens a database for any number of nodes. Throws `StorageRefused` when it must not be used, `StorageAway` when it cannot. */
export async function openPostgres<S>(options: PostgresOptions): Promise<Database<S>> {
  if (options.schema !== undefined && !/^[a-z_][a-z0-9_]{0,40}$/.test(options.schema)) throw new TypeError('A schema is named in a–z, 0–9 and _.');
  const unlimited = clientConfig(options);
  const config: pg.PoolConfig = {
    ...unlimited,
    query_timeout: PATIENCE,
    statement_timeout: SERVER_PATIENCE,
    lock_timeout: SERVER_PATIENCE,
    idle_in_transaction_session_timeout: LONGEST_CHANGE + PATIENCE,
    max: options.poolSize ?? 10,
    idleTimeoutMillis: 60_000,
  };
  const pool = new pg.Pool(config);
  // A connection that breaks while nobody uses it is simply replaced; one in use tells its user.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  try {
    await makeReady(pool, options.schema);
  } catch (error) {
    await pool.end();
    throw error instanceof StorageRefused ? error : inOurWords(error);
  }
  return new Postgres<S>(pool, unlimited, options);
}

function clientConfig({ url, schema }: PostgresOptions): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'hallpass',
    connectionTimeoutMillis: PATIENCE,
    keepAlive: true,
    types: { getTypeParser: (type: number, format?: string) => (type === INT8 || type === NUMERIC ? wholeNumber : pg.types.getTypeParser(type, format as 'text')) },
    ...(schema === undefined ? {} : { options: `-c search_path=${schema}` }),
  };
}

// Counts, sums and moments are numbers on both databases; one that a number cannot hold exactly is refused, as SQLite does.
function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError('A number in the database is larger than 2^53.');
  return value;
}

async function makeReady(pool: pg.Pool, schema: string | undefined): Promise<void> {
  if (schema !== undefined) {
    const found = await pool.query('select 1 from pg_namespace where nspname = $1', [schema]);
    if (found.rowCount === 0) await createSchema(pool, schema);
  }
  const { rows } = await pool.query(`select current_setting('synchronous_commit') as commits, current_setting('fsync') as syncs,
    pg_is_in_recovery() as standby, current_schema() as schema`);
  const is = rows[0] as { commits: string; syncs: string; standby: boolean; schema: string | null };
  if (is.standby) throw new StorageRefused('This PostgreSQL is a standby: give the address of the primary.');
  if (is.commits !== 'on' && is.commits !== 'remote_apply') {
    throw new StorageRefused(`PostgreSQL runs with synchronous_commit = ${is.commits}, which can lose stored changes: set it to on.`);
  }
  if (is.syncs !== 'on') throw new StorageRefused('PostgreSQL runs with fsync = off, which can lose stored changes: set it to on.');
  if (is.schema === null || (schema ?? is.schema) !== is.schema) {
    throw new StorageRefused('PostgreSQL does not work in the schema it was told: take `options` out of its address, and see that the schema exists.');
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

class Postgres<S> implements Database<S> {
  readonly kind = 'postgres';
  readonly read: Kysely<S>;
  readonly #pool: pg.Pool;
  readonly #unlimited: pg.ClientConfig;
  readonly #options: PostgresOptions;
  readonly #listener: PostgresListener;
  readonly #inside = new Inside();
  readonly #transaction = transactions<S>(LANGUAGE);
  /** Kept plans are named anew when tables have changed under them. */
  #planAge = 0;

  constructor(pool: pg.Pool, unlimited: pg.ClientConfig, options: PostgresOptions) {
    this.#pool = pool;
    this.#unlimited = unlimited;
    this.#options = options;
    this.#listener = new PostgresListener(unlimited, options.wall);
    this.read = reader<S>(LANGUAGE, { ask: (sql, values, name) => this.#read(sql, values, name) });
  }

  async act<T>(change: (act: Act<S>) => Promise<T>): Promise<T> {
    this.#inside.refuse('database.act');
    const { wall } = this.#options;
    const started = wall.ms();
    for (let tries = 1; ; tries++) {
      try {
        const { value, after } = await this.#once(change);
        runAfter(after);
        return value;
      } catch (error) {
        if (!(error instanceof Conflict) || tries >= MOST_TRIES || wall.ms() - started >= PATIENCE) throw error;
      }
    }
  }

  async inOrder({ tx }: Act<S>, name: string): Promise<void> {
    await lineOf(tx).ask(`select pg_advisory_xact_lock(hashtextextended(current_schema() || ':order:' || $1, 0))`, [name], 'in_order');
  }

  async listen(channel: string, heard: () => void): Promise<void> {
    await this.#listener.listen(this.#channel(channel), heard);
  }

  async tell({ tx }: Act<S>, channel: string): Promise<void> {
    await lineOf(tx).ask(`select pg_notify($1, '')`, [this.#channel(channel)], 'tell');
  }

  async alone<T>(work: (step: Step<S>) => Promise<T>): Promise<T> {
    const client = new pg.Client(this.#unlimited);
    client.on('error', () => {});
    try {
      await client.connect().catch(rethrown);
      // Held by the connection: it goes when the connection does.
      await query(client, { text: `select pg_advisory_lock(hashtextextended(current_schema() || ':alone', 0))` });
      return await work(async (change) => {
        try {
          return (await this.#onClient(client, ({ tx }) => change(tx), Number.POSITIVE_INFINITY)).value;
        } catch (error) {
          await rolledBack(client);
          throw error;
        }
      });
    } finally {
      await client.end().catch(() => {});
    }
  }

  async close(): Promise<void> {
    await this.#listener.close();
    await this.#pool.end();
  }

  // Names of channels are the whole server database's; ours are our schema's.
  #channel(name: string): string {
    return `${this.#options.schema ?? 'public'}.${name}`;
  }

  async #read(sql: string, values: readonly unknown[], name?: string): Promise<Rows> {
    this.#inside.refuse('database.read');
    try {
      return rowsOf(await this.#pool.query(this.#question(sql, values, name)));
    } catch (error) {
      if (!planIsStale(error)) throw inOurWords(error);
      this.#planAge += 1;
      return this.#read(sql, values);
    }
  }

  async #once<T>(change: (act: Act<S>) => Promise<T>): Promise<Outcome<T>> {
    const client = await this.#pool.connect().catch(rethrown);
    let lost = false;
    try {
      return await this.#onClient(client, change);
    } catch (error) {
      lost = connectionLost(error) || !(await rolledBack(client));
      throw error;
    } finally {
      client.release(lost);
    }
  }

  /** One transaction on `client`. When it throws, the transaction may still be open. */
  async #onClient<T>(client: pg.ClientBase, change: (act: Act<S>) => Promise<T>, limit?: number): Promise<Outcome<T>> {
    const { wall, crashPoint } = this.#options;
    await query(client, { text: 'begin' });
    // One statement after another, also when a change asks several at once.
    let last: Promise<unknown> = Promise.resolve();
    const line = new ChangeLine((sql, values, name) => {
      const question = this.#question(sql, values, name);
      const answer = last.then(() => query(client, question));
      last = answer.catch((error: unknown) => {
        if (error instanceof Conflict && planIsStale(error.cause)) this.#planAge += 1;
      });
      return answer.then(rowsOf);
    }, crashPoint);
    const outcome = await runChange(change, line, this.#transaction(line), { wall, inside: this.#inside, ...(limit === undefined ? {} : { limit }) });
    crashPoint?.('db.before-commit');
    await commit(client);
    crashPoint?.('db.after-commit');
    return outcome;
  }

  #question(sql: string, values: readonly unknown[], name?: string): pg.QueryConfig {
    for (const value of values) {
      // PostgreSQL's driver would quietly store these as null and as text; SQLite refuses them.
      if (value === undefined || typeof value === 'boolean') throw new TypeError(`A ${typeof value} cannot be stored: give null, or 0 and 1.`);
    }
    return name === undefined ? { text: sql, values: values as unknown[] } : { text: sql, values: values as unknown[], name: `${name}_${this.#planAge}` };
  }
}


function rowsOf(result: pg.QueryResult): Rows {
  return { rows: result.rows, changed: result.fields.length > 0 ? undefined : (result.rowCount ?? 0) };
}

function rethrown(error: unknown): never {
  throw inOurWords(error);
}

function query(client: pg.ClientBase, question: pg.QueryConfig): Promise<pg.QueryResult> {
  return client.query(question).catch(rethrown);
}

async function rolledBack(client: pg.ClientBase): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}

// Whether a commit without an answer was stored is not known here: whoever asked reads it by its key, nobody repeats it blindly.
async function commit(client: pg.ClientBase): Promise<void> {
  let command: string;
  try {
    ({ command } = await query(client, { text: 'commit' }));
  } catch (error) {
    if (connectionLost(error)) throw new StorageAway('The connection was lost while storing a change: it may or may not be stored.', { cause: error });
    throw error;
  }
  if (command !== 'COMMIT') throw new StorageAway('PostgreSQL took a change back instead of storing it.');
}
