// This module makes and checks app tokens and client tokens: `{app-id}|…`. A generated app token is a keyed hash over
// the app id and the epochs it hangs on, so it needs no row, is the same at every call, and dies when the secret is
// reset.
import { keyedHash, sameHash, sameText } from '../hash.ts';
import type { App } from '../store/apps/apps.ts';
import { isBelieved, type KeyRing, type PurposeKeys } from './keys.ts';
import type { AppId } from '../store/ids.ts';

/** The epochs of the anchors `app` and `app_secret`. */
export interface AppEpochs {
  app: number;
  secret: number;
}

const GENERATED = 27;

const body = (key: Uint8Array, appId: AppId, epochs: AppEpochs): string =>
  keyedHash(key, `${appId}|${epochs.secret}|${epochs.app}`, 20).toString('base64url');

/** The generated app token (27 url-safe characters after the bar). */
export function appToken(ring: KeyRing, appId: AppId, epochs: AppEpochs): string {
  return `${appId}|${body(ring.active.appToken, appId, epochs)}`;
}

/**
 * Tells what the part after the bar is for this app. Only values of its length are compared, each in constant time: the
 * length of a secret is no secret.
 */
export function joinedKind(
  ring: KeyRing,
  keys: PurposeKeys,
  app: App,
  epochs: AppEpochs,
  rest: string,
): 'generated' | 'secret' | 'client_token' | undefined {
  if (rest.length === GENERATED)
    for (const key of ring.byId.values())
      if (isBelieved(key) && sameText(keys.compare, rest, body(key.appToken, app.id, epochs))) return 'generated';
  if (rest.length !== app.secret.length && rest.length !== app.clientToken.length) return undefined;
  const expected = expectedOf(app, keys);
  const presented = keyedHash(keys.compare, rest);
  if (app.secret !== '' && sameHash(presented, expected.secret)) return 'secret';
  if (app.clientToken !== '' && sameHash(presented, expected.clientToken)) return 'client_token';
  return undefined;
}

/** Hashes of what an app's callers may present: made once for each version of its row. */
const hashes = new WeakMap<App, { secret: Buffer; clientToken: Buffer }>();

function expectedOf(app: App, keys: PurposeKeys): { secret: Buffer; clientToken: Buffer } {
  let known = hashes.get(app);
  if (!known) {
    known = { secret: keyedHash(keys.compare, app.secret), clientToken: keyedHash(keys.compare, app.clientToken) };
    hashes.set(app, known);
  }
  return known;
}
