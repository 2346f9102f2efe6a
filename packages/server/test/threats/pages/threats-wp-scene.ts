// Tests of web pages begin with this scene: every page and form of the table of routes.
import { after, before } from 'node:test';
import { routes } from '../../../src/site/index.ts';
import { shopDialog } from '../../dialog-journey.ts';
import { routePath } from '../../route-paths.ts';
import { cast, type TestWorld, testWorld } from '../../world.ts';

export const { shop, rival, phone, ana, ben, cleo, bakery } = cast;
export const shown = [
  ...new Set(routes.filter((route) => route.method === 'GET').map((route) => routePath(route.path))),
];
export const sent = [
  ...new Set(routes.filter((route) => route.method === 'POST').map((route) => routePath(route.path))),
];
export const isDialog = (path: string): boolean => path.includes('/dialog/oauth');
export const dialogQuery = new URL(shopDialog(), 'http://x').search;
export let t: TestWorld;

before(async () => {
  t = await testWorld();
});

after(() => t.close());
