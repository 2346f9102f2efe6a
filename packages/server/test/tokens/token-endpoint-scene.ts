// Tests of the token endpoint begin with this scene: a server, an app, and the ways in which a client shows who it is.
import { after, before } from 'node:test';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

export const { shop, rival, phone, ana, ben } = cast;
export const own = { client_id: shop.id, client_secret: shop.secret };
export const path = (params: Record<string, string>) => `/v25.0/oauth/access_token?${new URLSearchParams(params)}`;
export const error = ({ status, body }: Reply) => [status, body.error?.code, body.error?.error_subcode];
export const said = (t: TestWorld, name: string) => t.log.filter((line) => line.message === name);
export let t: TestWorld;

before(async () => {
  t = await testWorld();
});

after(() => t.close());
