// Handles of the proxy. Their secret halves are stored as keyed hashes. A withdrawn handle stays, so that the lines of its
// calls can still be read; it goes with the lines when they are old.
import type { Kysely, Selectable } from 'kysely';
import type { HandlesTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export type HandleRow = Selectable<HandlesTable>;

export async function insertHandle(tx: Query, handle: HandleRow): Promise<void> {
  await tx.insertInto('handles').values(handle).execute();
}

/** Of any tenant: the tenant is what the handle says. */
export function handleById(q: Query, id: string): Promise<HandleRow | undefined> {
  return q.selectFrom('handles').selectAll().where('id', '=', id).executeTakeFirst();
}

export function handlesOf(q: Query, tenant: string, connectionId: string | undefined): Promise<HandleRow[]> {
  let query = q.selectFrom('handles').selectAll().where('tenant', '=', tenant);
  if (connectionId !== undefined) query = query.where('connection_id', '=', connectionId);
  return query.orderBy('created_at').orderBy('id').execute();
}

/** Answers false where the tenant has no such handle, or it was withdrawn before. */
export async function withdrawHandle(tx: Query, tenant: string, id: string, at: number): Promise<boolean> {
  const done = await tx
    .updateTable('handles')
    .set({ withdrawn_at: at })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Ends all handles of a connection. */
export async function withdrawHandlesOf(
  tx: Query,
  { tenant, id }: { tenant: string; id: string },
  at: number,
): Promise<void> {
  await tx
    .updateTable('handles')
    .set({ withdrawn_at: at })
    .where('tenant', '=', tenant)
    .where('connection_id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute();
}

/**
 * Counts calls of a living handle, in one statement, so that all processes together keep its limit and none uses one that
 * another has withdrawn. Answers false where it is over, or its limit of this minute is reached.
 */
export async function countCalls(tx: Query, id: string, now: number, calls: number): Promise<boolean> {
  const minute = Math.floor(now / 60);
  const done = await tx
    .updateTable('handles')
    .set((e) => ({
      minute,
      calls: e
        .case()
        .when('minute', '=', minute)
        .then(e('calls', '+', calls))
        .else(calls)
        .end(),
      used_at: now,
    }))
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
    .where((e) => e.or([e('minute', '<>', minute), e(e('calls', '+', calls), '<=', e.ref('calls_per_minute'))]))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
