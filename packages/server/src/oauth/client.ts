// The client is the app at the token endpoint: who it says it is, and whether it showed its secret. Parameters in query
// or body, or HTTP Basic (the parser has refused both with different values). Used by everything below oauth/.
import { graphError } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import { addressAllowed } from '../apps/allow-list.ts';
import { tryingSecret } from '../apps/guessing.ts';
import { sameText } from '../hash.ts';
import { networkPrefix } from '../wire/address.ts';
import { type App, secretIsKnown } from '../store/apps/apps.ts';
import type { Context } from '../graph/language/context.ts';
import { serveVersionOf } from '../graph/served-version.ts';
import { AppId } from '../store/ids.ts';

export interface ClientCredentials {
  app: App;
  /** It showed the app secret. */
  proven: boolean;
}

/** True when a parameter was sent at all: empty text counts as absent. */
const isSent = (value: ParamValue | undefined): value is Exclude<ParamValue, null> =>
  value !== undefined && value !== null && value !== '';

/**
 * The app that a call names. A value of a wrong shape counts as missing (threats IV-02); a JSON number counts like its
 * text.
 * @throws GraphError app.missing | app.system | app.unknown | app.deleted
 */
export async function clientApp({ installation, call }: Context): Promise<App> {
  const sent = isSent(call.params.client_id) ? call.params.client_id : call.basic?.id;
  const id = typeof sent === 'number' ? String(sent) : sent;
  if (typeof id !== 'string' || id === '') throw graphError('app.missing');
  const appId = AppId.parse(id);
  if (appId === undefined) throw graphError('app.system');
  const app = await installation.facts.app(appId);
  if (!app) throw graphError('app.unknown');
  if (app.status !== 'active') throw graphError('app.deleted');
  serveVersionOf(app, installation, call);
  return app;
}

/**
 * True when the client showed the secret of its app; false where it sent none. People carry the secret of a native or
 * desktop app home, so there it proves nothing, unless its makers say that it is not in the app: it is refused without being looked at, and the answer tells nothing
 * about it. Source: the access-token guides ("native or desktop apps will have the app secret embedded somewhere").
 * @throws GraphError secret.desktop_app, secret.wrong, app.address from an address off the allow list, limit.guessing
 *   after too many wrong ones
 */
export async function secretShown({ installation, call }: Context, app: App): Promise<boolean> {
  const sent = isSent(call.params.client_secret) ? call.params.client_secret : call.basic?.secret;
  if (sent === undefined || sent === '') return false;
  if (secretIsKnown(app)) throw graphError('secret.desktop_app');
  if (typeof sent !== 'string') throw graphError('secret.missing');
  if (!addressAllowed(app.settings.serverIpAllowList, call.address)) throw graphError('app.address');
  const right = await tryingSecret(installation, { appId: app.id, prefix: networkPrefix(call.address) }, () => {
    const value = app.secret !== '' && sameText(installation.keys.compare, sent, app.secret);
    return { value, wrong: !value };
  });
  if (right) return true;
  installation.world.log('info', 'token.rejected', {
    outcome: 'refused',
    reason: 'client_secret',
    appId: app.id,
    traceId: call.traceId,
  });
  throw graphError('secret.wrong');
}

/**
 * The client of a call that only the app's own server may make. @throws GraphError as `clientApp` and `secretShown`,
 * and secret.missing
 */
export async function provenClient(context: Context): Promise<App> {
  const app = await clientApp(context);
  if (!(await secretShown(context, app))) throw graphError('secret.missing');
  return app;
}
