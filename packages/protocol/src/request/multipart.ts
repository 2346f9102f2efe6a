// This module reads multipart/form-data (RFC 7578): text parts are parameters, parts with a file name are files.
import { type GraphError, graphError } from '../errors/refusal.ts';
import { count, type GatheredParams, put, putFile } from './gather.ts';
import { limits } from './limits.ts';
import { NestedNames } from './nested-names.ts';
import { textOf } from './text.ts';

interface Part {
  name: string;
  /** Undefined for a parameter. */
  filename: string | undefined;
  type: string;
  bytes: Uint8Array;
}

const LONGEST_PART_HEADERS = 4096;
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const endOfHeaders = latin1('\r\n\r\n');
const broken = (): GraphError => graphError('param.request');

/** Takes in every part of a body. */
export function readMultipart(bytes: Uint8Array, boundary: string, into: GatheredParams): void {
  const nested = new NestedNames();
  for (const part of parts(bytes, boundary)) {
    count(into);
    if (part.filename !== undefined) {
      putFile(into, part.name, { name: part.filename, type: part.type, bytes: part.bytes });
      continue;
    }
    const value = textOf(part.bytes, () => graphError('param.invalid', { name: part.name }));
    if (value.length > limits.value && part.name !== 'access_token') throw graphError('param.too_large');
    if (NestedNames.fits(part.name)) nested.add(part.name, value);
    else put(into, part.name, value, 'body');
  }
  for (const [name, value] of nested.values()) put(into, name, value, 'body');
}

function* parts(bytes: Uint8Array, boundary: string): Generator<Part> {
  const opening = latin1(`--${boundary}`);
  const delimiter = latin1(`\r\n--${boundary}`);
  let at = startsAt(bytes, opening, 0) ? opening.length : after(bytes, delimiter, 0);
  for (;;) {
    // After a delimiter: `--` ends the body, white space and a line end begin a part.
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) return;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
    if (bytes[at] !== 0x0d || bytes[at + 1] !== 0x0a) throw broken();
    const headersEnd = indexOf(bytes, endOfHeaders, at);
    if (headersEnd < 0 || headersEnd - at > LONGEST_PART_HEADERS) throw broken();
    const start = headersEnd + 4;
    const end = indexOf(bytes, delimiter, start);
    if (end < 0) throw broken();
    yield { ...described(textOf(bytes.subarray(at + 2, headersEnd), broken)), bytes: bytes.subarray(start, end) };
    at = end + delimiter.length;
  }
}

function startsAt(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  return wanted.every((byte, index) => bytes[at + index] === byte);
}

/** The first place at or after `from` where `wanted` stands; -1 for none. */
function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1))
    if (startsAt(bytes, wanted, at)) return at;
  return -1;
}

function after(bytes: Uint8Array, delimiter: Uint8Array, from: number): number {
  const found = indexOf(bytes, delimiter, from);
  if (found < 0) throw broken();
  return found + delimiter.length;
}

function described(headers: string): Omit<Part, 'bytes'> {
  let disposition = '';
  let type = 'application/octet-stream';
  for (const line of headers.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (name === 'content-disposition') disposition = line.slice(colon + 1).trim();
    else if (name === 'content-type') type = line.slice(colon + 1).trim();
  }
  if (!/^form-data\s*;/i.test(disposition)) throw broken();
  const name = attribute(disposition, 'name');
  if (name === undefined) throw broken();
  return { name, filename: attribute(disposition, 'filename'), type };
}

/** `; name="value"`: browsers write a quotation mark as `%22`, other programs with a backslash before it. */
function attribute(disposition: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;"\\s]+))`, 'i').exec(disposition);
  return match?.[1]?.replace(/\\(["\\])/g, '$1').replaceAll('%22', '"') ?? match?.[2];
}
