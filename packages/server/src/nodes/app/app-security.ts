// These fields and edges decide about log-ins, the app secret and the mode of the app: set in the dashboard by people
// who have just given their password, never by a token (threats PR-12). Sources: the settings of Facebook Login; app
// modes.
import { all, appSettings, graphError, where } from '@hallpass/protocol';
import { addressAllowed } from '../../apps/allow-list.ts';
import { type AppChange, changeApp } from '../../apps/app-admin.ts';
import { isHostName } from '../../apps/setting-kinds.ts';
import { byPerson, confirmsInDashboard } from '../shared/app-requirements.ts';
import { settingParams, settingsGiven, settingsShown } from './app-settings-input.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge } from '../../graph/language/schema.ts';
import { checkRegistrable } from '../../apps/registrable.ts';
import type { App } from '../../store/apps/apps.ts';

const MOST_ADDRESSES = 200;
const LONGEST_SHOWN = 200;

/** @throws GraphError app.login_address */
function redirectUris(values: readonly string[]): string[] {
  for (const uri of values) {
    const verdict = checkRegistrable(uri);
    if (!verdict.ok)
      throw graphError('app.login_address', {
        name: 'redirect_uris',
        address: uri.slice(0, LONGEST_SHOWN),
        reason: verdict.reason,
      });
  }
  return uniqueEntries('redirect_uris', values);
}

/** @throws GraphError param.must_be */
function uniqueEntries(name: string, values: readonly string[]): string[] {
  const once = [...new Set(values)];
  if (once.length > MOST_ADDRESSES)
    throw graphError('param.must_be', { name, what: `at most ${MOST_ADDRESSES} entries` });
  return once;
}

/** @throws GraphError param.invalid */
function checkedEntries(name: string, values: readonly string[], fits: (one: string) => boolean): string[] {
  if (!values.every(fits)) throw graphError('param.invalid', { name });
  return uniqueEntries(name, values);
}

export const appSecurity: Edge<App>[] = [
  edge('POST', 'security_settings', {
    doc: 'Switches of log-ins, and from where and how the secret is used.',
    source: 'ours',
    needs: all(confirmsInDashboard('change_settings'), where('settings_address')),
    params: {
      ...settingParams('dashboard'),
      native_app: param.bool('A native or desktop app: its app tokens do not work.'),
      server_ip_whitelist: param.list(appSettings.serverIpAllowList.doc, { clears: true }),
      android_packages: param.list(appSettings.androidPackages.doc, { clears: true }),
      default_version: param.text(appSettings.defaultVersion.doc),
      unchanged: unchangedParam,
    },
    async run(context, app: App, { native_app: native, server_ip_whitelist: addresses, unchanged, ...rest }) {
      const demand = unchangedSince(unchanged);
      const given = {
        ...rest,
        ...(addresses && { server_ip_whitelist: uniqueEntries('server_ip_whitelist', addresses) }),
        ...(rest.android_packages && { android_packages: uniqueEntries('android_packages', rest.android_packages) }),
      };
      const settings = settingsGiven(given);
      const { address } = context.call;
      if (settings.settingsIpAllowList && !addressAllowed(settings.settingsIpAllowList, address))
        throw graphError('param.must_be', {
          name: 'update_ip_whitelist',
          what: `a list with your own address, ${address}: nobody could change it afterwards`,
        });
      if (settings.requireTwoFactor && !(await context.installation.facts.secondFactor(context.viewer.person.id)))
        throw graphError('app.second_factor');
      const wanted: AppChange = { ...(native === undefined ? {} : { type: native ? 'native' : 'web' }), settings };
      if (Object.keys(settings).length > 0 || native !== undefined)
        await changeApp(context.installation, byPerson(context, app.id), wanted, (now) => demand(settingsShown(now)));
      return { success: true };
    },
  }),
  edge('POST', 'login_addresses', {
    doc: 'Where a log-in may lead: the redirect addresses and the domains of the browser SDK, each list as a whole.',
    source: 'ours',
    needs: all(confirmsInDashboard('change_login_addresses'), where('settings_address')),
    refuses: ['app.login_address'],
    params: {
      redirect_uris: param.list('Valid OAuth Redirect URIs; an address with a comma needs a JSON list.', {
        clears: true,
      }),
      sdk_domains: param.list('Allowed Domains for the JavaScript SDK.', { clears: true }),
      unchanged: unchangedParam,
    },
    async run(context, app: App, { redirect_uris: uris, sdk_domains: domains, unchanged }) {
      const demand = unchangedSince(unchanged);
      const settings = {
        ...(uris ? { redirectUris: redirectUris(uris) } : {}),
        ...(domains ? { sdkDomains: checkedEntries('sdk_domains', domains, isHostName) } : {}),
      };
      if (Object.keys(settings).length > 0)
        await changeApp(context.installation, byPerson(context, app.id), { settings }, (now) =>
          demand(settingsShown(now)),
        );
      return { success: true };
    },
  }),
  edge('POST', 'mode', {
    doc: 'Makes the app live, for everyone, or takes it back to development, for people with a role on it.',
    source: 'ours',
    needs: confirmsInDashboard('change_mode'),
    refuses: ['app.not_ready'],
    params: { mode: param.text('The mode.', { required: true, oneOf: ['live', 'development'] }) },
    async run(context, app: App, { mode }) {
      await changeApp(context.installation, byPerson(context, app.id), { mode });
      return { success: true };
    },
  }),
];
