// These queries are about grants: what a person allowed an app. Deleted when the person removes the app; the epoch of
// the pair stays, so that tokens of the old grant stay dead when the app is added again.
import type { ExpressionBuilder } from 'kysely';
import { type Grant, grantRows, readGrant } from './grant-rows.ts';
import type { Schema } from '../schema.ts';
import { type AppId, ScopedId } from '../ids.ts';
import type { Query } from '../query.ts';

export { type Grant, type Permit, permitsShape, type PermitStatus } from './grant-rows.ts';

export const { find, ofPerson, holdForChange, put, remove } = grantRows('grants');

/** Counts the people who have added the app; with `since`, of them those who were there after that moment. */
export async function countOfApp(q: Query, appId: AppId, since = 0): Promise<number> {
  const row = await q
    .selectFrom('grants')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('app_id', '=', appId)
    .where('updated_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/**
 * Counts the people who logged in to the app since a moment, and no more than `most`: reads that many rows of an index
 * at the most.
 */
export async function countRecent(q: Query, appId: AppId, since: number, most: number): Promise<number> {
  const row = await q
    .selectFrom((e) =>
      e
        .selectFrom('grants')
        .select('person_id')
        .where('app_id', '=', appId)
        .where('updated_at', '>=', since)
        .limit(most)
        .as('some'),
    )
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Epoch seconds: `from` belongs to it, `until` does not; without `until` it has no end. */
export interface Span {
  from: number;
  until?: number;
}

const isIn = (spans: readonly Span[]) => (e: ExpressionBuilder<Schema, 'grants'>) =>
  e.or(
    spans.map(({ from, until }) =>
      e.and([
        e('grants.data_access_until', '>=', from),
        ...(until === undefined ? [] : [e('grants.data_access_until', '<', until)]),
      ]),
    ),
  );

/**
 * Counts the people of each app whose data access ends in one of the spans (90 days after their last log-in); deleted
 * apps are left out.
 */
export async function countByApp(q: Query, spans: readonly Span[]): Promise<{ appId: AppId; people: number }[]> {
  const rows = await q
    .selectFrom('grants')
    .innerJoin('apps', 'apps.id', 'grants.app_id')
    .select(['grants.app_id', (e) => e.fn.countAll<number>().as('people')])
    .where(isIn(spans))
    .where('apps.status', '!=', 'deleted')
    .groupBy('grants.app_id')
    .orderBy('grants.app_id')
    .execute();
  return rows.map((row) => ({ appId: row.app_id, people: Number(row.people) }));
}

/** One more row than asked for is read, so that the caller knows whether there are more. */
interface PageOfPeople {
  limit: number;
  /** Positions in the list: app-scoped ids. */
  after: string | undefined;
  before: string | undefined;
}

/** The grants of an app with the ids by which it knows its people, in the order of these ids. */
function byScopedId(q: Query, appId: AppId, page: PageOfPeople) {
  let query = q
    .selectFrom('grants')
    .innerJoin('app_people', (join) =>
      join.onRef('app_people.app_id', '=', 'grants.app_id').onRef('app_people.person_id', '=', 'grants.person_id'),
    )
    .where('grants.app_id', '=', appId)
    .limit(page.limit + 1);
  if (page.after !== undefined) query = query.where('app_people.scoped_id', '>', ScopedId.of(page.after));
  if (page.before !== undefined) query = query.where('app_people.scoped_id', '<', ScopedId.of(page.before));
  return query.orderBy('app_people.scoped_id', page.before === undefined ? 'asc' : 'desc');
}

/** People of an app whose data access ends in one of the spans, by app-scoped id; one more than asked for. */
export async function dataAccessEndsIn(
  q: Query,
  appId: AppId,
  spans: readonly Span[],
  page: PageOfPeople,
): Promise<{ scopedId: ScopedId; dataAccessUntil: number }[]> {
  const rows = await byScopedId(q, appId, page)
    .select(['app_people.scoped_id', 'grants.data_access_until'])
    .where(isIn(spans))
    .execute();
  const read = rows.map((row) => ({ scopedId: row.scoped_id, dataAccessUntil: row.data_access_until }));
  return page.before === undefined ? read : read.reverse();
}

/** People who have added an app, by app-scoped id; one more than asked for. @param only the one with this id */
export async function connectedTo(
  q: Query,
  appId: AppId,
  page: PageOfPeople,
  only?: ScopedId,
): Promise<(Grant & { scopedId: ScopedId })[]> {
  let query = byScopedId(q, appId, page).select('app_people.scoped_id').selectAll('grants');
  if (only !== undefined) query = query.where('app_people.scoped_id', '=', only);
  const rows = await query.execute();
  const read = rows.map((row) => ({ ...readGrant(row), scopedId: row.scoped_id }));
  return page.before === undefined ? read : read.reverse();
}
