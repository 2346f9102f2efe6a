// Tests of the pages of an account begin with this scene: Ana in a browser of her own.
import { afterEach, beforeEach } from 'node:test';
import { Browser } from '../browser.ts';
import { type TestWorld, testWorld } from '../world.ts';

export let world: TestWorld;
export let browser: Browser;

beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});

afterEach(() => world.close());

export async function subcode(token: string): Promise<number | undefined> {
  return (await world.get(`/me?fields=id&access_token=${token}`)).body.error?.error_subcode;
}
