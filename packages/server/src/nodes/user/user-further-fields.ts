// These are the rest of the fields of a person in the user reference. Nobody has any of them here; asked for in a list
// with others they are left out, so that the call is answered.
import type { Node } from '../../graph/language/schema.ts';
import type { Person } from '../../store/people/people.ts';
import { withFurther } from '../shared/without-value.ts';

// biome-ignore format: a list of words
const names = [
  'can_review_measurement_request', 'client_business_id', 'id_for_avatars', 'is_famedeeplinkinguser', 'is_payment_enabled', 'is_shared_login',
  'local_news_megaphone_dismiss_status', 'local_news_subscription_status', 'payment_pricepoints', 'profile_pic', 'public_key',
  'security_settings', 'shared_login_upgrade_required_by', 'supports_donate_button_in_live_video', 'test_group', 'video_upload_limits',
  'viewer_can_send_gift',
] as const;

/** The person with all fields of the user reference. */
export const withUserReference = (user: Node<Person>): Node<Person> => withFurther(user, names, 'Nobody has it here.');
