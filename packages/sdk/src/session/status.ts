// The status endpoint says whether the person is logged in and has allowed the app. It tells only pages of the app's own
// domains, in headers. Source: section 6.4 of the protocol reference, FB.getLoginStatus of the documentation.
import { authResponseOf, type WireAnswer } from './auth-response.ts';
import { loggedOutHere } from '../page/cookies.ts';
import { become, longLivedToken, nobody } from './identity.ts';
import { tell, complain } from '../page/log.ts';
import { server } from '../page/server.ts';
import { authResponse, current, isExpired, isFresh, known, learnedAt, type Session } from './session.ts';
import { type Settings, settings } from '../page/settings.ts';

export type StatusCallback = (response: facebook.StatusResponse) => void;

const endpoint = (): string => `${server.www}/x/oauth/status`;

/** The ticket of the last dialog while it is on its way: the server knows this page's browser only afterwards. */
let handedOver: Promise<unknown> = Promise.resolve();
let asked: Promise<Session | undefined> | undefined;

/** The session as pages are told it: where there is nobody, the documented answer holds `null`. */
const told = (session: Session): facebook.StatusResponse => session as facebook.StatusResponse;

/**
 * Hands over the ticket that the dialog gave this page, so that the browser is known here without cookies of others. It
 * goes on when the page is left meanwhile.
 */
export function handOver(ticket: string | undefined): void {
  if (ticket === undefined) return;
  const body = new URLSearchParams({ client_id: settings()?.appId ?? '', ticket });
  const sent = fetch(endpoint(), { method: 'POST', body, credentials: 'include', keepalive: true });
  handedOver = sent.then((reply) => reply.text()).catch(() => {});
}

/**
 * @returns the session as it is now; undefined where there was no answer, and then nothing is known better than before
 */
export function askStatus(): Promise<Session | undefined> {
  asked ??= ask().finally(() => (asked = undefined));
  return asked;
}

async function ask(): Promise<Session | undefined> {
  const options = settings();
  if (!options || !isSecureContext) return undefined;
  await handedOver;
  const before = learnedAt();
  const answer = await answerOf(options);
  // The person logged in or out meanwhile, or the page has another app: the answer is about what was before.
  if (settings()?.appId !== options.appId || learnedAt() !== before) return current();
  if (!answer) {
    // A token that has ended is nobody's, also while the platform cannot be reached.
    if (isExpired()) become(nobody);
    return undefined;
  }
  const auth = answer.status === 'connected' ? authResponseOf(answer.values) : undefined;
  const lives = !auth && answer.status === 'unknown' && (await livesOn(options));
  if (!lives) become(auth ? { status: 'connected', authResponse: auth } : withoutToken(answer.status), answer.values);
  return current();
}

const withoutToken = (status: string): Session =>
  status === 'not_authorized' ? { status, authResponse: null } : nobody;

async function answerOf(options: Settings): Promise<{ status: string; values: WireAnswer } | undefined> {
  const query = new URLSearchParams({
    client_id: options.appId,
    input_token: '',
    origin: '1',
    sdk: 'joey',
    wants_cookie_data: String(options.cookie),
  });
  const kept = longLivedToken();
  try {
    const reply = await (kept === ''
      ? fetch(`${endpoint()}?${query}`, { credentials: 'include', cache: 'no-store' })
      : fetch(endpoint(), { method: 'POST', body: withToken(query, kept), credentials: 'include' }));
    await reply.text();
    if (!reply.ok) return undefined;
    const values: unknown = JSON.parse(reply.headers.get('fb-ar') ?? '{}');
    return { status: reply.headers.get('fb-s') ?? '', values: new Map(Object.entries(values ?? {})) };
  } catch {
    return undefined;
  }
}

/** A token never stands in an address: it is sent in a body. */
function withToken(query: URLSearchParams, token: string): URLSearchParams {
  query.set('input_token', token);
  return query;
}

/**
 * A browser that sends no cookies from this page makes everybody unknown. A token that the Graph still takes says that
 * the person is logged in all the same.
 */
async function livesOn({ version }: Settings): Promise<boolean> {
  const token = authResponse()?.accessToken;
  if (token === undefined || isExpired()) return false;
  try {
    const body = new URLSearchParams({ method: 'get', fields: 'id', access_token: token });
    return (await fetch(`${server.graph}/${version}/me`, { method: 'POST', body })).ok;
  } catch {
    return false;
  }
}

/** FB.getLoginStatus */
export async function getLoginStatus(callback?: StatusCallback, force = false): Promise<void> {
  if (!settings()) return complain('FB.getLoginStatus() called before calling FB.init().');
  if (!isSecureContext) complain('FB.getLoginStatus() works on https pages only.');
  if (!force && loggedOutHere()) {
    if (!known()) become(nobody);
    return tell(callback, told(current()));
  }
  if (!force && isFresh()) return tell(callback, told(current()));
  tell(callback, told((await askStatus()) ?? nobody));
}
