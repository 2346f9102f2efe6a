// Grants: what a person allowed an app. Deleted when the person removes the app; the epoch of the pair stays, so that
// tokens of the old grant stay dead when the app is added again.
import type { Kysely } from 'kysely';
import { grantRows } from './grant-rows.ts';
import type { Schema } from './schema.ts';

type Query = Kysely<Schema>;

export type { Grant, Permit, PermitStatus } from './grant-rows.ts';

export const { find, ofPerson, holdForChange, put, remove } = grantRows('grants');

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
