// One item of a batch as it was written. Every key is obeyed or refused: what is passed over in silence would make
// another call of it than its author meant. Sources: "Make multiple requests"; reports of callers for the words (errors
// of the catalogue).
import { type GraphError, graphError } from '../../errors/refusal.ts';
import type { ParamValue } from '../values.ts';
import { parseJson } from '../json.ts';
import { limits } from '../limits.ts';
import { references } from './batch-references.ts';

const MOST = 50;

export interface Item {
  method: string;
  url: string;
  body: string;
  headers: Record<string, string>;
  name: string | undefined;
  /** Names of items that are answered before. */
  needs: ReadonlySet<string>;
  omitOnSuccess: boolean | undefined;
  /** Names of parts of the request. */
  files: string[];
  /** A key for which the item is refused: one that means nothing, or headers that would say who asks. */
  refusedKey: string | undefined;
}

const keys: ReadonlySet<string> = new Set([
  'access_token',
  'attached_files',
  'body',
  'depends_on',
  'headers',
  'method',
  'name',
  'omit_response_on_success',
  'relative_url',
]);

/**
 * @throws GraphError batch.* for a batch that cannot be read, or whose items depend on what does not stand before them
 */
export function readBatch(value: ParamValue): Item[] {
  const list = typeof value === 'string' ? listIn(value) : value;
  if (!Array.isArray(list)) throw graphError('batch.unreadable');
  if (list.length === 0) throw graphError('batch.empty');
  if (list.length > MOST) throw graphError('batch.size');
  const items = list.map(readItem);
  const before = new Set<string>();
  for (const [index, { name, needs }] of items.entries()) {
    for (const needed of needs)
      if (!before.has(needed)) throw graphError('batch.dependency', { index: String(index), name: needed });
    if (name !== undefined) before.add(name);
  }
  return items;
}

function listIn(text: string): ParamValue {
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof Error && 'key' in error && error.key === 'param.json'
      ? graphError('batch.unreadable')
      : error;
  }
}

function readItem(item: ParamValue, index: number): Item {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) throw graphError('batch.unreadable');
  const bad = (key: string): GraphError => graphError('batch.item', { index: String(index), key });
  const text = (key: string): string | undefined => {
    const value = item[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw bad(key);
    return value;
  };
  const url = text('relative_url');
  if (url === undefined || url.length > limits.requestLine) throw bad('relative_url');
  const { headers, identity } = readHeaders(item['headers'], () => bad('headers'));
  // Parameters written as an object instead of a text mean what they would mean as the body of a call.
  const asObject = typeof item['body'] === 'object' && item['body'] !== null;
  if (asObject) headers['content-type'] = 'application/json';
  const body = (asObject ? JSON.stringify(item['body']) : text('body')) ?? '';
  const token = text('access_token');
  return {
    method: (text('method') || 'GET').toUpperCase(),
    url: withToken(url.replace(/^\//, ''), token),
    body,
    headers,
    name: text('name') || undefined,
    needs: new Set([...namesIn(item['depends_on'], () => bad('depends_on')), ...references(url), ...references(body)]),
    omitOnSuccess: switchIn(item['omit_response_on_success'], () => bad('omit_response_on_success')),
    files: namesIn(item['attached_files'], () => bad('attached_files')),
    refusedKey: identity ? 'headers' : Object.keys(item).find((key) => !keys.has(key)),
  };
}

/**
 * A token of the item's own is a parameter like any other: a different one beside it is refused where calls are read.
 */
function withToken(url: string, token: string | undefined): string {
  if (token === undefined || token === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`;
}

/** Names with commas between them, or as a list. */
function namesIn(value: ParamValue | undefined, bad: () => GraphError): string[] {
  if (value === undefined || value === null) return [];
  const list = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(list)) throw bad();
  return list
    .map((name) => {
      if (typeof name !== 'string') throw bad();
      return name.trim();
    })
    .filter(Boolean);
}

/** A boolean as JSON, or as the texts that forms write for it. */
function switchIn(value: ParamValue | undefined, bad: () => GraphError): boolean | undefined {
  switch (value) {
    case undefined:
    case null:
    case '':
      return undefined;
    case true:
    case 'true':
    case 1:
    case '1':
      return true;
    case false:
    case 'false':
    case 0:
    case '0':
      return false;
    default:
      throw bad();
  }
}

/** Headers that change the answer of a single call, and are obeyed in an item. */
const obeyedHeaders: ReadonlySet<string> = new Set(['if-none-match', 'accept-language', 'content-type']);

/**
 * Headers that would say who asks, or another verb: an item says that by its parameters. It is refused with them, for
 * without them another call would be made than its author meant.
 */
const identityHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie', 'host', 'x-http-method-override']);

/** `Name: value` strings, or { name, value } objects. All others than those above change nothing here. */
function readHeaders(
  value: ParamValue | undefined,
  bad: () => GraphError,
): { headers: Record<string, string>; identity: boolean } {
  const headers: Record<string, string> = {};
  let identity = false;
  if (value === undefined || value === null) return { headers, identity };
  if (!Array.isArray(value)) throw bad();
  for (const entry of value) {
    const [written, text] = readHeader(entry, bad);
    const name = written.trim().toLowerCase();
    if (identityHeaders.has(name)) identity = true;
    if (obeyedHeaders.has(name)) headers[name] = text.trim();
  }
  return { headers, identity };
}

function readHeader(entry: ParamValue, bad: () => GraphError): readonly [name: string, text: string] {
  if (typeof entry === 'string') {
    const [name = '', text] = entry.split(/:(.*)/s);
    if (text === undefined) throw bad();
    return [name, text];
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw bad();
  const { name, value } = entry;
  if (typeof name !== 'string' || (typeof value !== 'string' && typeof value !== 'number')) throw bad();
  return [name, String(value)];
}
