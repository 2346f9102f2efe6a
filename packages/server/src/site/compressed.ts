// Files that are big and the same for everybody travel compressed where the browser takes it. Each is compressed once.
import { gzipSync } from 'node:zlib';
import type { HttpResponse } from '../wire/answer.ts';
import { file } from './answers.ts';
import type { SiteRequest } from './site-request.ts';

const compressed = new WeakMap<Uint8Array, Uint8Array>();

function gzipped(body: Uint8Array): Uint8Array {
  const known = compressed.get(body);
  if (known) return known;
  const made = gzipSync(body);
  compressed.set(body, made);
  return made;
}

/** @param body the same object at each call, so that it is compressed once @param seconds it may be kept */
export function compressedFile(
  { incoming }: Pick<SiteRequest, 'incoming'>,
  type: string,
  body: Uint8Array,
  seconds: number,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const takes = /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '');
  return file(type, takes ? gzipped(body) : body, seconds, {
    ...headers,
    vary: 'Accept-Encoding',
    ...(takes ? { 'content-encoding': 'gzip' } : {}),
  });
}
