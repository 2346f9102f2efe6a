// Calls that old libraries still make, versions that have ended, and tokens of people who have not come back for long.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import { tokenFor } from '../dialog-journey.ts';
import { cast, testWorld } from '../world.ts';

const { ana, shop, rival } = cast;
const DAY = 86_400;

async function open(t: TestContext, given: NonNullable<Parameters<typeof testWorld>[0]>['settings'] = {}) {
  const world = await testWorld({ settings: given });
  t.after(() => world.close());
  return world;
}

test('access_token_info gives a token back with its life and the nonce of its dialog, to its own app alone', async (t) => {
  const world = await open(t);
  const token = await tokenFor(new Browser(world), ana, { auth_nonce: 'once-only-1' });
  const ask = (client: string, of: string) =>
    world.get(`/oauth/access_token_info?client_id=${client}&access_token=${of}`);
  const { body } = await ask(shop.id, token);
  assert.deepEqual([body.access_token, body.token_type, body.auth_nonce], [token, 'bearer', 'once-only-1']);
  assert.ok(body.expires_in > 3600 && body.expires_in <= 7200, String(body.expires_in));
  assert.equal((await ask(shop.id, await world.login(shop.id, ana.id))).body.auth_nonce, undefined);
  assert.equal((await ask(rival.id, token)).body.error.code, 190);
  assert.equal((await ask('', token)).body.error.code, 101);
  assert.equal((await ask(shop.id, `${shop.id}|${shop.secret}`)).body.error.code, 190);
  assert.equal((await world.get(`/oauth/access_token_info?client_id=${shop.id}`)).body.error.code, 104);
});

test('the device calls of before v2.6 answer for those versions, by client_id alone, and are gone since', async (t) => {
  const world = await open(t);
  await settings(world, shop.id, { deviceLogin: true });
  const ask = (version: string, form: Record<string, string>) =>
    world.post(`/${version}/oauth/device`, { client_id: shop.id, ...form });
  const { body } = await ask('v2.5', { type: 'device_code', scope: 'email' });
  assert.deepEqual(Object.keys(body), ['code', 'user_code', 'verification_uri', 'expires_in', 'interval']);
  assert.equal((await ask('v2.5', { type: 'device_token', code: body.code })).body.error.code, 31);
  const gone = (await ask('v2.6', { type: 'device_code' })).body.error;
  assert.deepEqual([gone.code, gone.message], [12, '(#12) oauth/device is deprecated for versions v2.6 and higher']);
  assert.equal((await ask('v2.5', { type: 'other' })).body.error.code, 100);
  await settings(world, shop.id, { deviceLogin: false });
  assert.equal((await ask('v2.5', { type: 'device_code' })).body.error.code, 3);
});

test('a version that has ended is served by the oldest living one, which moves on with the clock', async (t) => {
  const world = await open(t, { endedVersions: 'upgrade' });
  const token = await world.login(shop.id, ana.id, { longLived: true });
  const ask = async (version: string) => {
    const { status, headers } = await world.get(`/${version}/me?access_token=${token}`);
    assert.equal(status, 200);
    return [headers['facebook-api-version'], headers['X-Ad-Api-Version-Warning']];
  };
  assert.deepEqual(await ask('v3.3'), [
    'v21.0',
    'The call has been auto-upgraded to v21.0 as v3.3 has been deprecated.',
  ]);
  assert.deepEqual(await ask('v20.0'), [
    'v21.0',
    'The call has been auto-upgraded to v21.0 as v20.0 has been deprecated.',
  ]);
  assert.deepEqual(await ask('v21.0'), ['v21.0', undefined]);
  // 21 January 2027.
  await world.clock.advance(61 * DAY);
  const again = await world.login(shop.id, ana.id);
  const { headers } = await world.get(`/v21.0/me?access_token=${again}`);
  assert.deepEqual(
    [headers['facebook-api-version'], headers['X-Ad-Api-Version-Warning']],
    ['v22.0', 'The call has been auto-upgraded to v22.0 as v21.0 has been deprecated.'],
  );
  // The newer version refuses it: v2.7 still had the field.
  assert.equal((await world.get(`/v2.7/me?fields=bio&access_token=${again}`)).body.error.code, 12);
});

test('by setting an ended version is refused, and by default it is served as ever', async (t) => {
  const [refusing, serving] = [await open(t, { endedVersions: 'refuse' }), await open(t)];
  const ask = async (world: typeof serving, version: string) =>
    world.get(`/${version}/me?access_token=${await world.login(shop.id, ana.id)}`);
  assert.equal((await ask(refusing, 'v20.0')).body.error.code, 2635);
  assert.equal((await ask(refusing, 'v21.0')).status, 200);
  const { status, headers } = await ask(serving, 'v3.3');
  assert.deepEqual(
    [status, headers['facebook-api-version'], headers['X-Ad-Api-Version-Warning']],
    [200, 'v3.3', undefined],
  );
});

test('by setting a token whose person has not come back for 90 days is refused with 493, and by default only the data is', async (t) => {
  const [refusing, leaving] = [await open(t, { endedDataAccess: 'refuse' }), await open(t)];
  for (const world of [refusing, leaving]) {
    const token = await world.login(shop.id, ana.id, { permissions: ['email'], longLived: true });
    const { installation } = world.server;
    const ended = world.clock.now() - 1;
    await installation.db.act(({ tx }) => tx.updateTable('grants').set({ data_access_until: ended }).execute());
    installation.facts.cache.clear();
    const { status, body } = await world.get(`/me?fields=id,email&access_token=${token}`);
    if (world === leaving) assert.deepEqual([status, Object.keys(body)], [200, ['id']]);
    else assert.deepEqual([status, body.error.code, body.error.error_subcode], [400, 190, 493]);
  }
});
