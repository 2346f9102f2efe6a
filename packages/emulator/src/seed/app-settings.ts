// The settings of an app as seed files spell them: the words of the app node and of the dashboard, one row each. The
// type sees to it that no setting of the server is forgotten.
import { parseVersion, type Version, versions } from '@hallpass/protocol';
import { allowListFault, allowListOf, type AppSettings, checkRegistrable } from '@hallpass/server/testing';
import { z } from 'zod';
import { listOf, presentPermission, text, webAddress, yesNo } from './values.ts';

interface SettingKey<Value> {
  /** The name of the setting in the file. */
  key: string;
  check: z.ZodType<Value>;
  doc: string;
}

const redirectUri = text.superRefine((uri, context) => {
  const verdict = checkRegistrable(uri);
  if (!verdict.ok)
    context.addIssue({ code: 'custom', message: `${JSON.stringify(uri)} cannot be registered: ${verdict.reason}` });
});
const hostName = text.regex(
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  'must be a host name in lower case, without https:// and without a path',
);
const suffix = text.regex(/^[A-Za-z]+$/, 'must be letters only');
const packageName = text.regex(/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/, 'must be a package name such as com.example.app');
const addresses = text.refine((entry) => allowListFault(entry) === undefined, {
  error: ({ input }) => allowListFault(String(input)) ?? 'must be text',
});
const version = text.refine(
  (value): value is Version => parseVersion(value) !== undefined,
  `must be a version from ${versions.oldest} to ${versions.newest}, such as v25.0`,
);
const address = z.union([z.literal(''), webAddress], {
  error: 'must be an address beginning with https:// or http://',
});
/** What is called and not only shown: as strict as redirect addresses. */
export const receiver = z.union([z.literal(''), redirectUri], {
  error: 'must be an address beginning with https:// or http://',
});
const words = text.max(4000, 'is longer than 4000 characters');

