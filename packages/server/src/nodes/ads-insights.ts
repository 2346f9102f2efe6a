// One row of a report about advertisements. It has no id: it is only found in a report. Numbers are written as text, as the
// Marketing API does. Source: the ads insights reference.
import type { InsightRow } from '../graph/ad-insights.ts';
import { dateText } from '../graph/ad-insights.ts';
import { onAdAccount, readsAdAccount } from '../graph/ads.ts';
import { fieldsOf, node } from '../graph/schema.ts';

const field = fieldsOf<InsightRow>();

const money = (hundredths: number): string => (hundredths / 100).toFixed(2);
const ratio = (of: number, by: number, digits = 6): string | undefined => (by === 0 ? undefined : String(Number((of / by).toFixed(digits))));

export const adsInsights = node<InsightRow>({
  name: 'ads_insights',
  type: 'AdsInsights',
  doc: 'A row of a report about an ad account or a campaign.',
  needs: readsAdAccount,
  target: (_context, row) => onAdAccount(row.account.id),
  find: async () => undefined,
  fields: {
    account_id: field.id('The ad account, without act_.', { show: 'default', from: (r) => r.account.id }),
    account_name: field.text('Its name.', { from: (r) => r.account.name }),
    account_currency: field.text('The currency of every amount.', { from: (r) => r.account.settings.currency }),
    campaign_id: field.id('The campaign, where the row is of one.', { show: 'default', from: (r) => r.campaign?.id }),
    campaign_name: field.text('Its name.', { from: (r) => r.campaign?.name }),
    objective: field.text('What the campaign is for.', { from: (r) => r.campaign?.objective }),
    impressions: field.id('How often advertisements were shown.', { show: 'default', from: (r) => String(r.impressions) }),
    clicks: field.id('How often they were clicked.', { from: (r) => String(r.clicks) }),
    spend: field.id('What it cost, in the currency of the account.', { show: 'default', from: (r) => money(r.spend) }),
    reach: field.id('How many people saw them, counted day by day.', { from: (r) => String(r.reach) }),
    frequency: field.id('How often each of those saw one.', { from: (r) => ratio(r.impressions, r.reach) }),
    ctr: field.id('Clicks of a hundred impressions.', { from: (r) => ratio(r.clicks * 100, r.impressions) }),
    cpc: field.id('What a click cost.', { from: (r) => ratio(r.spend / 100, r.clicks) }),
    cpm: field.id('What a thousand impressions cost.', { from: (r) => ratio((r.spend / 100) * 1000, r.impressions) }),
    date_start: field.text('The first day.', { show: 'always', from: (r) => dateText(r.first) }),
    date_stop: field.text('The last day.', { show: 'always', from: (r) => dateText(r.last) }),
  },
  edges: [],
});
