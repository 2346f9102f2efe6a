// A call of the Graph with a token, as any program would make it. The token travels in a header, never in the address.
import { recordCall } from './calls.ts';
import { type GraphErrorBody, GraphFailure } from './door.ts';

export interface TokenCall {
  /** Base address of the Graph, without a final slash. */
  graph: string;
  token: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** With its version and query, e.g. `/v25.0/me?fields=id`. It holds no credential. */
  path: string;
  /** Sent as a form; only of a POST. */
  params?: Readonly<Record<string, string>>;
  /** Names of `params` that must not appear in the list of calls. */
  hidden?: readonly string[];
}

export interface TokenAnswer {
  status: number;
  /** Milliseconds. */
  ms: number;
  headers: readonly (readonly [name: string, value: string])[];
  text: string;
  /** The text as JSON; undefined where it is none. */
  value: unknown;
  error: GraphErrorBody | undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function errorIn(value: unknown): GraphErrorBody | undefined {
  if (typeof value !== 'object' || value === null || !('error' in value)) return undefined;
  const { error } = value;
  return typeof error === 'object' && error !== null && 'message' in error && 'code' in error
    ? (error as GraphErrorBody)
    : undefined;
}

/** Makes the call and gives back whatever was answered. @throws TypeError when nothing was answered */
export async function askWithToken({
  graph,
  token,
  method,
  path,
  params = {},
  hidden = [],
}: TokenCall): Promise<TokenAnswer> {
  const begun = performance.now();
  const response = await fetch(`${graph}${path}`, {
    method,
    credentials: 'omit',
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    ...(method === 'POST' ? { body: new URLSearchParams(params) } : {}),
  });
  const text = await response.text();
  const ms = performance.now() - begun;
  const value = parsed(text);
  const error = errorIn(value);
  recordCall(
    {
      method,
      path,
      params: Object.fromEntries(
        Object.entries(params).map(([name, sent]) => [name, hidden.includes(name) ? '…' : sent]),
      ),
      status: response.status,
      ms,
      traceId: error?.fbtrace_id,
      message: error?.message,
    },
    token,
  );
  return { status: response.status, ms, headers: [...response.headers], text, value, error };
}

/** Makes the call where only its value counts. @throws GraphFailure when the Graph refuses */
export async function readWithToken<T>(call: TokenCall): Promise<T> {
  const { status, value, error } = await askWithToken(call);
  if (error) throw new GraphFailure(status, error);
  return value as T;
}
