// These queries count failed tries in a window. The count is one conditional update, so parallel tries cannot slip past
// it. jobs/purge.ts deletes rows whose window has passed; of those that name a network no more than NETWORKS stay.
import { sql } from 'kysely';
import { factKey } from '../facts/fact-key.ts';
import { noteFact } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';

export interface Window {
  seconds: number;
  /** The number of tries that may be made in any window of that length. */
  most: number;
  /** The key names a network. There is no end of those, so the ones whose last try is longest ago are forgotten. */
  ofNetwork?: boolean;
}

/**
 * So many networks are remembered at once. Somebody who tries from more of them than that gains nothing by being
 * forgotten.
 */
export const NETWORKS = 5000;

/**
 * Counts one try. The count begins anew when the last of the `most` tries is `seconds` ago; tries beyond them change
 * nothing about that. @returns the count, this try included
 */
export async function count(
  q: Query,
  key: string,
  now: number,
  { seconds, most, ofNetwork = false }: Window,
): Promise<number> {
  const from = now - seconds;
  const row = await q
    .insertInto('attempts')
    .values({ key, count: 1, since: now, of_network: ofNetwork ? 1 : 0 })
    .onConflict((c) =>
      c.column('key').doUpdateSet({
        count: sql<number>`case when attempts.since <= ${from} then 1 else attempts.count + 1 end`,
        since: sql<number>`case when attempts.since <= ${from} or attempts.count < ${most} then ${now} else attempts.since end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  if (ofNetwork && row.count === 1) await forgetNetworks(q);
  return row.count;
}

/** Counts one try under a key that nodes remember the count of. Below `most` nobody needs to know it. */
export async function countRemembered(
  tx: ChangeTransaction,
  key: string,
  now: number,
  window: Window,
): Promise<number> {
  const counted = await count(tx, key, now, window);
  if (counted >= window.most) noteFact(tx, factKey.attempts(key));
  return counted;
}

/**
 * Deletes what is more than `NETWORKS`, the oldest first. It is read in the order of the index alone: a second column
 * to sort by would have all of them sorted for each network that comes.
 */
async function forgetNetworks(q: Query): Promise<void> {
  const over = q
    .selectFrom('attempts')
    .select('key')
    .where('of_network', '=', 1)
    .orderBy('since', 'desc')
    .limit(100)
    .offset(NETWORKS);
  const keys = (await over.execute()).map(({ key }) => key);
  if (keys.length > 0) await q.deleteFrom('attempts').where('key', 'in', keys).execute();
}

/** Takes one try back: it was right after all. */
export async function giveBack(q: Query, key: string): Promise<void> {
  await q
    .updateTable('attempts')
    .set((e) => ({ count: e('count', '-', 1) }))
    .where('key', '=', key)
    .where('count', '>', 0)
    .execute();
}

/** Returns what is counted under a key, whenever that was; zeros when there is nothing. */
export async function find(q: Query, key: string): Promise<{ count: number; since: number }> {
  return (
    (await q.selectFrom('attempts').select(['count', 'since']).where('key', '=', key).executeTakeFirst()) ?? {
      count: 0,
      since: 0,
    }
  );
}

/** The count of the present window, 0 when there is none. */
export async function peek(q: Query, key: string, now: number, seconds: number): Promise<number> {
  const { count: counted, since } = await find(q, key);
  return since > now - seconds ? counted : 0;
}

export async function clear(q: Query, key: string): Promise<void> {
  await q.deleteFrom('attempts').where('key', '=', key).execute();
}
