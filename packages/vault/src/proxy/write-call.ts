// A call that was judged is written anew for the server of the connection's app: known parts only, the real token in a
// header, and the proof that the app vouches for it.
import type { Fetch } from '@hallpass/client';
import { appsecretProof, type Secret } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import type { ProxiedCall } from './proxied-call.ts';

/** Characters of a query; a longer one goes in a body, as official SDKs do it. */
const LONGEST_QUERY = 4000;

/** The way to a server, with the token. */
interface Destination {
  /** Origin of the Graph of the app. */
  base: string;
  /** For a call that names no version. */
  version: string | null;
  token: Secret;
  /** Secret of the app, where it's known. */
  appSecret: Secret | undefined;
}

interface WrittenCall {
  url: string;
  init: Parameters<Fetch>[1];
  /** The proof, which mustn't be in an answer. */
  proof: string | undefined;
}

const textOf = (value: ParamValue): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The parameters as a form; null counts as absent, as it does for servers. */
export function formOf(params: ProxiedCall['params']): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null) form.set(name, textOf(value));
  return form;
}

/** A path with its version, each part encoded. */
export const pathOf = (version: string | undefined, segments: readonly string[]): string =>
  [...(version === undefined ? [] : [version]), ...segments.map(encodeURIComponent)].join('/');

/** @param headers of the program that go on: language and `If-None-Match` */
export async function writeCall(
  { method, version, segments, params }: ProxiedCall,
  { base, version: usual, token, appSecret }: Destination,
  headers: Readonly<Record<string, string>>,
): Promise<WrittenCall> {
  const proof = appSecret && (await appsecretProof(token.open(), appSecret.open()));
  const path = pathOf(version ?? usual ?? undefined, segments);
  const form = formOf(params);
  if (proof !== undefined) form.set('appsecret_proof', proof);
  const url = `${base}/${path}`;
  const sent = { ...headers, accept: 'application/json', authorization: `Bearer ${token.open()}` };
  const common = { redirect: 'manual' as const, headers: sent };
  const asForm = { ...sent, 'content-type': 'application/x-www-form-urlencoded' };
  const query = form.toString();
  const inQuery = method !== 'POST';
  if (inQuery && query.length <= LONGEST_QUERY)
    return { url: query === '' ? url : `${url}?${query}`, init: { ...common, method }, proof };
  if (inQuery) form.set('method', method.toLowerCase());
  return { url, init: { ...common, headers: asForm, method: 'POST', body: form.toString() }, proof };
}
