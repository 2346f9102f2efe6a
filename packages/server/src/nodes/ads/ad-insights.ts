// This module makes reports about ad accounts and campaigns: the rows that come out. Everything that changes a figure
// is obeyed or refused. Source: the insights reference of the Marketing API.
import { graphError } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import { type Breakdown, breakdownValues, partsOf } from '../../ads/ad-breakdowns.ts';
import { type Days, type Figures, figuresByDay, nothing, sum } from '../../ads/ad-figures.ts';
import type { Work } from '../../wire/work.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import type { Campaign, CampaignRun } from '../../store/ads/campaigns.ts';
import { effectiveStatus } from './campaign-input.ts';
import { type Columns, filterParam, fitting, inOrder, readFilters, sortParam } from '../shared/filtering.ts';
import { param } from '../../graph/language/params.ts';
import { dayParams, type DaysRequest, stepsOf } from './report-days.ts';

export interface InsightRow extends Figures {
  account: AdAccount;
  /** Undefined where the row is of the account as a whole. */
  campaign: Campaign | undefined;
  first: number;
  last: number;
  /** The people or places that it is about, in a report with breakdowns. */
  parts: Readonly<Partial<Record<Breakdown, string>>>;
}

const ratio = (of: number, by: number): number | undefined => (by === 0 ? undefined : of / by);

const figureColumns: Columns<InsightRow> = {
  spend: { is: 'number', of: (r) => r.spend / 100 },
  impressions: { is: 'number', of: (r) => r.impressions },
  clicks: { is: 'number', of: (r) => r.clicks },
  reach: { is: 'number', of: (r) => r.reach },
  frequency: { is: 'number', of: (r) => ratio(r.impressions, r.reach) },
  ctr: { is: 'number', of: (r) => ratio(r.clicks * 100, r.impressions) },
  cpc: { is: 'number', of: (r) => ratio(r.spend / 100, r.clicks) },
  cpm: { is: 'number', of: (r) => ratio(r.spend * 10, r.impressions) },
};

const sortColumns: Columns<InsightRow> = {
  ...figureColumns,
  campaign_name: { is: 'text', of: (r) => r.campaign?.name },
  date_start: { is: 'moment', of: (r) => r.first },
};

const campaignColumns = (account: AdAccount): Columns<Campaign> => {
  const status = { is: 'text', of: (c: Campaign) => effectiveStatus(c, account) } as const;
  const objective = { is: 'text', of: (c: Campaign) => c.objective } as const;
  return {
    'campaign.id': { is: 'text', of: (c) => c.id },
    'campaign.name': { is: 'text', of: (c) => c.name },
    'campaign.objective': objective,
    'campaign.effective_status': status,
    effective_status: status,
    objective,
  };
};

const campaignFilters = [
  'campaign.id',
  'campaign.name',
  'campaign.objective',
  'campaign.effective_status',
  'effective_status',
  'objective',
];
const renamed = { campaign_id: 'campaign.id', campaign_name: 'campaign.name' };

// biome-ignore format: a list of words
const actionBreakdowns = [
  'action_device', 'action_destination', 'action_reaction', 'action_target_id', 'action_type', 'action_video_sound', 'action_video_type',
  'conversion_destination', 'matched_persona_id', 'matched_persona_name', 'signal_source_bucket', 'standard_event_content_type',
];
const noActions = 'There are no actions here, so it changes nothing.';

export const insightParams = {
  ...dayParams,
  breakdowns: param.list(`A row for each of these: ${Object.keys(breakdownValues).join(', ')}.`),
  filtering: filterParam,
  sort: sortParam(Object.keys(sortColumns)),
  summary: param.asSent('list<string>', 'Fields of which the total over all rows is given as `summary`.'),
  default_summary: param.bool('The usual fields of that total.'),
  action_breakdowns: param.list(`How actions are told apart. ${noActions}`),
  action_attribution_windows: param.list(`Which actions count. ${noActions}`),
  action_report_time: param.text(`When actions count. ${noActions}`, {
    oneOf: ['conversion', 'impression', 'lifetime', 'mixed'],
  }),
  use_account_attribution_setting: param.bool(`Which actions count. ${noActions}`),
  use_unified_attribution_setting: param.bool(`Which actions count. ${noActions}`),
};

