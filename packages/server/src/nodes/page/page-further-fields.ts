// These are the rest of the fields of a Page in its reference. Programs read long lists of them in one call, and one
// field that is not known would fail it all; what no Page has here is left out, as the real service leaves out what a
// Page has not filled in. Sources: the Page reference; sns-sdks/python-facebook and restfb, their lists of fields.
import { fieldsOf, type Node, withFields } from '../../graph/language/schema.ts';
import * as subscriptions from '../../store/apps/subscriptions.ts';
import type { Page } from '../../store/pages/pages.ts';
import { withFurther } from '../shared/without-value.ts';

const field = fieldsOf<Page>();

// biome-ignore format: a list of words
const names = [
  'affiliation', 'app_id', 'artists_we_like', 'best_page', 'birthday', 'breaking_news_usage', 'built', 'contact_address', 'country_page_likes',
  'culinary_team', 'current_location', 'delivery_and_pickup_option_info', 'differently_open_offerings', 'directed_by', 'display_subtext',
  'engagement', 'featured_video', 'features', 'followers', 'food_styles', 'founded', 'general_manager_name', 'genre', 'global_brand_page_name',
  'global_brand_root_id', 'has_transitioned_to_new_page_experience', 'has_whatsapp_business_number', 'has_whatsapp_number', 'hometown', 'hours',
  'impressum', 'influences', 'is_chain', 'is_eligible_for_branded_content', 'is_messenger_bot_get_started_enabled',
  'is_messenger_platform_bot', 'is_owned', 'is_permanently_closed', 'leadgen_tos_acceptance_time', 'leadgen_tos_accepted', 'location', 'members',
  'merchant_id', 'merchant_review_status', 'messaging_feature_status', 'messenger_ads_default_icebreakers',
  'messenger_ads_default_quick_replies', 'messenger_ads_quick_replies_type', 'mpg', 'name_with_location_descriptor', 'network',
  'offer_eligible', 'overall_star_rating', 'page_token', 'parent_page', 'payment_options', 'personal_info', 'personal_interests',
  'pharma_safety_info', 'pickup_options', 'place_type', 'plot_outline', 'preferred_audience', 'press_contact', 'price_range',
  'privacy_info_url', 'produced_by', 'products', 'promotion_ineligible_reason', 'public_transit', 'rating_count', 'recipient', 'record_label',
  'release_date', 'restaurant_services', 'restaurant_specialties', 'schedule', 'screenplay_by', 'season', 'single_line_address', 'starring',
  'start_info', 'store_code', 'store_location_descriptor', 'store_number', 'studio', 'supports_donate_button_in_live_video',
  'temporary_status', 'user_access_expire_time', 'whatsapp_number', 'written_by',
] as const;

const webhooks = {
  is_webhooks_subscribed: field.bool('Whether the app of the token is told of changes of the Page.', {
    load: ({ q, viewer }, rows) =>
      Promise.all(
        rows.map(async ({ id }) => (await subscriptions.onPage(q, id)).some(({ appId }) => appId === viewer.app.id)),
      ),
  }),
};

/** The Page with all fields of its reference. */
export const withPageReference = (page: Node<Page>): Node<Page> =>
  withFurther(withFields(page, webhooks), names, 'No Page has it here.');
