// The API Upgrade Tool tells which calls of an app a newer version changes.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { desk } from '../dashboard.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { shop, ana, ben } = cast;

let t: TestWorld;
beforeEach(async () => {
  t = await testWorld();
});
afterEach(() => t.close());

test('a call that a newer version refuses is told with that version, what changes and what to do; others have nothing', async () => {
  const token = await t.login(shop.id, ana.id);
  await t.get(`/v25.0/?ids=me&access_token=${token}`);
  await t.get(`/v25.0/me?fields=id&access_token=${token}`);
  await t.get(`/v26.0/?ids=me&access_token=${token}`);
  const { data } = (await (await desk(t, ben)).get(`/${shop.id}/version_use?limit=50`)).body;
  const changesOf = (call: string) =>
    data
      .find((one: { call: string }) => one.call === call)
      ?.changes.map(({ from, instead }: { from: string; instead: string }) => [from, instead]);
  assert.deepEqual(changesOf('GET /v25.0'), [['v26.0', 'Read each id in its own call, or many in a batch.']]);
  assert.deepEqual(changesOf('GET /v25.0/me'), []);
  assert.deepEqual(changesOf('GET /v26.0'), [], 'the newest version has it already');
});
