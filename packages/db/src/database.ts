// This is the one face that both databases show. `act` is a durable change; `read` never sees half of one.
import type { Wall } from '@hallpass/protocol';
import type { Kysely } from 'kysely';

/** A change is handed this: its own transaction, and a way to do things after the commit. */
export interface WriteTransaction<S> {
  /** Dead as soon as the change has ended, and from the first statement that failed in it. */
  readonly tx: Kysely<S>;
  /** Runs once the change is durable, before `act` answers. Never awaits the network. */
  after(task: () => void): void;
}

/**
 * A database runs changes that keep to rules, the same on both databases:
 * - It waits for nothing but its own statements: one still open after five seconds is taken back (`StorageUnavailable`).
 * - It may run more than once (a conflict is tried again), so it changes nothing outside the database; `after` does.
 * - It asks through `tx` only. `read` and `act` inside a change throw: they would see the time before it, or wait for
 * it.
 * - A statement that fails takes back the whole change, also when its error is caught: use `on conflict` instead.
 * - It sees what was committed before each of its statements (PostgreSQL: read committed). To read a row, decide, and
 * write
 *   it back, put a condition on the write, or call `inOrder` with the row's name first.
 */
export interface Database<S> {
  readonly kind: 'sqlite' | 'postgres';
  /** Reads outside changes; refuses to write. Throws `StorageUnavailable` when the database cannot be asked. */
  readonly read: Kysely<S>;
  /**
   * Runs `change` in one transaction and answers when it is durable. On SQLite the changes of one turn of the event
   * loop share a transaction, each in its own savepoint: one that throws takes back only itself. On PostgreSQL a
   * serialization conflict or dead-lock is tried again. A storage error is never reported as success.
   */
  act<T>(change: (act: WriteTransaction<S>) => Promise<T>): Promise<T>;
  /** Serialises acts that must see each other in commit order. A no-op on SQLite. */
  inOrder(act: WriteTransaction<S>, name: string): Promise<void>;
  /** Wakes `heard` when any node calls `tell`. A hint, never the carrier of truth. On SQLite both do nothing. */
  listen(channel: string, heard: () => void): Promise<void>;
  /** Wakes the listeners once the change is stored; several changes within a few milliseconds wake them once. */
  tell(act: WriteTransaction<S>, channel: string): void;
  /**
   * For migrations: runs `work` while no other node does the same, without limits of time. Each call of `step` is one
   * transaction of its own.
   */
  alone<T>(work: (step: Step<S>) => Promise<T>): Promise<T>;
  /** Waits for the changes under way, then lets go of the database. */
  close(): Promise<void>;
}

/** Runs `change` in one durable transaction. */
export type Step<S> = <T>(change: (tx: Kysely<S>) => Promise<T>) => Promise<T>;

/** Both databases are opened with these things. */
export interface DatabaseEnvironment {
  wall: Wall;
  /** Called when data may be lost if the process went on (an error while syncing): the process must stop at once. */
  onFatal?: (error: Error) => void;
  /**
   * Only test builds set it: called at 'db.in-change' (after each statement), 'db.before-commit', 'db.after-commit'.
   */
  crashPoint?: (name: string) => void;
}

/** The database cannot be asked now (away, full, locked too long): the Graph answers code 2 with 503. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

/** The database or a file must not be used as it is. The message is one sentence that tells the operator what to do. */
export class StorageRefused extends Error {
  override readonly name = 'StorageRefused';
}

/**
 * A value that no column can have: text with a NUL or half a surrogate pair, a number that is not whole or beyond 2^53.
 * Nothing was asked or stored. The message holds nothing of the value, which may be a secret.
 */
export class UnstorableValue extends Error {
  override readonly name = 'UnstorableValue';

  constructor() {
    super('A value holds characters or a number that no column can have.');
  }
}
