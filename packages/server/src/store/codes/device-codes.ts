// These queries are about codes of devices without a log-in page. Each step is one conditional update, so of any number
// of simultaneous claims, decisions and polls exactly one wins. jobs/purge.ts deletes rows a day after they expired;
// they go earlier where an app has many.
import type { DeviceCodesTable } from './tables.ts';
import type { Query } from '../query.ts';
import type { AppId } from '../ids.ts';

export type DeviceCode = DeviceCodesTable;

export function find(q: Query, hash: string): Promise<DeviceCode | undefined> {
  return q.selectFrom('device_codes').selectAll().where('hash', '=', hash).executeTakeFirst();
}

/** @param userCode keyed hash of it */
export function byUserCode(q: Query, userCode: string): Promise<DeviceCode | undefined> {
  return q.selectFrom('device_codes').selectAll().where('user_code', '=', userCode).executeTakeFirst();
}

/** @returns false where a row with that user code is there already */
export async function insert(q: Query, row: DeviceCode): Promise<boolean> {
  const done = await q
    .insertInto('device_codes')
    .values(row)
    .onConflict((c) => c.column('user_code').doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Counts the codes of an app: of all, or of one network, that have not expired at `now`. */
export async function count(q: Query, appId: AppId, among: 'all' | { ipPrefix: string; now: number }): Promise<number> {
  let counted = q
    .selectFrom('device_codes')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('app_id', '=', appId);
  if (among !== 'all') counted = counted.where('ip_prefix', '=', among.ipPrefix).where('expires_at', '>', among.now);
  return Number((await counted.executeTakeFirstOrThrow()).n);
}

/** Deletes codes of an app that have expired. @returns how many went */
export async function deleteExpired(q: Query, appId: AppId, now: number): Promise<number> {
  const done = await q
    .deleteFrom('device_codes')
    .where('app_id', '=', appId)
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}

/** Binds a waiting code to a session. @returns whether it belongs to this session now */
export async function claim(q: Query, hash: string, session: string, now: number): Promise<boolean> {
  const done = await q
    .updateTable('device_codes')
    .set({ session_id: session })
    .where('hash', '=', hash)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .where((e) => e.or([e('session_id', 'is', null), e('session_id', '=', session)]))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Frees the waiting codes that a session has claimed. */
export async function letGo(q: Query, session: string): Promise<void> {
  await q
    .updateTable('device_codes')
    .set({ session_id: null })
    .where('session_id', '=', session)
    .where('state', '=', 'waiting')
    .execute();
}

/** Takes the decision of the session that claimed it. @returns whether this was the first decision */
export async function decide(
  q: Query,
  hash: string,
  decision: { state: 'approved' | 'denied'; session: string; record: string | null; now: number },
): Promise<boolean> {
  const done = await q
    .updateTable('device_codes')
    .set({ state: decision.state, record: decision.record })
    .where('hash', '=', hash)
    .where('state', '=', 'waiting')
    .where('session_id', '=', decision.session)
    .where('expires_at', '>', decision.now)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Ends a code that nobody has decided about. @returns false when it was decided already */
export async function expire(q: Query, hash: string, now: number): Promise<boolean> {
  const done = await q
    .updateTable('device_codes')
    .set({ expires_at: now })
    .where('hash', '=', hash)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Notes a poll. @returns false where the one before it is less than `interval` seconds ago */
export async function polled(q: Query, hash: string, now: number, interval: number): Promise<boolean> {
  const done = await q
    .updateTable('device_codes')
    .set({ polled_at: now })
    .where('hash', '=', hash)
    .where((e) => e.or([e('polled_at', 'is', null), e('polled_at', '<=', now - interval)]))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** @returns whether this call was the one that took the token */
export async function take(q: Query, hash: string): Promise<boolean> {
  const done = await q
    .updateTable('device_codes')
    .set({ state: 'taken' })
    .where('hash', '=', hash)
    .where('state', '=', 'approved')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
