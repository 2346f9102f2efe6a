// These queries are about dialogs in progress of people who are logged in. What was asked is stored once and never
// changed; jobs/purge.ts deletes rows a day after they expired.
import type { InteractionsTable } from './tables.ts';
import type { Query } from '../query.ts';

export type Interaction = InteractionsTable;

export function find(q: Query, hash: string): Promise<Interaction | undefined> {
  return q.selectFrom('interactions').selectAll().where('hash', '=', hash).executeTakeFirst();
}

/** @returns false where it is stored already; then nothing has changed */
export async function insert(q: Query, row: Interaction): Promise<boolean> {
  const done = await q
    .insertInto('interactions')
    .values(row)
    .onConflict((c) => c.column('hash').doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function setProgress(q: Query, hash: string, progress: unknown): Promise<void> {
  await q
    .updateTable('interactions')
    .set({ progress: JSON.stringify(progress) })
    .where('hash', '=', hash)
    .execute();
}

/** @returns whether this call finished it; a second confirm gets false */
export async function finish(q: Query, hash: string, now: number): Promise<boolean> {
  const done = await q
    .updateTable('interactions')
    .set({ finished_at: now })
    .where('hash', '=', hash)
    .where('finished_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
