// Calls of the Graph as the person who is logged in: through the door of the dashboard, which takes the web session
// instead of a token. See docs/decisions/0021-the-door-of-the-dashboard.md.
import { recordCall } from './calls.ts';
import { currentSession, forgetSession, renewSession, type Session, sessionDoubted } from './current-session.ts';

/** The error object of the Graph. */
export interface GraphErrorBody {
  message: string;
  type: string;
  code: number;
  error_subcode?: number;
  error_user_title?: string;
  error_user_msg?: string;
  fbtrace_id?: string;
}

/** A call that was answered with an error. */
export class GraphFailure extends Error {
  readonly status: number;
  readonly body: GraphErrorBody;
  constructor(status: number, body: GraphErrorBody) {
    super(body.message);
    this.name = 'GraphFailure';
    this.status = status;
    this.body = body;
  }
}

export type Params = Readonly<Record<string, string | number | boolean | undefined>>;

const queryOf = (params: Params): URLSearchParams =>
  new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

const LOGGED_OUT = 401;
const FORBIDDEN = 403;

/** Sends a request with the proof that this page belongs to the session of now. */
async function sent(method: string, address: string, body?: URLSearchParams): Promise<Response> {
  const send = async () =>
    fetch(address, {
      method,
      headers: { accept: 'application/json', 'x-hallpass-csrf': (await currentSession())?.csrf ?? '' },
      ...(body ? { body } : {}),
    });
  const before = await currentSession();
  const response = await send();
  if (response.status !== FORBIDDEN || !before) return response;
  // The proof belongs to one session. When the same person has logged in anew in another window, the new one is asked for, once.
  forgetSession();
  const now = await currentSession();
  return now?.id === before.id && now.csrf !== before.csrf ? send() : response;
}

/** The person closed a question that an act needed an answer to: nothing was done, and there is nothing to be told. */
export class ChangedMind extends Error {
  override name = 'ChangedMind';
}

/** Asks for the password; the part of the page that can do so puts itself here. */
let askForPassword: () => Promise<boolean> = async () => false;

export function setPasswordQuestion(ask: () => Promise<boolean>): void {
  askForPassword = ask;
}

/** Called after each act that the Graph took; the memory of answers puts itself here. */
let afterAct: () => void = () => {};

export function setAfterAct(act: () => void): void {
  afterAct = act;
}

/** True when an act was refused because the password was given too long ago for it. */
const wantsPassword = (error: unknown): boolean =>
  error instanceof GraphFailure &&
  error.body.code === 200 &&
  error.body.message.includes('password must have been entered');

/**
 * One call through the door of the dashboard. Where the Graph wants the password once more, the person is asked, and the call is
 * made again.
 * @param path below the version, e.g. `/me/apps`
 * @param hidden names of `params` that must not appear in the list of calls
 * @throws GraphFailure when the Graph refuses; ChangedMind when the person closed that question
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  params: Params = {},
  hidden: readonly string[] = [],
): Promise<T> {
  try {
    return await callOnce<T>(method, path, params, hidden);
  } catch (error) {
    if (!wantsPassword(error)) throw error;
    if (!(await askForPassword())) throw new ChangedMind();
    return callOnce<T>(method, path, params, hidden);
  }
}

async function callOnce<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  params: Params,
  hidden: readonly string[],
): Promise<T> {
  const query = queryOf(params);
  const address = method === 'POST' || query.size === 0 ? path : `${path}?${query}`;
  const begun = performance.now();
  const response = await sent(method, `/console/graph${address}`, method === 'POST' ? query : undefined);
  const body = (await response.json()) as T & { error?: GraphErrorBody };
  const { error } = body;
  // The question why isn't listed among the calls that it is about.
  if (path !== '/why')
    recordCall({
      method,
      path: address,
      params:
        method === 'POST'
          ? Object.fromEntries([...query].map(([name, value]) => [name, hidden.includes(name) ? '…' : value]))
          : {},
      status: response.status,
      ms: performance.now() - begun,
      traceId: error?.fbtrace_id,
      message: error?.message,
    });
  if (error) {
    if (response.status === LOGGED_OUT) sessionDoubted();
    throw new GraphFailure(response.status, error);
  }
  if (method !== 'GET') afterAct();
  return body;
}

/** True when an error says that nobody is logged in any more. */
export const saysLoggedOut = (error: unknown): boolean => error instanceof GraphFailure && error.status === LOGGED_OUT;

/** True for the refusal of a change of something that another window has changed since it was read. */
export const saysChangedMeanwhile = (error: unknown): boolean =>
  error instanceof GraphFailure && error.message.endsWith('was changed by someone else in the meantime');

/**
 * Gives the password once more, for acts that ask for it.
 * @param code of the second factor, where one is on
 * @throws GraphFailure when password or code is wrong
 */
export async function confirmPassword(password: string, code?: string): Promise<void> {
  const response = await sent(
    'POST',
    '/console/confirm',
    new URLSearchParams({ password, ...(code === undefined ? {} : { code }) }),
  );
  const body = (await response.json()) as Session & { error?: GraphErrorBody };
  if (body.error) {
    if (response.status === LOGGED_OUT) sessionDoubted();
    throw new GraphFailure(response.status, body.error);
  }
  renewSession(body);
}
