// These figures tell about the use of an app: day by day, how many people, and how near it is to the higher tier of the
// Marketing API. What is stored and what this node has not stored yet are added up.
import type { UsageDaysTable } from '../store/installation/tables.ts';
import * as store from '../store/installation/usage.ts';
import { RECENT, secondsOfDay, versionOfKind } from './app-usage.ts';
import { Sketch } from './sketch.ts';
import type { Usage } from './usage.ts';
import type { AppId } from '../store/ids.ts';

/**
 * Source: "Marketing API": the higher tier takes at least 500 calls in the last 15 days and an error rate below 15 %.
 */
const TIER_DAYS = 15;
const TIER_CALLS = 500;
const TIER_ERRORS = 15;

export interface DayOfUse extends Omit<UsageDaysTable, 'app_id' | 'people' | 'active'> {
  people: Sketch;
  /** When it began. */
  begins: number;
}

/** The days of an app from `from` (days since 1970) on on which it was used, the oldest first. */
export async function daysOf({ subjects }: Usage, appId: AppId, from: number): Promise<DayOfUse[]> {
  const days = new Map<number, DayOfUse>();
  const app = subjects.peekApp(appId);
  const stored = (await store.days(subjects.db.read, appId, from)).map((row) => ({
    ...row,
    people: Sketch.of(row.people),
  }));
  for (const row of [...stored, ...(app ? [...app.ended, app.today] : [])]) {
    if (row.day < from || (row.calls === 0 && row.people.count === 0)) continue;
    const { day, calls, errors, limited, marketing_calls, marketing_errors, people } = row;
    const known = days.get(day);
    if (known) {
      known.calls += calls;
      known.errors += errors;
      known.limited += limited;
      known.marketing_calls += marketing_calls;
      known.marketing_errors += marketing_errors;
      known.people.join(people);
    } else {
      const own = new Sketch();
      own.join(people);
      days.set(day, {
        day,
        begins: day * secondsOfDay,
        calls,
        errors,
        limited,
        marketing_calls,
        marketing_errors,
        people: own,
      });
    }
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

/** Counts the calls of an app by kind and by day since 1970. */
export async function kindsOf(
  { subjects }: Usage,
  appId: AppId,
  from: number,
): Promise<Map<string, Map<number, number>>> {
  const kinds = new Map<string, Map<number, number>>();
  const add = (kind: string, day: number, calls: number): void => {
    const days = kinds.get(kind) ?? new Map<number, number>();
    days.set(day, (days.get(day) ?? 0) + calls);
    kinds.set(kind, days);
  };
  for (const { kind, day, calls } of await store.kinds(subjects.db.read, appId, from)) add(kind, day, calls);
  const app = subjects.peekApp(appId);
  for (const { day, kinds: unstored } of app ? [...app.ended, app.today] : [])
    if (day >= from) for (const [kind, calls] of unstored) add(kind, day, calls);
  return kinds;
}

/** The versions that calls of an app have asked for since a day, on all nodes. */
export async function versionsCalled(usage: Usage, appId: AppId, from: number): Promise<Set<string>> {
  const kinds = await kindsOf(usage, appId, from);
  return new Set([...kinds.keys()].flatMap((kind) => versionOfKind(kind) ?? []));
}

/** Counts the people who made calls to an app, by tokens of theirs, in the last `days` days; today is one of them. */
export async function activePeople(usage: Usage, appId: AppId, days: number): Promise<number> {
  const together = new Sketch();
  for (const { people } of await daysOf(usage, appId, usage.subjects.day - days + 1)) together.join(people);
  return together.count;
}

/** The place of an app among all by its people of the last `days` days. */
export const rankOf = ({ subjects }: Usage, appId: AppId, days: number): Promise<number> =>
  store.rank(subjects.db.read, appId, subjects.day - days + 1);

interface MarketingCalls {
  /** Within the last 15 days. */
  calls: number;
  /** Percent of the last 500 calls, in tenths; 0 when there were none. */
  errorRate: number;
  /** Enough for a reviewer to give the higher tier. */
  qualifies: boolean;
}

/** Tells how near an app is to the higher tier of the Marketing API. */
export async function marketingCallsOf(usage: Usage, appId: AppId): Promise<MarketingCalls> {
  const days = await daysOf(usage, appId, usage.subjects.day - TIER_DAYS + 1);
  const calls = days.reduce((sum, day) => sum + day.marketing_calls, 0);
  const unstored = usage.subjects.peekApp(appId)?.outcomes ?? '';
  const outcomes = ((await store.outcomes(usage.subjects.db.read, appId)) + unstored).slice(-RECENT);
  const errors = outcomes.replaceAll('0', '').length;
  const errorRate = outcomes.length === 0 ? 0 : Math.round((1000 * errors) / outcomes.length) / 10;
  return { calls, errorRate, qualifies: calls >= TIER_CALLS && 100 * errors < TIER_ERRORS * outcomes.length };
}
