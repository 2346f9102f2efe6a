// Records what a service answers, with every credential replaced by a name: those that stand under a name that carries
// one (one table, which the log uses too), those that show by their look, and whatever is long enough to be a key. Headers
// that are not known to be harmless, files and pages are left out.
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import { parseJson } from '@hallpass/protocol';
import { Masks } from './masks.ts';
import type { RecordedBody, RecordedCall, Recording } from './recording.ts';

/** More calls would fill the memory of a program that asks without end. */
const MOST_CALLS = 10_000;
const LONGEST_BODY = 1024 * 1024;

const requestHeaders = new Set(['authorization', 'content-type', 'if-none-match', 'dpop']);
const responseHeaders =
  /^(?:content-type|facebook-api-version|location|www-authenticate|cache-control|etag|set-cookie|x-(?:app|page|business-use-case|ad-account)-usage)$/;

export interface Recorder {
  note(request: HttpRequest, response: HttpResponse): void;
  readonly calls: number;
  /** The text of the file. */
  text(): string;
}

/** @param service the address that is asked */
export function createRecorder(service: string): Recorder {
  const masks = new Masks();
  const calls: RecordedCall[] = [];
  let cut = false;

  const kept = (headers: HttpResponse['headers'] | HttpRequest['headers'], isKept: (name: string) => boolean) =>
    Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => isKept(name))
        .map(([name, value]) => [name, masks.named(name, [value].flat().join(', '))]),
    );

  const pairsOf = (text: string): [string, string][] =>
    [...new URLSearchParams(text)].map(([name, value]) => [masks.text(name), masks.named(name, value)]);

  function bodyOf(body: string | Uint8Array, type: string): RecordedBody {
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    if (text.length > LONGEST_BODY) return { left_out: `${text.length} characters` };
    const json = parseJson(structure, text);
    if (json !== undefined) return { json: masks.json(json) };
    if (type.includes('x-www-form-urlencoded')) return { form: pairsOf(text) };
    if (text === '' || type.startsWith('text/plain')) return { text: masks.text(text) };
    return { left_out: `${type.split(';')[0] || 'a body without a type'}, ${text.length} characters` };
  }

  return {
    get calls() {
      return calls.length;
    },
    note({ method, host, path, query, headers, body }, response) {
      if (calls.length >= MOST_CALLS) {
        cut = true;
        return;
      }
      calls.push({
        request: {
          method,
          host,
          path: path
            .split('/')
            .map((segment) => masks.text(segment))
            .join('/'),
          query: pairsOf(query),
          headers: kept(headers, (name) => requestHeaders.has(name)),
          ...(body.length === 0 ? {} : { body: bodyOf(body, headers['content-type'] ?? '') }),
        },
        response: {
          status: response.status,
          headers: kept(response.headers, (name) => responseHeaders.test(name)),
          body: bodyOf(response.body, String(response.headers['content-type'] ?? '')),
        },
      });
    },
    text() {
      const recording: Recording = { hallpass_recording: 1, service, calls, cut };
      return `${masks.sweep(JSON.stringify(recording, null, 1))}\n`;
    },
  };
}

/** A list or an object: text that is a number or a word is no JSON that anybody sends. */
const structure = (value: unknown): value is object => typeof value === 'object' && value !== null;
