// What a person gave an app by Limited Login: read for id_tokens, and by nothing of the Graph. Deleted with the app's removal
// (accounts/remove-app.ts) and with the person (accounts/delete-person.ts).
import type { Kysely } from 'kysely';
import type { Grant, Permit } from './grants.ts';
import type { LimitedGrantsTable, Schema } from './schema.ts';

type Query = Kysely<Schema>;

const read = (row: LimitedGrantsTable): Grant => ({
  appId: row.app_id,
  personId: row.person_id,
  permissions: JSON.parse(row.permissions) as Record<string, Permit>,
  dataAccessUntil: row.data_access_until,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export async function find(q: Query, appId: string, personId: string): Promise<Grant | undefined> {
  const row = await q.selectFrom('limited_grants').selectAll().where('app_id', '=', appId).where('person_id', '=', personId).executeTakeFirst();
  return row && read(row);
}

export async function ofPerson(q: Query, personId: string): Promise<Grant[]> {
  const rows = await q.selectFrom('limited_grants').selectAll().where('person_id', '=', personId).orderBy('created_at').orderBy('app_id').execute();
  return rows.map(read);
}

/** Reads it and keeps others from changing it until this change has ended: for read, decide, write back. */
export async function holdForChange(tx: Query, appId: string, personId: string): Promise<Grant | undefined> {
  const row = await tx
    .updateTable('limited_grants')
    .set((e) => ({ updated_at: e.ref('updated_at') }))
    .where('app_id', '=', appId)
    .where('person_id', '=', personId)
    .returningAll()
    .executeTakeFirst();
  return row && read(row);
}

export async function put(q: Query, grant: Grant): Promise<void> {
  const values = {
    permissions: JSON.stringify(grant.permissions),
    data_access_until: grant.dataAccessUntil,
    updated_at: grant.updatedAt,
  };
  await q
    .insertInto('limited_grants')
    .values({ app_id: grant.appId, person_id: grant.personId, created_at: grant.createdAt, ...values })
    .onConflict((c) => c.columns(['app_id', 'person_id']).doUpdateSet(values))
    .execute();
}

export async function remove(q: Query, appId: string, personId: string): Promise<boolean> {
  const done = await q.deleteFrom('limited_grants').where('app_id', '=', appId).where('person_id', '=', personId).executeTakeFirst();
  return done.numDeletedRows > 0n;
}

export async function removePerson(q: Query, personId: string): Promise<void> {
  await q.deleteFrom('limited_grants').where('person_id', '=', personId).execute();
}
