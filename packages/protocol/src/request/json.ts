// This module reads JSON strictly: no key twice, nothing after the end, no mark in front, bounded depth (threats IV-05,
// IV-07). Objects have no prototype, and names that could reach one are passed over. JSON.parse would keep the last of
// two equal keys in silence.
import { type GraphError, graphError } from '../errors/refusal.ts';
import type { ParamValue } from './values.ts';
import { isPrototypeName } from './gather.ts';
import { limits } from './limits.ts';

interface Reader {
  readonly text: string;
  at: number;
  /** The parameter that holds the text; undefined for a whole body. */
  readonly name: string | undefined;
}

/**
 * Reads one JSON text. `name` is the parameter it came in, for the error; without it the error speaks of the body.
 * Numbers whose text is not the one JavaScript would print (`1e3`, ids beyond 2^53) stay text, so no digit is lost.
 */
export function parseJson(text: string, name?: string): ParamValue {
  const reader: Reader = { text, at: 0, name };
  const value = readValue(reader, 1);
  skipSpace(reader);
  if (reader.at !== text.length) throw broken(reader);
  return value;
}

function broken(reader: Reader): GraphError {
  return reader.name === undefined ? graphError('param.json') : graphError('param.invalid', { name: reader.name });
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function skipSpace(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    reader.at += 1;
  }
}

/** Steps over `text` where it stands next. */
function takes(reader: Reader, text: string): boolean {
  if (!reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function readValue(reader: Reader, depth: number): ParamValue {
  skipSpace(reader);
  switch (reader.text[reader.at]) {
    case '{':
      return readObject(reader, depth);
    case '[':
      return readArray(reader, depth);
    case '"':
      return readString(reader);
    default:
      if (takes(reader, 'true')) return true;
      if (takes(reader, 'false')) return false;
      if (takes(reader, 'null')) return null;
      return readNumber(reader);
  }
}

function readObject(reader: Reader, depth: number): ParamValue {
  if (depth > limits.depth) throw graphError('param.depth');
  const object = Object.create(null) as { [key: string]: ParamValue };
  reader.at += 1;
  skipSpace(reader);
  if (takes(reader, '}')) return object;
  do {
    skipSpace(reader);
    const key = readString(reader);
    skipSpace(reader);
    if (key in object || !takes(reader, ':')) throw broken(reader);
    const value = readValue(reader, depth + 1);
    if (!isPrototypeName(key)) object[key] = value;
    skipSpace(reader);
  } while (takes(reader, ','));
  if (!takes(reader, '}')) throw broken(reader);
  return object;
}

function readArray(reader: Reader, depth: number): ParamValue {
  if (depth > limits.depth) throw graphError('param.depth');
  const list: ParamValue[] = [];
  reader.at += 1;
  skipSpace(reader);
  if (takes(reader, ']')) return list;
  do {
    list.push(readValue(reader, depth + 1));
    skipSpace(reader);
  } while (takes(reader, ','));
  if (!takes(reader, ']')) throw broken(reader);
  return list;
}

function readString(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  if (text.charCodeAt(start) !== QUOTE) throw broken(reader);
  let escaped = false;
  let at = start + 1;
  for (; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) break;
    // NaN at the end of the text fails the comparison as well.
    if (!(code >= 0x20)) throw broken(reader);
    if (code === BACKSLASH) {
      escaped = true;
      at += 1;
    }
  }
  reader.at = at + 1;
  const value = escaped ? unescaped(reader, text.slice(start, at + 1)) : text.slice(start + 1, at);
  if (value.length > limits.value) throw graphError('param.too_large');
  if (!value.isWellFormed()) throw broken(reader);
  return value;
}

function unescaped(reader: Reader, quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw broken(reader);
  }
}

function readNumber(reader: Reader): number | string {
  number.lastIndex = reader.at;
  const [text] = number.exec(reader.text) ?? [];
  if (text === undefined) throw broken(reader);
  reader.at += text.length;
  const value = Number(text);
  return String(value) === text ? value : text;
}
