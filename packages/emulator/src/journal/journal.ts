// Notes what a program asked while it ran: endpoints, versions, errors, tokens. It holds counts and whole tokens, in
// memory and no longer than the world; what is shown of a token is its beginning and its end.
import { isVersion, type Version } from '@hallpass/protocol';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import { type AnsweredError, errorsIn, pathOf, textOf, tokensIn } from './read-exchange.ts';

/** Calls of one kind. */
export interface EndpointCalls {
  method: string;
  host: string;
  /** Without version; ids are written `{id}`. */
  path: string;
  calls: number;
  /** The number of those that were answered with an error. */
  failed: number;
}

export interface ErrorCalls extends AnsweredError {
  calls: number;
}

/** The notes, each kind in the order in which it came first. */
export interface Journal {
  calls: number;
  endpoints: ReadonlyMap<string, EndpointCalls>;
  /** Versions of Graph calls by name. `named`: how many had it in their path. */
  versions: ReadonlyMap<Version, { calls: number; named: number }>;
  errors: ReadonlyMap<string, ErrorCalls>;
  /** Whole tokens, with how many calls carried them. */
  tokens: ReadonlyMap<string, number>;
  /** True where something was left out because there was too much of it. */
  cut: boolean;
}

export interface JournalWriter extends Journal {
  note(request: HttpRequest, response: HttpResponse): void;
}

/** Kinds of calls, errors and tokens that are kept: a suite that asks for more is told that some are left out. */
const MOST = 500;

export function createJournal(): JournalWriter {
  const endpoints = new Map<string, EndpointCalls>();
  const versions = new Map<Version, { calls: number; named: number }>();
  const errors = new Map<string, ErrorCalls>();
  const tokens = new Map<string, number>();
  let calls = 0;
  let cut = false;

  /** The value of a key; undefined where there are too many keys already. */
  function entryOf<V>(map: Map<string, V>, key: string, fresh: () => V): V | undefined {
    const known = map.get(key);
    if (known !== undefined) return known;
    if (map.size >= MOST) {
      cut = true;
      return undefined;
    }
    const value = fresh();
    map.set(key, value);
    return value;
  }

  function noteVersion(named: string | undefined, response: HttpResponse): void {
    const served = String(response.headers['facebook-api-version'] ?? '');
    const version = named ?? served;
    if (!isVersion(version)) return;
    const entry = versions.get(version) ?? { calls: 0, named: 0 };
    versions.set(version, { calls: entry.calls + 1, named: entry.named + (named === undefined ? 0 : 1) });
  }

  return {
    endpoints,
    versions,
    errors,
    tokens,
    get calls() {
      return calls;
    },
    get cut() {
      return cut;
    },
    note(request, response) {
      calls++;
      const { version, path } = pathOf(request.path);
      const host = request.host.replace(/:\d+$/, '');
      const endpoint = entryOf(endpoints, `${request.method} ${host}${path}`, () => ({
        method: request.method,
        host,
        path,
        calls: 0,
        failed: 0,
      }));
      const answered = textOf(response.body);
      const found = errorsIn(answered, String(response.headers['content-type'] ?? ''));
      if (endpoint) {
        endpoint.calls++;
        if (response.status >= 400 || found.length > 0) endpoint.failed++;
      }
      noteVersion(version, response);
      for (const error of found) {
        const entry = entryOf(errors, `${error.code}/${error.subcode} ${error.message}`, () => ({
          ...error,
          calls: 0,
        }));
        if (entry) entry.calls++;
      }
      const sent = [request.query, request.headers.authorization ?? '', textOf(request.body)].flatMap(tokensIn);
      for (const token of new Set(sent)) addToken(token, 1);
      for (const token of tokensIn(answered)) addToken(token, 0);
    },
  };

  function addToken(token: string, used: number): void {
    if (entryOf(tokens, token, () => 0) !== undefined) tokens.set(token, (tokens.get(token) ?? 0) + used);
  }
}
