// This node is one row of a report about advertisements. It has no id: it is only found in a report. Numbers are
// written as text, as the Marketing API does. Source: the ads insights reference.
import { graphError, meetsChange, type Version, versionChanges } from '@hallpass/protocol';
import { type Breakdown, breakdownValues } from '../../ads/ad-breakdowns.ts';
import { type InsightRow } from './ad-insights.ts';
import { onAdAccount, readsAdAccount } from '../shared/ad-requirements.ts';
import { dateText } from './report-days.ts';
import { type Field, fieldsOf, node } from '../../graph/language/schema.ts';
import { withoutValue } from '../shared/without-value.ts';

const field = fieldsOf<InsightRow>();

const money = (hundredths: number): string => (hundredths / 100).toFixed(2);
const ratio = (of: number, by: number, digits = 6): string | undefined =>
  by === 0 ? undefined : String(Number((of / by).toFixed(digits)));

/**
 * Real fields that count what does not happen here: nobody acts on an advertisement, and there are no ad sets and ads.
 */
// biome-ignore format: a list of words
const uncounted = [
  'action_values', 'actions', 'ad_id', 'ad_name', 'adset_id', 'adset_name', 'attribution_setting', 'canvas_avg_view_percent', 'canvas_avg_view_time',
  'catalog_segment_value', 'conversion_rate_ranking', 'conversion_values', 'conversions', 'cost_per_10_sec_video_view', 'cost_per_15_sec_video_view',
  'cost_per_2_sec_continuous_video_view', 'cost_per_action_type', 'cost_per_ad_click', 'cost_per_conversion', 'cost_per_dda_countby_convs',
  'cost_per_estimated_ad_recallers', 'cost_per_inline_link_click', 'cost_per_inline_post_engagement', 'cost_per_outbound_click', 'cost_per_result',
  'cost_per_thruplay', 'cost_per_unique_action_type', 'cost_per_unique_click', 'cost_per_unique_inline_link_click', 'cost_per_unique_outbound_click',
  'created_time', 'dda_countby_convs', 'dda_results', 'engagement_rate_ranking', 'estimated_ad_recall_rate', 'estimated_ad_recallers',
  'full_view_impressions', 'full_view_reach', 'inline_link_click_ctr', 'inline_link_clicks', 'inline_post_engagement', 'instagram_profile_visits',
  'instant_experience_clicks_to_open', 'instant_experience_clicks_to_start', 'instant_experience_outbound_clicks', 'mobile_app_purchase_roas',
  'optimization_goal', 'outbound_clicks', 'outbound_clicks_ctr', 'place_page_name', 'purchase_roas', 'quality_ranking', 'result_rate',
  'results', 'social_spend', 'unique_actions', 'unique_clicks', 'unique_conversions', 'unique_ctr', 'unique_inline_link_click_ctr',
  'unique_inline_link_clicks', 'unique_link_clicks_ctr', 'unique_outbound_clicks', 'unique_outbound_clicks_ctr', 'updated_time',
  'video_15_sec_watched_actions', 'video_30_sec_watched_actions', 'video_avg_time_watched_actions', 'video_continuous_2_sec_watched_actions',
  'video_p100_watched_actions', 'video_p25_watched_actions', 'video_p50_watched_actions', 'video_p75_watched_actions', 'video_p95_watched_actions',
  'video_play_actions', 'video_play_curve_actions', 'video_thruplay_watched_actions', 'website_ctr', 'website_purchase_roas', 'wish_bid',
];

/** Fields of earlier versions: before they were refused, there is nothing to be said of them. Source: airbytehq/airbyte#35334. */
const ended: readonly string[] = [...versionChanges.insights_fields.words, 'labels', 'location'];

const parts: Readonly<Record<Breakdown, Field<InsightRow>>> = {
  age: field.text('The ages it is about, in a report by age.', { show: 'always', from: (r) => r.parts.age }),
  country: field.text('The country, in a report by country.', { show: 'always', from: (r) => r.parts.country }),
  device_platform: field.text('The devices, in a report by device platform.', {
    show: 'always',
    from: (r) => r.parts.device_platform,
  }),
  gender: field.text('The gender, in a report by gender.', { show: 'always', from: (r) => r.parts.gender }),
  publisher_platform: field.text('Where it was shown, in a report by publisher platform.', {
    show: 'always',
    from: (r) => r.parts.publisher_platform,
  }),
};

const fields: Readonly<Record<string, Field<InsightRow>>> = {
  account_id: field.id('The ad account, without act_.', { show: 'default', from: (r) => r.account.id }),
  account_name: field.text('Its name.', { from: (r) => r.account.name }),
  account_currency: field.text('The currency of every amount.', { from: (r) => r.account.settings.currency }),
  campaign_id: field.id('The campaign, where the row is of one.', { show: 'default', from: (r) => r.campaign?.id }),
  campaign_name: field.text('Its name.', { from: (r) => r.campaign?.name }),
  objective: field.text('The objective of the campaign.', { from: (r) => r.campaign?.objective }),
  buying_type: field.text('How the campaign is paid for: always by auction.', { from: (r) => r.campaign && 'AUCTION' }),
  impressions: field.id('How often advertisements were shown.', {
    show: 'default',
    from: (r) => String(r.impressions),
  }),
  clicks: field.id('How often they were clicked.', { from: (r) => String(r.clicks) }),
  spend: field.id('What it cost, in the currency of the account.', { show: 'default', from: (r) => money(r.spend) }),
  reach: field.id('How many people saw them, counted day by day.', { from: (r) => String(r.reach) }),
  frequency: field.id('How often each of those saw one.', { from: (r) => ratio(r.impressions, r.reach) }),
  ctr: field.id('Clicks of a hundred impressions.', { from: (r) => ratio(r.clicks * 100, r.impressions) }),
  cpc: field.id('What a click cost.', { from: (r) => ratio(r.spend / 100, r.clicks) }),
  cpm: field.id('What a thousand impressions cost.', { from: (r) => ratio((r.spend / 100) * 1000, r.impressions) }),
  cpp: field.id('What it cost to reach a thousand people.', { from: (r) => ratio((r.spend / 100) * 1000, r.reach) }),
  ...withoutValue<InsightRow>([...uncounted, ...ended], 'Nothing of this is counted here.'),
  date_start: field.text('The first day.', { show: 'always', from: (r) => dateText(r.first) }),
  date_stop: field.text('The last day.', { show: 'always', from: (r) => dateText(r.last) }),
  ...parts,
};

const inWords = (names: readonly string[]): string => `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'}`;

/** Breakdowns are in every row of a report that has them, and cannot be asked for as fields. */
function checkFields(names: readonly string[], version: Version): void {
  const gone = names.filter((name) => ended.includes(name));
  if (gone.length > 0 && meetsChange(version, 'insights_fields')) {
    const { from } = versionChanges.insights_fields;
    throw graphError('ads.fields_retired', { names: inWords(gone), version: from.toUpperCase() });
  }
  const unknown = names.filter((name) => !Object.hasOwn(fields, name) || Object.hasOwn(breakdownValues, name));
  if (unknown.length > 0) throw graphError('ads.fields', { names: inWords(unknown) });
}

export const adsInsights = node<InsightRow>({
  name: 'ads_insights',
  type: 'AdsInsights',
  doc: 'A row of a report about an ad account or a campaign.',
  needs: readsAdAccount,
  target: (_context, row) => onAdAccount(row.account.id),
  find: async () => undefined,
  fields,
  checkFields,
  edges: [],
});
