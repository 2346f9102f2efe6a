// These rules say where the dialog may send a person. Byte comparison, no URL parser before it, deny by default.
// Source: section 6 of the threat model ("Redirect URIs"), whose rule numbers are named below; the native forms come
// from the mobile SDKs.
import { limits } from '@hallpass/protocol/request';
import { checkRegistrable, printable } from '../../apps/registrable.ts';
import { relayVerdict } from './redirect-uri-relay.ts';
import { allow, deny, type RedirectVerdict } from './redirect-uri-verdict.ts';
import type { RedirectApp } from './redirect-app.ts';

export type { RedirectForm, RedirectVerdict } from './redirect-uri-verdict.ts';

/** Base addresses of the installation, without a final slash. */
interface Installation {
  wwwUrl: string;
  staticUrl: string;
}

/**
 * Rules 2 to 7: whether a dialog of this app may answer to `requested`, the parameter after exactly one
 * percent-decoding.
 */
export function redirectVerdict(requested: string, app: RedirectApp, installation: Installation): RedirectVerdict {
  const native = app.type === 'native' || app.nativeLogin;
  if (requested.length > limits.redirectUri) return deny('web', 'too long');
  if (!printable.test(requested)) return deny('web', 'characters outside printable ASCII');
  if (requested.startsWith(`${installation.staticUrl}/x/connect/`))
    return relayVerdict(requested, app, installation.staticUrl);
  if (requested.includes('#')) return deny('web', 'fragment');
  if (requested.startsWith('fb')) return nativeVerdict(requested, app, native);
  if (requested === `${installation.wwwUrl}/connect/login_success.html`) {
    return native && app.embeddedBrowserLogin
      ? allow('desktop', 'embedded browser log-in is on')
      : deny('desktop', 'embedded browser log-in is off');
  }
  const bare = withoutState(requested);
  if (native && app.registered.some((entry) => sameButPort(bare, withoutState(entry))))
    return allow('loopback', 'registered, any port');
  if (app.registered.some((entry) => withoutState(entry) === bare)) {
    if (app.mode === 'live' && app.enforceHttps !== false && !requested.startsWith('https://'))
      return deny('web', 'live apps redirect to https only');
    return allow('web', 'registered');
  }
  if (app.mode === 'development' && localhost.test(requested) && checkRegistrable(requested).ok)
    return allow('localhost', 'development mode');
  return deny('web', 'not registered');
}

const localhost = /^http:\/\/localhost(?::\d{1,5})?\//;

/** Rule 3: exactly one `state=` pair of the query does not count. Only for addresses without a fragment. */
function withoutState(uri: string): string {
  const ask = uri.indexOf('?');
  if (ask < 0) return uri;
  const pairs = uri.slice(ask + 1).split('&');
  const others = pairs.filter((pair) => !pair.startsWith('state='));
  if (others.length !== pairs.length - 1) return uri;
  return others.length === 0 ? uri.slice(0, ask) : `${uri.slice(0, ask)}?${others.join('&')}`;
}

const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9]\d{0,4}))?(\/.*)$/;

/** Rule 5: a registered loopback address matches with any port (RFC 8252, section 7.3) and no other difference. */
function sameButPort(requested: string, registered: string): boolean {
  const [, host, port, rest] = loopback.exec(requested) ?? [];
  const [, registeredHost, , registeredRest] = loopback.exec(registered) ?? [];
  return host !== undefined && host === registeredHost && rest === registeredRest && Number(port ?? 0) <= 65_535;
}

const letters = /^[A-Za-z]+$/;

/** Rule 5: the addresses that the mobile SDKs use; none of them is listed. */
function nativeVerdict(requested: string, app: RedirectApp, native: boolean): RedirectVerdict {
  if (!native) return deny('native', 'native log-in is off');
  const schemes = ['', ...app.iosSuffixes.filter((suffix) => letters.test(suffix))].map(
    (suffix) => `fb${app.id}${suffix}://authorize`,
  );
  if (schemes.some((uri) => requested === uri || requested === `${uri}/`)) return allow('native', 'scheme of the app');
  const targets = ['success', 'cancel', 'chrome_os_success', ...app.androidPackages.map((name) => `cct.${name}`)];
  if (targets.some((target) => requested === `fbconnect://${target}`)) return allow('native', 'address of the SDK');
  return deny('native', 'not an address of this app');
}
