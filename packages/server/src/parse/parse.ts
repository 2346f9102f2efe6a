// This module turns an HttpRequest into a GraphRequest: every parameter found, every envelope switch read, bad input
// refused. Pure but for inflating a body. Sources: the transport chapter of the protocol reference and the checklist
// drawn from real clients.
import { graphError, type Version } from '@hallpass/protocol';
import { readAuthorization } from './authorization.ts';
import { readBody } from './body.ts';
import type { GraphRequest, Envelope, HttpRequest, Method } from '../wire/call.ts';
import { type FieldRequest, parseFields } from '../wire/fields.ts';
import { readForm } from './form.ts';
import { emptyGathered, type GatheredParams } from '../wire/gather.ts';
import { limits } from '../wire/limits.ts';
import { type PathParts, readPath } from './path.ts';
import { demandVerb, unsupported } from '../wire/verbs.ts';
import { Work } from '../wire/work.ts';

interface ParseOptions {
  traceId: string;
  /** Serves a call whose path names no version, e.g. `v25.0`. */
  defaultVersion: Version;
  /** Printed addresses are built on this; without it, on the host that was asked. */
  publicBase?: string;
  batchMember?: boolean;
  /** The budget of the batch that this is an item of; a request of its own has one of its own. */
  work?: Work;
}

/** Reads one request. A promise only where the body has to be inflated; throws (or rejects with) a GraphError. */
export function parse(incoming: HttpRequest, options: ParseOptions): GraphRequest | Promise<GraphRequest> {
  const { method } = incoming;
  demandVerb(method, options.batchMember);
  const work = options.work ?? new Work();
  work.spend('call');
  work.spend('byte', incoming.path.length + incoming.query.length + incoming.body.length);
  const path = readPath(incoming.path);
  const found = emptyGathered(path.segments[0] === 'oauth');
  if (incoming.query !== '') readForm(incoming.query, 'query', found);
  const reading = incoming.body.length > 0 ? readBody(incoming, found, work) : undefined;
  const counted = { ...options, work };
  return reading ? reading.then(() => finish(incoming, counted, path, found)) : finish(incoming, counted, path, found);
}

function finish(
  incoming: HttpRequest,
  options: ParseOptions & { work: Work },
  path: PathParts,
  found: GatheredParams,
): GraphRequest {
  const { headers } = incoming;
  const basic = headers.authorization === undefined ? undefined : takeAuthorization(headers.authorization, found);
  if (found.token !== undefined && found.token.length > limits.token) throw graphError('token.malformed');
  const head = incoming.method === 'HEAD';
  const { params } = found;
  const { fields } = params;
  return {
    method: head ? 'GET' : found.method ? methodNamed(found.method) : (incoming.method as Method),
    head,
    base: options.publicBase ?? `${incoming.scheme}://${incoming.host}`,
    version: path.version ?? options.defaultVersion,
    versioned: path.version !== undefined,
    segments: path.segments,
    params,
    credential: found.token === '' ? undefined : found.token,
    credentialPlace: found.token === '' ? undefined : found.tokenPlace,
    proof: found.proof,
    proofTime: found.proofTime,
    basic,
    fields: fields === undefined || fields === '' || fields === null ? undefined : someFields(parseFields(fields)),
    files: found.files,
    envelope: envelopeOf(found),
    address: incoming.address,
    etag: headers['if-none-match'],
    dpop: headers.dpop,
    userAgent: headers['user-agent'] ?? '',
    locale:
      typeof params.locale === 'string' && /^[a-z]{2,3}_[A-Z]{2}$/.test(params.locale) ? params.locale : undefined,
    batchMember: options.batchMember ?? false,
    work: options.work,
    traceId: options.traceId,
  };
}

function someFields(fields: FieldRequest[]): FieldRequest[] | undefined {
  return fields.length > 0 ? fields : undefined;
}

/** The same token may come twice, two different ones may not; client id and secret likewise. */
function takeAuthorization(header: string, found: GatheredParams): GraphRequest['basic'] {
  const { token, basic } = readAuthorization(header);
  if (token !== undefined) {
    if (found.token !== undefined && found.token !== '' && found.token !== token)
      throw graphError('token.two_credentials');
    if (!found.token) {
      found.token = token;
      found.tokenPlace = 'header';
    }
  }
  if (basic) {
    for (const [name, value] of [
      ['client_id', basic.id],
      ['client_secret', basic.secret],
    ] as const) {
      const present = found.params[name];
      if (present !== undefined && (typeof present === 'object' || String(present) !== value))
        throw graphError('param.duplicate', { name });
    }
  }
  return basic;
}

/** `method=` in the parameters stands in for the verb; browser SDKs always send it, and their `put` is a POST. */
function methodNamed(name: string): Method {
  switch (name.toLowerCase()) {
    case 'get':
      return 'GET';
    case 'post':
    case 'put':
      return 'POST';
    case 'delete':
      return 'DELETE';
    default:
      throw unsupported(name);
  }
}

/** A call without any switch gets this; shared, so frozen. */
export const plainEnvelope: Envelope = Object.freeze({
  suppressHttpCode: false,
  pretty: false,
  callback: undefined,
  debug: undefined,
  metadata: false,
  summary: undefined,
});

const functionName = /^[A-Za-z_$][\w$.]{0,99}$/;

/** True for a name that a JSONP answer may call. */
export function isFunctionName(name: string): boolean {
  return functionName.test(name);
}

/** Reads a switch of the envelope. */
export function isOn(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

function envelopeOf(found: GatheredParams): Envelope {
  const { suppressHttpCode, pretty, callback, debug, metadata, summary } = found;
  if ((suppressHttpCode ?? pretty ?? callback ?? debug ?? metadata ?? summary) === undefined) return plainEnvelope;
  if (callback !== undefined && !functionName.test(callback)) throw graphError('param.invalid', { name: 'callback' });
  return {
    suppressHttpCode: isOn(suppressHttpCode),
    pretty: isOn(pretty),
    callback,
    debug: debug === 'all' || debug === 'info' || debug === 'warning' ? debug : undefined,
    metadata: isOn(metadata),
    summary,
  };
}