interface ReportRequest extends DaysRequest {
  level?: string | undefined;
  breakdowns?: readonly string[] | undefined;
  action_breakdowns?: readonly string[] | undefined;
  filtering?: ParamValue | undefined;
  sort?: readonly string[] | undefined;
}

/** @throws GraphError ads.one_of */
function breakdownsGiven(names: readonly string[] | undefined, known: readonly string[], param: string): string[] {
  const unknown = names?.findIndex((name) => !known.includes(name)) ?? -1;
  if (unknown >= 0) throw graphError('ads.one_of', { name: `${param}[${unknown}]`, what: known.join(', ') });
  return [...new Set(names)];
}

/** Counts what a report adds up before it does. @throws GraphError work.too_much */
function count(work: Work, campaigns: number, steps: readonly Days[], breakdowns: readonly Breakdown[]): void {
  const parts = breakdowns.reduce((product, name) => product * breakdownValues[name].length, 1);
  const days = steps.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  work.spend('total', campaigns * steps.length * parts);
  work.spend('day', campaigns * days);
}

/** The total of a campaign over each of the steps. */
function totalsOf(campaign: Campaign, runs: readonly CampaignRun[], now: number, steps: readonly Days[]): Figures[] {
  if (steps.length === 0) return [];
  const span = {
    first: Math.min(...steps.map(({ first }) => first)),
    last: Math.max(...steps.map(({ last }) => last)),
  };
  const byDay = figuresByDay(campaign, runs, now, span);
  return steps.map(({ first, last }) => {
    let total: Figures = nothing;
    for (let day = first; day <= last; day++) {
      const figures = byDay.get(day);
      if (figures) total = sum(total, figures);
    }
    return total;
  });
}

/**
 * The rows of a report, those without an impression left out: by campaign, then by its parts, then by day, unless
 * sorted otherwise. @throws GraphError param.* | ads.* for what cannot be obeyed, work.too_much
 */
export function report(
  account: AdAccount,
  of: { campaigns: readonly Campaign[]; runs: readonly CampaignRun[]; level: 'account' | 'campaign' },
  wanted: ReportRequest,
  now: number,
  work: Work,
): InsightRow[] {
  const breakdowns = breakdownsGiven(wanted.breakdowns, Object.keys(breakdownValues), 'breakdowns') as Breakdown[];
  breakdownsGiven(wanted.action_breakdowns, actionBreakdowns, 'action_breakdowns');
  const filters = readFilters(wanted.filtering, [...campaignFilters, ...Object.keys(figureColumns)], renamed);
  const ofCampaigns = filters.filter(({ field }) => campaignFilters.includes(field));
  const steps = stepsOf(now, wanted);
  const chosen = fitting(of.campaigns, ofCampaigns, campaignColumns(account));
  count(work, chosen.length, steps, breakdowns);
  const runsOf = Map.groupBy(of.runs, (run) => run.campaignId);
  const rows = new Map<string, InsightRow>();
  for (const campaign of chosen) {
    for (const [step, total] of totalsOf(campaign, runsOf.get(campaign.id) ?? [], now, steps).entries()) {
      for (const { values, figures } of partsOf(campaign.id, total, breakdowns)) {
        const key = JSON.stringify([of.level === 'account' ? '' : campaign.id, values, step]);
        const before = rows.get(key) ?? {
          account,
          campaign: of.level === 'account' ? undefined : campaign,
          ...(steps[step] as Days),
          parts: values,
          ...nothing,
        };
        rows.set(key, { ...before, ...sum(before, figures) });
      }
    }
  }
  const shown = [...rows.values()].filter(({ impressions }) => impressions > 0);
  const ofFigures = filters.filter(({ field }) => !campaignFilters.includes(field));
  return inOrder(fitting(shown, ofFigures, figureColumns), wanted.sort, sortColumns);
}

/** Tells the rows of a report apart. */
export const positionOfRow = ({ account, campaign, first, last, parts }: InsightRow): string =>
  [campaign?.id ?? account.id, first, last, ...Object.values(parts)].join(':');

/** All rows of a report together; undefined where there are none. */
export function totalOf(rows: readonly InsightRow[]): InsightRow | undefined {
  const [one] = rows;
  if (!one) return undefined;
  const first = Math.min(...rows.map((row) => row.first));
  const last = Math.max(...rows.map((row) => row.last));
  return {
    account: one.account,
    campaign: undefined,
    first,
    last,
    parts: {},
    ...rows.reduce<Figures>((total, row) => sum(total, row), nothing),
  };
}
