// These tests are about alerts to those who run an app whose people's tokens the operator ended: for which apps, and to
// whom by mail.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { fence } from '../../src/liveness/fence.ts';
import { rotateKeys, withdrawKey } from '../../src/liveness/keys/key-ring.ts';
import * as appAlerts from '../../src/store/apps/app-alerts.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { AppId } from '../../src/store/ids.ts';

const operator = { kind: 'operator' } as const;
const { shop, rival, ana, ben } = cast;

async function opened(t: TestContext): Promise<TestWorld> {
  const world = await testWorld();
  t.after(() => world.close());
  return world;
}

const alertsOf = (world: TestWorld, app: { id: string }) =>
  appAlerts.ofApp(world.server.installation.db.read, AppId.of(app.id));
const listed = async (
  world: TestWorld,
  app: { id: string; secret: string },
): Promise<{ user_id: string; reason: string }[]> =>
  (await world.get(`/token_deprecation_check?access_token=${encodeURIComponent(`${app.id}|${app.secret}`)}`)).body.data;

test('one alert for each app that has people under the key, with their number, and none for other apps', async (t) => {
  const world = await opened(t);
  for (const person of [ana, ben]) await world.login(shop.id, person.id);
  await rotateKeys(world.server.installation, operator);
  await world.clock.advance(60);
  await world.login(rival.id, ana.id);
  await withdrawKey(world.server.installation, 1, operator);
  assert.deepEqual(
    (await alertsOf(world, shop)).map(({ kind, people, createdAt }) => [kind, people, createdAt]),
    [['tokens_withdrawn', 2, world.clock.now()]],
  );
  assert.deepEqual(await alertsOf(world, rival), []);
});

test('a key in the middle that is withdrawn concerns those who logged in under it, and nobody of before or after', async (t) => {
  const world = await opened(t);
  const { installation } = world.server;
  await world.login(shop.id, ben.id);
  await world.clock.advance(3600);
  await rotateKeys(installation, operator);
  const between = await world.login(shop.id, ana.id);
  await world.clock.advance(3600);
  await rotateKeys(installation, operator);
  await world.clock.advance(60);
  await world.login(rival.id, ana.id);
  await withdrawKey(installation, 2, operator);
  assert.equal((await world.get(`/me?access_token=${between}`)).body.error.error_subcode, 462);
  assert.deepEqual(
    (await listed(world, shop)).map(({ reason }) => reason),
    ['token_key_withdrawn'],
  );
  assert.deepEqual(
    (await alertsOf(world, shop)).map(({ people }) => people),
    [1],
  );
  assert.deepEqual(await listed(world, rival), []);
});

test('a fence after a restored backup alerts too, in words of its own', async (t) => {
  const world = await opened(t);
  await world.login(shop.id, ana.id);
  await world.clock.advance(60);
  await fence(world.server.installation, operator);
  assert.deepEqual(
    (await alertsOf(world, shop)).map(({ kind }) => kind),
    ['tokens_fenced'],
  );
  assert.equal((await listed(world, shop)).length, 1);
});

test('a mail goes to each administrator and to the contact address, is no call to the app’s server, and is given up where no mail server is set', async (t) => {
  const world = await opened(t);
  const { installation } = world.server;
  await world.login(shop.id, ana.id);
  await rotateKeys(installation, operator);
  await withdrawKey(installation, 1, operator);
  const rows = await installation.db.read.selectFrom('outbox').selectAll().where('kind', '=', 'alert_mail').execute();
  const administrators = await installation.db.read
    .selectFrom('app_roles')
    .select('person_id')
    .where('app_id', '=', shop.id)
    .where('role', '=', 'administrators')
    .execute();
  assert.ok(rows.length > 0);
  const people = rows.flatMap((row) => row.person_id ?? []);
  assert.deepEqual(people.sort(), administrators.map((row) => row.person_id).sort());
  assert.deepEqual(
    rows.filter((row) => row.person_id === null).map((row) => JSON.parse(row.payload).to),
    ['contactEmail'],
    'and one to the contact address of the app',
  );
  assert.ok(
    rows.every((row) => !row.payload.includes('@')),
    'the address is looked up when it is sent',
  );
  const shown = (
    await world.get(`/${shop.id}/callback_deliveries?access_token=${encodeURIComponent(`${shop.id}|${shop.secret}`)}`)
  ).body.data;
  assert.deepEqual(shown, []);
});

test('CR-06: a withdrawn key seals nothing that is believed, and what it says of people is not told', async (t) => {
  const world = await opened(t);
  const { installation } = world.server;
  const token = await world.login(shop.id, ana.id);
  const appToken = (
    await world.get(
      `/oauth/access_token?grant_type=client_credentials&client_id=${shop.id}&client_secret=${shop.secret}`,
    )
  ).body.access_token;
  await rotateKeys(installation, operator);
  await withdrawKey(installation, 1, operator);
  for (const dead of [token, appToken])
    assert.equal((await world.get(`/${shop.id}?access_token=${encodeURIComponent(dead)}`)).body.error.code, 190);
  const exchange = `/oauth/access_token?grant_type=fb_exchange_token&client_id=${shop.id}&client_secret=${shop.secret}&fb_exchange_token=${token}`;
  assert.equal((await world.get(exchange)).body.error.error_subcode, 462);
  const told = (
    await world.get(`/debug_token?input_token=${token}&access_token=${encodeURIComponent(`${shop.id}|${shop.secret}`)}`)
  ).body.data;
  assert.deepEqual(Object.keys(told), [
    'app_id',
    'type',
    'application',
    'error',
    'invalidated_at',
    'is_valid',
    'scopes',
  ]);
});
