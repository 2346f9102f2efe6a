// Logs a person in by the browser of the system: a dialog, an answer to this machine, and a code that only this program
// can exchange. Sources: RFC 8252 and RFC 7636; the code flow of the mobile SDKs, which send no secret.
import { parseJson, shape } from '@hallpass/protocol';
import type { TokenAnswer } from '@hallpass/protocol';
import { NoGraph } from '../../errors.ts';
import { endOf, momentOf } from '../renewal.ts';
import type { TokenManager } from '../token-manager.ts';
import { finishLogIn, type LogInResult } from './finish-log-in.ts';
import { LogInFailed, refuseErrors } from './log-in-errors.ts';
import { openLoopback } from './loopback.ts';
import { createProofKey, randomText } from './pkce.ts';

export interface BrowserLogInOptions {
  /** Permissions to ask for. */
  scope?: readonly string[] | undefined;
  /** Opens the dialog for the person. */
  open(address: string): Promise<unknown>;
  /** `rerequest` asks again for what was refused, `reauthorize` renews data access, `reauthenticate` asks for the password. */
  authType?: 'rerequest' | 'reauthorize' | 'reauthenticate' | undefined;
  /** The path of the registered `http://127.0.0.1/callback`. */
  path?: string | undefined;
  /** Ends the waiting for the person. */
  signal?: AbortSignal | undefined;
}

const answerShape = shape.object<Pick<TokenAnswer, 'access_token' | 'expires_in'>>({
  access_token: shape.text,
  expires_in: shape.optional(shape.number),
});

/** @throws LogInCancelled | LogInFailed | GraphError | NoGraph, or the reason of the signal */
export async function logInWithBrowser(manager: TokenManager, options: BrowserLogInOptions): Promise<LogInResult> {
  const { scope = [], authType } = options;
  const { code_verifier, code_challenge } = await createProofKey(manager.surroundings);
  const { answer, redirectUri } = await throughDialog(manager, options, 'www', {
    response_type: 'code,signed_request,graph_domain',
    code_challenge,
    code_challenge_method: 'S256',
    scope: scope.join(','),
    ...(authType === undefined ? {} : { auth_type: authType }),
  });
  const code = answer.get('code');
  if (!code) throw new LogInFailed('The answer of the dialog holds no code.', 'no_code');
  const params = { client_id: manager.appId, redirect_uri: redirectUri, code, code_verifier };
  const exchanged = await manager.client.post('/oauth/access_token', { params, token: manager.clientAccessToken });
  if (!answerShape(exchanged)) throw new NoGraph('The answer to the code holds no token.');
  const dataAccess = parseJson(shape.number, answer.get('data_access_expiration_time') ?? '');
  const made = {
    token: exchanged.access_token,
    source: 'CHROME_CUSTOM_TAB',
    expires: endOf(exchanged, manager.surroundings.now()),
    dataAccessExpirationTime: dataAccess === undefined ? undefined : momentOf(dataAccess),
    graphDomain: answer.get('graph_domain') ?? undefined,
  } as const;
  return finishLogIn(manager, made, scope, authType === 'reauthorize' ? manager.current?.userId : undefined);
}

/** The answer of a dialog that the person went through, and the address at which it came. @throws LogInCancelled | LogInFailed */
export async function throughDialog(
  manager: TokenManager,
  { open, path = '/callback', signal }: BrowserLogInOptions,
  host: 'www' | 'limited',
  params: Record<string, string>,
): Promise<{ answer: URLSearchParams; redirectUri: string }> {
  const state = randomText(manager.surroundings);
  const loopback = await openLoopback({ state, path, nonce: randomText(manager.surroundings), signal });
  try {
    const { redirectUri } = loopback;
    const query = new URLSearchParams({
      client_id: manager.appId,
      redirect_uri: redirectUri,
      state,
      return_scopes: 'true',
      ...params,
    });
    const version = manager.version === undefined ? '' : `/${manager.version}`;
    await open(`${manager.hosts[host]}${version}/dialog/oauth?${query}`);
    const answer = await loopback.answer;
    refuseErrors(answer);
    return { answer, redirectUri };
  } finally {
    await loopback.close();
  }
}
