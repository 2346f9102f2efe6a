// "User last installed this app via" in the Access Token Debugger: the version of the Graph in which the person logged in last.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { answerOf, Browser } from '../browser.ts';
import { desk } from '../dashboard.ts';
import { allowAll, shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { shop, ana, ben } = cast;

let t: TestWorld;
beforeEach(async () => {
  t = await testWorld();
});
afterEach(() => t.close());

const tokenBy = async (path: string): Promise<string> => {
  const page = await allowAll(new Browser(t), ana, shopDialog({ response_type: 'token' }, path));
  return answerOf(page.location).fragment.get('access_token') ?? '';
};
const shown = async (token: string): Promise<string | undefined> =>
  (await (await desk(t, ben)).post('/inspect_token', { input_token: token })).body.login_version;

test('the version in the address of the dialog is told of every token of the person, also where it is an older one', async () => {
  const first = await tokenBy('/v24.0/dialog/oauth');
  assert.equal(await shown(first), 'v24.0');
  await tokenBy('/v26.0/dialog/oauth');
  assert.equal(await shown(first), 'v26.0');
});

test('without a version in the address it is that of the app', async () => {
  assert.equal(await shown(await tokenBy('/dialog/oauth')), 'v25.0');
});

test('nothing is told where no version was part of it', async () => {
  assert.equal(await shown(await t.login(shop.id, ana.id)), undefined);
});
