// The parameters of one call come from query, body and header at once; here they meet. One that arrives twice with
// different values is refused (threats I-10, IV-01), names of the prototype are passed over (IV-03).
import { isKeyOf } from '../keys.ts';
import { graphError } from '../errors/refusal.ts';
import type { CredentialPlace, ParamValue, UploadedFile } from './values.ts';
import { limits } from './limits.ts';

/** The parameters that have been found so far. */
export interface GatheredParams {
  params: Record<string, ParamValue>;
  files: Record<string, UploadedFile>;
  /** Parameters seen. */
  count: number;
  /** True under /oauth/, where some parameters may not come twice even with equal values. */
  oauth: boolean;
  token: string | undefined;
  tokenPlace: CredentialPlace | undefined;
  proof: string | undefined;
  proofTime: string | undefined;
  method: string | undefined;
  suppressHttpCode: string | undefined;
  pretty: string | undefined;
  callback: string | undefined;
  debug: string | undefined;
  metadata: string | undefined;
  summary: string | undefined;
}

export function emptyGathered(oauth: boolean): GatheredParams {
  return {
    params: Object.create(null) as Record<string, ParamValue>,
    files: noFiles,
    count: 0,
    oauth,
    token: undefined,
    tokenPlace: undefined,
    proof: undefined,
    proofTime: undefined,
    method: undefined,
    suppressHttpCode: undefined,
    pretty: undefined,
    callback: undefined,
    debug: undefined,
    metadata: undefined,
    summary: undefined,
  };
}

/** Shared by all calls without files. */
const noFiles: Record<string, UploadedFile> = Object.freeze(Object.create(null) as Record<string, UploadedFile>);

/** RFC 6749, section 3.1: parameters must not be included more than once. */
const onceUnderOauth: ReadonlySet<string> = new Set([
  'client_id',
  'redirect_uri',
  'grant_type',
  'access_token',
  'scope',
  'code',
  'client_secret',
]);

/** Names that would reach an object's prototype. */
export function isPrototypeName(name: string): boolean {
  return name === '__proto__' || name === 'constructor' || name === 'prototype';
}

/** Counts one more parameter. */
export function count(into: GatheredParams): void {
  into.count += 1;
  if (into.count > limits.parameters) throw graphError('param.too_many');
}

/** Parameters that are text wherever they come, and where they are kept. */
const texts = {
  appsecret_proof: 'proof',
  appsecret_time: 'proofTime',
  method: 'method',
  suppress_http_code: 'suppressHttpCode',
  pretty: 'pretty',
  callback: 'callback',
  debug: 'debug',
  metadata: 'metadata',
  summary: 'summary',
} as const;

/** Takes in one parameter. */
export function put(into: GatheredParams, name: string, value: ParamValue, place: 'query' | 'body'): void {
  if (name === 'access_token') return putToken(into, value, place);
  if (isKeyOf(texts, name)) {
    const kept = texts[name];
    into[kept] = textOf(name, into[kept], value);
    return;
  }
  if (isPrototypeName(name)) return;
  const before = into.params[name];
  if (before === undefined) into.params[name] = value;
  else if (!same(before, value) || (into.oauth && onceUnderOauth.has(name)))
    throw graphError('param.duplicate', { name });
}

function putToken(into: GatheredParams, value: ParamValue, place: 'query' | 'body'): void {
  if (value === null) return;
  if (typeof value !== 'string') throw graphError('param.invalid', { name: 'access_token' });
  if (into.token !== undefined) {
    if (into.oauth || (into.token !== value && into.tokenPlace === place))
      throw graphError('param.duplicate', { name: 'access_token' });
    if (into.token !== value) throw graphError('token.two_credentials');
    return;
  }
  into.token = value;
  into.tokenPlace = place;
}

/**
 * The text of a parameter that is read before the call is known: a switch of the envelope or a proof. Empty text counts
 * as absent, as it does for every parameter (pavelk2/social-feed#330).
 */
function textOf(name: string, before: string | undefined, value: ParamValue): string | undefined {
  return value === '' ? before : single(name, before, value);
}

/** The text of a parameter that must be one plain value. JSON's null counts as absent. */
function single(name: string, before: string | undefined, value: ParamValue): string | undefined {
  if (value === null) return before;
  if (typeof value === 'object') throw graphError('param.invalid', { name });
  const text = String(value);
  if (before !== undefined && before !== text) throw graphError('param.duplicate', { name });
  return text;
}

/** Numbers and booleans of JSON count like their text. */
function same(a: ParamValue, b: ParamValue): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (typeof a === 'object' || typeof b === 'object') return JSON.stringify(a) === JSON.stringify(b);
  return String(a) === String(b);
}

/** Takes in one file of a multipart body. */
export function putFile(into: GatheredParams, name: string, file: UploadedFile): void {
  if (isPrototypeName(name)) return;
  if (into.files === noFiles) into.files = Object.create(null) as Record<string, UploadedFile>;
  if (into.files[name] !== undefined) throw graphError('param.duplicate', { name });
  into.files[name] = file;
}
