// This module reads multipart/form-data (RFC 7578): text parts are parameters, parts with a file name are files.
import { type GraphError, graphError } from '@hallpass/protocol';
import { count, type GatheredParams, put, putFile } from '../wire/gather.ts';
import { limits } from '../wire/limits.ts';
import { NestedNames } from './nested-names.ts';
import { textOf } from './text.ts';

interface Part {
  name: string;
  /** Undefined for a parameter. */
  filename: string | undefined;
  type: string;
  bytes: Buffer;
}

const LONGEST_PART_HEADERS = 4096;
const broken = (): GraphError => graphError('param.request');

/** Takes in every part of a body. */
export function readMultipart(bytes: Buffer, boundary: string, into: GatheredParams): void {
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

function* parts(bytes: Buffer, boundary: string): Generator<Part> {
  const opening = Buffer.from(`--${boundary}`, 'latin1');
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  let at = bytes.subarray(0, opening.length).equals(opening) ? opening.length : after(bytes, delimiter, 0);
  for (;;) {
    // After a delimiter: `--` ends the body, white space and a line end begin a part.
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) return;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
    if (bytes[at] !== 0x0d || bytes[at + 1] !== 0x0a) throw broken();
    const headersEnd = bytes.indexOf('\r\n\r\n', at);
    if (headersEnd < 0 || headersEnd - at > LONGEST_PART_HEADERS) throw broken();
    const start = headersEnd + 4;
    const end = bytes.indexOf(delimiter, start);
    if (end < 0) throw broken();
    yield { ...described(textOf(bytes.subarray(at + 2, headersEnd), broken)), bytes: bytes.subarray(start, end) };
    at = end + delimiter.length;
  }
}

function after(bytes: Buffer, delimiter: Buffer, from: number): number {
  const found = bytes.indexOf(delimiter, from);
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
