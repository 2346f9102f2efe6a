// A report is about certain days, and divides them in steps. Days are those of UTC, whatever the time zone of the
// account. Source: the insights parameters of the Marketing API (date_preset, time_range, time_ranges, time_increment).
import { DAY, graphError, keysOf } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import type { Days } from '../../ads/ad-figures.ts';
import { jsonOf, param } from '../../graph/language/params.ts';

const MONTHS_KEPT = 37;
const MOST_STEP = 90;
const MOST_RANGES = 100;

const today = (now: number): number => Math.floor(now / DAY);
const dayOf = (year: number, month: number, date: number): number => Date.UTC(year, month, date) / 1000 / DAY;
const month = (now: number, from: number, to: number): Days => {
  const date = new Date(now * 1000);
  const [y, m] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { first: dayOf(y, m + from, 1), last: dayOf(y, m + to, 1) - 1 };
};
const upToNow = (days: Days, now: number): Days => ({ ...days, last: Math.min(days.last, today(now)) });
const year = (now: number, from: number): Days => {
  const y = new Date(now * 1000).getUTCFullYear();
  return { first: dayOf(y + from, 0, 1), last: dayOf(y + from + 1, 0, 1) - 1 };
};
const quarter = (now: number, from: number): Days => {
  const start = -(new Date(now * 1000).getUTCMonth() % 3) + from * 3;
  return month(now, start, start + 3);
};
const lastDays = (days: number) => (now: number) => ({ first: today(now) - days, last: today(now) - 1 });

const [SUNDAY, MONDAY] = [0, 1];
/** The day on which the present week began. */
const weekStart = (now: number, begins: number): number =>
  today(now) - ((new Date(now * 1000).getUTCDay() - begins + 7) % 7);

const presets: Readonly<Record<string, (now: number) => Days>> = {
  today: (now) => ({ first: today(now), last: today(now) }),
  yesterday: lastDays(1),
  this_month: (now) => upToNow(month(now, 0, 1), now),
  last_month: (now) => month(now, -1, 0),
  this_quarter: (now) => upToNow(quarter(now, 0), now),
  maximum: (now) => ({ first: earliest(now), last: today(now) }),
  data_maximum: (now) => ({ first: earliest(now), last: today(now) }),
  last_3d: lastDays(3),
  last_7d: lastDays(7),
  last_14d: lastDays(14),
  last_28d: lastDays(28),
  last_30d: lastDays(30),
  last_90d: lastDays(90),
  last_week_mon_sun: (now) => ({ first: weekStart(now, MONDAY) - 7, last: weekStart(now, MONDAY) - 1 }),
  last_week_sun_sat: (now) => ({ first: weekStart(now, SUNDAY) - 7, last: weekStart(now, SUNDAY) - 1 }),
  last_quarter: (now) => quarter(now, -1),
  last_year: (now) => year(now, -1),
  this_week_mon_today: (now) => ({ first: weekStart(now, MONDAY), last: today(now) }),
  this_week_sun_today: (now) => ({ first: weekStart(now, SUNDAY), last: today(now) }),
  this_year: (now) => upToNow(year(now, 0), now),
};

/** The first day that is kept. */
const earliest = (now: number): number => {
  const date = new Date(now * 1000);
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() - MONTHS_KEPT, date.getUTCDate());
};

export const dayParams = {
  date_preset: param.text('A named span of days; last_30d by default. Today is in none of the last_… ones.', {
    oneOf: keysOf(presets),
    ofReports: true,
  }),
  time_range: param.asSent(
    '{since, until}',
    'First and last day, as {"since":"YYYY-MM-DD","until":"YYYY-MM-DD"}, in place of date_preset.',
  ),
  time_ranges: param.asSent(
    'list<{since, until}>',
    'Several such spans, with rows of their own, in place of time_range and time_increment.',
  ),
  time_increment: param.text(
    'One row for so many days (1 to 90), for each month (`monthly`), or for all (`all_days`, the default).',
  ),
};

/** A call asks this of the days. */
export interface DaysRequest {
  date_preset?: string | undefined;
  time_range?: ParamValue | undefined;
  time_ranges?: ParamValue | undefined;
  time_increment?: string | undefined;
}

export const dateText = (day: number): string => new Date(day * DAY * 1000).toISOString().slice(0, 10);

/** @throws GraphError param.must_be for what is not a day of the calendar */
function dayGiven(value: ParamValue | undefined, name: string): number {
  const text = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : '';
  const at = Date.parse(`${text}T00:00:00Z`) / 1000 / DAY;
  if (text === '' || Number.isNaN(at) || dateText(at) !== text)
    throw graphError('param.must_be', { name, what: 'a date as YYYY-MM-DD' });
  return at;
}

/**
 * @throws GraphError param.* for days that are none or the wrong way round, ads.too_long_ago for days that are not kept
 */
function rangeGiven(range: ParamValue, name: string, now: number): Days {
  if (range === null || typeof range !== 'object' || Array.isArray(range))
    throw graphError('param.must_be', { name, what: 'an object with since and until' });
  const first = dayGiven(range['since'], `${name}[since]`);
  const last = dayGiven(range['until'], `${name}[until]`);
  if (first > last) throw graphError('param.must_be', { name: `${name}[since]`, what: `no later than ${name}[until]` });
  if (first < earliest(now)) throw graphError('ads.too_long_ago');
  // Nothing is known of days to come.
  return { first, last: Math.min(last, today(now)) };
}

/** The span of a report from its first to its last day. @throws GraphError as `stepsOf` */
export function spanOf(now: number, { date_preset, time_range }: DaysRequest): Days {
  if (time_range === undefined) return (presets[date_preset ?? 'last_30d'] as (now: number) => Days)(now);
  return rangeGiven(jsonOf(time_range, 'time_range'), 'time_range', now);
}

/**
 * The spans that each get a row of their own, which may overlap where several were asked.
 * @throws GraphError param.* for days that cannot be meant, ads.too_long_ago for days that are not kept
 */
export function stepsOf(now: number, wanted: DaysRequest): Days[] {
  if (wanted.time_ranges !== undefined) {
    const ranges = jsonOf(wanted.time_ranges, 'time_ranges');
    if (!Array.isArray(ranges)) throw graphError('param.must_be', { name: 'time_ranges', what: 'an array' });
    if (ranges.length > MOST_RANGES)
      throw graphError('param.must_be', { name: 'time_ranges', what: `at most ${MOST_RANGES} spans` });
    return ranges
      .map((range, at) => rangeGiven(range, `time_ranges[${at}]`, now))
      .filter(({ first, last }) => first <= last);
  }
  return inSteps(spanOf(now, wanted), wanted.time_increment);
}

/** Cuts the days into the steps that were asked. */
function inSteps({ first, last }: Days, increment: string | undefined): Days[] {
  if (first > last) return [];
  if (increment === undefined || increment === 'all_days') return [{ first, last }];
  const size = /^\d{1,2}$/.test(increment) ? Number(increment) : 0;
  if (increment !== 'monthly' && (size < 1 || size > MOST_STEP))
    throw graphError('param.must_be', {
      name: 'time_increment',
      what: `a number of days from 1 to ${MOST_STEP}, monthly or all_days`,
    });
  const steps: Days[] = [];
  for (let from = first; from <= last; ) {
    const to = Math.min(last, size > 0 ? from + size - 1 : month(from * DAY, 0, 1).last);
    steps.push({ first: from, last: to });
    from = to + 1;
  }
  return steps;
}
