// The settings of a person as calls of the dashboard: apps with what they may do, taking it back and giving it anew,
// sessions, and the deletion of data.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { desk } from '../dashboard.ts';
import { cast, type Reply, testWorld } from '../world.ts';

const { shop, rival, bakery, garden, ana } = cast;
const DAY = 86_400;

async function scene(t: TestContext) {
  const world = await testWorld();
  t.after(() => world.close());
  const token = await world.login(shop.id, ana.id, { permissions: ['pages_show_list', 'email'], longLived: true });
  return { world, token, at: await desk(world, ana) };
}

const worked = (reply: Reply): Reply => {
  assert.equal(reply.status, 200, reply.text);
  return reply;
};

test('somebody takes one permission back, chooses Pages again and removes the app', async (t) => {
  const { world, token, at } = await scene(t);
  const [app] = worked(await at.get('/me/connected_apps')).body.data;
  assert.deepEqual([app.id, app.name, app.status, app.page_choice], [shop.id, 'Shop', 'active', 'all']);
  assert.ok(app.permissions.some((one: { permission: string }) => one.permission === 'email'));

  worked(await at.delete(`/me/app_permissions?app_id=${shop.id}&permission=email`));
  assert.equal((await world.get(`/me?fields=email&access_token=${token}`)).body.email, undefined);

  const choices = worked(await at.get(`/me/app_pages?app_id=${shop.id}`)).body.data;
  assert.deepEqual(
    choices.map((one: { chosen: boolean }) => one.chosen),
    choices.map(() => true),
  );
  const only = `me/app_pages?app_id=${shop.id}&page_ids=${bakery.id}`;
  const told = worked(await at.post('/would_end', { call: only, call_method: 'POST' })).body;
  assert.equal(told.page_tokens, choices.length - 1);
  worked(await at.post('/me/app_pages', { app_id: shop.id, page_ids: bakery.id }));
  const pages = (await world.get(`/me/accounts?fields=id&access_token=${token}`)).body.data;
  assert.deepEqual(pages, [{ id: bakery.id }]);

  const removal = `me/connected_apps?app_id=${shop.id}`;
  const all = worked(await at.post('/would_end', { call: removal, call_method: 'DELETE' })).body;
  assert.deepEqual([all.user_tokens, all.page_tokens], [1, 1]);
  worked(await at.delete(`/${removal}&delete_data=true`));
  assert.equal((await world.get(`/me?access_token=${token}`)).body.error.error_subcode, 458);
  assert.deepEqual((await at.get('/me/connected_apps')).body.data, []);
  const [gone] = worked(await at.get('/me/connected_apps?status=removed')).body.data;
  assert.deepEqual([gone.id, gone.status], [shop.id, 'removed']);
  assert.equal((await at.delete(`/${removal}`)).status, 400, 'it is not there twice');
});

test('an app whose access to data has ended is among the expired ones until it is renewed', async (t) => {
  const { world, token } = await scene(t);
  await world.clock.advance(91 * DAY);
  const at = await desk(world, ana);
  assert.deepEqual((await at.get('/me/connected_apps')).body.data, []);
  const [app] = (await at.get('/me/connected_apps?status=expired')).body.data;
  assert.equal(app.id, shop.id);
  worked(await at.post('/me/app_access_renewal', { app_id: shop.id }));
  assert.equal((await at.get('/me/connected_apps')).body.data[0].id, shop.id);
  assert.ok(token);
  assert.equal((await at.post('/me/app_access_renewal', { app_id: rival.id })).status, 400);
});

test('sessions are listed and ended one by one, all others, or all', async (t) => {
  const { world, at } = await scene(t);
  const [second, third] = [await desk(world, ana), await desk(world, ana)];
  const rows = worked(await at.get('/me/sessions')).body.data;
  assert.equal(rows.length, 3);
  assert.equal(rows.filter((one: { current: boolean }) => one.current).length, 1);
  const other = rows.find((one: { current: boolean }) => !one.current);
  const one = `me/sessions?session_id=${other.id}`;
  assert.equal((await at.post('/would_end', { call: one, call_method: 'DELETE' })).body.sessions, 1);
  worked(await at.delete(`/${one}`));
  const others = await at.post('/would_end', { call: 'me/sessions?which=others', call_method: 'DELETE' });
  assert.equal(others.body.sessions, 1);
  worked(await at.delete('/me/sessions?which=others'));
  assert.equal((await at.get('/me/sessions')).body.data.length, 1);
  for (const desk of [second, third]) assert.equal((await desk.get('/me?fields=id')).status, 401);
  const all = worked(await at.post('/would_end', { call: 'me/sessions?which=all', call_method: 'DELETE' })).body;
  assert.deepEqual([all.sessions, all.user_tokens], [1, 1]);
  worked(await at.delete('/me/sessions?which=all'));
  assert.equal((await at.get('/me?fields=id')).status, 401);
});

test('PR-06: the session of somebody else is not ended, and looks like one that is not there', async (t) => {
  const { world, at } = await scene(t);
  const ben = await desk(world, cast.ben);
  const [row] = (await ben.get('/me/sessions')).body.data;
  const [taken, absent] = [
    await at.delete(`/me/sessions?session_id=${row.id}`),
    await at.delete('/me/sessions?session_id=1'),
  ];
  assert.deepEqual([taken.status, taken.body.error.message], [absent.status, absent.body.error.message]);
  assert.equal((await ben.get('/me?fields=id')).status, 200);
});

test('a name is changed for every app that may read it, and never to markup of direction', async (t) => {
  const { world, token, at } = await scene(t);
  worked(await at.post('/me/profile', { name: '  Ana   Ånström 🥐 ' }));
  assert.equal((await world.get(`/me?fields=name&access_token=${token}`)).body.name, 'Ana Ånström 🥐');
  for (const name of ['', '\u202eevil', 'x'.repeat(300)])
    assert.equal((await at.post('/me/profile', { name })).status, 400);
});

test('PR-12: no token reads or changes the settings of a person', async (t) => {
  const { world, token } = await scene(t);
  for (const edge of [
    'connected_apps',
    'sessions',
    'data_deletions',
    'business_integrations',
    `app_pages?app_id=${shop.id}`,
  ])
    assert.equal(
      (await world.get(`/me/${edge}${edge.includes('?') ? '&' : '?'}access_token=${token}`)).status,
      403,
      edge,
    );
  assert.ok(garden.id);
});
