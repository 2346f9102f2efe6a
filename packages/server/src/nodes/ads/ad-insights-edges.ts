// These edges are reports about an ad account and about one of its campaigns. Source: the insights edges of both.
import type { Context } from '../../graph/language/context.ts';
import { insightEdges } from './insight-edges.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import type { Campaign } from '../../store/ads/campaigns.ts';

export const adAccountInsights = insightEdges<AdAccount>('account', async (_context, account) => ({
  account,
  campaign: undefined,
}));

export const campaignInsights = insightEdges<Campaign>('campaign', async ({ installation }: Context, campaign) => ({
  account: (await installation.facts.adAccount(campaign.accountId)) as AdAccount,
  campaign,
}));
