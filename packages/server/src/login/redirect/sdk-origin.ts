// These pages may use the JavaScript SDK of an app: those of an origin that the app has listed under Allowed Domains for
// the JavaScript SDK. The relay, the status and the log-out of the SDK all ask here (threats WP-07, rule 6 of the
// redirect rules).
import type { RedirectApp } from './redirect-app.ts';

export type SdkApp = Pick<RedirectApp, 'sdkDomains' | 'mode' | 'enforceHttps'>;

const httpsOrigin = /^https:\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)$/;
const localOrigin = /^https?:\/\/localhost(?::[1-9]\d{0,4})?$/;

/**
 * @param origin as a browser writes it. It counts where it is https at the default port and its host is listed. An app that
 * lists `localhost`, and is in development or does not insist on https, means every port of the developer's own machine,
 * with https and without: browsers take such pages for secure, and rule 4 sends people back to them too.
 */
export function isSdkOrigin(origin: string, { sdkDomains, mode, enforceHttps }: SdkApp): boolean {
  const host = httpsOrigin.exec(origin)?.[1];
  if (host !== undefined && sdkDomains.includes(host)) return true;
  const local = mode === 'development' || enforceHttps === false;
  return local && sdkDomains.includes('localhost') && localOrigin.test(origin);
}
