// A mark says by which of its two credentials an app made something, so that it ends when that credential is replaced.
import { keyedHashText } from '../../hash.ts';
import type { App } from '../../store/apps/apps.ts';
import type { Installation } from '../../installation/installation.ts';

/** `client` is the client token, `app` the app token: it stands and falls with the secret. */
export type AppCredential = 'client' | 'app';

/** A keyed hash that is another one after the credential was replaced. */
export function credentialMark({ keys }: Pick<Installation, 'keys'>, app: App, credential: AppCredential): string {
  const present = credential === 'client' ? app.clientToken : String(app.secretEpoch);
  return keyedHashText(keys.interaction, `made-with|${credential}|${app.id}|${present}`);
}