export const appSettingKeys: { readonly [K in keyof AppSettings]: SettingKey<AppSettings[K]> } = {
  redirectUris: {
    key: 'redirect_uris',
    check: listOf(redirectUri),
    doc: 'Valid OAuth Redirect URIs: where the dialog may send a person. `https`, or `http` for `localhost`, `127.0.0.1` and `[::1]`.',
  },
  enforceHttps: {
    key: 'enforce_https',
    check: yesNo,
    doc: 'A live app redirects to `https` only. Switch it off to let a live app redirect to `http` addresses of this machine that it registered.',
  },
  sdkDomains: { key: 'sdk_domains', check: listOf(hostName), doc: 'Allowed Domains for the JavaScript SDK.' },
  appDomains: { key: 'app_domains', check: listOf(hostName), doc: 'App Domains.' },
  iosSuffixes: {
    key: 'url_scheme_suffixes',
    check: listOf(suffix),
    doc: 'URL scheme suffixes: `kids` allows `fb<id>kids://authorize`.',
  },
  androidPackages: {
    key: 'android_packages',
    check: listOf(packageName),
    doc: 'Package names of Android apps: each allows `fbconnect://cct.<package>`.',
  },
  serverIpAllowList: {
    key: 'server_ip_whitelist',
    check: listOf(addresses).transform((entries) => allowListOf(entries) ?? entries),
    doc: 'Addresses or ranges from which the app secret may be used, each kept once and in its shortest spelling; empty for everywhere.',
  },
  clientOauthLogin: {
    key: 'client_oauth_login',
    check: yesNo,
    doc: 'Client OAuth Login: the master switch of all log-ins.',
  },
  webOauthLogin: {
    key: 'web_oauth_login',
    check: yesNo,
    doc: 'Web OAuth Login: the dialog may redirect to the registered addresses.',
  },
  embeddedBrowserLogin: {
    key: 'embedded_browser_login',
    check: yesNo,
    doc: 'Embedded Browser OAuth Login: allows `/connect/login_success.html` for native apps.',
  },
  nativeLogin: {
    key: 'native_login',
    check: yesNo,
    doc: 'Log-in from a phone: allows the addresses of the mobile SDKs.',
  },
  deviceLogin: {
    key: 'login_from_devices',
    check: yesNo,
    doc: 'Login from Devices: `device/login`, for televisions and the like.',
  },
  jsSdkLogin: { key: 'js_sdk_login', check: yesNo, doc: 'Login with the JavaScript SDK.' },
  requireAppSecretProof: {
    key: 'require_appsecret_proof',
    check: yesNo,
    doc: 'Require App Secret: calls with a token of a person need `appsecret_proof`.',
  },
  allowCycleAppSecret: {
    key: 'allow_cycle_app_secret',
    check: yesNo,
    doc: 'Stored as it is; the secret is reset in the dashboard alone.',
  },
  requirePkce: {
    key: 'require_pkce',
    check: yesNo,
    doc: 'Codes are only given to dialogs that bring a `code_challenge`.',
  },
  loginType: {
    key: 'login_type',
    check: z.enum(['classic', 'business']),
    doc: '`business` for Login for Business, with `login_configurations`.',
  },
  longLivedTokenInFlow: {
    key: 'long_lived_token_in_flow',
    check: yesNo,
    doc: 'Token flows also give `long_lived_token`.',
  },
  nonceInFlow: {
    key: 'nonce_in_flow',
    check: yesNo,
    doc: 'A log-in on a phone that asks for `token_or_nonce` gets a nonce, to be swapped by `fb_exchange_nonce`.',
  },
  marketingTier: {
    key: 'marketing_tier',
    check: z.enum(['none', 'development', 'standard']),
    doc: 'Tier of the Marketing API: with `standard`, exchanged tokens do not expire.',
  },
  advancedAccess: {
    key: 'advanced_access',
    check: listOf(presentPermission),
    doc: 'Permissions that anybody may be asked for; all others work for people with a role on the app.',
  },
  defaultVersion: { key: 'default_version', check: version, doc: 'The Graph version of calls that name none.' },
  category: { key: 'category', check: words, doc: 'Category.' },
  description: { key: 'description', check: words, doc: 'Description.' },
  link: { key: 'link', check: address, doc: 'Where the app is found.' },
  websiteUrl: { key: 'website_url', check: address, doc: 'Site URL.' },
  privacyPolicyUrl: { key: 'privacy_policy_url', check: address, doc: 'Privacy Policy URL, shown in the dialog.' },
  termsOfServiceUrl: { key: 'terms_of_service_url', check: address, doc: 'Terms of Service URL, shown in the dialog.' },
  contactEmail: { key: 'contact_email', check: words, doc: 'Contact e-mail address.' },
  userSupportEmail: { key: 'user_support_email', check: words, doc: 'E-mail address for people who use the app.' },
  userSupportUrl: { key: 'user_support_url', check: address, doc: 'Help for people who use the app.' },
  deauthCallbackUrl: {
    key: 'deauth_callback_url',
    check: receiver,
    doc: 'Deauthorize callback URL: called when a person removes the app.',
  },
  dataDeletionUrl: {
    key: 'data_deletion_url',
    check: receiver,
    doc: 'Data deletion request URL: asked when a person wants data deleted.',
  },
  dataDeletionInstructionsUrl: {
    key: 'data_deletion_instructions_url',
    check: address,
    doc: 'Where people read how to have their data deleted, for an app without `data_deletion_url`.',
  },
  namespace: { key: 'namespace', check: words, doc: 'Namespace.' },
  authDialogHeadline: { key: 'auth_dialog_headline', check: words, doc: 'A headline for the dialog.' },
  authDialogPermsExplanation: {
    key: 'auth_dialog_perms_explanation',
    check: words,
    doc: 'Why the app asks, shown in the dialog.',
  },
  restrictions: { key: 'restrictions', check: words, doc: 'Who may use the app, as JSON text.' },
};

type Key = keyof AppSettings;
const rows = Object.entries(appSettingKeys) as [Key, SettingKey<unknown>][];

/** The shape of all settings for a strict object: each may be left out. */
export const appSettingShape: Record<string, z.ZodOptional<z.ZodType>> = Object.fromEntries(
  rows.map(([, { key, check }]) => [key, check.optional()]),
);

/** Picks the settings out of a checked app, under the server's names. */
export function settingsOf(app: Readonly<Record<string, unknown>>): Partial<AppSettings> {
  return Object.fromEntries(
    rows.filter(([, { key }]) => app[key] !== undefined).map(([name, { key }]) => [name, app[key]]),
  ) as Partial<AppSettings>;
}
