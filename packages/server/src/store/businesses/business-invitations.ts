// These queries are about invitations into businesses. jobs/purge.ts deletes rows 90 days after they expired; those to
// the address of an account that is deleted go with it.
import { type BusinessRole, readJson, shape } from '@hallpass/protocol';
import type { BusinessInvitationsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, BusinessId, PersonId } from '../ids.ts';

export interface Invitation {
  id: string;
  businessId: BusinessId;
  /** The address in its stored form. */
  email: string;
  role: BusinessRole;
  tasks: string[];
  userType: string;
  state: BusinessInvitationsTable['state'];
  createdBy: PersonId | null;
  /** The person who settled the role that it offers: the invitation is worth what this person's right is worth. */
  offeredBy: PersonId | null;
  /** The app by whose token that was done; null in the dashboard. */
  offeredThrough: AppId | null;
  createdAt: number;
  expiresAt: number;
}

const read = (row: BusinessInvitationsTable): Invitation => ({
  id: row.id,
  businessId: row.business_id,
  email: row.email,
  role: row.role,
  tasks: readJson(shape.listOf(shape.text), row.tasks),
  userType: row.user_type,
  state: row.state,
  createdBy: row.created_by,
  offeredBy: row.offered_by,
  offeredThrough: row.offered_through,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

export async function byId(q: Query, id: string): Promise<Invitation | undefined> {
  const row = await q.selectFrom('business_invitations').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Those that nobody has answered, expired ones too, in the order in which they were made. */
export async function pendingOf(q: Query, businessId: BusinessId, email?: string): Promise<Invitation[]> {
  let query = q
    .selectFrom('business_invitations')
    .selectAll()
    .where('business_id', '=', businessId)
    .where('state', '=', 'pending');
  if (email !== undefined) query = query.where('email', '=', email);
  return (await query.orderBy('created_at').orderBy('id').execute()).map(read);
}

export async function insert(tx: ChangeTransaction, params: Invitation): Promise<void> {
  await insertInto(tx, 'business_invitations', (rows) =>
    rows.values({
      id: params.id,
      business_id: params.businessId,
      email: params.email,
      role: params.role,
      tasks: JSON.stringify(params.tasks),
      user_type: params.userType,
      state: params.state,
      created_by: params.createdBy,
      offered_by: params.offeredBy,
      offered_through: params.offeredThrough,
      created_at: params.createdAt,
      expires_at: params.expiresAt,
    }),
  );
}

/** Offers another role; who does it answers for it from now on. @returns false when it was not pending any more */
export async function setRole(
  q: Query,
  id: string,
  { role, offeredBy, offeredThrough }: Pick<Invitation, 'role' | 'offeredBy' | 'offeredThrough'>,
): Promise<boolean> {
  const done = await q
    .updateTable('business_invitations')
    .set({ role, offered_by: offeredBy, offered_through: offeredThrough })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Answers or cancels it. @returns whether this call was the one that did; of simultaneous ones exactly one is */
export async function end(q: Query, id: string, state: Exclude<Invitation['state'], 'pending'>): Promise<boolean> {
  const done = await q
    .updateTable('business_invitations')
    .set({ state })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function removeFor(q: Query, email: string): Promise<void> {
  await q.deleteFrom('business_invitations').where('email', '=', email).execute();
}
