// Grants: what a person allowed an app. Deleted when the person removes the app; the epoch of the pair stays, so that
// tokens of the old grant stay dead when the app is added again.
import { asked } from '@hallpass/db';
import type { Kysely } from 'kysely';
import type { GrantsTable, Schema } from './schema.ts';

type Query = Kysely<Schema>;

export type PermitStatus = 'granted' | 'declined' | 'expired';

/** What the person said to one permission. No `targets` means every object. */
export interface Permit {
  status: PermitStatus;
  targets?: string[];
}

export interface Grant {
  appId: string;
  personId: string;
  permissions: Record<string, Permit>;
  /** Epoch seconds. */
  dataAccessUntil: number;
  createdAt: number;
  updatedAt: number;
}

const read = (row: GrantsTable): Grant => ({
  appId: row.app_id,
  personId: row.person_id,
  permissions: JSON.parse(row.permissions) as Record<string, Permit>,
  dataAccessUntil: row.data_access_until,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const one = asked((db: Query, given: { app: string; person: string }) =>
  db.selectFrom('grants').selectAll().where('app_id', '=', given.app).where('person_id', '=', given.person),
);

export async function find(q: Query, appId: string, personId: string): Promise<Grant | undefined> {
  const row = await one.first(q, { app: appId, person: personId });
  return row && read(row);
}

export async function ofPerson(q: Query, personId: string): Promise<Grant[]> {
  return (await q.selectFrom('grants').selectAll().where('person_id', '=', personId).orderBy('created_at').orderBy('app_id').execute()).map(read);
}

/** Reads the grant and keeps others from changing it until this change has ended: for read, decide, write back. */
export async function holdForChange(tx: Query, appId: string, personId: string): Promise<Grant | undefined> {
  const row = await tx
    .updateTable('grants')
    .set((e) => ({ updated_at: e.ref('updated_at') }))
    .where('app_id', '=', appId)
    .where('person_id', '=', personId)
    .returningAll()
    .executeTakeFirst();
  return row && read(row);
}

/** How many people have added the app; with `since`, of them those who were there after that moment. */
export async function countOfApp(q: Query, appId: string, since = 0): Promise<number> {
  const row = await q
    .selectFrom('grants')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('app_id', '=', appId)
    .where('updated_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** How many people logged in to the app since a moment, and no more than `most`: reads that many rows of an index at the most. */
export async function countRecent(q: Query, appId: string, since: number, most: number): Promise<number> {
  const row = await q
    .selectFrom((e) => e.selectFrom('grants').select('person_id').where('app_id', '=', appId).where('updated_at', '>=', since).limit(most).as('some'))
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** People of an app whose data access ends before a moment (90 days after their last log-in), by app-scoped id; one more than asked for. */
export async function dataAccessEndsBefore(
  q: Query,
  appId: string,
  moment: number,
  page: { limit: number; after: string | undefined; before: string | undefined },
): Promise<{ scopedId: string; dataAccessUntil: number }[]> {
  let query = q
    .selectFrom('grants')
    .innerJoin('app_people', (join) => join.onRef('app_people.app_id', '=', 'grants.app_id').onRef('app_people.person_id', '=', 'grants.person_id'))
    .select(['app_people.scoped_id', 'grants.data_access_until'])
    .where('grants.app_id', '=', appId)
    .where('grants.data_access_until', '<', moment)
    .limit(page.limit + 1);
  if (page.after !== undefined) query = query.where('app_people.scoped_id', '>', page.after);
  if (page.before !== undefined) query = query.where('app_people.scoped_id', '<', page.before);
  const rows = await query.orderBy('app_people.scoped_id', page.before === undefined ? 'asc' : 'desc').execute();
  const read = rows.map((row) => ({ scopedId: row.scoped_id, dataAccessUntil: row.data_access_until }));
  return page.before === undefined ? read : read.reverse();
}

/** Inserts or replaces the grant of the pair. */
export async function put(q: Query, grant: Grant): Promise<void> {
  const values = {
    permissions: JSON.stringify(grant.permissions),
    data_access_until: grant.dataAccessUntil,
    updated_at: grant.updatedAt,
  };
  await q
    .insertInto('grants')
    .values({ app_id: grant.appId, person_id: grant.personId, created_at: grant.createdAt, ...values })
    .onConflict((c) => c.columns(['app_id', 'person_id']).doUpdateSet(values))
    .execute();
}

export async function remove(q: Query, appId: string, personId: string): Promise<boolean> {
  const done = await q.deleteFrom('grants').where('app_id', '=', appId).where('person_id', '=', personId).executeTakeFirst();
  return done.numDeletedRows > 0n;
}
