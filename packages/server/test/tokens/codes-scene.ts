// Tests of codes begin with this scene: an app, its client, and the ways to redeem a code.
import { after, before } from 'node:test';
import { callback } from '../acts.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

export const HOUR = 3600;
export const DAY = 86_400;
export const { shop, rival, phone, ana } = cast;
export const own = { client_id: shop.id, client_secret: shop.secret };
export const error = ({ status, body }: Reply) => [status, body.error?.code, body.error?.error_subcode];
export const used = [400, 100, 36_009];
export const mismatch = [400, 100, 36_008];
export let t: TestWorld;

before(async () => {
  t = await testWorld();
  for (const app of [shop, rival, phone]) await t.login(app.id, ana.id, { permissions: ['email'] });
});

after(() => t.close());
export const redeem = (code: string, params: Record<string, string> = {}) =>
  t.post('/oauth/access_token', { ...own, redirect_uri: callback, code, ...params });
export const without = (code: string, params: Record<string, string>) =>
  t.post('/oauth/access_token', { code, ...params });
export const works = async (token: string) => (await t.get(`/me?fields=id&access_token=${token}`)).status === 200;
