// Limited Login on a device: a dialog gives an id_token, bound to a key of this device, which renews it later without
// the person. Sources: "Limited Login"; the dialog and the direct refresh of the iOS SDK.
import { parseJson, shape } from '@hallpass/protocol';
import { NoGraph } from '../../errors.ts';
import { LogInFailed } from '../log-in/log-in-errors.ts';
import { type BrowserLogInOptions, throughDialog } from '../log-in/log-in-with-browser.ts';
import { randomText } from '../log-in/pkce.ts';
import { NobodyLoggedIn, type TokenManager } from '../token-manager.ts';
import { AuthenticationToken } from './authentication-token.ts';
import { createDeviceKey, proofOf, thumbprint } from './dpop.ts';
import { checkIdToken, IdTokenRefused } from './id-token.ts';

const RESPONSE = 'id_token,graph_domain,user_token_nonce';

export type LimitedLogInOptions = Omit<BrowserLogInOptions, 'authType'>;

/** @throws LogInCancelled | LogInFailed | IdTokenRefused | NoGraph, or the reason of the signal */
export async function logInLimited(manager: TokenManager, options: LimitedLogInOptions): Promise<AuthenticationToken> {
  const nonce = randomText(manager.surroundings);
  const kept = manager.limitedLogin;
  const deviceKey = kept.deviceKey ?? (await createDeviceKey());
  const { answer } = await throughDialog(manager, options, 'limited', {
    response_type: RESPONSE,
    scope: [...new Set([...(options.scope ?? []), 'openid'])].join(','),
    nonce,
    dpop_jkt: await thumbprint(deviceKey),
    tp: 'ios_14_do_not_track',
    ...(kept.userTokenNonce === undefined ? {} : { user_token_nonce: kept.userTokenNonce }),
  });
  const text = answer.get('id_token');
  if (!text) throw new LogInFailed('The answer of the dialog holds no id_token.', 'no_id_token');
  const token = await checked(manager, text, nonce, answer.get('graph_domain') ?? 'facebook');
  const userTokenNonce = answer.get('user_token_nonce') ?? kept.userTokenNonce;
  await manager.setLimitedLogin({ authenticationToken: token, userTokenNonce, deviceKey });
  return token;
}

const refreshShape = shape.object<{ id_token?: string; error?: string }>({
  id_token: shape.optional(shape.text),
  error: shape.optional(shape.text),
});

/**
 * A new id_token for the present one, without the person.
 * @throws NobodyLoggedIn without a Limited Login of this device | LogInFailed, whose reason is the word of the platform:
 *   `login_required`, `consent_required` or `invalid_dpop_proof` | IdTokenRefused | NoGraph
 */
export async function refreshAuthenticationToken(manager: TokenManager): Promise<AuthenticationToken> {
  const { authentication: before, hosts, surroundings } = manager;
  const { deviceKey } = manager.limitedLogin;
  if (!before || !deviceKey) throw new NobodyLoggedIn('There is no Limited Login of this device to renew.');
  const address = `${hosts.limited}/limited_login/refresh/`;
  const proof = await proofOf(deviceKey, { method: 'POST', address, token: before.token }, surroundings);
  const body = new URLSearchParams({ app_id: manager.appId, id_token_hint: before.token }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', dpop: proof };
  const reply = await surroundings.fetch(address, { method: 'POST', headers, body, redirect: 'manual' });
  const answer = parseJson(refreshShape, await reply.text());
  if (answer?.error !== undefined)
    throw new LogInFailed(`The platform does not renew this Limited Login: ${answer.error}.`, answer.error);
  if (answer?.id_token === undefined) throw new NoGraph(`${hosts.limited} answered with no id_token.`);
  const token = await checked(manager, answer.id_token, before.expectedNonce, before.graphDomain);
  if (token.claims.sub !== before.claims.sub) throw new IdTokenRefused('The id_token is of another person.');
  if (manager.authentication === before) await manager.setAuthentication(token);
  return token;
}

async function checked(
  manager: TokenManager,
  text: string,
  nonce: string,
  graphDomain: string,
): Promise<AuthenticationToken> {
  const { hosts, surroundings, appId } = manager;
  await checkIdToken(text, {
    appId,
    nonce,
    issuers: [hosts.www, hosts.limited],
    keys: `${hosts.www}/.well-known/oauth/openid/jwks/`,
    fetch: surroundings.fetch,
    now: surroundings.now(),
  });
  return new AuthenticationToken({ token_string: text, expected_nonce: nonce, graph_domain: graphDomain });
}
