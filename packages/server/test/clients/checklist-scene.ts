// The checklist of what real programs need is tried with this scene: one person, one Page, and requests written byte by
// byte.
import { after, before } from 'node:test';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

export const { shop, phone, bakery, garden, ana } = cast;
export const own = { client_id: shop.id, client_secret: shop.secret };
export const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
export const formType = { 'content-type': 'application/x-www-form-urlencoded' };
export const jsonType = { 'content-type': 'application/json' };
export let t: TestWorld;
export let user: string;
export let page: string;

before(async () => {
  t = await testWorld();
  user = await t.login(shop.id, ana.id, {
    permissions: [
      'email',
      'pages_show_list',
      'pages_read_engagement',
      'pages_manage_posts',
      'pages_manage_metadata',
      'user_friends',
    ],
    longLived: true,
  });
  page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
});

after(() => t.close());

export function send(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body: string | Uint8Array = '',
): Promise<Reply> {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return t.call({ method, path, query, headers: { host: 'localhost:4000', ...headers }, body: bytes });
}
export const multipart = (params: Record<string, string>) =>
  `${Object.entries(params)
    .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--b--\r\n`;
