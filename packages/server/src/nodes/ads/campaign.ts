// This node is a campaign of an ad account. Who may know of the account may know of it. Source: the campaign reference.
import { changeCampaign, type CampaignInput } from '../../ads/campaigns.ts';
import { spentBy } from '../../ads/ad-figures.ts';
import { changesAds, onAdAccount, readsAdAccount } from '../shared/ad-requirements.ts';
import { speaksForPerson } from '../../graph/authentication/viewer.ts';
import { adAccountTasksOn } from '../../graph/authorisation/judge.ts';
import { campaignName, campaignParams, categoriesGiven, effectiveStatus, onlyChecks } from './campaign-input.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { edge, fieldsOf, node } from '../../graph/language/schema.ts';
import { withoutValue } from '../shared/without-value.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import * as campaigns from '../../store/ads/campaigns.ts';

type Campaign = campaigns.Campaign;

const field = fieldsOf<Campaign>();

const accountOf = async ({ installation }: Context, row: Campaign): Promise<AdAccount> =>
  (await installation.facts.adAccount(row.accountId)) as AdAccount;

const text = (amount: number | undefined): string | undefined => (amount === undefined ? undefined : String(amount));

/** Real fields of campaigns that nothing here sets. */
// biome-ignore format: a list of words
const unset = [
  'ad_strategy_group_id', 'ad_strategy_id', 'adlabels', 'bid_strategy', 'boosted_object_id', 'brand_lift_studies', 'budget_rebalance_flag',
  'campaign_group_active_time', 'can_create_brand_lift_study', 'can_use_spend_cap', 'has_secondary_skadnetwork_reporting', 'is_budget_schedule_enabled',
  'is_skadnetwork_attribution', 'issues_info', 'last_budget_toggling_time', 'pacing_type', 'primary_attribution', 'promoted_object', 'recommendations',
  'smart_promotion_type', 'source_campaign', 'source_campaign_id', 'special_ad_category_country', 'spend_cap', 'stop_time', 'topline_id',
];

async function changed(context: Context, row: Campaign, wanted: CampaignInput): Promise<{ success: true }> {
  const account = await accountOf(context, row);
  await changeIn(context, (change) => changeCampaign(change, account, row.id, wanted, context.now));
  return { success: true };
}

export const campaign = node<Campaign>({
  name: 'campaign',
  type: 'Campaign',
  doc: 'A campaign of an ad account.',
  needs: readsAdAccount,
  countsTo: (row) => ({ useCase: 'ads_management', id: row.accountId }),
  target: (_context, row) => onAdAccount(row.accountId),
  tables: ['campaigns'],
  async find(context, id) {
    if (!speaksForPerson(context.viewer)) return undefined;
    const row = await campaigns.byId(context.q, id);
    return row && (await adAccountTasksOn(context, row.accountId)).size > 0 ? row : undefined;
  },
  fields: [
    {
      id: field.id('The id of the campaign.', { show: 'always', from: (c) => c.id }),
      account_id: field.id('The ad account, without act_.', { from: (c) => c.accountId }),
      name: field.text('The name.', { from: (c) => c.name }),
      objective: field.text('What it is for.', { from: (c) => c.objective }),
      status: field.text('ACTIVE, PAUSED, ARCHIVED or DELETED, as it was set.', { from: (c) => c.status }),
      configured_status: field.text('The same.', { from: (c) => c.status }),
      effective_status: field.text('What comes of it: WITH_ISSUES where it is active and its account is not.', {
        load: (context, rows) => Promise.all(rows.map(async (c) => effectiveStatus(c, await accountOf(context, c)))),
      }),
      special_ad_categories: field.list('string', 'Kinds of advertisement that the law treats apart.', {
        from: (c) => c.settings.specialAdCategories,
      }),
      buying_type: field.text('How it is paid for: always by auction.', { from: () => 'AUCTION' }),
      daily_budget: field.id('What it may spend in a day, in hundredths of the currency.', {
        from: (c) => text(c.settings.dailyBudget),
      }),
      lifetime_budget: field.id('What it may spend in all its life, likewise.', {
        from: (c) => text(c.settings.lifetimeBudget),
      }),
      budget_remaining: field.id('What is left of it, likewise.', {
        load: ({ q, now }, rows) =>
          Promise.all(
            rows.map(async (c) => {
              const { lifetimeBudget } = c.settings;
              return lifetimeBudget === undefined
                ? undefined
                : String(lifetimeBudget - spentBy(c, await campaigns.runs(q, { campaignId: c.id }), now));
            }),
          ),
      }),
      created_time: field.moment('When it was made.', { from: (c) => isoMoment(c.createdAt) }),
      updated_time: field.moment('When it was last changed.', { from: (c) => isoMoment(c.updatedAt) }),
      is_adset_budget_sharing_enabled: field.bool(
        'Whether its ad sets share up to a fifth of their budgets; absent where it was never said.',
        {
          from: (c) => c.settings.sharesBudget,
        },
      ),
      special_ad_category: field.text('The first of its special ad categories, or NONE.', {
        from: (c) => c.settings.specialAdCategories[0] ?? 'NONE',
      }),
      start_time: field.moment('When it could first be shown.', { from: (c) => isoMoment(c.createdAt) }),
    },
    withoutValue<Campaign>(unset, 'Nothing of this is set here.'),
  ],
  edges: [
    edge('POST', '', {
      doc: 'Changes the campaign: pauses and starts it, gives it another name or budget.',
      needs: changesAds,
      refuses: ['ads.campaign_deleted', 'ads.account_not_active'],
      params: {
        name: param.text('The name.'),
        status: param.text('The status.', { oneOf: ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED'] }),
        special_ad_categories: param.list('Kinds of advertisement that the law treats apart.'),
        ...campaignParams,
      },
      async run(context, row: Campaign, args) {
        const wanted: CampaignInput = {
          name: args.name === undefined ? undefined : campaignName(args.name),
          status: args.status,
          specialAdCategories: args.special_ad_categories && categoriesGiven(args.special_ad_categories),
          dailyBudget: args.daily_budget,
          lifetimeBudget: args.lifetime_budget,
          sharesBudget: args.is_adset_budget_sharing_enabled,
        };
        return onlyChecks(args.execution_options) ? { success: true } : changed(context, row, wanted);
      },
    }),
    edge('DELETE', '', {
      doc: 'Deletes the campaign: it is no longer delivered, but can still be read.',
      needs: changesAds,
      run: (context, row: Campaign) => changed(context, row, { status: 'DELETED' }),
    }),
  ],
});
