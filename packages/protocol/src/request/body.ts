// This module reads the bytes of a body as it is declared and in no other way (threats IV-08). Inflating comes before,
// where the bytes come from.
import { graphError } from '../errors/refusal.ts';
import { readForm } from './form.ts';
import { count, type GatheredParams, put } from './gather.ts';
import { parseJson } from './json.ts';
import { readMultipart } from './multipart.ts';
import { textOf } from './text.ts';

export interface ContentType {
  kind: 'form' | 'json' | 'multipart';
  boundary: string;
}

/**
 * A body that declares nothing is a form: clients made by hand in several languages send it so. What lies is refused
 * (threats IV-08).
 */
export function readContentType(header: string | undefined): ContentType {
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

/** Takes in the parameters of a body. */
export function readBodyBytes(bytes: Uint8Array, type: ContentType, into: GatheredParams): void {
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
