// This module opens what somebody presents as a token, under the two rules that every door keeps: an app token or
// client token that is wrong counts as a guess, and an app secret works from the addresses of the app's list only.
// Doors open tokens by this function alone, so none is a way around the limit (threats TB-03).
import { networkPrefix } from '../wire/address.ts';
import type { Installation } from '../installation/installation.ts';
import { type Maybe, withValue } from '../installation/maybe.ts';
import { type OpenedCredential, present } from '../liveness/open-token.ts';
import type { App } from '../store/apps/apps.ts';
import { addressAllowed } from './allow-list.ts';
import { tryingSecret } from './guessing.ts';
import { AppId } from '../store/ids.ts';
import type { ChangeContext } from '../liveness/change.ts';

/** The result of `present`, or the secret of an app that was right and came from an address off the app's list. */
export type Opened = OpenedCredential | { is: 'off_list'; app: App };

/** @param address of the client @throws GraphError limit.guessing */
export function openCredential(
  installation: ChangeContext & Pick<Installation, 'freshness' | 'reloadRing' | 'ring' | 'settings'>,
  text: string,
  address: string,
): Maybe<Opened> {
  const bar = text.indexOf('|');
  // A sealed token cannot be guessed, and a bar first names no app.
  if (bar <= 0) return present(installation, text);
  const appId = AppId.parse(text.slice(0, bar));
  if (appId === undefined) return present(installation, text);
  const presented = tryingSecret(installation, { appId, prefix: networkPrefix(address) }, () =>
    withValue(present(installation, text), (value) => ({
      value,
      wrong: value.is === 'unreadable' && value.error === 'token.signature' && value.appId !== undefined,
    })),
  );
  return withValue(presented, (opened) =>
    opened.is === 'joined' && opened.usedSecret && !addressAllowed(opened.app.settings.serverIpAllowList, address)
      ? { is: 'off_list' as const, app: opened.app }
      : opened,
  );
}
