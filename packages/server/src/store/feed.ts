// The feed of facts to forget, in commit order. jobs/purge.ts deletes rows after an hour; a node that was away longer
// forgets everything.
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

type Query = Kysely<Schema>;

/** `at` is wall time. */
export async function append(q: Query, keys: readonly string[], at: number): Promise<void> {
  await q
    .insertInto('feed')
    .values(keys.map((key) => ({ key, at })))
    .execute();
}

export function after(q: Query, seq: number, limit: number): Promise<{ seq: number; key: string }[]> {
  return q.selectFrom('feed').select(['seq', 'key']).where('seq', '>', seq).orderBy('seq').limit(limit).execute();
}

export async function newest(q: Query): Promise<number> {
  const row = await q
    .selectFrom('feed')
    .select((e) => e.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}

export async function purge(q: Query, before: number, limit: number): Promise<number> {
  const rows = await q.selectFrom('feed').select('seq').where('at', '<', before).limit(limit).execute();
  if (rows.length === 0) return 0;
  await q.deleteFrom('feed').where('seq', 'in', rows.map((row) => row.seq)).execute();
  return rows.length;
}
