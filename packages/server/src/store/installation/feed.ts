// The feed lists facts to forget, in commit order. jobs/purge.ts deletes rows after some hours, oldest first and never
// the newest: so a node can tell rows that were cleared away from rows that were lost.
import type { Query } from '../query.ts';

export interface FeedRow {
  seq: number;
  key: string;
  /** Wall time of the node that wrote it. */
  at: number;
}

export async function append(q: Query, keys: readonly string[], at: number): Promise<void> {
  await q
    .insertInto('feed')
    .values(keys.map((key) => ({ key, at })))
    .execute();
}

/** Lists the rows from this one on, oldest first. */
export function from(q: Query, seq: number, limit: number): Promise<FeedRow[]> {
  return q.selectFrom('feed').selectAll().where('seq', '>=', seq).orderBy('seq').limit(limit).execute();
}

export function newest(q: Query): Promise<FeedRow | undefined> {
  return q.selectFrom('feed').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst();
}

/** Deletes from the beginning, up to the first row that is not older; the newest stays. */
export async function purge(q: Query, before: number, limit: number): Promise<number> {
  const last = await newest(q);
  const rows = await q.selectFrom('feed').selectAll().orderBy('seq').limit(limit).execute();
  const kept = rows.findIndex((row) => row.at >= before || row.seq === last?.seq);
  const old = kept < 0 ? rows : rows.slice(0, kept);
  const end = old.at(-1);
  if (end === undefined) return 0;
  await q.deleteFrom('feed').where('seq', '<=', end.seq).execute();
  return old.length;
}
