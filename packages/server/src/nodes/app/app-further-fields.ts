// These fields of an app are about the business that it belongs to, and about what no app has here. Source: the
// application reference.
import { fieldsOf, type Node, withFields } from '../../graph/language/schema.ts';
import type { Context } from '../../graph/language/context.ts';
import type { App } from '../../store/apps/apps.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import { insiders } from '../shared/app-requirements.ts';
import { withFurther } from '../shared/without-value.ts';

const field = fieldsOf<App>();

const owner = {
  needs: insiders,
  load: ({ q }: Context, rows: readonly App[]) =>
    Promise.all(
      rows.map(async ({ id }) => {
        const businessId = await businesses.businessOfApp(q, id);
        const found = businessId && (await businesses.byId(q, businessId));
        return found && { id: found.id, name: found.name };
      }),
    ),
};

// biome-ignore format: a list of words
const names = [
  'app_ad_debug_info', 'app_install_tracked', 'app_signals_binding_ios', 'business_users', 'configured_ios_sso', 'hosting_url',
  'ios_sfvc_attr', 'ios_supports_native_proxy_auth_flow', 'last_used_time', 'object_store_urls', 'subcategory', 'supported_platforms',
  'supports_apprequests_fast_app_switch', 'supports_attribution', 'url_scheme_suffix', 'user_support_info',
] as const;

const ofBusiness = {
  business: field.object('Business', 'The business that the app belongs to; absent where it belongs to none.', owner),
  owner_business: field.object('Business', 'The same under its other name.', owner),
};

/** The app with all fields of its reference. */
export const withAppReference = (app: Node<App>): Node<App> =>
  withFurther(withFields(app, ofBusiness), names, 'No app has it here.');
