// Tables that facts are read from are written with these functions. They are used as those of Kysely, run the statement,
// and note for the change which facts the written rows change (`facts-of-rows.ts`). The columns that name a row are
// never updated.
import { type Kysely, type Selectable, sql } from 'kysely';
import { type ChangeTransaction, factsOf } from '../query.ts';
import type { Schema } from '../schema.ts';
import type { FactKey } from './fact-key.ts';
import { type FactsOfRow, factsOfRows, type FactTable, type InsertedTable } from './facts-of-rows.ts';

declare const whole: Kysely<Schema>;

type Row<T extends InsertedTable> = Selectable<Schema[T]>;

/** A statement that is ready to be run. */
interface Statement<T extends InsertedTable> {
  returningAll(): { execute(): Promise<Row<T>[]> };
}

/** Inserts rows. @returns those that were inserted, or updated on a conflict; none where nothing was done */
export const insertInto = <T extends InsertedTable>(
  tx: ChangeTransaction,
  table: T,
  build: (rows: ReturnType<typeof whole.insertInto<T>>) => Statement<T>,
): Promise<Row<T>[]> => run(tx, table, build(factsOf(tx).db.insertInto(table)));

/** Updates rows. @returns those that met the conditions, as they are now */
export const updateTable = <T extends FactTable>(
  tx: ChangeTransaction,
  table: T,
  build: (rows: ReturnType<typeof whole.updateTable<T>>) => Statement<T>,
): Promise<Row<T>[]> => run(tx, table, build(factsOf(tx).db.updateTable(table)));

/** Deletes rows. @returns those that were there */
export const deleteFrom = <T extends FactTable>(
  tx: ChangeTransaction,
  table: T,
  build: (rows: ReturnType<typeof whole.deleteFrom<T>>) => Statement<T>,
): Promise<Row<T>[]> => run(tx, table, build(factsOf(tx).db.deleteFrom(table)));

async function run<T extends InsertedTable>(
  tx: ChangeTransaction,
  table: T,
  statement: Statement<T>,
): Promise<Row<T>[]> {
  const { db, changed } = factsOf(tx);
  const facts: FactsOfRow<T> = factsOfRows[table];
  const rows = await statement.returningAll().execute();
  for (const row of rows) for (const key of await facts(row, db)) changed.add(key);
  return rows;
}

/** Notes that a fact changed which hangs on more than the row. */
export function noteFact(tx: ChangeTransaction, key: FactKey): void {
  factsOf(tx).changed.add(key);
}

/**
 * Reads the rows with these values and keeps others from changing them until the change has ended: for read, decide,
 * write back. Nothing changes by it. @param kept a column that is no part of a key
 */
export async function holdRows<T extends FactTable>(
  tx: ChangeTransaction,
  table: T,
  kept: keyof Row<T> & string,
  values: Partial<Row<T>>,
): Promise<Row<T>[]> {
  const conditions = Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const which = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const statement = sql<
    Row<T>
  >`update ${sql.table(table)} set ${sql.ref(kept)} = ${sql.ref(kept)} ${which} returning *`;
  return (await statement.execute(tx)).rows;
}
