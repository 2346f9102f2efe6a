// The tests of input validation (rows IV-01 to IV-12 of the threat catalogue) begin with this scene: a world, a user
// token, a Page token, and calls made byte by byte.
import { after, before } from 'node:test';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const { shop, bakery, ana } = cast;
export const own = { client_id: shop.id, client_secret: shop.secret };
export const joined = `${shop.id}|${shop.secret}`;
export const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
export const formType = { 'content-type': 'application/x-www-form-urlencoded' };
export const jsonType = { 'content-type': 'application/json' };

export let t: TestWorld;
export let user: string;
export let page: string;
before(async () => {
  t = await testWorld({ settings: { guessingLimits: false } });
  user = await t.login(shop.id, ana.id, {
    permissions: [
      'pages_show_list',
      'pages_read_engagement',
      'pages_manage_posts',
      'pages_manage_metadata',
      'read_insights',
      'email',
    ],
  });
  page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
});
after(() => t.close());

export function send(
  path: string,
  { method = 'GET', query = '', headers = {}, body = '' as string | Uint8Array },
): Promise<Reply> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return t.call({ method, path, query, headers: { host: 'localhost:4000', ...headers }, body: bytes });
}
export const code = (reply: Reply): unknown[] => [reply.status, reply.body?.error?.code];
export const events = (name: string, reason: string) =>
  t.log.filter((line) => line.message === name && line.facts?.reason === reason).length;
export const multipart = (pairs: readonly (readonly [string, string])[]) =>
  `${pairs.map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--b--\r\n`;
