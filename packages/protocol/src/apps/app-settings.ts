// This table holds the settings of an app: one row each, with its name on the wire, what it may hold, its value where
// nothing was set, and who may write and see it. Stored settings, parameters and fields of the app, seed files and the
// reference come from here. How a kind is checked stands in the server (apps/setting-kinds.ts).
import { entriesOf } from '../keys.ts';
import type { MarketingTier } from './marketing-tiers.ts';
import type { Version } from './versions.ts';

/** The values of each kind of setting. */
interface SettingValues {
  flag: boolean;
  /** Text of several lines. */
  words: string;
  line: string;
  email: string;
  namespace: string;
  /** The JSON text of app-restrictions.ts. */
  restrictions: string;
  /** A web address that is only shown. */
  address: string;
  /** A web address that is called. */
  receiver: string;
  version: Version;
  /** A version, or none: then that of all calls. */
  other_version: Version | '';
  login_type: 'classic' | 'business';
  marketing_tier: MarketingTier;
  redirect_uris: string[];
  hosts: string[];
  suffixes: string[];
  packages: string[];
  networks: string[];
  permissions: string[];
}

export type SettingKind = keyof SettingValues;

export interface AppSettingEntry<K extends SettingKind = SettingKind> {
  /** The parameter, the field and the key of a seed file are called so. */
  readonly name: string;
  /** The words beside it in the dashboard: those of the real one, where it has the setting. */
  readonly label: string;
  readonly kind: K;
  readonly default: SettingValues[K];
  /**
   * `app`: the app itself, and its people in the dashboard. `people`: its people in the dashboard. `dashboard`: the same,
   * as a part of the security settings, which take the password. `other`: by a call of its own, or by nobody but the operator.
   */
  readonly writes: 'app' | 'people' | 'dashboard' | 'other';
  /** `insiders`: the app and its people. `dashboard`: its people there alone. `other`: as its own field says. */
  readonly shown: 'insiders' | 'dashboard' | 'other';
  readonly doc: string;
}

type Row = { [K in SettingKind]: AppSettingEntry<K> }[SettingKind];

