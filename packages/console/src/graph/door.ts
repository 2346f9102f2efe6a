// Calls of the Graph as the person who is logged in: through the door of the dashboard, which takes the web session
// instead of a token. See docs/decisions/0021-the-door-of-the-dashboard.md.
import { recordCall } from './calls.ts';

export interface Session {
  /** The id by which the dashboard knows the person. */
  id: string;
  name: string;
  csrf: string;
  /** Epoch seconds until which the password counts as given; 0 when it was not. */
  confirmed_until: number;
}

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

let session: Promise<Session | undefined> | undefined;

async function askSession(): Promise<Session | undefined> {
  const response = await fetch('/console/session', { headers: { accept: 'application/json' } });
  return response.ok ? ((await response.json()) as Session) : undefined;
}

/** Tells who is logged in; asked once, until `forgetSession`. */
export const currentSession = (): Promise<Session | undefined> => (session ??= askSession());

export function forgetSession(): void {
  session = undefined;
}

export type Params = Readonly<Record<string, string | number | boolean | undefined>>;

const queryOf = (params: Params): URLSearchParams =>
  new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

/**
 * One call through the door of the dashboard.
 * @param path below the version, e.g. `/me/apps`
 * @param hidden names of `params` that must not appear in the list of calls
 * @throws GraphFailure when the Graph refuses
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  params: Params = {},
  hidden: readonly string[] = [],
): Promise<T> {
  const me = await currentSession();
  const query = queryOf(params);
  const address = method === 'POST' || query.size === 0 ? path : `${path}?${query}`;
  const begun = performance.now();
  const response = await fetch(`/console/graph${address}`, {
    method,
    headers: { accept: 'application/json', 'x-hallpass-csrf': me?.csrf ?? '' },
    ...(method === 'POST' ? { body: query } : {}),
  });
  const body = (await response.json()) as T & { error?: GraphErrorBody };
  const { error } = body;
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
    if (response.status === 401) forgetSession();
    throw new GraphFailure(response.status, error);
  }
  return body;
}

/**
 * Gives the password once more, for acts that ask for it.
 * @param code of the second factor, where one is on
 * @throws GraphFailure when password or code is wrong
 */
export async function confirmPassword(password: string, code?: string): Promise<void> {
  const me = await currentSession();
  const response = await fetch('/console/confirm', {
    method: 'POST',
    headers: { accept: 'application/json', 'x-hallpass-csrf': me?.csrf ?? '' },
    body: new URLSearchParams({ password, ...(code === undefined ? {} : { code }) }),
  });
  const body = (await response.json()) as Session & { error?: GraphErrorBody };
  if (body.error) throw new GraphFailure(response.status, body.error);
  session = Promise.resolve(body);
}
