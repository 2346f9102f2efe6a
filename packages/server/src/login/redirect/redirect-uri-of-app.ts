// The token endpoint looks at redirect_uri before the code: it must be there, be an absolute address, and stand on a
// host of the app. Whether it is the one that the dialog was given is seen with the code. Sources: reports of callers,
// facebookarchive/php-graph-sdk#274, roundrop/facebook4j-oauth-example#2, darkwhispering/facebook-sdk-codeigniter#57.
import type { ParamValue } from '@hallpass/protocol/request';
import { addressesFor } from '../../hosts.ts';
import type { Installation } from '../../installation/installation.ts';
import type { App } from '../../store/apps/apps.ts';
import { redirectVerdict } from './redirect-uri.ts';
import { redirectAppOf } from '../steps/redirect.ts';

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:./;

const hostOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).hostname : undefined);

/** True when the address is on a host that the app registered an address on, or under one of its domains. */
function standsOnAppHost(address: string, { settings }: App): boolean {
  const host = hostOf(address);
  if (host === undefined || host === '') return false;
  return (
    [...settings.redirectUris, settings.websiteUrl].some((one) => hostOf(one) === host) ||
    settings.appDomains.some((domain) => host === domain || host.endsWith(`.${domain}`))
  );
}

/** The refusals that a redirect_uri can lead to before it is compared with that of the dialog. */
type RedirectFault = 'redirect.missing' | 'redirect.not_absolute' | 'redirect.not_allowed';

/**
 * Finds what is wrong with the redirect_uri of a call of the token endpoint, without a look at its code.
 * @param base the host that was asked, with scheme
 */
export function redirectFault(
  installation: Installation,
  base: string,
  app: App,
  params: Readonly<Record<string, ParamValue>>,
): RedirectFault | undefined {
  const address = params['redirect_uri'];
  if (typeof address !== 'string' || address === '') return 'redirect.missing';
  if (!absolute.test(address)) return 'redirect.not_absolute';
  const { www: wwwUrl, static: staticUrl } = addressesFor(base, installation.settings);
  if (standsOnAppHost(address, app)) return undefined;
  return redirectVerdict(address, redirectAppOf(app), { wwwUrl, staticUrl }).allow ? undefined : 'redirect.not_allowed';
}
