// These queries are about invitations to a role on an app. A row goes when it is accepted, declined or taken back, with
// the app, with the person, and after thirty days without an answer (jobs/purge.ts): the address may be of somebody who
// is no user.
import type { AppInvitationsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PersonId } from '../ids.ts';

export interface Invitation {
  id: string;
  appId: AppId;
  /** The address in its stored form. One of `email` and `personId` is set. */
  email: string | null;
  personId: PersonId | null;
  role: string;
  invitedBy: PersonId | null;
  createdAt: number;
}

const read = (row: AppInvitationsTable): Invitation => ({
  id: row.id,
  appId: row.app_id,
  email: row.email,
  personId: row.person_id,
  role: row.role,
  invitedBy: row.invited_by,
  createdAt: row.created_at,
});

export async function byId(q: Query, id: string): Promise<Invitation | undefined> {
  const row = await q.selectFrom('app_invitations').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Oldest first. */
export async function ofApp(q: Query, appId: AppId): Promise<Invitation[]> {
  const rows = await q
    .selectFrom('app_invitations')
    .selectAll()
    .where('app_id', '=', appId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(read);
}

/** Those of one person: by the id, and by the address where the person has one. */
export async function ofPerson(q: Query, personId: PersonId, email: string | null): Promise<Invitation[]> {
  const rows = await q
    .selectFrom('app_invitations')
    .selectAll()
    .where((e) =>
      email === null ? e('person_id', '=', personId) : e.or([e('person_id', '=', personId), e('email', '=', email)]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(read);
}

/** Those to an address, whoever has it. */
export async function toAddress(q: Query, email: string): Promise<Invitation[]> {
  return (await q.selectFrom('app_invitations').selectAll().where('email', '=', email).execute()).map(read);
}

export async function insert(tx: ChangeTransaction, invitation: Invitation): Promise<void> {
  await insertInto(tx, 'app_invitations', (rows) =>
    rows.values({
      id: invitation.id,
      app_id: invitation.appId,
      email: invitation.email,
      person_id: invitation.personId,
      role: invitation.role,
      invited_by: invitation.invitedBy,
      created_at: invitation.createdAt,
    }),
  );
}

/** @returns false when somebody was quicker */
export async function remove(q: Query, id: string): Promise<boolean> {
  return (await q.deleteFrom('app_invitations').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n;
}

export async function removeApp(q: Query, appId: AppId): Promise<void> {
  await q.deleteFrom('app_invitations').where('app_id', '=', appId).execute();
}

/** Those to the person. */
export async function removePerson(q: Query, personId: PersonId, email: string | null): Promise<void> {
  for (const { id } of await ofPerson(q, personId, email)) await remove(q, id);
}
