// This module turns an HttpRequest into a GraphRequest: every parameter found, every envelope switch read, bad input
// refused. Pure but for inflating a body. Sources: the transport chapter of the protocol reference and the checklist
// drawn from real clients.
import { graphError, type Version } from '@hallpass/protocol';
import {
  demandVerb,
  emptyGathered,
  envelopeOf,
  type FieldRequest,
  type GatheredParams,
  limits,
  type Method,
  methodNamed,
  parseFields,
  type PathParts,
  readForm,
  readPath,
  takeAuthorization,
} from '@hallpass/protocol/request';
import { readBody } from './body.ts';
import type { GraphRequest, HttpRequest } from '../wire/call.ts';
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
