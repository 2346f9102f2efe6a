// Reports about ad accounts and campaigns: which days, in which steps, and the rows that come out. Days are those of UTC, whatever
// the time zone of the account. Source: the insights reference of the Marketing API.
import { DAY, refuse } from '@hallpass/protocol';
import { type Days, type Figures, figuresByDay, nothing, sum } from '../accounts/ad-figures.ts';
import type { ParamValue } from '../http/call.ts';
import { parseJson } from '../http/json.ts';
import type { AdAccount } from '../store/ad-accounts.ts';
import type { Campaign, CampaignRun } from '../store/campaigns.ts';
import { param } from './params.ts';

const MONTHS_KEPT = 37;
const MOST_STEP = 90;

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

const presets: Readonly<Record<string, (now: number) => Days>> = {
  today: (now) => ({ first: today(now), last: today(now) }),
  yesterday: lastDays(1),
  this_month: (now) => upToNow(month(now, 0, 1), now),
  last_month: (now) => month(now, -1, 0),
  this_quarter: (now) => upToNow(quarter(now, 0), now),
  last_quarter: (now) => quarter(now, -1),
  this_year: (now) => upToNow(year(now, 0), now),
  last_year: (now) => year(now, -1),
  last_3d: lastDays(3),
  last_7d: lastDays(7),
  last_14d: lastDays(14),
  last_28d: lastDays(28),
  last_30d: lastDays(30),
  last_90d: lastDays(90),
  maximum: (now) => ({ first: earliest(now), last: today(now) }),
};

/** The first day that is kept. */
const earliest = (now: number): number => {
  const date = new Date(now * 1000);
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() - MONTHS_KEPT, date.getUTCDate());
};

export const insightParams = {
  date_preset: param.text('A named span of days; last_30d by default. Today is in none of the last_… ones.', { oneOf: Object.keys(presets) }),
  time_range: param.asSent('{since, until}', 'First and last day, as {"since":"YYYY-MM-DD","until":"YYYY-MM-DD"}, in place of date_preset.'),
  time_increment: param.text('One row for so many days (1 to 90), for each month (`monthly`), or for all (`all_days`, the default).'),
};

export interface ReportWanted {
  date_preset?: string | undefined;
  time_range?: ParamValue | undefined;
  time_increment?: string | undefined;
}

export const dateText = (day: number): string => new Date(day * DAY * 1000).toISOString().slice(0, 10);

/** @throws Refusal param.must_be for what is not a day of the calendar */
function dayGiven(value: ParamValue | undefined, name: string): number {
  const text = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : '';
  const at = Date.parse(`${text}T00:00:00Z`) / 1000 / DAY;
  if (text === '' || Number.isNaN(at) || dateText(at) !== text) throw refuse('param.must_be', { name, what: 'a date as YYYY-MM-DD' });
  return at;
}

/** @throws Refusal param.* for days that are none or the wrong way round, ads.too_long_ago for days that are not kept */
function daysOf(now: number, { date_preset, time_range }: ReportWanted): Days {
  if (time_range === undefined) return (presets[date_preset ?? 'last_30d'] as (now: number) => Days)(now);
  const range = typeof time_range === 'string' ? parseJson(time_range, 'time_range') : time_range;
  if (range === null || typeof range !== 'object' || Array.isArray(range))
    throw refuse('param.must_be', { name: 'time_range', what: 'an object with since and until' });
  const first = dayGiven(range['since'], 'time_range[since]');
  const last = dayGiven(range['until'], 'time_range[until]');
  if (first > last) throw refuse('param.must_be', { name: 'time_range[since]', what: 'no later than time_range[until]' });
  if (first < earliest(now)) throw refuse('ads.too_long_ago');
  // Nothing is known of days to come.
  return { first, last: Math.min(last, today(now)) };
}

/** Cuts the days into the steps that were asked. */
function steps({ first, last }: Days, increment: string | undefined): Days[] {
  if (first > last) return [];
  if (increment === undefined || increment === 'all_days') return [{ first, last }];
  const size = /^\d{1,2}$/.test(increment) ? Number(increment) : 0;
  if (increment !== 'monthly' && (size < 1 || size > MOST_STEP))
    throw refuse('param.must_be', { name: 'time_increment', what: `a number of days from 1 to ${MOST_STEP}, monthly or all_days` });
  const cut: Days[] = [];
  for (let from = first; from <= last; ) {
    const to = Math.min(last, size > 0 ? from + size - 1 : month(from * DAY, 0, 1).last);
    cut.push({ first: from, last: to });
    from = to + 1;
  }
  return cut;
}

export interface InsightRow extends Figures {
  account: AdAccount;
  /** Undefined where the row is of the account as a whole. */
  campaign: Campaign | undefined;
  first: number;
  last: number;
}

/** The rows of a report, those without an impression left out: by campaign, then by day. @throws Refusal as `daysOf` */
export function report(
  account: AdAccount,
  of: { campaigns: readonly Campaign[]; runs: readonly CampaignRun[]; level: 'account' | 'campaign' },
  wanted: ReportWanted,
  now: number,
): InsightRow[] {
  const days = daysOf(now, wanted);
  const cuts = steps(days, wanted.time_increment);
  const cutOf = cuts.flatMap(({ first, last }, at) => Array<number>(last - first + 1).fill(at));
  const runsOf = Map.groupBy(of.runs, (run) => run.campaignId);
  const figures = of.campaigns.map((campaign) => ({ campaign, byDay: figuresByDay(campaign, runsOf.get(campaign.id) ?? [], now, days) }));
  const groups =
    of.level === 'account' ? [{ campaign: undefined, parts: figures }] : figures.map((one) => ({ campaign: one.campaign, parts: [one] }));
  return groups.flatMap(({ campaign, parts }) => {
    const totals = cuts.map((): Figures => nothing);
    for (const { byDay } of parts)
      for (const [day, one] of byDay) {
        const at = cutOf[day - days.first] as number;
        totals[at] = sum(totals[at] as Figures, one);
      }
    return cuts.flatMap((cut, at) => {
      const total = totals[at] as Figures;
      return total.impressions === 0 ? [] : [{ account, campaign, ...cut, ...total }];
    });
  });
}
