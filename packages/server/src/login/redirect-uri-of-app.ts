// redirect_uri at the token endpoint, looked at before the secret and before the code: it must be there, be an absolute address,
// and stand on a host of the app. Whether it is the one that the dialog was given is seen with the code. Sources: reports of callers,
// facebookarchive/php-graph-sdk#274, roundrop/facebook4j-oauth-example#2, darkwhispering/facebook-sdk-codeigniter#57.
import { refuse } from '@hallpass/protocol';
import { isCode } from '../accounts/codes.ts';
import { addressesFor } from '../hosts.ts';
import type { ParamValue } from '../http/call.ts';
import type { Installation } from '../liveness/installation.ts';
import type { App } from '../store/apps.ts';
import { redirectVerdict } from './redirect-uri.ts';
import { redirectAppOf } from './steps/redirect.ts';

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:./;

const hostOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).hostname : undefined);

/** On a host that the app registered an address on, or under one of its domains. */
function standsOnAppHost(address: string, { settings }: App): boolean {
  const host = hostOf(address);
  if (host === undefined || host === '') return false;
  return (
    [...settings.redirectUris, settings.websiteUrl].some((one) => hostOf(one) === host) ||
    settings.appDomains.some((domain) => host === domain || host.endsWith(`.${domain}`))
  );
}

/**
 * Looks at the redirect_uri of a call of the token endpoint.
 * @param base the host that was asked, with scheme
 * @throws Refusal redirect.missing | redirect.not_absolute | redirect.not_allowed
 */
export function demandRedirectUriOfApp(installation: Installation, base: string, app: App, params: Readonly<Record<string, ParamValue>>): void {
  const { redirect_uri: address, code } = params;
  if (address === undefined || address === null || address === '') {
    // A code that the browser SDK obtained goes without one, which is seen when it is looked up.
    if (typeof code === 'string' && isCode(code)) return;
    throw refuse('redirect.missing');
  }
  if (typeof address !== 'string') throw refuse('redirect.missing');
  if (!absolute.test(address)) throw refuse('redirect.not_absolute');
  const { www: wwwUrl, static: staticUrl } = addressesFor(base, installation.settings);
  // The relay of the browser SDK is an address of the platform itself; the code says that none is needed.
  if (address.startsWith(`${staticUrl}/x/connect/`) || standsOnAppHost(address, app)) return;
  if (!redirectVerdict(address, redirectAppOf(app), { wwwUrl, staticUrl }).allow) throw refuse('redirect.not_allowed');
}