// biome-ignore format: it is read as a table
const declared = {
  redirectUris: { name: 'redirect_uris', label: 'Valid OAuth Redirect URIs', kind: 'redirect_uris', default: [], writes: 'other', shown: 'dashboard', doc: 'Valid OAuth Redirect URIs: where the dialog may send a person. `https`, or `http` for `localhost`, `127.0.0.1` and `[::1]`.' },
  enforceHttps: { name: 'enforce_https', label: 'Enforce HTTPS', kind: 'flag', default: true, writes: 'dashboard', shown: 'dashboard', doc: 'A live app redirects only to `https`. Switch it off to let a live app redirect to registered `http` addresses on this machine.' },
  sdkDomains: { name: 'sdk_domains', label: 'Allowed Domains for the JavaScript SDK', kind: 'hosts', default: [], writes: 'other', shown: 'dashboard', doc: 'Allowed Domains for the JavaScript SDK.' },
  appDomains: { name: 'app_domains', label: 'App domains', kind: 'hosts', default: [], writes: 'app', shown: 'insiders', doc: 'App Domains.' },
  iosSuffixes: { name: 'url_scheme_suffixes', label: 'URL scheme suffixes', kind: 'suffixes', default: [], writes: 'other', shown: 'dashboard', doc: 'URL scheme suffixes: `kids` allows `fb<id>kids://authorize`.' },
  androidPackages: { name: 'android_packages', label: 'Package names (Android)', kind: 'packages', default: [], writes: 'other', shown: 'dashboard', doc: 'Package names of Android apps: each allows `fbconnect://cct.<package>`.' },
  serverIpAllowList: { name: 'server_ip_whitelist', label: 'Server IP Allowlist', kind: 'networks', default: [], writes: 'app', shown: 'insiders', doc: 'Addresses or ranges from which the app secret may be used, each kept once in its shortest form; empty for everywhere.' },
  clientOauthLogin: { name: 'client_oauth_login', label: 'Client OAuth Login', kind: 'flag', default: true, writes: 'dashboard', shown: 'dashboard', doc: 'Client OAuth Login: the master switch of all log-ins.' },
  webOauthLogin: { name: 'web_oauth_login', label: 'Web OAuth Login', kind: 'flag', default: true, writes: 'dashboard', shown: 'dashboard', doc: 'Web OAuth Login: the dialog may redirect to the registered addresses.' },
  embeddedBrowserLogin: { name: 'embedded_browser_login', label: 'Embedded Browser OAuth Login', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'Embedded Browser OAuth Login: allows `/connect/login_success.html` for native apps.' },
  nativeLogin: { name: 'native_login', label: 'Log-in from a phone', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'Log-in from a phone: allows the addresses of the mobile SDKs.' },
  deviceLogin: { name: 'login_from_devices', label: 'Login from Devices', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'Login from Devices: `device/login`, for televisions and similar devices.' },
  jsSdkLogin: { name: 'js_sdk_login', label: 'Login with the JavaScript SDK', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'Login with the JavaScript SDK.' },
  requireAppSecretProof: { name: 'require_appsecret_proof', label: 'Require App Secret', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'Require App Secret: calls with a token of a person need `appsecret_proof`.' },
  allowCycleAppSecret: { name: 'allow_cycle_app_secret', label: 'Allow the app secret to be reset', kind: 'flag', default: true, writes: 'app', shown: 'insiders', doc: 'Stored only; the secret is reset in the dashboard.' },
  appSecretEmbedded: { name: 'app_secret_embedded', label: 'Is App Secret Embedded in the Client', kind: 'flag', default: true, writes: 'dashboard', shown: 'dashboard', doc: "Is App Secret Embedded in the Client: only for a native or desktop app. While it is on, app access tokens and every call with the secret are refused. Switch it off if the secret stays on a server of the app's developers." },
  requireTwoFactor: { name: 'require_two_factor_reauthorization', label: 'Require 2-factor reauthorization', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'Require 2-factor reauthorization: people can change this app only with two-factor authentication on, so the password they enter comes with a code.' },
  requirePkce: { name: 'require_pkce', label: 'Require PKCE', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'Codes are given only to dialogs with a `code_challenge`.' },
  loginType: { name: 'login_type', label: 'Type of log-in', kind: 'login_type', default: 'classic', writes: 'other', shown: 'other', doc: '`business` for Login for Business, with `login_configurations`.' },
  longLivedTokenInFlow: { name: 'long_lived_token_in_flow', label: 'Long-lived token in the flow', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'Token flows also return `long_lived_token`.' },
  nonceInFlow: { name: 'nonce_in_flow', label: 'Nonce in the flow', kind: 'flag', default: false, writes: 'dashboard', shown: 'dashboard', doc: 'A log-in on a phone that asks for `token_or_nonce` gets a nonce, to exchange with `fb_exchange_nonce`.' },
  marketingTier: { name: 'marketing_tier', label: 'Tier of the Marketing API', kind: 'marketing_tier', default: 'none', writes: 'other', shown: 'dashboard', doc: "Tier of the Marketing API: with `standard`, exchanged tokens don't expire." },
  advancedAccess: { name: 'advanced_access', label: 'Advanced access', kind: 'permissions', default: ['public_profile', 'email'], writes: 'other', shown: 'other', doc: 'Permissions that the app may request from anyone; all others work only for people with a role on the app.' },
  defaultVersion: { name: 'default_version', label: 'Upgrade All Calls', kind: 'version', default: 'v25.0', writes: 'other', shown: 'dashboard', doc: "The Graph version of calls that don't name one." },
  roleVersion: { name: 'default_version_for_roles', label: 'Upgrade Calls for App Roles', kind: 'other_version', default: '', writes: 'dashboard', shown: 'dashboard', doc: "Upgrade Calls for App Roles: the Graph version of calls that don't name one, with tokens of people who have a role on the app; by default that of all calls." },
  category: { name: 'category', label: 'Category', kind: 'words', default: '', writes: 'people', shown: 'other', doc: 'Category.' },
  description: { name: "description", label: 'Description', kind: 'words', default: '', writes: 'people', shown: 'insiders', doc: 'Description.' },
  link: { name: 'link', label: 'Where the app is found', kind: 'address', default: '', writes: 'people', shown: 'other', doc: 'Where people find the app.' },
  websiteUrl: { name: 'website_url', label: 'Site URL', kind: 'address', default: '', writes: 'app', shown: 'insiders', doc: 'Site URL.' },
  privacyPolicyUrl: { name: 'privacy_policy_url', label: 'Privacy Policy URL', kind: 'address', default: '', writes: 'app', shown: 'insiders', doc: 'Privacy Policy URL, shown in the dialog.' },
  termsOfServiceUrl: { name: 'terms_of_service_url', label: 'Terms of Service URL', kind: 'address', default: '', writes: 'app', shown: 'insiders', doc: 'Terms of Service URL, shown in the dialog.' },
  contactEmail: { name: 'contact_email', label: 'Contact email', kind: 'email', default: '', writes: 'app', shown: 'insiders', doc: 'Contact e-mail address.' },
  updateNotificationEmail: { name: 'update_notification_email', label: 'Update Notification Email', kind: 'email', default: '', writes: 'dashboard', shown: 'dashboard', doc: 'Update Notification Email: gets every alert about the app, as do its administrators and its contact address.' },
  settingsIpAllowList: { name: 'update_ip_whitelist', label: 'Update Settings IP Allowlist', kind: 'networks', default: [], writes: 'dashboard', shown: 'dashboard', doc: "Addresses or ranges from which the app's settings may be changed; empty for everywhere." },
  allowApiSettings: { name: 'allow_api_settings', label: 'Allow API access to app settings', kind: 'flag', default: true, writes: 'dashboard', shown: 'dashboard', doc: 'Allow API access to app settings: the app itself may change its settings by a call.' },
  userSupportEmail: { name: 'user_support_email', label: 'Support email', kind: 'email', default: '', writes: 'app', shown: 'insiders', doc: 'E-mail address for people who use the app.' },
  userSupportUrl: { name: 'user_support_url', label: 'Support URL', kind: 'address', default: '', writes: 'app', shown: 'insiders', doc: 'Help for people who use the app.' },
  deauthCallbackUrl: { name: 'deauth_callback_url', label: 'Deauthorize callback URL', kind: 'receiver', default: '', writes: 'app', shown: 'insiders', doc: 'Deauthorize callback URL: called when a person removes the app.' },
  dataDeletionUrl: { name: 'data_deletion_url', label: 'Data deletion request URL', kind: 'receiver', default: '', writes: 'other', shown: 'insiders', doc: 'Data deletion request URL: called when a person asks for their data to be deleted.' },
  dataDeletionInstructionsUrl: { name: 'data_deletion_instructions_url', label: 'Data deletion instructions URL', kind: 'address', default: '', writes: 'other', shown: 'insiders', doc: 'Where people read how to have their data deleted, for an app without `data_deletion_url`.' },
  namespace: { name: 'namespace', label: 'Namespace', kind: 'namespace', default: '', writes: 'app', shown: 'other', doc: 'Namespace.' },
  authDialogHeadline: { name: 'auth_dialog_headline', label: 'Headline of the dialog', kind: 'line', default: '', writes: 'app', shown: 'insiders', doc: 'A headline for the dialog.' },
  authDialogPermsExplanation: { name: 'auth_dialog_perms_explanation', label: 'Why the app asks', kind: 'line', default: '', writes: 'app', shown: 'insiders', doc: 'Why the app asks, shown in the dialog.' },
  restrictions: { name: 'restrictions', label: 'App Restrictions', kind: 'restrictions', default: '', writes: 'app', shown: 'insiders', doc: 'App Restrictions: the people who may log in, besides those who work on the app, as JSON text such as `{"age":"18+","location":"PT,BR","type":"alcohol","unlocated":true}`: years of age, countries by their codes, the drinking age of the country, and whether people whose country isn\'t known may log in.' },
} as const satisfies Record<string, Row>;

export type AppSettingName = keyof typeof declared;

/** The stored settings of an app. */
export type AppSettings = { [K in AppSettingName]: SettingValues[(typeof declared)[K]['kind']] };

export const appSettings: { readonly [K in AppSettingName]: AppSettingEntry<(typeof declared)[K]['kind']> } = declared;

/** The rows of the table, as pairs of key and entry. */
export const appSettingRows: ReadonlyArray<readonly [AppSettingName, AppSettingEntry]> =
  entriesOf<Record<AppSettingName, AppSettingEntry>>(appSettings);
