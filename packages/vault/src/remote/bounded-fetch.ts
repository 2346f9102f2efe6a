// A server that does not answer, or answers without end, is a server that is away: every call has an end in real time, and
// an answer a greatest size.
import type { Fetch } from '@hallpass/client';
import type { Wall } from '@hallpass/world';

/** Milliseconds that a call may take, and bytes that an answer may have: fifty answers in one, or a hundred Pages. */
const remoteLimits = { ms: 30_000, bytes: 4 * 1024 * 1024 } as const;

/** Statuses whose answers have no body. */
const bodiless = [204, 205, 304];

async function read(body: ReadableStream<Uint8Array<ArrayBuffer>> | null): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > remoteLimits.bytes) {
      void reader.cancel().catch(() => undefined);
      throw new TypeError('The answer is too large.');
    }
    parts.push(value);
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : new Uint8Array(Buffer.concat(parts));
}

/** Makes a fetch that keeps to these limits. The whole answer is there when it resolves. */
export function boundedFetch(fetch: Fetch, wall: Pick<Wall, 'every'>): Fetch {
  return async (url, init) => {
    const abort = new AbortController();
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const timer = wall.every(remoteLimits.ms, () => {
      abort.abort();
      reject(new TypeError('The call took too long.'));
    });
    const call = async (): Promise<Response> => {
      const response = await fetch(url, { ...init, signal: abort.signal });
      const { status, headers } = response;
      const body = await read(response.body);
      return new Response(bodiless.includes(status) ? null : body, { status, headers });
    };
    try {
      return await Promise.race([call(), ended]);
    } finally {
      timer.cancel();
    }
  };
}
