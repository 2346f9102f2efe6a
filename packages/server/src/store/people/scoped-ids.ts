// These queries are about app-scoped ids: each app knows a person by another id. A row is made when the app first
// learns of the person and goes with the person (operator/delete-person.ts).
import { prepare } from '@hallpass/db';
import { deleteFrom, insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PersonId, ScopedId } from '../ids.ts';

const one = prepare((db: Query, params: { app: AppId; person: PersonId }) =>
  db
    .selectFrom('app_people')
    .select('scoped_id')
    .where('app_id', '=', params.app)
    .where('person_id', '=', params.person),
);

export async function of(q: Query, appId: AppId, personId: PersonId): Promise<ScopedId | undefined> {
  return (await one.first(q, { app: appId, person: personId }))?.scoped_id;
}

/** Every app that ever learned of the person. */
export async function appsThatKnow(q: Query, personId: PersonId): Promise<AppId[]> {
  const rows = await q.selectFrom('app_people').select('app_id').where('person_id', '=', personId).execute();
  return rows.map((row) => row.app_id);
}

export async function personBehind(q: Query, appId: AppId, scopedId: ScopedId): Promise<PersonId | undefined> {
  const row = await q
    .selectFrom('app_people')
    .select('person_id')
    .where('app_id', '=', appId)
    .where('scoped_id', '=', scopedId)
    .executeTakeFirst();
  return row?.person_id;
}

/**
 * Stores the id unless the pair has one; answers the one in force. `undefined` when the id is taken by somebody else of
 * this app.
 */
export async function claim(
  tx: ChangeTransaction,
  appId: AppId,
  personId: PersonId,
  scopedId: ScopedId,
): Promise<ScopedId | undefined> {
  await insertInto(tx, 'app_people', (rows) =>
    rows.values({ app_id: appId, person_id: personId, scoped_id: scopedId }).onConflict((c) => c.doNothing()),
  );
  return of(tx, appId, personId);
}

export async function removePerson(tx: ChangeTransaction, personId: PersonId): Promise<void> {
  await deleteFrom(tx, 'app_people', (rows) => rows.where('person_id', '=', personId));
}
