// The settings of an app as calls write them: those that POST /{app-id} documents, read in one way whoever sends them,
// and those that only the dashboard writes. Sources: POST /{app-id}; the settings of Facebook Login.
import { isWebAddress } from '../shared/web-address.ts';
import { graphError } from '@hallpass/protocol';
import { allowListOf } from '../../apps/allow-list.ts';
import type { AppChange } from '../../apps/app-admin.ts';
import { emailOf, nameOf } from '../../people/people.ts';
import { checkRegistrable } from '../../apps/registrable.ts';
import type { AppSettings } from '../../store/apps/apps.ts';
import { param } from '../../graph/params.ts';

const LONGEST = 2000;

/** Empty text takes a setting away. */
const text = (doc: string) => param.text(doc, { max: LONGEST, clears: true });

export const documentedSettings = {
  allow_cycle_app_secret: param.bool('Stored as it is: the secret is reset in the dashboard alone.'),
  app_domains: param.list('Domains the app runs on.', { clears: true }),
  app_name: text('The name of the app.'),
  app_type: param.bool('1 makes it a native or desktop app: then its app tokens stop working.'),
  auth_dialog_headline: text('A line in the log-in dialog.'),
  auth_dialog_perms_explanation: text('Why it asks for permissions.'),
  contact_email: text('Where its makers are reached.'),
  deauth_callback_url: text('Told when a person removes the app.'),
  namespace: text('The name in its addresses.'),
  privacy_policy_url: text('The privacy policy.'),
  restrictions: text('Who may see it, as a JSON text.'),
  server_ip_whitelist: param.list(
    'Addresses or ranges from which its secret may be used, each kept once and in its shortest spelling; empty means all.',
    { clears: true },
  ),
  terms_of_service_url: text('The terms of service.'),
  url_scheme_suffix: text('Letters at the end of its URL scheme.'),
  user_support_email: text('Where people get help.'),
  user_support_url: text('Where people get help.'),
  website_url: text('The web site.'),
};

type SettingsInput = { [K in keyof typeof documentedSettings]: ReturnType<(typeof documentedSettings)[K]['read']> };

/** Reads a value, or says which parameter is wrong. */
type Reader = (value: string) => string | undefined;

const address: Reader = (value) => (isWebAddress(value) ? value : undefined);
/** The check is as strict as for redirect addresses, because this address is called and not only shown. */
const receiver: Reader = (value) => (checkRegistrable(value).ok ? value : undefined);
const plain: Reader = (value) =>
  /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(value) ? undefined : value.normalize('NFC');
const json: Reader = (value) => {
  try {
    JSON.parse(value);
    return value;
  } catch {
    return undefined;
  }
};
/** A host name in lower case. */
export const isDomain = (text: string): boolean => domain.test(text);
const domain = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

const texts: Partial<Record<keyof SettingsInput, { key: keyof AppSettings; read: Reader }>> = {
  auth_dialog_headline: { key: 'authDialogHeadline', read: plain },
  auth_dialog_perms_explanation: { key: 'authDialogPermsExplanation', read: plain },
  contact_email: { key: 'contactEmail', read: emailOf },
  deauth_callback_url: { key: 'deauthCallbackUrl', read: receiver },
  namespace: { key: 'namespace', read: (value) => (/^[a-z][a-z_-]{2,19}$/.test(value) ? value : undefined) },
  privacy_policy_url: { key: 'privacyPolicyUrl', read: address },
  restrictions: { key: 'restrictions', read: json },
  terms_of_service_url: { key: 'termsOfServiceUrl', read: address },
  user_support_email: { key: 'userSupportEmail', read: emailOf },
  user_support_url: { key: 'userSupportUrl', read: address },
  website_url: { key: 'websiteUrl', read: address },
};

/**
 * What the documented settings that were sent come to.
 * @throws GraphError param.invalid
 */
export function changeOf(input: Partial<SettingsInput>): AppChange {
  const wrong = (name: keyof SettingsInput) => graphError('param.invalid', { name });
  const settings: Record<string, unknown> = {};
  for (const [name, { key, read }] of Object.entries(texts) as [
    keyof SettingsInput,
    { key: keyof AppSettings; read: Reader },
  ][]) {
    const value = input[name];
    if (typeof value !== 'string') continue;
    settings[key] = value === '' ? '' : read(value);
    if (settings[key] === undefined) throw wrong(name);
  }
  const {
    app_domains: domains,
    server_ip_whitelist: addresses,
    url_scheme_suffix: suffix,
    app_name: name,
    app_type: native,
  } = input;
  if (domains?.some((one: string) => !domain.test(one))) throw wrong('app_domains');
  const allowed = addresses && allowListOf(addresses);
  if (addresses && !allowed) throw wrong('server_ip_whitelist');
  if (suffix !== undefined && !/^[A-Za-z]{0,30}$/.test(suffix)) throw wrong('url_scheme_suffix');
  if (domains) settings.appDomains = domains;
  if (allowed) settings.serverIpAllowList = allowed;
  if (suffix !== undefined) settings.iosSuffixes = suffix === '' ? [] : [suffix];
  if (input.allow_cycle_app_secret !== undefined) settings.allowCycleAppSecret = input.allow_cycle_app_secret;
  const named = name === undefined ? { name: undefined, fault: undefined } : nameOf(name);
  if (named.fault !== undefined) throw wrong('app_name');
  return {
    ...(named.name === undefined ? {} : { name: named.name }),
    ...(native === undefined ? {} : { type: native ? ('native' as const) : ('web' as const) }),
    ...(Object.keys(settings).length > 0 ? { settings: settings as Partial<AppSettings> } : {}),
  };
}
