// Some tables have rows that serve for a time and are then needed by nobody. jobs/purge.ts deletes them, some at a
// time.
import { sql } from 'kysely';
import type { FactTable } from './facts/facts-of-rows.ts';
import type { Schema } from './schema.ts';
import type { Query } from './query.ts';

/**
 * A table, the column (or columns) that name a row, and the column whose moment decides. No fact is read from such
 * rows: of second factors only those expire that were offered and never turned on.
 */
export interface ExpiringTable {
  table: Exclude<keyof Schema, FactTable> | 'second_factors';
  key: string | readonly string[];
  moment: string;
}

/** True when any row's moment is before `before`. */
export async function hasOld(q: Query, { table, moment }: ExpiringTable, before: number): Promise<boolean> {
  const found = await sql`select 1 from ${sql.table(table)} where ${sql.ref(moment)} < ${before} limit 1`.execute(q);
  return found.rows.length > 0;
}

/** Deletes at most `limit` rows whose moment is before `before`. @returns how many went */
export async function deleteOld(
  q: Query,
  { table, key, moment }: ExpiringTable,
  before: number,
  limit: number,
): Promise<number> {
  const names = sql.join([key].flat().map((name) => sql.ref(name)));
  const old = sql`select ${names} from ${sql.table(table)} where ${sql.ref(moment)} < ${before} limit ${limit}`;
  const done = await sql`delete from ${sql.table(table)} where (${names}) in (${old})`.execute(q);
  return Number(done.numAffectedRows ?? 0n);
}
