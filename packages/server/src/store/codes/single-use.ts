// These queries are about things that work once: codes, links, nonces. Consumed by one conditional update, the same on
// both databases. jobs/purge.ts deletes rows a day after they expired; a replay after that is answered like an unknown
// value.
import { prepare } from '@hallpass/db';
import type { SingleUseTable } from './tables.ts';
import type { Query } from '../query.ts';

export type SingleUse = SingleUseTable;

const one = prepare((db: Query, params: { hash: string }) =>
  db.selectFrom('single_use').selectAll().where('hash', '=', params.hash),
);

export function find(q: Query, hash: string): Promise<SingleUse | undefined> {
  return one.first(q, { hash });
}

const inserted = prepare(
  (db: Query, { hash, kind, app_id, person_id, payload, expires_at, used_at, tries }: SingleUse) =>
    db.insertInto('single_use').values({ hash, kind, app_id, person_id, payload, expires_at, used_at, tries }),
);

export async function insert(q: Query, row: SingleUse): Promise<void> {
  await inserted.run(q, row);
}

/** Inserts unless the value is known already. @returns whether this call was first */
export async function claim(q: Query, row: SingleUse): Promise<boolean> {
  const done = await q
    .insertInto('single_use')
    .values(row)
    .onConflict((c) => c.column('hash').doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns whether this call was the one that used it; of any number of simultaneous calls exactly one gets true */
export async function consume(q: Query, hash: string, now: number): Promise<boolean> {
  return (await consumed.run(q, { hash, now })) > 0;
}

const consumed = prepare((db: Query, params: { hash: string; now: number }) =>
  db
    .updateTable('single_use')
    .set({ used_at: params.now })
    .where('hash', '=', params.hash)
    .where('used_at', 'is', null),
);

/** Counts a failed try. @returns the number of failed tries so far */
export async function failed(q: Query, hash: string): Promise<number> {
  const row = await q
    .updateTable('single_use')
    .set((e) => ({ tries: e('tries', '+', 1) }))
    .where('hash', '=', hash)
    .returning('tries')
    .executeTakeFirst();
  return row?.tries ?? 0;
}
