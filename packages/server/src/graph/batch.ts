// Batch: up to 50 calls in one. Each item is a call of its own with its own token, judged as if it had come alone;
// items that name others wait for them. Source: "Make multiple requests"; slots of named items: house decision 13.
import { refuse } from '@hallpass/protocol';
import type { Answer } from '../http/answer.ts';
import type { Call, Incoming, ParamValue } from '../http/call.ts';
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

/** @throws Refusal param.json | param.batch_size | param.invalid for a batch that cannot be read */
export function readBatch(value: ParamValue): Item[] {
  let list: unknown = value;
  if (typeof list === 'string') {
    try {
      list = JSON.parse(list);
    } catch {
      throw refuse('param.invalid', { name: 'batch' });
    }
  }
  if (!Array.isArray(list)) throw refuse('param.invalid', { name: 'batch' });
  if (list.length === 0 || list.length > MOST) throw refuse('param.batch_size');
  return list.map(readItem);
}

const bad = () => refuse('param.invalid', { name: 'batch' });

function readItem(entry: unknown): Item {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw bad();
  const item = entry as Record<string, unknown>;
  const text = (key: string): string | undefined => {
    const value = Object.hasOwn(item, key) ? item[key] : undefined;
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw bad();
    return value;
  };
  const url = text('relative_url');
  if (url === undefined || url.length > 16_384) throw bad();
  const dependsOn = Array.isArray(item.depends_on) ? item.depends_on.filter((name) => typeof name === 'string') : (text('depends_on')?.split(',') ?? []);
  const omit = item.omit_response_on_success;
  const body = typeof item.body === 'object' && item.body !== null ? new URLSearchParams(item.body as Record<string, string>).toString() : text('body');
  return {
    method: (text('method') ?? 'GET').toUpperCase(),
    url: url.replace(/^\/+/, ''),
    body: body ?? '',
    headers: readHeaders(item.headers),
    name: text('name'),
    dependsOn: dependsOn.map((name) => name.trim()).filter(Boolean),
    omitOnSuccess: omit === undefined ? undefined : omit !== false && omit !== 'false',
  };
}

/** `Name: value` strings, or { name, value } objects. */
function readHeaders(value: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  if (!Array.isArray(value)) return headers;
  for (const entry of value) {
    let name = '';
    let text = '';
    if (typeof entry === 'string') [name = '', text = ''] = entry.split(/:(.*)/s);
    else if (typeof entry === 'object' && entry !== null) {
      const header = entry as { name?: unknown; value?: unknown };
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
 * @param one answers a single request like any other, with the batch's token for items without their own
 */
export async function runBatch(call: Call, incoming: Incoming, one: (incoming: Incoming) => Promise<Answer>): Promise<Slot[]> {
  const items = readBatch(call.params.batch as ParamValue);
  const includeHeaders = showsHeaders(call);
  const names = new Map<string, number>();
  items.forEach((item, i) => {
    if (item.name !== undefined) names.set(item.name, i);
  });
  const needs = items.map((item) => new Set([...item.dependsOn, ...references(item.url), ...references(item.body)]));
  const referredTo = new Set(needs.flatMap((set) => [...set]));
  const answers: (Promise<Answer | undefined> | undefined)[] = items.map(() => undefined);

  const start = (i: number, waiting: readonly number[]): Promise<Answer | undefined> => {
    const running = answers[i];
    if (running) return running;
    const item = items[i] as Item;
    const promise = (async (): Promise<Answer | undefined> => {
      const results = new Map<string, unknown>();
      for (const name of needs[i] as Set<string>) {
        const at = names.get(name);
        if (at === undefined || at === i || waiting.includes(at)) return refusedItem(call);
        const before = await start(at, [...waiting, i]);
        if (!before || before.status >= 400) return undefined;
        results.set(name, JSON.parse(textOf(before)));
      }
      let { url, body } = item;
      if (results.size > 0) {
        url = substitute(url, results, true);
        body = substitute(body, results, true);
      }
      return one(incomingOf(call, incoming, { ...item, url, body }));
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

function refusedItem(call: Call): Answer {
  const body = JSON.stringify({ error: { message: '(#100) Invalid parameter: batch', type: 'OAuthException', code: 100, fbtrace_id: call.traceId } });
  return { status: 400, headers: { 'content-type': 'application/json; charset=UTF-8' }, body };
}

/** One item as a request of its own. Raw characters in the relative address are encoded as a client would have. */
function incomingOf(call: Call, incoming: Incoming, item: Item): Incoming {
  const at = item.url.indexOf('?');
  const path = at < 0 ? item.url : item.url.slice(0, at);
  const query = at < 0 ? '' : item.url.slice(at + 1);
  const posts = item.method === 'POST' || item.method === 'PUT';
  const prefix = /^v\d+\.\d+(\/|$)/.test(path) ? '' : `${call.version}/`;
  return {
    ...incoming,
    method: item.method,
    path: `/${prefix}${path}`.replace(/[^!-~]/g, encodeURIComponent),
    query: query.replace(/[^!-~]|["<>\\^`{|}]/g, encodeURIComponent),
    headers: {
      ...item.headers,
      host: incoming.host,
      ...(posts && item.body !== '' ? { 'content-type': item.headers['content-type'] ?? 'application/x-www-form-urlencoded' } : {}),
    },
    body: posts ? Buffer.from(item.body) : new Uint8Array(),
  };
}

