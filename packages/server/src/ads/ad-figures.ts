// Figures of campaigns are worked out from when they ran and what they might spend: the same at every call, with the
// ups and downs of real days, which come from the id of the campaign and the day and not from chance. How they are made
// is ours.
import { DAY } from '@hallpass/protocol';
import type { Campaign, CampaignRun } from '../store/ads/campaigns.ts';

/** Money in hundredths of the currency. */
export interface Figures {
  spend: number;
  impressions: number;
  clicks: number;
  reach: number;
}

export const nothing: Readonly<Figures> = Object.freeze({ spend: 0, impressions: 0, clicks: 0, reach: 0 });

export const sum = (a: Figures, b: Figures): Figures => ({
  spend: a.spend + b.spend,
  impressions: a.impressions + b.impressions,
  clicks: a.clicks + b.clicks,
  reach: a.reach + b.reach,
});

/** A number below `limit` for a name, spread evenly (FNV-1a). */
export function spread(name: string, limit: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % limit;
}

/** Computes what a campaign spends in `seconds` of one day: 90 to 100 in a hundred of what it may. */
const spentIn = (id: string, day: number, daily: number, seconds: number): number =>
  Math.floor((daily * (900 + spread(`spend/${id}/${day}`, 101)) * seconds) / (1000 * DAY));

function figuresOf(id: string, day: number, spend: number): Figures {
  // A thousand impressions cost 5 to 9, of a thousand 8 to 25 are clicked, and 55 to 79 in a hundred are seen by
  // somebody new.
  const impressions = Math.floor((spend * 1000) / (500 + spread(`price/${id}/${day}`, 401)));
  return {
    spend,
    impressions,
    clicks: Math.floor((impressions * (8 + spread(`click/${id}/${day}`, 18))) / 1000),
    reach: Math.floor((impressions * (55 + spread(`reach/${id}/${day}`, 25))) / 100),
  };
}

/** First and last day, by number since 1970 in UTC. */
export interface Days {
  first: number;
  last: number;
}

/** Computes what a campaign spent, by day. Days before `from` are passed over where nothing hangs on them. */
function spendByDay(id: string, runs: readonly CampaignRun[], now: number, from: number): Map<number, number> {
  const spendOn = new Map<number, number>();
  let spent = 0;
  for (const run of runs) {
    const end = Math.min(run.endedAt ?? now, now);
    const most = run.lifetime ?? Number.POSITIVE_INFINITY;
    const begin = Math.floor(run.startedAt / DAY);
    for (let day = run.lifetime === null ? Math.max(begin, from) : begin; day * DAY < end && spent < most; day++) {
      const seconds = Math.min(end, (day + 1) * DAY) - Math.max(run.startedAt, day * DAY);
      const spend = Math.min(most - spent, spentIn(id, day, run.daily, seconds));
      spent += spend;
      spendOn.set(day, (spendOn.get(day) ?? 0) + spend);
    }
  }
  return spendOn;
}

/**
 * The figures of one campaign for each day on which it was shown.
 * @param runs of this campaign, oldest first
 * @param now epoch seconds: nothing is known of later
 */
export function figuresByDay(
  { id }: Pick<Campaign, 'id'>,
  runs: readonly CampaignRun[],
  now: number,
  days: Days,
): Map<number, Figures> {
  const shown = [...spendByDay(id, runs, now, days.first)].filter(([day]) => day >= days.first && day <= days.last);
  return new Map(shown.map(([day, spend]) => [day, figuresOf(id, day, spend)]));
}

/** Everything a campaign has spent, in hundredths of the currency. */
export function spentBy({ id }: Pick<Campaign, 'id'>, runs: readonly CampaignRun[], now: number): number {
  let spent = 0;
  for (const spend of spendByDay(id, runs, now, 0).values()) spent += spend;
  return spent;
}
