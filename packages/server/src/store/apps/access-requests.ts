// These queries are about requests of apps for advanced access to a permission: the queue of the reviewers, and what
// they decided. Rows are kept for as long as the app is there and go with it; of a deleted person nothing but the
// missing id is left.
import type { AccessRequestsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PersonId } from '../ids.ts';

export interface AccessRequest {
  id: string;
  appId: AppId;
  permission: string;
  /** The reason why the app needs it, as its people wrote it. */
  useCase: string;
  state: AccessRequestsTable['state'];
  requestedBy: PersonId | null;
  createdAt: number;
  decidedBy: PersonId | null;
  decidedAt: number | null;
  /** The words that the reviewer wrote. */
  reason: string | null;
}

const read = (row: AccessRequestsTable): AccessRequest => ({
  id: row.id,
  appId: row.app_id,
  permission: row.permission,
  useCase: row.use_case,
  state: row.state,
  requestedBy: row.requested_by,
  createdAt: row.created_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  reason: row.reason,
});

export async function byId(q: Query, id: string): Promise<AccessRequest | undefined> {
  const row = await q.selectFrom('access_requests').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Newest first. */
export async function ofApp(q: Query, appId: AppId): Promise<AccessRequest[]> {
  const rows = await q
    .selectFrom('access_requests')
    .selectAll()
    .where('app_id', '=', appId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(read);
}

/** Lists what waits for a decision, oldest first. */
export async function pending(q: Query, limit: number): Promise<AccessRequest[]> {
  const rows = await q
    .selectFrom('access_requests')
    .selectAll()
    .where('state', '=', 'pending')
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(read);
}

export async function insert(tx: ChangeTransaction, request: AccessRequest): Promise<void> {
  await insertInto(tx, 'access_requests', (rows) =>
    rows.values({
      id: request.id,
      app_id: request.appId,
      permission: request.permission,
      use_case: request.useCase,
      state: request.state,
      requested_by: request.requestedBy,
      created_at: request.createdAt,
      decided_by: request.decidedBy,
      decided_at: request.decidedAt,
      reason: request.reason,
    }),
  );
}

/** @returns false when it was not waiting any more: of two reviewers one decides */
export async function decide(
  q: Query,
  id: string,
  decision: {
    state: Exclude<AccessRequest['state'], 'pending'>;
    by: PersonId | null;
    at: number;
    reason: string | null;
  },
): Promise<boolean> {
  const done = await q
    .updateTable('access_requests')
    .set({ state: decision.state, decided_by: decision.by, decided_at: decision.at, reason: decision.reason })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function removeApp(q: Query, appId: AppId): Promise<void> {
  await q.deleteFrom('access_requests').where('app_id', '=', appId).execute();
}

export async function forgetPerson(q: Query, personId: PersonId): Promise<void> {
  await q.updateTable('access_requests').set({ requested_by: null }).where('requested_by', '=', personId).execute();
  await q.updateTable('access_requests').set({ decided_by: null }).where('decided_by', '=', personId).execute();
}
