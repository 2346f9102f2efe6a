// These queries are about web sessions of people. Only the keyed hash of the cookie is stored. jobs/purge.ts deletes
// ended and unused ones after 90 days; those of a deleted account go with it.
import type { WebSessionsTable } from './tables.ts';
import type { Query } from '../query.ts';
import type { PersonId } from '../ids.ts';

export type WebSession = WebSessionsTable;

/** Ended sessions are found too: the caller decides. */
export function byHash(q: Query, hash: string): Promise<WebSession | undefined> {
  return q.selectFrom('web_sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
}

export function byId(q: Query, id: string): Promise<WebSession | undefined> {
  return q.selectFrom('web_sessions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Open sessions, last used first. */
export function openOf(q: Query, personId: PersonId): Promise<WebSession[]> {
  return q
    .selectFrom('web_sessions')
    .selectAll()
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('seen_at', 'desc')
    .execute();
}

export async function insert(q: Query, session: WebSession): Promise<void> {
  await q.insertInto('web_sessions').values(session).execute();
}

export async function end(q: Query, id: string, now: number): Promise<boolean> {
  const done = await q
    .updateTable('web_sessions')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function endAll(q: Query, personId: PersonId, now: number, except?: string): Promise<void> {
  let query = q
    .updateTable('web_sessions')
    .set({ ended_at: now })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null);
  if (except !== undefined) query = query.where('id', '!=', except);
  await query.execute();
}

/** Deletes all of a person: they hold the browser and the network. */
export async function removePerson(q: Query, personId: PersonId): Promise<void> {
  await q.deleteFrom('web_sessions').where('person_id', '=', personId).execute();
}

/** Gives the session another cookie, and notes that the password was asked and right. */
export async function renew(q: Query, id: string, hash: string, now: number): Promise<void> {
  await q.updateTable('web_sessions').set({ hash, proven_at: now, seen_at: now }).where('id', '=', id).execute();
}

export async function seen(q: Query, id: string, now: number): Promise<void> {
  await q.updateTable('web_sessions').set({ seen_at: now }).where('id', '=', id).execute();
}
