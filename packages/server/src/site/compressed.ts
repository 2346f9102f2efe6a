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

/** A body, and what the build has pressed of it already. */
interface Compressible {
  /** The same object at each call, so that it is compressed once. */
  body: Uint8Array;
  brotli?: Uint8Array | undefined;
}

/** The smallest form of a body that the browser takes, with the name of its encoding. */
function smallest(content: Compressible, accepted: string): { sent: Uint8Array; encoding?: string } {
  const brotli = /\bbr\b/.test(accepted) ? content.brotli : undefined;
  if (brotli) return { sent: brotli, encoding: 'br' };
  // The form that the browser does not take need not be read from the disk.
  const { body } = content;
  return /\bgzip\b/.test(accepted) ? { sent: gzipped(body), encoding: 'gzip' } : { sent: body };
}

/** @param seconds it may be kept */
export function compressedFile(
  { incoming }: Pick<SiteRequest, 'incoming'>,
  type: string,
  content: Compressible,
  seconds: number,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const { sent, encoding } = smallest(content, incoming.headers['accept-encoding'] ?? '');
  return file(type, sent, seconds, {
    ...headers,
    vary: 'Accept-Encoding',
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  });
}
