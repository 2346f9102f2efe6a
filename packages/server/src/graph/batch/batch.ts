// A batch is up to 50 calls in one. Each item is a call of its own with its own token, judged as if it had come alone;
// items that name others wait for them. Source: "Make multiple requests"; slots of named items: house decision 13.
import { GraphError, graphError } from '@hallpass/protocol';
import {
  type Item as BatchItem,
  limits,
  type ParamValue,
  readBatch,
  type UploadedFile,
} from '@hallpass/protocol/request';
import type { HttpResponse } from '../../wire/answer.ts';
import type { GraphRequest, HttpRequest } from '../../wire/call.ts';
import { wireName } from '../../wire/header-names.ts';
import { substitute } from './batch-references.ts';

/** `include_headers=false` leaves the headers of the items out. */
export function showsHeaders({ params }: GraphRequest): boolean {
  return params.include_headers !== 'false' && params.include_headers !== false && params.include_headers !== '0';
}

type BatchSlot = { code: number; headers?: { name: string; value: string }[]; body: string | null } | null;

/**
 * So many items of a batch are worked on at a time. It is enough to wait for a database together; with all of them under
 * way, what each works with would outlive a collection of garbage, and cost more than it does.
 */
const AT_ONCE = 10;

/** The means to answer the items of a batch. */
interface Answering {
  /**
   * Answers a single request like any other, with the batch's token for items without their own. `waited` says that it
   * came after another one, which may have ended the token that both use.
   */
  one(incoming: HttpRequest, waited: boolean, files: GraphRequest['files']): Promise<HttpResponse>;
  /** The answer of an item that is refused before it is a call. */
  refused(refusal: GraphError): HttpResponse;
}

/** Runs a batch. @throws GraphError batch.* for one that is refused as a whole */
export async function runBatch(
  call: GraphRequest,
  incoming: HttpRequest,
  { one, refused }: Answering,
): Promise<BatchSlot[]> {
  const items = readBatch(call.params['batch'] as ParamValue);
  for (const { url, body } of items) call.work.spend('byte', url.length + body.length);
  const includeHeaders = showsHeaders(call);
  // Of two items of one name the later one counts for those that stand behind both.
  const atOf = (name: string, before: number): number =>
    items.findLastIndex((item, i) => i < before && item.name === name);
  const referredTo = new Set(items.flatMap(({ needs }) => [...needs]));
  /** The answers that later items may refer to. */
  const answers: (Promise<HttpResponse | undefined> | undefined)[] = [];
  const values = new Map<number, unknown>();
  /**
   * References look into this value: an answer is read when the first one asks, and once; undefined where it is no
   * JSON.
   */
  const valueOf = (at: number, answer: HttpResponse) => (): unknown => {
    if (!values.has(at)) {
      call.work.spend('byte', answer.body.length);
      values.set(at, readAnswer(answer));
    }
    return values.get(at);
  };
  /** An item is answered, and may have ended the token: items that begin from now on show it anew. */
  let answered = false;
  const answerOf = async (item: BatchItem, index: number): Promise<HttpResponse | undefined> => {
    const results = new Map<string, () => unknown>();
    for (const name of item.needs) {
      const at = atOf(name, index);
      const before = await answers[at];
      if (!before || before.status >= 400) return undefined;
      results.set(name, valueOf(at, before));
    }
    const files = filesOf(item, call.files);
    if (typeof files === 'string') return refused(graphError('batch.file', { file: files }));
    if (item.refusedKey !== undefined)
      return refused(graphError('batch.item', { index: String(index), key: item.refusedKey }));
    if (results.size === 0) return one(incomingOf(call, incoming, item), answered, files);
    try {
      const result = (name: string) => results.get(name)?.();
      const url = await substitute(item.url, result, limits.requestLine, call.work);
      const body = await substitute(item.body, result, limits.body, call.work);
      if (url === undefined || body === undefined)
        return refused(graphError('batch.reference', { name: [...results.keys()].join(', ') }));
      return await one(incomingOf(call, incoming, { ...item, url, body }), true, files);
    } catch (error) {
      if (error instanceof GraphError) return refused(error);
      throw error;
    }
  };

  const slots = items.map((): BatchSlot => null);
  let next = 0;
  /** Takes one item after the other. Items need earlier ones alone, so what an item waits for has begun. */
  const workThrough = async (): Promise<void> => {
    for (;;) {
      // An item is taken after the pause, so that no later one begins before it.
      const pause = call.work.pause();
      if (pause) await pause;
      const index = next++;
      const item = items[index];
      if (item === undefined) return;
      const answering = answerOf(item, index);
      const isNamed = item.name !== undefined && referredTo.has(item.name);
      if (isNamed) answers[index] = answering;
      const answer = await answering;
      answered = true;
      const omitted = !answer || (isNamed && answer.status < 400 && item.omitOnSuccess !== false);
      slots[index] = omitted ? null : slotOf(answer, includeHeaders);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workThrough));
  return slots;
}

/** Makes the slot of an answer: the parts of it that the batch shows. */
function slotOf({ status, headers, body }: HttpResponse, includeHeaders: boolean): BatchSlot {
  return {
    code: status,
    ...(includeHeaders
      ? {
          headers: Object.entries(headers).flatMap(([name, value]) =>
            [value].flat().map((v) => ({ name: wireName(name), value: v })),
          ),
        }
      : {}),
    body: status === 304 ? null : textOf(body),
  };
}

const textOf = (body: HttpResponse['body']): string =>
  typeof body === 'string' ? body : Buffer.from(body).toString('utf8');

/** Undefined for an answer that is no JSON (a redirect, a script). */
function readAnswer(answer: HttpResponse): unknown {
  try {
    return JSON.parse(textOf(answer.body)) as unknown;
  } catch {
    return undefined;
  }
}

/** The attached parts of an item, or the name of one that the request does not have. */
function filesOf({ files }: BatchItem, sent: GraphRequest['files']): GraphRequest['files'] | string {
  const attached = Object.create(null) as Record<string, UploadedFile>;
  for (const name of files) {
    const file = Object.hasOwn(sent, name) ? sent[name] : undefined;
    if (file === undefined) return name;
    attached[name] = file;
  }
  return attached;
}

/** One item as a request of its own. Raw characters in the relative address are encoded as a client would have. */
function incomingOf(call: GraphRequest, incoming: HttpRequest, item: BatchItem): HttpRequest {
  const at = item.url.indexOf('?');
  const path = at < 0 ? item.url : item.url.slice(0, at);
  const query = at < 0 ? '' : item.url.slice(at + 1);
  const posts = item.method === 'POST' || item.method === 'PUT';
  const hasBody = item.body !== '';
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
      ...(hasBody ? { 'content-type': item.headers['content-type'] ?? 'application/x-www-form-urlencoded' } : {}),
    },
    body: hasBody ? Buffer.from(item.body) : new Uint8Array(),
  };
}
