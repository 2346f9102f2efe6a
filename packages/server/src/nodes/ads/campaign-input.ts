// Calls send a campaign in one form: the same when it is made and when it is changed. Source: the campaign reference.
import { graphError, isIn, meetsChange, type Version } from '@hallpass/protocol';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import type { Campaign } from '../../store/ads/campaigns.ts';
import { param } from '../../graph/language/params.ts';

/** Those of older versions can no longer be chosen. */
export const objectives = [
  'OUTCOME_APP_PROMOTION',
  'OUTCOME_AWARENESS',
  'OUTCOME_ENGAGEMENT',
  'OUTCOME_LEADS',
  'OUTCOME_SALES',
  'OUTCOME_TRAFFIC',
] as const;

export const specialAdCategories = [
  'NONE',
  'CREDIT',
  'EMPLOYMENT',
  'FINANCIAL_PRODUCTS_SERVICES',
  'HOUSING',
  'ISSUES_ELECTIONS_POLITICS',
  'ONLINE_GAMBLING_AND_GAMING',
];

/** The least a budget can be, in hundredths of the currency. */
export const LEAST_BUDGET = 100;
const MOST_BUDGET = 100_000_000_000;

const budget = (doc: string) =>
  param.int(`${doc}, in hundredths of the currency of the account.`, { min: LEAST_BUDGET, max: MOST_BUDGET });

/** These parameters can be sent in both cases. */
export const campaignParams = {
  daily_budget: budget('What it may spend in a day'),
  lifetime_budget: budget('What it may spend in all its life'),
  is_adset_budget_sharing_enabled: param.bool(
    'Whether ad sets share up to a fifth of their budgets, in a campaign without one of its own.',
  ),
  execution_options: param.list('`validate_only`: the call is checked and changes nothing.'),
};

/** @throws GraphError ads.budget_sharing. Source: "Ad set budget sharing", bikeindex/bike_index#3693 */
export function demandBudgetSharing(sharing: boolean | undefined, version: Version): void {
  if (sharing === undefined && meetsChange(version, 'budget_sharing')) throw graphError('ads.budget_sharing');
}

/** @throws GraphError param.* for a name that cannot be shown */
export function campaignName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 400 || /\p{Cc}/u.test(name)) throw graphError('param.invalid', { name: 'name' });
  return name.toWellFormed();
}

/** @throws GraphError param.must_be for what is no category */
export function categoriesGiven(names: readonly string[]): string[] {
  if (!names.every((name) => specialAdCategories.includes(name)))
    throw graphError('param.must_be', {
      name: 'special_ad_categories',
      what: `a list of {${specialAdCategories.join(', ')}}`,
    });
  return [...new Set(names.filter((name) => name !== 'NONE'))];
}

export const onlyChecks = (options: readonly string[] | undefined): boolean =>
  options?.includes('validate_only') ?? false;

/** Computes what comes of its own status: one that is active is not shown while its account is not. */
export const effectiveStatus = (campaign: Campaign, account: AdAccount): string =>
  campaign.status === 'ACTIVE' && account.settings.status !== 1 ? 'WITH_ISSUES' : campaign.status;

const effectiveStatuses = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED', 'IN_PROCESS', 'WITH_ISSUES'] as const;

/** The statuses of campaigns whose effective one is among these. @throws GraphError param.must_be for what is none */
export function statusesFor(wanted: readonly string[] | undefined, account: AdAccount): Campaign['status'][] {
  if (wanted === undefined || wanted.length === 0) return ['ACTIVE', 'PAUSED'];
  if (!wanted.every((name) => isIn(effectiveStatuses, name)))
    throw graphError('param.must_be', {
      name: 'effective_status',
      what: `a list of {${effectiveStatuses.join(', ')}}`,
    });
  const active = account.settings.status === 1 ? 'ACTIVE' : 'WITH_ISSUES';
  const all: Campaign['status'][] = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED'];
  return all.filter((status) => wanted.includes(status === 'ACTIVE' ? active : status));
}
