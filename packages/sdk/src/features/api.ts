// FB.api asks the Graph. What goes wrong is a value that the callback is given, never an exception. Source: FB.api of the
// documentation, section 6.5 of the protocol reference.
import { written } from '../session/auth-response.ts';
import { become, isOfSession, nobody } from '../session/identity.ts';
import { tell, complain, isFunction } from '../page/log.ts';
import { renew } from '../session/renewal.ts';
import { server } from '../page/server.ts';
import { authResponse, isExpired } from '../session/session.ts';
import { settings } from '../page/settings.ts';

/** A call of the Graph, as a page asks for it. */
interface Call {
  path: string;
  method: string;
  params: Map<string, unknown>;
}

const verbs: readonly string[] = ['get', 'post', 'put', 'delete'];

/** The arguments come in the documented order, each of which may be missing. @throws Error for others */
function readCall(path: unknown, given: readonly unknown[]): Call {
  if (typeof path !== 'string') throw new Error('FB.api takes a path first, such as "/me".');
  const graph = `${server.graph}/`;
  const url = new URL(path, graph);
  if (url.origin !== new URL(graph).origin) throw new Error('FB.api asks the Graph, and no other server.');
  const named = given.find((one) => typeof one === 'object' && one !== null) ?? {};
  // A path may bring parameters along, as the addresses of further pages of a list do.
  const params = new Map<string, unknown>([...url.searchParams, ...Object.entries(named)]);
  const method = written(given.find((one) => typeof one === 'string') ?? params.get('method') ?? 'get').toLowerCase();
  if (!verbs.includes(method)) throw new Error(`FB.api knows no method "${method}".`);
  return { path: url.pathname, method, params };
}

const failed = (code: number, message: string) => ({
  error: { code: 1, error_subcode: code, message, type: 'http' },
});

type Body = URLSearchParams | FormData;

function bodyOf(params: ReadonlyMap<string, unknown>): Body {
  const body: Body = [...params.values()].some((value) => value instanceof Blob)
    ? new FormData()
    : new URLSearchParams();
  for (const [name, value] of params)
    if (value instanceof Blob && body instanceof FormData) body.set(name, value);
    else if (value !== undefined && value !== null) body.set(name, written(value));
  return body;
}

/** A token is sent in the body, so that no address holds one: the Graph takes `method` there. */
async function send({ path, method, params }: Call, version: string): Promise<unknown> {
  const all = new Map([...params, ['method', method], ['pretty', '0'], ['sdk', 'joey'], ['suppress_http_code', '1']]);
  const body = bodyOf(all);
  const address = server.graph + (/^\/v\d+\.\d+(?:\/|$)/.test(path) ? '' : `/${version}`) + path;
  const bare = method === 'get' && body instanceof URLSearchParams && !params.has('access_token');
  let text: string;
  try {
    const query = bare ? `?${body}` : '';
    text = await (await fetch(address + query, bare ? {} : { method: 'POST', body })).text();
  } catch {
    return failed(1_357_045, 'unknown error (empty response)');
  }
  try {
    return JSON.parse(text.replace(/^for \(;;\);/, ''));
  } catch {
    return failed(1_357_046, 'Received Invalid JSON reply.');
  }
}

/** A token that the Graph refuses is no log-in any more, and a person who removed the app is none of its people. */
function follow({ path, method }: Call, token: unknown, answer: unknown): void {
  if (typeof token !== 'string' || !isOfSession(token)) return;
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
  const { code, type } = (error ?? {}) as { code?: unknown; type?: unknown };
  const removed = method === 'delete' && /\/me\/permissions\/?$/.test(path) && (answer === true || isSuccess(answer));
  if (code === 190 && type === 'OAuthException') become(nobody);
  else if (removed) become({ status: 'not_authorized', authResponse: null });
}

const isSuccess = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'success' in answer && answer.success === true;

/** @throws Error before FB.init, as documented, and for arguments that ask for nothing */
export function api(path: unknown, ...given: unknown[]): void {
  const page = settings();
  if (!page) throw new Error('init not called with valid version');
  const callback = given.find(isFunction);
  let call: Call;
  try {
    call = readCall(path, given);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    complain(message);
    return tell(callback, { error: { code: 100, message, type: 'GraphMethodException' } });
  }
  void answer(call, page.version, callback);
}

async function answer(call: Call, version: string, callback?: (answer: unknown) => void): Promise<void> {
  if (!call.params.has('access_token')) {
    if (isExpired()) await renew();
    const token = authResponse()?.accessToken;
    if (token !== undefined) call.params.set('access_token', token);
  }
  const value = await send(call, version);
  follow(call, call.params.get('access_token'), value);
  tell(callback, value);
}
