// App tokens and client tokens: `{app-id}|…`. A generated app token is a keyed hash over the app id and the epoch of its
// secret, so it needs no row, is the same at every call, and dies when the secret is reset.
import type { App } from '../store/apps.ts';
import { keyedHash, sameText } from '../hash.ts';
import type { KeyRing, PurposeKeys } from './keys.ts';

const body = (key: Uint8Array, appId: string, secretEpoch: number): string => keyedHash(key, `${appId}|${secretEpoch}`, 20).toString('base64url');

/** The generated app token (27 url-safe characters after the bar). */
export function appToken(ring: KeyRing, appId: string, secretEpoch: number): string {
  return `${appId}|${body(ring.active.appToken, appId, secretEpoch)}`;
}

/** What the part after the bar is for this app. Each comparison takes the same time for right and wrong values. */
export function joinedKind(
  ring: KeyRing,
  keys: PurposeKeys,
  app: App,
  secretEpoch: number,
  rest: string,
): 'generated' | 'secret' | 'client_token' | undefined {
  let found: 'generated' | 'secret' | 'client_token' | undefined;
  if (app.secret !== '' && sameText(keys.compare, rest, app.secret)) found = 'secret';
  if (app.clientToken !== '' && sameText(keys.compare, rest, app.clientToken)) found = 'client_token';
  for (const key of ring.byId.values()) if (sameText(keys.compare, rest, body(key.appToken, app.id, secretEpoch))) found = 'generated';
  return found;
}
