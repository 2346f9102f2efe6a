// Fields of an app that its people see in the dashboard: how log-ins are set up, and what they may do themselves. The
// secret is no field: it is asked for by an act that is written down (app-owners.ts).
import { all, appRole, dashboard, rolesThatMay } from '@hallpass/protocol';
import { worksOnApp } from '../shared/app-requirements.ts';
import { type Field, fieldsOf } from '../../graph/schema.ts';
import type { App, AppSettings } from '../../store/apps/apps.ts';

const field = fieldsOf<App>();
const needs = worksOnApp;
const flag = (
  name: { [K in keyof AppSettings]: AppSettings[K] extends boolean ? K : never }[keyof AppSettings],
  doc: string,
): Field<App> => field.bool(doc, { needs, from: (app) => app.settings[name] });
const list = (
  name: { [K in keyof AppSettings]: AppSettings[K] extends string[] ? K : never }[keyof AppSettings],
  doc: string,
): Field<App> => field.list('string', doc, { needs, from: (app) => app.settings[name] });

export const appDashboardFields: Readonly<Record<string, Field<App>>> = {
  mode: field.text('live, or development: for people with a role on it only.', { needs, from: (app) => app.mode }),
  my_roles: field.list('string', 'The roles of whoever asks.', {
    needs,
    load: ({ installation, viewer }, rows) =>
      Promise.all(rows.map(async (app) => installation.facts.appRoles(app.id, viewer.person?.id ?? ''))),
  }),
  client_token: field.text('Names the app where the secret may not be.', {
    needs: all(dashboard, appRole(...rolesThatMay('change_settings'))),
    from: (app) => app.clientToken,
  }),
  redirect_uris: list('redirectUris', 'Valid OAuth Redirect URIs.'),
  sdk_domains: list('sdkDomains', 'Allowed Domains for the JavaScript SDK.'),
  url_scheme_suffixes: list('iosSuffixes', 'Letters at the end of its URL scheme.'),
  android_packages: list('androidPackages', 'Package names of Android apps.'),
  client_oauth_login: flag('clientOauthLogin', 'Client OAuth Login.'),
  web_oauth_login: flag('webOauthLogin', 'Web OAuth Login.'),
  embedded_browser_login: flag('embeddedBrowserLogin', 'Embedded Browser OAuth Login.'),
  native_login: flag('nativeLogin', 'Log-in from a phone.'),
  js_sdk_login: flag('jsSdkLogin', 'Login with the JavaScript SDK.'),
  login_from_devices: flag('deviceLogin', 'Login from Devices.'),
  enforce_https: flag('enforceHttps', 'Enforce HTTPS.'),
  require_appsecret_proof: flag('requireAppSecretProof', 'Require App Secret.'),
  require_pkce: flag('requirePkce', 'Require PKCE.'),
  long_lived_token_in_flow: flag('longLivedTokenInFlow', 'Token flows also give long_lived_token.'),
  nonce_in_flow: flag('nonceInFlow', 'A log-in on a phone that asks for token_or_nonce gets a nonce.'),
  marketing_tier: field.text('Tier of the Marketing API.', { needs, from: (app) => app.settings.marketingTier }),
  default_version: field.text('The version of calls that name none.', {
    needs,
    from: (app) => app.settings.defaultVersion,
  }),
};
