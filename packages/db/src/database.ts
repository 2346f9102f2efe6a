// The one face both databases show. `act` is a durable change; `read` never sees half of one.
import type { Kysely } from 'kysely';

/** What a change is handed: its own transaction, and a way to do things after the commit. */
export interface Act<S> {
  readonly tx: Kysely<S>;
  /** Runs once the change is durable, before `act` answers. Never awaits the network. */
  after(task: () => void): void;
}

export interface Database<S> {
  readonly kind: 'sqlite' | 'postgres';
  /** Reads outside changes. Throws `StorageAway` when the database cannot be asked. */
  readonly read: Kysely<S>;
  /**
   * Runs `change` in one transaction and answers when it is durable. On SQLite the changes of one turn of the event
   * loop share a transaction, each in its own savepoint: one that throws takes back only itself. On PostgreSQL a
   * serialization conflict or dead-lock is tried again. A storage error is never reported as success.
   */
  act<T>(change: (act: Act<S>) => Promise<T>): Promise<T>;
  /** Serialises acts that must see each other in commit order (the invalidation feed). A no-op on SQLite. */
  inOrder(act: Act<S>, name: string): Promise<void>;
  /** Wakes `heard` when any node calls `tell`. A hint, never the carrier of truth. On SQLite both do nothing. */
  listen(channel: string, heard: () => void): Promise<void>;
  tell(act: Act<S>, channel: string): Promise<void>;
  close(): Promise<void>;
}

/** The database cannot be asked now (away, full, locked too long): the Graph answers code 2 with 503. */
export class StorageAway extends Error {
  override readonly name = 'StorageAway';
}
