// Batch: up to 50 calls in one. Each item is a call of its own with its own token, judged as if it had come alone;
// items that name others wait for them. Source: "Make multiple requests"; slots of named items: house decision 13.
import { errorBody, Refusal, refuse } from '@hallpass/protocol';
import type { Answer } from '../http/answer.ts';
import type { Call, Incoming, ParamValue } from '../http/call.ts';
import { parseJson } from '../http/json.ts';
import { limits } from '../http/limits.ts';
import { references, substitute } from './batch-references.ts';

const MOST = 50;

interface Item {
  method: string;
  url: string;
  body: string;
  headers: Record<string, string>;
  name: string | undefined;
  dependsOn: string[];
  omitOnSuccess: boolean | undefined;
}

/** @throws Refusal param.batch_size, param.invalid for a batch that cannot be read */
export function readBatch(value: ParamValue): Item[] {
  const list = typeof value === 'string' ? parseJson(value, 'batch') : value;
  if (!Array.isArray(list)) throw refuse('param.invalid', { name: 'batch' });
  if (list.length === 0 || list.length > MOST) throw refuse('param.batch_size');
  return list.map(readItem);
}

const bad = () => refuse('param.invalid', { name: 'batch' });

function readItem(item: ParamValue): Item {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) throw bad();
  const text = (key: string): string | undefined => {
    const value = item[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw bad();
    return value;
  };
  const url = text('relative_url');
  if (url === undefined || url.length > limits.requestLine) throw bad();
  const dependsOn = Array.isArray(item.depends_on)
    ? item.depends_on.filter((name) => typeof name === 'string')
    : (text('depends_on')?.split(',') ?? []);
  const omit = item.omit_response_on_success;
  const headers = readHeaders(item.headers);
  // Parameters written as an object instead of a text mean what they would mean as the body of a call.
  const asObject = typeof item.body === 'object' && item.body !== null;
  if (asObject) headers['content-type'] = 'application/json';
  return {
    method: (text('method') ?? 'GET').toUpperCase(),
    url: url.replace(/^\//, ''),
    body: (asObject ? JSON.stringify(item.body) : text('body')) ?? '',
    headers,
    name: text('name'),
    dependsOn: dependsOn.map((name) => name.trim()).filter(Boolean),
    omitOnSuccess: omit === undefined ? undefined : omit !== false && omit !== 'false',
  };
}

/** `Name: value` strings, or { name, value } objects. */
function readHeaders(value: ParamValue | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  if (!Array.isArray(value)) return headers;
  for (const entry of value) {
    let name = '';
    let text = '';
    if (typeof entry === 'string') [name = '', text = ''] = entry.split(/:(.*)/s);
    else if (typeof entry === 'object' && entry !== null) {
      const header = Array.isArray(entry) ? {} : entry;
      if (typeof header.name === 'string') name = header.name;
      if (typeof header.value === 'string') text = header.value;
    }
    // Only what a single call may carry; identity comes from parameters of the item or the batch.
    if (['if-none-match', 'accept-language', 'content-type'].includes(name.trim().toLowerCase())) headers[name.trim().toLowerCase()] = text.trim();
  }
  return headers;
}

/** `include_headers=false` leaves the headers of the items out. */
export function showsHeaders({ params }: Call): boolean {
  return params.include_headers !== 'false' && params.include_headers !== false && params.include_headers !== '0';
}

type Slot = { code: number; headers?: { name: string; value: string }[]; body: string | null } | null;

/**
 * Runs a batch.
 * @param one answers a single request like any other, with the batch's token for items without their own; `waited` says that
 *   it came after another one, which may have ended the token that both use
 */
export async function runBatch(call: Call, incoming: Incoming, one: (incoming: Incoming, waited: boolean) => Promise<Answer>): Promise<Slot[]> {
  const items = readBatch(call.params.batch as ParamValue);
  for (const { url, body } of items) call.work.spend('byte', url.length + body.length);
  const includeHeaders = showsHeaders(call);
  const names = new Map<string, number>();
  items.forEach((item, i) => {
    if (item.name !== undefined) names.set(item.name, i);
  });
  const needs = items.map((item) => new Set([...item.dependsOn, ...references(item.url), ...references(item.body)]));
  const referredTo = new Set(needs.flatMap((set) => [...set]));
  const answers: (Promise<Answer | undefined> | undefined)[] = items.map(() => undefined);
  const values = new Map<number, unknown>();
  /** What references look into: an answer is read when the first one asks, and once; undefined where it is no JSON. */
  const valueOf = (at: number, answer: Answer) => (): unknown => {
    if (!values.has(at)) {
      call.work.spend('byte', answer.body.length);
      values.set(at, readAnswer(answer));
    }
    return values.get(at);
  };

  const start = (i: number, waiting: readonly number[]): Promise<Answer | undefined> => {
    const running = answers[i];
    if (running) return running;
    const item = items[i] as Item;
    const promise = (async (): Promise<Answer | undefined> => {
      const pause = call.work.pause();
      if (pause) await pause;
      const results = new Map<string, () => unknown>();
      for (const name of needs[i] as Set<string>) {
        const at = names.get(name);
        if (at === undefined || at === i || waiting.includes(at)) return refusedItem(call);
        const before = await start(at, [...waiting, i]);
        if (!before || before.status >= 400) return undefined;
        results.set(name, valueOf(at, before));
      }
      if (results.size === 0) return one(incomingOf(call, incoming, item), false);
      try {
        const result = (name: string) => results.get(name)?.();
        const url = await substitute(item.url, result, limits.requestLine, call.work);
        const body = await substitute(item.body, result, limits.body, call.work);
        if (url === undefined || body === undefined) return refusedItem(call);
        return await one(incomingOf(call, incoming, { ...item, url, body }), true);
      } catch (error) {
        if (error instanceof Refusal) return refusedItem(call, error);
        throw error;
      }
    })();
    answers[i] = promise;
    return promise;
  };

  const done = await Promise.all(items.map((_, i) => start(i, [])));
  return done.map((answer, i): Slot => {
    if (!answer) return null;
    const item = items[i] as Item;
    const ok = answer.status < 400;
    if (ok && item.name !== undefined && referredTo.has(item.name) && item.omitOnSuccess !== false) return null;
    const slot: NonNullable<Slot> = { code: answer.status, body: answer.status === 304 ? null : textOf(answer) };
    if (includeHeaders) slot.headers = Object.entries(answer.headers).flatMap(([name, value]) => [value].flat().map((v) => ({ name, value: v })));
    return includeHeaders ? { code: slot.code, headers: slot.headers ?? [], body: slot.body } : slot;
  });
}

const textOf = (answer: Answer): string => (typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString('utf8'));

/** Undefined for an answer that is no JSON (a redirect, a script). */
function readAnswer(answer: Answer): unknown {
  try {
    return JSON.parse(textOf(answer)) as unknown;
  } catch {
    return undefined;
  }
}

/** A reference to an item that is not there, waits for this one, or answered more than can be taken in. */
function refusedItem(call: Call, refusal: Refusal = bad()): Answer {
  return {
    status: refusal.status,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify(errorBody(refusal, call.traceId)),
  };
}

/** One item as a request of its own. Raw characters in the relative address are encoded as a client would have. */
function incomingOf(call: Call, incoming: Incoming, item: Item): Incoming {
  const at = item.url.indexOf('?');
  const path = at < 0 ? item.url : item.url.slice(0, at);
  const query = at < 0 ? '' : item.url.slice(at + 1);
  const posts = item.method === 'POST' || item.method === 'PUT';
  const prefix = !call.versioned || /^v\d+\.\d+(\/|$)/.test(path) ? '' : `${call.version}/`;
  return {
    ...incoming,
    // `put` means what it means as `method=put`.
    method: posts ? 'POST' : item.method,
    path: `/${prefix}${path}`.replace(/[^!-~]/gu, encodeURIComponent),
    query: query.replace(/[^!-~]|["<>\\^`{|}]/gu, encodeURIComponent),
    headers: {
      ...item.headers,
      host: incoming.host,
      ...(posts && item.body !== '' ? { 'content-type': item.headers['content-type'] ?? 'application/x-www-form-urlencoded' } : {}),
    },
    body: posts ? Buffer.from(item.body) : new Uint8Array(),
  };
}
