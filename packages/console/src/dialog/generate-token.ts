// Generate Access Token opens a dialog: the real dialog in a window of its own, with PKCE. Its answer holds a code,
// which only this page can turn into a token, because only this page knows the verifier.
import { sha256, toBase64url } from '@hallpass/protocol';
import type { Start } from '../graph/start.ts';
import { readWithToken } from '../graph/token-call.ts';
import type { DialogAnswer } from './dialog-return.tsx';

export interface TokenRequest {
  appId: string;
  permissions: readonly string[];
  /** Of Login for Business, in place of permissions. */
  configuration?: string | undefined;
  /** Ask again for what the person declined. */
  again: boolean;
}

/** An end without a token, in words for the person. */
export class NoToken extends Error {
  override name = 'NoToken';
}

const RETURN = '/tools/explorer/callback';

const chance = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(32)));

const isAnswer = (data: unknown): data is DialogAnswer =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'hallpass.explorer.answer';

/** Waits for the window's answer: only from this origin, from this very window, with the state that was given to it. */
function answerOf(popup: Window, state: string): Promise<Readonly<Record<string, string>>> {
  return new Promise((resolve, reject) => {
    const end = () => {
      removeEventListener('message', heard);
      clearInterval(watching);
    };
    const heard = ({ origin, source, data }: MessageEvent<unknown>) => {
      if (origin !== location.origin || source !== popup || !isAnswer(data) || data.answer['state'] !== state) return;
      end();
      resolve(data.answer);
    };
    const watching = setInterval(() => {
      if (!popup.closed) return;
      end();
      reject(new NoToken('The window was closed before the log-in was finished.'));
    }, 500);
    addEventListener('message', heard);
  });
}

/**
 * Opens the dialog and gives back the token that it led to.
 * @throws NoToken when the person cancelled or the window can't be opened; GraphFailure when the code is refused
 */
export async function generateToken(
  start: Pick<Start, 'graph' | 'versions'>,
  wanted: TokenRequest,
  version: string,
): Promise<string> {
  // The window opens at once, while the press still counts as the person's own.
  const popup = open('about:blank', 'hallpass-dialog', 'popup,width=560,height=760');
  if (popup === null)
    throw new NoToken('Your browser blocked the window. Allow pop-ups for this address and try again.');
  const [state, verifier] = [chance(), chance()];
  const redirectUri = `${location.origin}${RETURN}`;
  const asked = new URLSearchParams({
    client_id: wanted.appId,
    redirect_uri: redirectUri,
    response_type: 'code',
    display: 'popup',
    state,
    code_challenge: await sha256(verifier),
    code_challenge_method: 'S256',
    ...(wanted.configuration === undefined
      ? { scope: wanted.permissions.join(',') }
      : { config_id: wanted.configuration }),
    ...(wanted.again ? { auth_type: 'rerequest' } : {}),
  });
  popup.location.replace(`${location.origin}/${version}/dialog/oauth?${asked}`);
  const answer = await answerOf(popup, state);
  const { code, error_description: said, error } = answer;
  if (code === undefined) throw new NoToken(said ?? error ?? 'The dialog didn’t answer.');
  const { access_token: token } = await readWithToken<{ access_token: string }>({
    graph: start.graph,
    token: '',
    method: 'POST',
    path: `/${version}/oauth/access_token`,
    params: { client_id: wanted.appId, redirect_uri: redirectUri, code, code_verifier: verifier },
    hidden: ['code', 'code_verifier'],
  });
  return token;
}
