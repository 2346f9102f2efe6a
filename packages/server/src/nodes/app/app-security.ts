// What decides about log-ins and about the app secret, and the mode of the app: set in the dashboard by people who have
// just given their password, never by a token (threats PR-12). Sources: the settings of Facebook Login; app modes.
import { parseVersion, graphError } from '@hallpass/protocol';
import { type AppChange, changeApp } from '../../apps/app-admin.ts';
import { allowListOf } from '../../apps/allow-list.ts';
import { byPerson, confirmsInDashboard } from '../shared/app-requirements.ts';
import { isDomain } from './app-settings-input.ts';
import { type Param, param } from '../../graph/params.ts';
import { type Edge, edge } from '../../graph/schema.ts';
import { checkRegistrable } from '../../apps/registrable.ts';
import type { App, AppSettings } from '../../store/apps/apps.ts';

type Switch = { [K in keyof AppSettings]: AppSettings[K] extends boolean ? K : never }[keyof AppSettings];

/** Names as the fields of the app have them. */
const switches = {
  client_oauth_login: ['clientOauthLogin', 'Client OAuth Login: the master switch of all log-ins.'],
  web_oauth_login: ['webOauthLogin', 'Web OAuth Login: the dialog may redirect to the registered addresses.'],
  embedded_browser_login: [
    'embeddedBrowserLogin',
    'Embedded Browser OAuth Login: connect/login_success.html of native apps.',
  ],
  native_login: ['nativeLogin', 'Log-in from a phone: the addresses of the mobile SDKs.'],
  js_sdk_login: ['jsSdkLogin', 'Login with the JavaScript SDK.'],
  login_from_devices: ['deviceLogin', 'Login from Devices.'],
  enforce_https: ['enforceHttps', 'Enforce HTTPS: a live app redirects to https only.'],
  require_appsecret_proof: ['requireAppSecretProof', 'Require App Secret: calls need appsecret_proof.'],
  require_pkce: ['requirePkce', 'Codes are only given to dialogs that bring a code_challenge.'],
  long_lived_token_in_flow: ['longLivedTokenInFlow', 'Token flows also give long_lived_token.'],
  nonce_in_flow: ['nonceInFlow', 'A log-in on a phone that asks for token_or_nonce gets a nonce.'],
} as const satisfies Record<string, readonly [Switch, string]>;

const switchParams = Object.fromEntries(
  Object.entries(switches).map(([name, [, doc]]) => [name, param.bool(doc)]),
) as Record<keyof typeof switches, Param<boolean | undefined>>;

const packageName = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/;
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

/** @throws GraphError param.invalid */
function allowedAddresses(values: readonly string[]): string[] {
  const allowed = allowListOf(values);
  if (!allowed) throw graphError('param.invalid', { name: 'server_ip_whitelist' });
  return allowed;
}

export const appSecurity: Edge<App>[] = [
  edge('POST', 'security_settings', {
    doc: 'Switches of log-ins, and from where and how the secret is used.',
    source: 'ours',
    needs: confirmsInDashboard('change_settings'),
    params: {
      ...switchParams,
      native_app: param.bool('A native or desktop app: its app tokens do not work.'),
      server_ip_whitelist: param.list(
        'Addresses or ranges from which the secret may be used, each kept once and in its shortest spelling; empty means all.',
        {
          clears: true,
        },
      ),
      android_packages: param.list('Package names of Android apps.', { clears: true }),
      default_version: param.text('The version of calls that name none.'),
    },
    async run(context, app: App, values) {
      const settings: Partial<AppSettings> = {};
      for (const [name, [key]] of Object.entries(switches) as [keyof typeof switches, readonly [Switch, string]][]) {
        const value = values[name];
        if (value !== undefined) settings[key] = value;
      }
      const {
        native_app: native,
        server_ip_whitelist: addresses,
        android_packages: packages,
        default_version: version,
      } = values;
      if (addresses) settings.serverIpAllowList = uniqueEntries('server_ip_whitelist', allowedAddresses(addresses));
      if (packages)
        settings.androidPackages = checkedEntries('android_packages', packages, (one) => packageName.test(one));
      if (version !== undefined) {
        const served = parseVersion(version);
        if (!served) throw graphError('param.invalid', { name: 'default_version' });
        settings.defaultVersion = served;
      }
      const wanted: AppChange = { ...(native === undefined ? {} : { type: native ? 'native' : 'web' }), settings };
      if (Object.keys(settings).length > 0 || native !== undefined)
        await changeApp(context.installation, byPerson(context, app.id), wanted);
      return { success: true };
    },
  }),
  edge('POST', 'login_addresses', {
    doc: 'Where log-ins may lead: the redirect addresses and the domains of the browser SDK, each list as a whole.',
    source: 'ours',
    needs: confirmsInDashboard('change_login_addresses'),
    guards: ['Where the app names app_domains, every address is on one of them or below it, or on this machine.'],
    params: {
      redirect_uris: param.list('Valid OAuth Redirect URIs; an address with a comma needs a JSON list.', {
        clears: true,
      }),
      sdk_domains: param.list('Allowed Domains for the JavaScript SDK.', { clears: true }),
    },
    async run(context, app: App, { redirect_uris: uris, sdk_domains: domains }) {
      const settings = {
        ...(uris ? { redirectUris: redirectUris(uris) } : {}),
        ...(domains ? { sdkDomains: checkedEntries('sdk_domains', domains, isDomain) } : {}),
      };
      if (Object.keys(settings).length > 0)
        await changeApp(context.installation, byPerson(context, app.id), { settings });
      return { success: true };
    },
  }),
  edge('POST', 'mode', {
    doc: 'Makes the app live, for everybody, or takes it back to development, for people with a role on it.',
    source: 'ours',
    needs: confirmsInDashboard('change_mode'),
    guards: ['A live app has a privacy policy and an address of its makers.'],
    params: { mode: param.text('The mode.', { required: true, oneOf: ['live', 'development'] }) },
    async run(context, app: App, { mode }) {
      await changeApp(context.installation, byPerson(context, app.id), { mode });
      return { success: true };
    },
  }),
];
