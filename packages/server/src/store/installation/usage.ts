// These rows hold what was used of limits, and how apps were used day by day. Written by jobs/flush-usage.ts alone, a
// few seconds after the calls. jobs/purge.ts deletes counts that count no more, and days after 90 days; `usage_recent`
// has one row for each app that advertises. A person stands here by id in the key of a count, for an hour, and not at
// all in a sketch.
import { DAY } from '@hallpass/protocol';
import { sql } from 'kysely';
import type { UsageCountsTable, UsageDaysTable, UsageKindsTable } from './tables.ts';
import type { Query } from '../query.ts';
import type { AppId } from '../ids.ts';

/** Counts of these subjects that still count. */
export async function counts(q: Query, subjects: readonly string[], now: number): Promise<UsageCountsTable[]> {
  if (subjects.length === 0) return [];
  return q
    .selectFrom('usage_counts')
    .selectAll()
    .where('subject', 'in', [...subjects])
    .where('ends', '>', now)
    .execute();
}

/** Adds to what is counted; the rows are of different slots or subjects. */
export async function addCounts(tx: Query, rows: readonly UsageCountsTable[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('usage_counts')
    .values([...rows])
    .onConflict((c) =>
      c.columns(['subject', 'slot']).doUpdateSet((e) => ({
        calls: sql<number>`usage_counts.calls + ${e.ref('excluded.calls')}`,
        cpu: sql<number>`usage_counts.cpu + ${e.ref('excluded.cpu')}`,
        time: sql<number>`usage_counts.time + ${e.ref('excluded.time')}`,
      })),
    )
    .execute();
}

/** Here `day` is a number of days since 1970, in the table the moment it began. */
export type DayCounts = Omit<UsageDaysTable, 'active' | 'people'>;

/** Adds to a day of an app. @returns the sketch as it is stored: the row is the caller's until the end of the change */
export async function addDay(tx: Query, { app_id, day, ...more }: DayCounts): Promise<string> {
  const row = await tx
    .insertInto('usage_days')
    .values({ app_id, day: day * DAY, ...more, active: 0, people: '' })
    .onConflict((c) =>
      c.columns(['app_id', 'day']).doUpdateSet((e) => ({
        calls: sql<number>`usage_days.calls + ${e.ref('excluded.calls')}`,
        errors: sql<number>`usage_days.errors + ${e.ref('excluded.errors')}`,
        limited: sql<number>`usage_days.limited + ${e.ref('excluded.limited')}`,
        marketing_calls: sql<number>`usage_days.marketing_calls + ${e.ref('excluded.marketing_calls')}`,
        marketing_errors: sql<number>`usage_days.marketing_errors + ${e.ref('excluded.marketing_errors')}`,
      })),
    )
    .returning('people')
    .executeTakeFirstOrThrow();
  return row.people;
}

export async function setPeople(tx: Query, appId: AppId, day: number, people: string, active: number): Promise<void> {
  await tx
    .updateTable('usage_days')
    .set({ people, active })
    .where('app_id', '=', appId)
    .where('day', '=', day * DAY)
    .execute();
}

/** Days of an app from `from` on, the oldest first. */
export async function days(q: Query, appId: AppId, from: number): Promise<UsageDaysTable[]> {
  const rows = await q
    .selectFrom('usage_days')
    .selectAll()
    .where('app_id', '=', appId)
    .where('day', '>=', from * DAY)
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ ...row, day: row.day / DAY }));
}

/** Adds to the kinds of calls of one day of an app. @param day days since 1970 */
export async function addKinds(
  tx: Query,
  { app_id, day }: Pick<DayCounts, 'app_id' | 'day'>,
  kinds: ReadonlyMap<string, number>,
): Promise<void> {
  if (kinds.size === 0) return;
  // In one order everywhere, so that nodes do not wait for each other in a ring.
  const rows = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx
    .insertInto('usage_kinds')
    .values(rows.map(([kind, calls]) => ({ app_id, day: day * DAY, kind, calls })))
    .onConflict((c) =>
      c
        .columns(['app_id', 'day', 'kind'])
        .doUpdateSet((e) => ({ calls: sql<number>`usage_kinds.calls + ${e.ref('excluded.calls')}` })),
    )
    .execute();
}

/** Kinds of calls of an app, day by day from `from` on. */
export async function kinds(q: Query, appId: AppId, from: number): Promise<UsageKindsTable[]> {
  const rows = await q
    .selectFrom('usage_kinds')
    .selectAll()
    .where('app_id', '=', appId)
    .where('day', '>=', from * DAY)
    .execute();
  return rows.map((row) => ({ ...row, day: row.day / DAY, calls: Number(row.calls) }));
}

/** Lists what an app used lately that has a limit. @param useCases those that count to objects */
export async function subjectsOfApp(
  q: Query,
  appId: AppId,
  useCases: readonly string[],
  now: number,
  most: number,
): Promise<string[]> {
  const rows = await q
    .selectFrom('usage_counts')
    .select('subject')
    .distinct()
    .where((e) => e.or(useCases.map((name) => e('subject', 'like', `${name}:${appId}:%`))))
    .where('ends', '>', now)
    .orderBy('subject')
    .limit(most)
    .execute();
  return rows.map(({ subject }) => subject);
}

/** The place of an app among all, by the people of each day since `from` added up; 1 is the first. */
export async function rank(q: Query, appId: AppId, from: number): Promise<number> {
  const own = (await days(q, appId, from)).reduce((sum, day) => sum + day.active, 0);
  const row = await q
    .selectFrom((e) =>
      e
        .selectFrom('usage_days')
        .select('app_id')
        .where('day', '>=', from * DAY)
        .groupBy('app_id')
        .having((h) => h.fn.sum('active'), '>', own)
        .as('ahead'),
    )
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n) + 1;
}

/** Reads how the newest advertising calls ended, see the table. */
export async function outcomes(q: Query, appId: AppId): Promise<string> {
  return (
    (await q.selectFrom('usage_recent').select('outcomes').where('app_id', '=', appId).executeTakeFirst())?.outcomes ??
    ''
  );
}

/** Adds outcomes and keeps the newest `most`. */
export async function addOutcomes(tx: Query, appId: AppId, more: string, most: number): Promise<void> {
  await tx
    .insertInto('usage_recent')
    .values({ app_id: appId, outcomes: more.slice(-most) })
    .onConflict((c) =>
      c.column('app_id').doUpdateSet((e) => {
        const joined = sql<string>`usage_recent.outcomes || ${e.ref('excluded.outcomes')}`;
        return {
          outcomes: sql<string>`substr(${joined}, case when length(${joined}) > ${most} then length(${joined}) - ${most} + 1 else 1 end)`,
        };
      }),
    )
    .execute();
}
