// This node is an app. Anybody with a token may see what it is called; its settings are for the app itself and for
// people with a role on it, by a token of this app. The secret is never a field. Source: the application
// reference.
import { token } from '@hallpass/protocol';
import { addressAllowed } from '../../apps/allow-list.ts';
import { insiders } from '../shared/app-requirements.ts';
import type { Context } from '../../graph/language/context.ts';
import { isoMoment } from '../shared/moment.ts';
import { leftOut } from '../../graph/language/retired-fields.ts';
import { fieldsOf, node } from '../../graph/language/schema.ts';
import { avatarPath } from '../../people/avatar.ts';
import { addressesFor } from '../../hosts.ts';
import { sdkSettingsForAll } from './app-sdk-startup.ts';
import { settingFields } from './setting-fields.ts';
import type { App } from '../../store/apps/apps.ts';
import { AppId } from '../../store/ids.ts';

const field = fieldsOf<App>();

const icon = (app: App, { call, installation }: Context): string =>
  `${addressesFor(call.base, installation.settings).www}${avatarPath(app.id, 75, 75)}`;

/** Another app's token is told of an app, and of nothing that could be done with it. */
async function mayKnow({ call, installation, viewer }: Context, app: App): Promise<boolean> {
  if (viewer.app?.id === app.id) return true;
  if (viewer.kind === 'app' && (call.method !== 'GET' || call.segments.length > 1)) return false;
  if (app.mode === 'live') return true;
  return viewer.person !== undefined && (await installation.facts.appRoles(app.id, viewer.person.id)).length > 0;
}

export const app = node<App>({
  name: 'app',
  type: 'Application',
  doc: 'An app.',
  needs: token('app', 'client', 'user', 'page', 'session_info', 'system_user'),
  target: ({ viewer }, row) => ({ self: false, ownApp: viewer.app?.id === row.id, appId: row.id }),
  tables: ['apps'],
  async find(context, id) {
    const appId = AppId.parse(id);
    const row = appId && (await context.installation.facts.app(appId));
    // Its people take it out of the archive where they put it in.
    const isThere = row?.status === 'active' || (row?.status === 'archived' && context.viewer.dashboard !== undefined);
    return row && isThere && (await mayKnow(context, row)) ? row : undefined;
  },
  fields: [
    {
      category: field.text('The category of the app.', {
        show: 'default',
        from: (a) => a.settings.category || undefined,
      }),
      link: field.text('Where people find it.', {
        show: 'default',
        from: (a) => a.settings.link || a.settings.websiteUrl || undefined,
      }),
      name: field.text('The name of the app.', { show: 'default', from: (a) => a.name }),
      namespace: field.text('The name in its addresses.', {
        show: 'default',
        from: (a) => a.settings.namespace || undefined,
      }),
      id: field.id('The id of the app.', { show: 'always', from: (a) => a.id }),
      icon_url: field.text('The address of its icon.', { from: icon }),
      logo_url: field.text('The address of its logo.', { from: icon }),
      app_name: field.text('The name of the app.', { needs: insiders, from: (a) => a.name }),
      app_type: field.number('1 for native and desktop apps, 0 for all others.', {
        needs: insiders,
        from: (a) => (a.type === 'native' ? 1 : 0),
      }),
      created_time: field.moment('When it was made.', { needs: insiders, from: (a) => isoMoment(a.createdAt) }),
    },
    settingFields('insiders', insiders),
  ],
  // biome-ignore format: a list of words
  retired: leftOut([
    'auth_dialog_data_help_url', 'auth_referral_default_activity_privacy', 'auth_referral_enabled', 'auth_referral_extended_perms',
    'auth_referral_friend_perms', 'auth_referral_response_type', 'auth_referral_user_perms', 'canvas_fluid_height', 'canvas_fluid_width', 'canvas_url',
    'company', 'creator_uid', 'icon', 'migrations', 'mobile_profile_section_url', 'mobile_web_url',
    'page_tab_default_name', 'page_tab_url', 'photo_url', 'profile_section_url', 'secure_canvas_url',
    'secure_page_tab_url', 'social_discovery', 'subcategory',
  ]),
  conditions: {
    api_settings: (_context, row) => row.settings.allowApiSettings,
    app_second_factor: async ({ installation, viewer }, { settings }) =>
      !settings.requireTwoFactor ||
      (viewer.person !== undefined && (await installation.facts.secondFactor(viewer.person.id))),
    settings_address: ({ call }, row) => addressAllowed(row.settings.settingsIpAllowList, call.address),
  },
  sameForAll: sdkSettingsForAll,
  edges: [],
});
