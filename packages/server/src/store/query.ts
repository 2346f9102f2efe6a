// Store functions are handed one of these. The types tell a read from a write, and a write that changes facts from one
// that does not, so that no fact can change without every node being told.
import type { Kysely } from 'kysely';
import type { FactKey } from './facts/fact-key.ts';
import type { FactTable, InsertedTable } from './facts/facts-of-rows.ts';
import type { Schema } from './schema.ts';

type PlainTable = Exclude<keyof Schema, FactTable>;

declare const whole: Kysely<Schema>;

/**
 * Reads every table, and writes those that no fact is read from. Any Kysely is one. The others are written with a
 * `ChangeTransaction`, by the functions of `fact-writes.ts`.
 */
export interface Query extends Pick<Kysely<Schema>, 'selectFrom' | 'selectNoFrom' | 'with' | 'fn' | 'getExecutor'> {
  insertInto<T extends Exclude<keyof Schema, InsertedTable>>(table: T): ReturnType<typeof whole.insertInto<T>>;
  updateTable<T extends PlainTable>(table: T): ReturnType<typeof whole.updateTable<T>>;
  deleteFrom<T extends PlainTable>(table: T): ReturnType<typeof whole.deleteFrom<T>>;
}

const facts: unique symbol = Symbol('facts');

/** The transaction of a change, which collects the keys of the facts that it changes. Only `collectFacts` makes one. */
export interface ChangeTransaction extends Query {
  readonly [facts]: { readonly db: Kysely<Schema>; readonly changed: Set<FactKey> };
}

/** Begins to collect. The caller hands on `changedFacts` with the commit: only `liveness/change.ts` needs this. */
export const collectFacts = (db: Kysely<Schema>): ChangeTransaction =>
  Object.assign(db, { [facts]: { db, changed: new Set<FactKey>() } });

/** The facts that were changed so far. */
export const changedFacts = (tx: ChangeTransaction): ReadonlySet<FactKey> => tx[facts].changed;

/** For `fact-writes.ts`: the tables that facts are read from, and where it notes what it changed. */
export const factsOf = (tx: ChangeTransaction): ChangeTransaction[typeof facts] => tx[facts];
