// SQLite commits in groups: the changes queued in one turn of the event loop share one transaction, each in its own
// savepoint, and all of them are answered after the one sync. Nobody is told of a change, or of what it saw of an
// earlier one, before both are durable.
import { AsyncLocalStorage } from 'node:async_hooks';
import { pause } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import { ChangeLine, PATIENCE, runAfter, runChange } from './change.ts';
import type { OpenChanges, ChangeResult } from './change.ts';
import { StorageUnavailable } from './database.ts';
import type { WriteTransaction, DatabaseEnvironment } from './database.ts';
import type { SqlConnection } from './line.ts';
import { isBusy } from './sqlite/sqlite-connection.ts';
import type { SqliteConnection } from './sqlite/sqlite-connection.ts';

/** So many changes share a transaction at most: about ten milliseconds of work. */
const LARGEST_GROUP = 500;

interface PendingChange<S> {
  readonly change: (act: WriteTransaction<S>) => Promise<unknown>;
  readonly limit: number | undefined;
  /** Runs the change where it was asked for, not where the first of its group was. */
  readonly inItsContext: <T>(task: () => T) => T;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface FinishedChange<S> {
  readonly queued: PendingChange<S>;
  readonly outcome: ChangeResult<unknown> | undefined;
  readonly error: unknown;
}

export class GroupCommit<S> {
  readonly #connection: SqliteConnection;
  readonly #surroundings: DatabaseEnvironment;
  readonly #changes: OpenChanges;
  readonly #transaction: (line: SqlConnection) => Kysely<S>;
  readonly #onSchemaChange: () => void;
  #queue: PendingChange<S>[] = [];
  #group: Promise<void> | undefined;
  #closed = false;

  constructor(
    connection: SqliteConnection,
    params: {
      surroundings: DatabaseEnvironment;
      changes: OpenChanges;
      transaction: (line: SqlConnection) => Kysely<S>;
      onSchemaChange: () => void;
    },
  ) {
    this.#connection = connection;
    this.#surroundings = params.surroundings;
    this.#changes = params.changes;
    this.#transaction = params.transaction;
    this.#onSchemaChange = params.onSchemaChange;
  }

  /** Resolves when the open group has been committed or taken back; undefined when none is open. */
  get openGroup(): Promise<void> | undefined {
    return this.#connection.inTransaction ? this.#group : undefined;
  }

  /** Queues `change`; answers when it is durable. `limit` is how long it may stay open, in milliseconds. */
  act<T>(change: (act: WriteTransaction<S>) => Promise<T>, limit?: number): Promise<T> {
    if (this.#closed) return Promise.reject(new StorageUnavailable('The database was closed.'));
    return new Promise<T>((resolve, reject) => {
      const inItsContext = AsyncLocalStorage.snapshot();
      this.#queue.push({ change, limit, inItsContext, resolve: resolve as (value: unknown) => void, reject });
      this.#start();
    });
  }

  /** Takes no more changes, and resolves when all that were taken are answered. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#group !== undefined) await this.#group;
  }

  // The group begins at the end of this turn, so that everything this turn asks for is in it.
  #start(): void {
    if (this.#group !== undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#group = promise;
    setImmediate(async () => {
      await this.#runGroup();
      this.#group = undefined;
      resolve();
      if (this.#queue.length > 0) this.#start();
    });
  }

  async #runGroup(): Promise<void> {
    try {
      await this.#begin();
    } catch (error) {
      for (const queued of this.#queue.splice(0)) queued.reject(error);
      return;
    }
    const taken: PendingChange<S>[] = [];
    const done: FinishedChange<S>[] = [];
    try {
      for (
        let next = this.#queue.shift();
        next !== undefined;
        next = taken.length < LARGEST_GROUP ? this.#queue.shift() : undefined
      ) {
        taken.push(next);
        done.push(await this.#runOne(next));
      }
      this.#surroundings.crashPoint?.('db.before-commit');
      this.#connection.ask('commit', []);
      this.#surroundings.crashPoint?.('db.after-commit');
    } catch (error) {
      this.#takeBack();
      // The error of one of them may rest on what another had written: only "ask again" is true for all.
      const away =
        error instanceof StorageUnavailable
          ? error
          : new StorageUnavailable('The changes could not be stored.', { cause: error });
      for (const queued of taken) queued.reject(away);
      return;
    } finally {
      if (this.#connection.schemaChanged) this.#onSchemaChange();
    }
    for (const { queued, outcome, error } of done) {
      if (outcome === undefined) queued.reject(error);
      else answer(queued, outcome);
    }
  }

  // Waits for a lock of another program (a back-up, the sqlite3 shell) without standing still.
  async #begin(): Promise<void> {
    const { wall } = this.#surroundings;
    const started = wall.ms();
    for (;;) {
      try {
        this.#connection.ask('begin immediate', []);
        return;
      } catch (error) {
        if (!isBusy(error) || wall.ms() - started >= PATIENCE) throw error;
      }
      await pause(wall, 20);
    }
  }

  // Throws only when the transaction of the whole group is lost.
  async #runOne(queued: PendingChange<S>): Promise<FinishedChange<S>> {
    const connection = this.#connection;
    const line = new ChangeLine(async (sql, values) => connection.ask(sql, values), this.#surroundings.crashPoint);
    connection.ask('savepoint change', []);
    try {
      const params = { line, tx: this.#transaction(line), changes: this.#changes, limit: queued.limit };
      const outcome = await queued.inItsContext(() => runChange(queued.change, params));
      connection.ask('release change', []);
      return { queued, outcome, error: undefined };
    } catch (error) {
      // A full disk or a failed one may have taken back everything, not only this change.
      if (!connection.inTransaction) throw error;
      connection.ask('rollback to change', []);
      connection.ask('release change', []);
      return { queued, outcome: undefined, error };
    }
  }

  #takeBack(): void {
    try {
      if (this.#connection.inTransaction) this.#connection.ask('rollback', []);
    } catch {
      // The connection says so again at the next question.
    }
  }
}

function answer<S>(queued: PendingChange<S>, outcome: ChangeResult<unknown>): void {
  try {
    runAfter(outcome.after);
    queued.resolve(outcome.value);
  } catch (error) {
    queued.reject(error);
  }
}
