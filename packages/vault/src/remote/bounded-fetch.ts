// A server that does not answer, or answers without end, is a server that is away: every call has an end in real time, and
// an answer a greatest size.
import type { Fetch } from '@hallpass/client';
import { readUpTo, type Wall } from '@hallpass/world';

/** Milliseconds that a call may take, and bytes that an answer may have: fifty answers in one, or a hundred Pages. */
const remoteLimits = { ms: 30_000, bytes: 4 * 1024 * 1024 } as const;

/** Statuses whose answers have no body. */
const bodiless = [204, 205, 304];

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
      const body = response.body === null ? null : await readUpTo(response.body, remoteLimits.bytes);
      if (body === undefined) throw new TypeError('The answer is too large.');
      return new Response(bodiless.includes(status) || body === null ? null : new Uint8Array(body), {
        status,
        headers,
      });
    };
    try {
      return await Promise.race([call(), ended]);
    } finally {
      timer.cancel();
    }
  };
}
