// These tests are about throttling on demand: the control interface uses up a limit, and the next call is refused as
// the real thing would.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, control, emulator, testUser } from './outside.ts';

test('so many percent of the limit of an app, a person or a Page are used up when one says so', async (t) => {
  const world = await emulator();
  t.after(() => world.close());
  const [app] = world.seed.world.apps;
  const [page] = world.seed.world.pages;
  assert.ok(app && page);
  const { token } = await testUser(world);
  const me = async () => {
    const response = await fetch(`${world.url}/me?fields=id&access_token=${token}`);
    const used = JSON.parse(response.headers.get('x-app-usage') ?? '').call_count;
    return [response.status, ((await response.json()) as { error?: { code: number } }).error?.code, used];
  };
  assert.deepEqual((await control(world, 'usage', { app: app.id, percent: '95' })).body, {
    app: app.id,
    limits: ['app'],
    percent: 95,
  });
  assert.deepEqual((await me()).slice(0, 2), [200, undefined]);
  assert.ok(((await me())[2] as number) >= 95);
  await control(world, 'usage', { app: app.id, percent: '100' });
  assert.deepEqual(await me(), [400, 4, 100]);
  await control(world, 'usage', { app: app.id, percent: '0' });
  assert.deepEqual((await me())[0], 200);
  await control(world, 'clock', { advance: '1h' });
  const person = await world.server.installation.db.read
    .selectFrom('people')
    .select('id')
    .where('test_user_of', 'is not', null)
    .executeTakeFirstOrThrow();
  await control(world, 'usage', { app: app.id, person: person.id, percent: '100' });
  assert.deepEqual((await me()).slice(0, 2), [400, 17]);
  assert.deepEqual((await control(world, 'usage', { app: app.id, page: page.id, percent: '50' })).body.limits, [
    'page',
    'pages',
  ]);
  assert.deepEqual((await control(world, 'usage', { app: app.id, account: 'act_12', percent: '50' })).body.limits, [
    'ads_management',
  ]);
});

test('calls are refused on order only: what was left runs out, and an hour later nothing is refused any more', async (t) => {
  const world = await emulator();
  t.after(() => world.close());
  const [app] = world.seed.world.apps;
  assert.ok(app);
  const token = encodeURIComponent(`${app.id}|${app.secret}`);
  const calls = async (many: number) => {
    let refused = 0;
    for (let i = 0; i < many; i++)
      if ((await fetch(`${world.url}/app?access_token=${token}`)).status === 400) refused++;
    return refused;
  };
  assert.equal(await calls(250), 0);
  await control(world, 'usage', { app: app.id, percent: '99' });
  assert.ok((await calls(20)) > 0);
  await control(world, 'clock', { advance: '2h' });
  assert.equal(await calls(250), 0);
});

test('what cannot be used up is refused by name', async (t) => {
  const world = await emulator();
  t.after(() => world.close());
  const [app] = world.seed.world.apps;
  const id = app?.id ?? '';
  for (const [wrong, status] of [
    [{ app: id }, 400],
    [{ app: id, percent: 'much' }, 400],
    [{ app: id, percent: '-1' }, 400],
    [{ app: '1', percent: '50' }, 404],
    [{ app: id, percent: '50', page: '1' }, 404],
    [{ app: id, percent: '50', person: 'nobody@example.com' }, 404],
  ] as const)
    assert.equal((await control(world, 'usage', wrong)).status, status, JSON.stringify(wrong));
  assert.equal((await ask(world.url, `/${id}?access_token=${id}|${app?.secret}`)).status, 200);
});
