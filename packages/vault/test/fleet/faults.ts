// A network and a server that fail now and then: calls that do not arrive, answers that do not come back, and answers
// that are none.
import type { Fetch } from '@hallpass/client';
import type { Chance } from './chance.ts';

const refusal = (code: number, status: number, message: string) =>
  new Response(JSON.stringify({ error: { message, type: 'OAuthException', code, fbtrace_id: 'F' } }), { status });

const html = (status: number): Response =>
  new Response('<html><h1>Sorry, something went wrong.</h1></html>', { status });

/** One of these comes in place of an answer; the last two after the server has done what was asked. */
const faults: readonly ((fetch: () => Promise<Response>) => Promise<Response>)[] = [
  () => Promise.reject(new TypeError('fetch failed')),
  async () => html(502),
  async () => html(200),
  async () => refusal(1, 500, 'An unknown error occurred'),
  async () => refusal(2, 503, 'Service temporarily unavailable'),
  async () => refusal(4, 400, '(#4) Application request limit reached'),
  async () => refusal(17, 400, '(#17) User request limit reached'),
  async () => new Response('{}'),
  async () => new Response('{"access_token":"","token_type":"bearer","data":null}'),
  async (fetch) => {
    await fetch();
    throw new TypeError('terminated');
  },
  async (fetch) => new Response((await (await fetch()).text()).slice(0, 40)),
];

/** @param share the part of all calls that fail */
export function faultyFetch(fetch: Fetch, chance: Chance, share: number): Fetch {
  return (url, init) => (chance.next() < share ? chance.pick(faults)(() => fetch(url, init)) : fetch(url, init));
}
