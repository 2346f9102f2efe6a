// These rules say what the settings of an app must be like together. Sources: the settings of Facebook Login ("App
// Domains" bounds which domains may be used) and the switch to live mode, which asks for a privacy policy and somebody
// to write to.
import { graphError } from '@hallpass/protocol';
import type { App, AppSettings } from '../store/apps/apps.ts';

const LONGEST_SHOWN = 200;
const thisMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const isOn = (host: string, domains: readonly string[]): boolean =>
  thisMachine.has(host) || domains.some((domain) => host === domain || host.endsWith(`.${domain}`));

/**
 * Refuses addresses of log-ins that are not on one of the app's domains or below it. Looked at when one of the two is
 * changed. @throws GraphError app.login_address
 */
export function demandOnDomains(settings: AppSettings, changed: Partial<AppSettings>): void {
  const { appDomains, redirectUris, sdkDomains } = settings;
  if (!(changed.appDomains ?? changed.redirectUris ?? changed.sdkDomains) || appDomains.length === 0) return;
  const off =
    redirectUris.find((uri) => !isOn(URL.parse(uri)?.hostname ?? '', appDomains)) ??
    sdkDomains.find((domain) => !isOn(domain, appDomains));
  if (off === undefined) return;
  const name = changed.appDomains
    ? 'app_domains'
    : changed.redirectUris?.includes(off)
      ? 'redirect_uris'
      : 'sdk_domains';
  const reason = changed.appDomains
    ? 'It is registered and not on these domains.'
    : 'It is not on a domain of app_domains.';
  throw graphError('app.login_address', { name, address: off.slice(0, LONGEST_SHOWN), reason });
}

/** A setting that an app needs before it can go live. */
interface MissingSetting {
  /** As calls and `hallpass app set` spell it. */
  name: 'privacy_policy_url' | 'contact_email';
  what: string;
}

/** Lists what an app still needs before it can go live. */
export const missingForLive = ({ settings }: Pick<App, 'settings'>): MissingSetting[] => [
  ...(settings.privacyPolicyUrl === '' ? [{ name: 'privacy_policy_url', what: 'a privacy policy' } as const] : []),
  ...(settings.contactEmail === '' ? [{ name: 'contact_email', what: 'a contact e-mail address' } as const] : []),
];

/** @throws GraphError app.not_ready, naming each thing that is missing */
export function demandReady(app: App): void {
  const missing = missingForLive(app).map(({ name, what }) => `${what} (${name})`);
  if (missing.length > 0) throw graphError('app.not_ready', { what: missing.join(' and ') });
}
