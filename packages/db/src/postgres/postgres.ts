// This module puts PostgreSQL behind the face of database.ts: a pool for reads and changes, changes tried again on
// conflict, and a clear "not now" within two seconds whatever happens to the connection.
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { ChangeLine, OpenChanges, PATIENCE, runAfter, runChange } from '../change.ts';
import type { ChangeResult } from '../change.ts';
import { StorageUnavailable } from '../database.ts';
import type { WriteTransaction, Database, Step } from '../database.ts';
import { lineOf, reader, transactions } from '../line.ts';
import type { SqlDialect, SqlResult } from '../line.ts';
import { Conflict, connectionLost, inOurWords, planIsStale } from './postgres-errors.ts';
import { PostgresBell } from './postgres-bell.ts';
import { PostgresListener } from './postgres-listener.ts';
import { clientConfig, openPool } from './postgres-pool.ts';
import type { PostgresOptions } from './postgres-pool.ts';

const LANGUAGE: SqlDialect = {
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
};

/** A change in the way of others is tried so often. */
const MOST_TRIES = 5;
/**
 * Opens a database for any number of nodes. Throws `StorageRefused` when it must not be used, `StorageUnavailable` when it
 * cannot.
 */
export async function openPostgres<S>(options: PostgresOptions): Promise<Database<S>> {
  const config = clientConfig(options);
  return new Postgres<S>(await openPool(config, options), config, options);
}

class Postgres<S> implements Database<S> {
  readonly kind = 'postgres';
  readonly read: Kysely<S>;
  readonly #pool: pg.Pool;
  readonly #unlimited: pg.ClientConfig;
  readonly #options: PostgresOptions;
  readonly #listener: PostgresListener;
  readonly #bell: PostgresBell;
  readonly #changes: OpenChanges;
  readonly #transaction = transactions<S>(LANGUAGE);
  /** Kept plans are named anew when tables have changed under them. */
  #planAge = 0;
  #closing: Promise<void> | undefined;

  constructor(pool: pg.Pool, unlimited: pg.ClientConfig, options: PostgresOptions) {
    this.#pool = pool;
    this.#unlimited = unlimited;
    this.#options = options;
    this.#changes = new OpenChanges(options.wall);
    this.#listener = new PostgresListener(unlimited, options.wall);
    this.#bell = new PostgresBell(pool, options.wall);
    this.read = reader<S>(LANGUAGE, { ask: (sql, values, name) => this.#read(sql, values, name) });
  }

  async act<T>(change: (act: WriteTransaction<S>) => Promise<T>): Promise<T> {
    this.#changes.refuseInside('database.act');
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

  async inOrder({ tx }: WriteTransaction<S>, name: string): Promise<void> {
    await lineOf(tx).ask(
      `select pg_advisory_xact_lock(hashtextextended(current_schema() || ':order:' || $1, 0))`,
      [name],
      'in_order',
    );
  }

  async listen(channel: string, heard: () => void): Promise<void> {
    await this.#listener.listen(this.#channel(channel), heard);
  }

  tell({ after }: WriteTransaction<S>, channel: string): void {
    after(() => this.#bell.ring(this.#channel(channel)));
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

  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#bell.close(), this.#listener.close()]).then(() => this.#pool.end());
    return this.#closing;
  }

  // Names of channels are the whole server database's; ours are our schema's.
  #channel(name: string): string {
    return `${this.#options.schema ?? 'public'}.${name}`;
  }

  async #read(sql: string, values: readonly unknown[], name?: string): Promise<SqlResult> {
    this.#changes.refuseInside('database.read');
    try {
      return rowsOf(await this.#pool.query(this.#question(sql, values, name)));
    } catch (error) {
      if (!planIsStale(error)) throw inOurWords(error);
      this.#planAge += 1;
      return this.#read(sql, values);
    }
  }

  async #once<T>(change: (act: WriteTransaction<S>) => Promise<T>): Promise<ChangeResult<T>> {
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
  async #onClient<T>(
    client: pg.ClientBase,
    change: (act: WriteTransaction<S>) => Promise<T>,
    limit?: number,
  ): Promise<ChangeResult<T>> {
    const { crashPoint } = this.#options;
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
    const outcome = await runChange(change, { line, tx: this.#transaction(line), changes: this.#changes, limit });
    crashPoint?.('db.before-commit');
    await commit(client);
    crashPoint?.('db.after-commit');
    return outcome;
  }

  #question(sql: string, values: readonly unknown[], name?: string): pg.QueryConfig {
    return name === undefined
      ? { text: sql, values: values as unknown[] }
      : { text: sql, values: values as unknown[], name: `${name}_${this.#planAge}` };
  }
}

function rowsOf(result: pg.QueryResult): SqlResult {
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

// This function does not know whether a commit without an answer was stored: whoever asked reads it by its key, nobody
// repeats it blindly.
async function commit(client: pg.ClientBase): Promise<void> {
  let command: string;
  try {
    ({ command } = await query(client, { text: 'commit' }));
  } catch (error) {
    if (connectionLost(error))
      throw new StorageUnavailable('The connection was lost while storing a change: it may or may not be stored.', {
        cause: error,
      });
    throw error;
  }
  if (command !== 'COMMIT') throw new StorageUnavailable('PostgreSQL took a change back instead of storing it.');
}
