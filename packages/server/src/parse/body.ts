// This module reads the body of a request: inflated within limits, then read as it is declared and in no other way
// (threats IV-08). Mobile SDKs send gzip; Meta's server SDK sends a JSON body with every GET.
import { gunzip, type ZlibOptions } from 'node:zlib';
import { graphError } from '@hallpass/protocol';
import type { HttpRequest } from '../wire/call.ts';
import { readForm } from './form.ts';
import { count, type GatheredParams, put } from '../wire/gather.ts';
import { parseJson } from '../wire/json.ts';
import { limits } from '../wire/limits.ts';
import { readMultipart } from './multipart.ts';
import { textOf } from './text.ts';
import type { Work } from '../wire/work.ts';

interface ContentType {
  kind: 'form' | 'json' | 'multipart';
  boundary: string;
}

/** Takes in the parameters of a body that is not empty; a promise only where it has to be inflated. */
export function readBody(incoming: HttpRequest, into: GatheredParams, work: Work): void | Promise<void> {
  const { headers } = incoming;
  const type = contentType(headers['content-type']);
  const bytes = Buffer.from(incoming.body.buffer, incoming.body.byteOffset, incoming.body.byteLength);
  if (bytes.length > limits.body) throw graphError('param.body_too_large');
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === '' || encoding === 'identity') return readBytes(bytes, type, into);
  if (!/^(?:x-)?gzip$/i.test(encoding)) throw graphError('param.encoding');
  return inflate(bytes).then((plain) => {
    work.spend('byte', plain.length);
    return readBytes(plain, type, into);
  });
}

/**
 * A body that declares nothing is a form: clients made by hand in several languages send it so. What lies is refused
 * (threats IV-08).
 */
function contentType(header: string | undefined): ContentType {
  if (header === undefined || header === '' || header === 'application/x-www-form-urlencoded')
    return { kind: 'form', boundary: '' };
  if (header === 'application/json') return { kind: 'json', boundary: '' };
  const charset = /;\s*charset=("?)([^;"\s]*)\1/i.exec(header)?.[2];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw graphError('param.content_type');
  switch (header.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/x-www-form-urlencoded':
      return { kind: 'form', boundary: '' };
    case 'application/json':
      return { kind: 'json', boundary: '' };
    case 'multipart/form-data': {
      const match = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))\s*(?:;|$)/i.exec(header);
      const boundary = match?.[1] ?? match?.[2];
      if (boundary === undefined) throw graphError('param.content_type');
      return { kind: 'multipart', boundary };
    }
    default:
      throw graphError('param.content_type');
  }
}

/** Inflates as a stream: it stops when more than a body may have has come out. */
function inflate(bytes: Buffer): Promise<Buffer> {
  const options: ZlibOptions = { maxOutputLength: limits.body, info: true };
  return new Promise((resolve, reject) => {
    gunzip(bytes, options, (error, result) => {
      if (error)
        return reject(
          (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
            ? graphError('param.body_too_large')
            : graphError('param.request'),
        );
      // With `info` the result names the engine as well; bytes it did not use are something hidden behind the end.
      const { buffer, engine } = result as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
      if (engine.bytesWritten !== bytes.length) return reject(graphError('param.request'));
      resolve(buffer);
    });
  });
}

function readBytes(bytes: Buffer, type: ContentType, into: GatheredParams): void {
  switch (type.kind) {
    case 'multipart':
      return readMultipart(bytes, type.boundary, into);
    case 'json':
      return readJson(
        textOf(bytes, () => graphError('param.json')),
        into,
      );
    case 'form': {
      // A JSON document that is declared as a form would be one nameless parameter and silently do something else.
      if (bytes[0] === 0x7b || bytes[0] === 0x5b) throw graphError('param.content_type');
      return readForm(
        textOf(bytes, () => graphError('param.request')),
        'body',
        into,
      );
    }
  }
}

function readJson(text: string, into: GatheredParams): void {
  const value = parseJson(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw graphError('param.json');
  for (const name in value) {
    count(into);
    put(into, name, value[name] ?? null, 'body');
  }
}
