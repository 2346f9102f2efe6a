// These edges are about the campaigns of an ad account. Source: the campaigns edge of the ad account.
import { graphError } from '@hallpass/protocol';
import { createCampaign } from '../../ads/campaigns.ts';
import { readsAdAccount, writesAds } from '../shared/ad-requirements.ts';
import {
  campaignName,
  campaignParams,
  categoriesGiven,
  demandBudgetSharing,
  effectiveStatus,
  objectives,
  onlyChecks,
  statusesFor,
} from './campaign-input.ts';
import { changeIn } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { type Columns, filterParam, fitting, inOrder, readFilters, sortParam } from '../shared/filtering.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import * as campaigns from '../../store/ads/campaigns.ts';

type Campaign = campaigns.Campaign;

const everyStatus: readonly Campaign['status'][] = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED'];

/** Campaigns of an account are filtered and sorted by these columns, besides their effective status. */
const campaignColumns: Columns<Campaign> = {
  id: { is: 'text', of: (c) => c.id },
  name: { is: 'text', of: (c) => c.name },
  objective: { is: 'text', of: (c) => c.objective },
  status: { is: 'text', of: (c) => c.status },
  created_time: { is: 'moment', of: (c) => c.createdAt },
  updated_time: { is: 'moment', of: (c) => c.updatedAt },
  daily_budget: { is: 'number', of: (c) => c.settings.dailyBudget },
  lifetime_budget: { is: 'number', of: (c) => c.settings.lifetimeBudget },
};

export const adAccountCampaigns: Edge<AdAccount>[] = [
  listEdge('campaigns', {
    doc: 'The campaigns, newest first; archived and deleted ones only where they are asked for.',
    needs: readsAdAccount,
    of: 'campaign',
    params: {
      effective_status: param.list('Only campaigns of these.'),
      filtering: filterParam,
      sort: sortParam(Object.keys(campaignColumns)),
    },
    async run({ q }, account: AdAccount, { effective_status, filtering, sort }, at) {
      const columns = {
        ...campaignColumns,
        effective_status: { is: 'text', of: (c: Campaign) => effectiveStatus(c, account) } as const,
      };
      const filters = readFilters(filtering, Object.keys(columns));
      // Archived and deleted ones are there for a filter that names a status.
      const byStatus = filters.some(({ field }) => field.endsWith('status')) && effective_status === undefined;
      const statuses = byStatus ? [...everyStatus] : statusesFor(effective_status, account);
      const all = (await campaigns.allOfAccount(q, account.id))
        .toReversed()
        .filter(({ status }) => statuses.includes(status));
      return paginate(inOrder(fitting(all, filters, columns), sort, columns), (one) => one.id, at);
    },
  }),
  edge('POST', 'campaigns', {
    doc: 'Makes a campaign.',
    needs: writesAds,
    refuses: ['ads.account_not_active', 'ads.too_many_campaigns'],
    params: {
      name: param.text('The name.', { required: true }),
      objective: param.text('What it is for.', { required: true, oneOf: objectives }),
      status: param.text('PAUSED by default.', { oneOf: ['ACTIVE', 'PAUSED'] }),
      special_ad_categories: param.list(
        'Kinds of advertisement that the law treats apart: an empty list, or NONE, for others.',
        { required: true },
      ),
      ...campaignParams,
    },
    async run(context, account: AdAccount, args) {
      const { daily_budget: dailyBudget, lifetime_budget: lifetimeBudget } = args;
      if (dailyBudget !== undefined && lifetimeBudget !== undefined)
        throw graphError('param.invalid', { name: 'lifetime_budget' });
      const { is_adset_budget_sharing_enabled: sharing } = args;
      if (dailyBudget === undefined && lifetimeBudget === undefined) demandBudgetSharing(sharing, context.call.version);
      const wanted = {
        name: campaignName(args.name),
        objective: args.objective,
        status: args.status ?? 'PAUSED',
        settings: {
          specialAdCategories: categoriesGiven(args.special_ad_categories),
          ...(dailyBudget === undefined ? {} : { dailyBudget }),
          ...(lifetimeBudget === undefined ? {} : { lifetimeBudget }),
          ...(sharing === undefined ? {} : { sharesBudget: sharing }),
        },
      };
      if (onlyChecks(args.execution_options)) return { success: true };
      return {
        id: await changeIn(context, (change) =>
          createCampaign(context.installation, change, account, wanted, context.now),
        ),
      };
    },
  }),
];
