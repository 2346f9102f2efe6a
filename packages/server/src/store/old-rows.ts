// Some tables have rows that serve for a time and are then needed by nobody. jobs/purge.ts deletes them, some at a
// time.
import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** A table, the column (or columns) that name a row, and the column whose moment decides. */
export interface ExpiringTable {
  table: keyof Schema;
  key: string | readonly string[];
  moment: string;
}

/** True when any row's moment is before `before`. */
export async function hasOld(q: Kysely<Schema>, { table, moment }: ExpiringTable, before: number): Promise<boolean> {
  const found = await sql`select 1 from ${sql.table(table)} where ${sql.ref(moment)} < ${before} limit 1`.execute(q);
  return found.rows.length > 0;
}

/** Deletes at most `limit` rows whose moment is before `before`. @returns how many went */
export async function deleteOld(
  q: Kysely<Schema>,
  { table, key, moment }: ExpiringTable,
  before: number,
  limit: number,
): Promise<number> {
  const names = sql.join([key].flat().map((name) => sql.ref(name)));
  const old = sql`select ${names} from ${sql.table(table)} where ${sql.ref(moment)} < ${before} limit ${limit}`;
  const done = await sql`delete from ${sql.table(table)} where (${names}) in (${old})`.execute(q);
  return Number(done.numAffectedRows ?? 0n);
}
