// The campaigns of an ad account, and reports about it. Source: the campaigns and insights edges of the ad account.
import { refuse } from '@hallpass/protocol';
import { createCampaign } from '../accounts/campaigns.ts';
import { report, insightParams } from '../graph/ad-insights.ts';
import { readsAdAccount, writesAds } from '../graph/ads.ts';
import { campaignName, campaignParams, categoriesGiven, objectives, onlyChecks, statusesFor } from '../graph/campaigns.ts';
import { changeIn } from '../graph/context.ts';
import { cut, partOf } from '../graph/cursors.ts';
import { param } from '../graph/params.ts';
import { type Edge, edge, listEdge } from '../graph/schema.ts';
import type { AdAccount } from '../store/ad-accounts.ts';
import * as campaigns from '../store/campaigns.ts';

export const adAccountCampaigns: Edge<AdAccount>[] = [
  listEdge('campaigns', {
    doc: 'The campaigns, newest first; archived and deleted ones only where they are asked for.',
    needs: readsAdAccount,
    of: 'campaign',
    params: { effective_status: param.list('Only campaigns of these.') },
    async run({ q }, account: AdAccount, { effective_status }, at) {
      const of = { statuses: statusesFor(effective_status, account), after: at.after, before: at.before, limit: at.limit + 1 };
      return partOf(
        await campaigns.ofAccount(q, account.id, of),
        (one) => one.id,
        at,
        () => campaigns.countOfAccount(q, account.id, of.statuses),
      );
    },
  }),
  edge('POST', 'campaigns', {
    doc: 'Makes a campaign.',
    needs: writesAds,
    guards: ['The ad account is active.'],
    params: {
      name: param.text('The name.', { required: true }),
      objective: param.text('What it is for.', { required: true, oneOf: objectives }),
      status: param.text('PAUSED by default.', { oneOf: ['ACTIVE', 'PAUSED'] }),
      special_ad_categories: param.list('Kinds of advertisement that the law treats apart: an empty list, or NONE, for others.', { required: true }),
      ...campaignParams,
    },
    async run(context, account: AdAccount, args) {
      const { daily_budget: dailyBudget, lifetime_budget: lifetimeBudget } = args;
      if (dailyBudget !== undefined && lifetimeBudget !== undefined) throw refuse('param.invalid', { name: 'lifetime_budget' });
      const wanted = {
        name: campaignName(args.name),
        objective: args.objective,
        status: (args.status ?? 'PAUSED') as campaigns.Campaign['status'],
        settings: {
          specialAdCategories: categoriesGiven(args.special_ad_categories),
          ...(dailyBudget === undefined ? {} : { dailyBudget }),
          ...(lifetimeBudget === undefined ? {} : { lifetimeBudget }),
        },
      };
      if (onlyChecks(args.execution_options)) return { success: true };
      return { id: await changeIn(context, (change) => createCampaign(context.installation, change, account, wanted, context.now)) };
    },
  }),
  listEdge('insights', {
    doc: 'A report: what the campaigns of the account did. Days without an impression are left out.',
    needs: readsAdAccount,
    of: 'ads_insights',
    counts: 'ads_insights',
    params: { ...insightParams, level: param.text('A row for the account (the default) or for each campaign.', { oneOf: ['account', 'campaign'] }) },
    async run({ q, now }, account: AdAccount, args, at) {
      const of = {
        campaigns: await campaigns.allOfAccount(q, account.id),
        runs: await campaigns.runs(q, { accountId: account.id }),
        level: args.level === 'campaign' ? ('campaign' as const) : ('account' as const),
      };
      return cut(report(account, of, args, now), (row) => `${row.campaign?.id ?? account.id}:${row.first}`, at);
    },
  }),
];
