// A call of a command that is checked, as far as rules judge it. Tokens are whole here: they live in memory, no longer than
// the check, and stand in no report.
import { createHash } from 'node:crypto';
import { adviceFor, type HolderAdvice, type Version } from '@hallpass/protocol';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import { type AnsweredError, errorsIn, pathOf, textOf } from '../journal/read-exchange.ts';

export interface CheckedCall {
  /** Real milliseconds, counted from anywhere. */
  at: number;
  /** `GET /me/accounts`: without host and version, ids written `{id}`. */
  name: string;
  /** Two calls with the same digest ask the same in the same words. */
  digest: string;
  version: Version | undefined;
  /** The token that the call is made with. */
  token: string | undefined;
  status: number;
  error: AnsweredError | undefined;
  /** The thing that the holder of the token is to do about the error. */
  advice: HolderAdvice | undefined;
  /** The answer was ordered not to arrive as it should. */
  broken: boolean;
  /** The code of a log-in that the call brings, as a digest. */
  code: string | undefined;
  /** The parameters of a dialog that a browser was sent to. */
  dialog: URLSearchParams | undefined;
}

/** A command that calls more than this is known well enough. */
const MOST_CALLS = 10_000;

export interface CallRecorder {
  note(request: HttpRequest, response: HttpResponse): void;
  /** The calls since this was asked last. */
  take(): CheckedCall[];
}

/** @param ms real milliseconds that only grow */
export function recordCalls(ms: () => number): CallRecorder {
  let calls: CheckedCall[] = [];
  return {
    note(request, response) {
      // The pages of the platform, and orders to the emulator, are no calls of an app.
      if (calls.length < MOST_CALLS && !request.path.startsWith('/_/')) calls.push(readCall(request, response, ms()));
    },
    take() {
      const taken = calls;
      calls = [];
      return taken;
    },
  };
}

function readCall(request: HttpRequest, response: HttpResponse, at: number): CheckedCall {
  const { version, path } = pathOf(request.path);
  const params = paramsOf(request);
  const [error] = errorsIn(textOf(response.body), String(response.headers['content-type'] ?? ''));
  const code = params.get('code');
  const method = params.get('method')?.toUpperCase() ?? request.method;
  return {
    at,
    name: `${method} ${path}`,
    digest: digestOf(`${method} ${request.path}?${withoutOrder(params)}`),
    version,
    token: tokenOf(request, params),
    status: response.status,
    error,
    advice: error && adviceFor(error).holder,
    broken: 'connection' in response,
    code: code === null ? undefined : digestOf(code),
    dialog: path.startsWith('/dialog/') ? params : undefined,
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

const withoutOrder = (params: URLSearchParams): string => {
  const sorted = new URLSearchParams(params);
  sorted.sort();
  return sorted.toString();
};

/** Parameters of the query and of the body, a form or flat JSON. */
function paramsOf({ query, headers, body }: HttpRequest): URLSearchParams {
  const params = new URLSearchParams(query);
  if (body.length === 0) return params;
  const text = textOf(body);
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded'))
    for (const [name, value] of new URLSearchParams(text)) params.append(name, value);
  else if (type.startsWith('application/json'))
    for (const [, name = '', value = ''] of text.matchAll(/"([a-z_]{1,40})"\s*:\s*"((?:[^"\\]|\\.){0,4096})"/g))
      params.append(name, value);
  else params.append('', text);
  return params;
}

function tokenOf({ headers }: HttpRequest, params: URLSearchParams): string | undefined {
  const [, bearer] = /^(?:Bearer|OAuth) (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return params.get('access_token') ?? bearer;
}
