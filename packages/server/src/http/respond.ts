// This module makes an answer of a value or a refusal: one envelope, the documented headers, JSONP, ETag. Source: the
// response chapter of the protocol reference (recorded header sets) and section 4.1 of the threat model.
import { hash } from 'node:crypto';
import { errorBody, parseVersion, GraphError, graphError, wwwAuthenticate } from '@hallpass/protocol';
import { type Envelope, isFunctionName, isOn, plainEnvelope, servedVerbs } from '@hallpass/protocol/request';
import type { HttpResponse, DebugMessage } from '../wire/answer.ts';
import type { HttpRequest } from '../wire/call.ts';
import { preflightHeaders } from './cors.ts';
import { oauthError } from './oauth-error.ts';
import { storageRefusal } from '../liveness/storage-refusals.ts';

/** An answer depends on these parts of the call; a Call is one. */
interface ResponseContext {
  readonly version: string;
  readonly traceId: string;
  readonly head: boolean;
  /** `If-None-Match`. */
  readonly etag: string | undefined;
  readonly envelope: Envelope;
}

interface ResponseExtras {
  /** Nobody will see the headers (a batch without them): no ETag is made unless one was asked about. */
  unseen?: boolean;
  status?: number;
  /** A refusal is written as RFC 6749, section 5.2 has it. */
  oauthErrors?: boolean;
  /** Usage headers and the like; lower-case names. They win over those made here. */
  headers?: Readonly<Record<string, string>>;
  /** Shown where the call asked for them with `debug=`. */
  messages?: readonly DebugMessage[];
}

interface ResponderOptions {
  /** Digits for `x-fb-rev`: the build that answers. */
  revision: string;
  /** Puts the detail of a refusal into the body as `error_data` (emulator only). */
  explain?: boolean;
  /** Is called with everything thrown that is no GraphError: our own mistakes. */
  onBug(error: unknown, traceId: string): void;
  /** Settings may raise the status of a refusal (401 for 190, 404 for 803). */
  statusOf?(refusal: GraphError, asked: ResponseContext): number;
}

/** A redirection says where an answer leads, and what is found there. */
interface Redirection {
  readonly url: string;
  /** The media type of what is there: clients of pictures look at it before they follow. */
  readonly type: string;
}

interface Responder {
  /** The answer for a value that a call led to. */
  value(asked: ResponseContext, value: unknown, extras?: ResponseExtras): HttpResponse;
  /** The answer that leads to another address. */
  redirect(asked: ResponseContext, to: Redirection): HttpResponse;
  /** The answer to a browser that asks before it calls from a page of another origin (OPTIONS). */
  preflight(asked: ResponseContext): HttpResponse;
  /** The answer for anything thrown: refusals say what they are, all else is our bug and shows only its trace id. */
  failure(asked: ResponseContext, error: unknown, extras?: ResponseExtras): HttpResponse;
}

const JSON_TYPE = 'application/json; charset=UTF-8';
const SCRIPT_TYPE = 'text/javascript; charset=UTF-8';

/** Seconds for Retry-After where the refusal does not say. */
const RETRY_SOON = 2;
const RETRY_LATER = 60;

/** Makes the functions that end every Graph call: nothing of the Graph is answered by anything else. */
export function createResponder(options: ResponderOptions): Responder {
  const headersFor = (asked: ResponseContext, type: string, caching: string): Record<string, string> => ({
    'content-type': type,
    'facebook-api-version': asked.version,
    'x-fb-trace-id': asked.traceId,
    'x-fb-request-id': asked.traceId,
    'x-fb-debug': asked.traceId,
    'x-fb-rev': options.revision,
    'access-control-allow-origin': '*',
    'cache-control': caching,
    pragma: 'no-cache',
    expires: 'Sat, 01 Jan 2000 00:00:00 GMT',
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
  });

  const write = (
    asked: ResponseContext,
    status: number,
    value: unknown,
    caching: string,
    extras?: ResponseExtras,
  ): HttpResponse => {
    const { callback, pretty } = asked.envelope;
    let body = pretty ? JSON.stringify(value, null, 3) : JSON.stringify(value);
    if (callback !== undefined)
      body = `/**/${callback}(${body.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')});`;
    const headers = headersFor(asked, callback === undefined ? JSON_TYPE : SCRIPT_TYPE, caching);
    return { status, headers: extras?.headers ? Object.assign(headers, extras.headers) : headers, body };
  };

  return {
    value(asked, value, extras) {
      const status = extras?.status ?? 200;
      const shown =
        asked.envelope.debug === undefined ? value : withMessages(value, asked.envelope.debug, extras?.messages ?? []);
      const answer = write(asked, status, shown ?? null, 'private, no-cache, no-store, must-revalidate', extras);
      if (status === 200 && !extras?.unseen) {
        const etag = `"${hash('sha1', answer.body as string)}"`;
        answer.headers.etag = etag;
        if (asked.etag !== undefined && names(asked.etag, etag))
          return { status: 304, headers: answer.headers, body: '' };
      }
      return asked.head ? withoutBody(answer) : answer;
    },

    redirect(asked, { url, type }) {
      return { status: 302, headers: { ...headersFor(asked, type, 'no-store'), location: url }, body: '' };
    },

    preflight(asked) {
      return { status: 200, headers: { ...headersFor(asked, JSON_TYPE, 'no-store'), ...preflightHeaders }, body: '' };
    },

    failure(asked, error, extras) {
      const refusal = asRefusal(error, asked.traceId, options.onBug);
      const standard = extras?.oauthErrors ? oauthError(refusal) : undefined;
      const status = asked.envelope.suppressHttpCode
        ? 200
        : (standard?.status ?? options.statusOf?.(refusal, asked) ?? refusal.status);
      const body = errorBody(refusal, asked.traceId, asked.version);
      if (options.explain && refusal.detail !== undefined)
        body.error.error_data = { ...body.error.error_data, detail: refusal.detail };
      const told = standard?.body ?? body;
      const shown =
        asked.envelope.debug === undefined || standard
          ? told
          : withMessages(told, asked.envelope.debug, extras?.messages ?? []);
      const answer = write(asked, status, shown, 'no-store', extras);
      if (standard?.status === 401) answer.headers['www-authenticate'] = 'Basic realm="oauth"';
      else if (!standard) answer.headers['www-authenticate'] = wwwAuthenticate(refusal, asked.version);
      if (refusal.status === 405) answer.headers.allow = servedVerbs;
      const seconds = refusal.retryAfter ?? (refusal.entry.retryAfter ? usualPause(refusal) : undefined);
      if (seconds !== undefined) answer.headers['retry-after'] = String(seconds);
      return asked.head ? withoutBody(answer) : answer;
    },
  };
}

/** Reads what an answer depends on if parsing failed: the switches are read from the query as far as it can be read. */
export function askedBeforeParsing(
  incoming: HttpRequest,
  about: { traceId: string; version: string },
): ResponseContext {
  const find = (name: string) => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(incoming.query)?.[1];
  const callback = find('callback');
  const version = /^\/(v\d+\.\d+)(?:\/|$)/.exec(incoming.path)?.[1];
  const envelope: Envelope = {
    ...plainEnvelope,
    suppressHttpCode: isOn(find('suppress_http_code')),
    pretty: isOn(find('pretty')),
    callback: callback !== undefined && isFunctionName(callback) ? callback : undefined,
  };
  return {
    ...about,
    version: version !== undefined && parseVersion(version) ? version : about.version,
    head: incoming.method === 'HEAD',
    etag: undefined,
    envelope,
  };
}

/**
 * Storage that is away is an answer of its own; anything else unknown is a bug and is told to the log, never to the
 * caller.
 */
function asRefusal(error: unknown, traceId: string, onBug: ResponderOptions['onBug']): GraphError {
  if (error instanceof GraphError) return error;
  const stored = storageRefusal(error);
  if (stored) return stored;
  onBug(error, traceId);
  return graphError('server.bug');
}

function usualPause(refusal: GraphError): number {
  return refusal.status >= 500 ? RETRY_SOON : RETRY_LATER;
}

/** HEAD: the headers of GET, with its length. */
function withoutBody(answer: HttpResponse): HttpResponse {
  answer.headers['content-length'] = String(Buffer.byteLength(answer.body as string));
  answer.body = '';
  return answer;
}

/** True where If-None-Match lists the tag; a weak tag counts as its strong one for GET (RFC 9110, section 13.1.2). */
function names(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag) return true;
  return ifNoneMatch.split(',').some((item) => item.trim().replace(/^W\//, '') === etag);
}

/** `__debug__` stands next to the data: `all` shows everything, `info` likewise, `warning` only warnings. */
function withMessages(value: unknown, level: 'all' | 'info' | 'warning', messages: readonly DebugMessage[]): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return {
    ...value,
    __debug__: { messages: level === 'warning' ? messages.filter((message) => message.type === 'warning') : messages },
  };
}
