// These tests are about narrowed tokens of an integration, its ends, and the configurations of an app.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digest } from '../acts.ts';
import { proofOf } from '../businesses/business-scene.ts';
import { desk } from '../dashboard.ts';
import {
  businessLogin,
  client,
  appToken,
  configuration,
  connected,
  debug,
  harbour,
  lantern,
  said,
} from './login-business-scene.ts';
import { cast, type Reply, type TestWorld } from '../world.ts';

const { ana, ben, cleo, garden, bakery, rival, shop } = cast;

const narrow = (
  world: TestWorld,
  caller: string,
  params: Record<string, string> = {},
  business: string = lantern.id,
): Promise<Reply> =>
  world.post(`/${business}/system_user_access_tokens`, {
    access_token: caller,
    appsecret_proof: proofOf(caller),
    ...params,
  });
const manager = (world: TestWorld, person: string, app: string = shop.id) =>
  world.login(app, person, { permissions: ['business_management'], longLived: true });

test('a token is narrowed to assets and scopes, by the integration and by an administrator of the business', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  for (const caller of [token, await manager(world, ana.id)]) {
    const answer = await narrow(world, caller, { asset: garden.id, scope: 'pages_show_list' });
    assert.deepEqual(Object.keys(answer.body), ['access_token'], answer.text);
    const told = await debug(world, answer.body.access_token);
    assert.deepEqual(
      [told.scopes, told.granular_scopes, told.expires_at],
      [['pages_show_list'], [{ scope: 'pages_show_list', target_ids: [garden.id] }], 0],
    );
    assert.equal(told.user_id, (await world.get(`/me?fields=id&access_token=${token}`)).body.id);
    assert.deepEqual(said(await world.get(`/${lantern.id}?access_token=${answer.body.access_token}`)), [
      200,
      undefined,
    ]);
    assert.equal((await world.get(`/me/accounts?access_token=${answer.body.access_token}`)).body.data.length, 1);
  }
});

test('fetch_only finds the token that was made for exactly this, and makes none', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  const asked = { scope: 'pages_show_list,pages_read_engagement', asset: garden.id };
  assert.deepEqual(said(await narrow(world, token, { ...asked, fetch_only: 'true' })), [100, undefined]);
  const made = (await narrow(world, token, asked)).body.access_token;
  assert.equal(
    (await narrow(world, token, { ...asked, scope: 'pages_read_engagement pages_show_list', fetch_only: 'true' })).body
      .access_token,
    made,
  );
  assert.deepEqual(said(await narrow(world, token, { scope: 'pages_show_list', fetch_only: 'true' })), [
    100,
    undefined,
  ]);
  assert.deepEqual(
    said(await narrow(world, token, { ...asked, set_token_expires_in_60_days: 'true', fetch_only: 'true' })),
    [100, undefined],
  );
  assert.notEqual((await narrow(world, token, asked)).body.access_token, made);
  await world.get(`/oauth/revoke?${client}&revoke_token=${made}&access_token=${encodeURIComponent(appToken)}`);
  assert.notEqual(
    (await narrow(world, token, { ...asked, fetch_only: 'true' })).body.access_token,
    made,
    'what was ended is not found',
  );
});

test('a token that ends makes only tokens that end; a business that requires an end gets one', async (t) => {
  const world = await businessLogin(t);
  const ending = await connected(world, ana, configuration.ending);
  assert.notEqual(
    (await debug(world, (await narrow(world, ending, { scope: 'pages_show_list' })).body.access_token)).expires_at,
    0,
  );
  const mine = await manager(world, ana.id);
  await world.post(`/${lantern.id}`, { require_expiring_tokens: 'true', access_token: mine });
  assert.notEqual((await debug(world, await connected(world))).expires_at, 0);
  assert.notEqual((await debug(world, (await narrow(world, mine, {})).body.access_token)).expires_at, 0);
});

test('I-6: a narrowed token is never made wider: not by its own words, not by those of the system user it stands for', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  const small = (await narrow(world, token, { scope: 'pages_show_list', asset: garden.id })).body.access_token;
  const before = await digest(world);
  for (const params of [
    { scope: 'pages_show_list,pages_manage_posts' },
    { scope: 'business_management' },
    { scope: 'ads_management' },
    { scope: 'no_such_thing' },
    { asset: bakery.id },
    { asset: `${garden.id},${bakery.id}` },
    { asset: '1' },
    { asset: lantern.id },
  ] as Record<string, string>[])
    assert.deepEqual(said(await narrow(world, small, params)), [100, undefined], JSON.stringify(params));
  assert.equal(await digest(world), before);
  assert.deepEqual((await debug(world, (await narrow(world, small)).body.access_token)).scopes, ['pages_show_list']);
});

test('TM-07: the call needs a right appsecret_proof over the token of the caller', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  const wrong = {
    none: '',
    'of another token': proofOf('EAAother'),
    'with another secret': proofOf(token, rival.secret),
  };
  for (const [name, appsecret_proof] of Object.entries(wrong))
    assert.deepEqual(said(await narrow(world, token, { appsecret_proof })), [100, undefined], name);
});

test('PR-05: only the integration and administrators make tokens: no employee, no stranger, no other business, no other app', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  const other = await connected(world, cleo);
  const tokens = () => world.server.installation.db.read.selectFrom('system_user_tokens').selectAll().execute();
  const before = await tokens();
  assert.deepEqual(said(await narrow(world, await manager(world, ben.id), {})), [200, undefined]);
  assert.deepEqual(said(await narrow(world, await manager(world, cleo.id), {})), [100, 33]);
  assert.deepEqual(said(await narrow(world, other, {})), [100, 33]);
  assert.deepEqual(said(await narrow(world, token, {}, harbour.id)), [100, 33]);
  assert.deepEqual(said(await world.get(`/${harbour.id}?access_token=${token}`)), [100, 33]);
  assert.deepEqual(said(await narrow(world, appToken, {})), [100, 33]);
  // The same administrator, by a token of an app that Lantern never connected.
  const elsewhere = await manager(world, ana.id, rival.id);
  const answer = await narrow(world, elsewhere, { appsecret_proof: proofOf(elsewhere, rival.secret) });
  assert.deepEqual(said(answer), [100, undefined]);
  const without = await world.login(shop.id, ana.id, { permissions: ['email'] });
  assert.equal(said(await narrow(world, without, {}))[0], 200);
  const [mine] = (await world.get(`/me/accounts?access_token=${token}`)).body.data;
  assert.notEqual((await narrow(world, mine.access_token, {})).status, 200);
  assert.deepEqual(said(await narrow(world, token, { system_user_id: '12345' })), [100, undefined]);
  assert.deepEqual(await tokens(), before);
});

test('the client business sees what it connected and removes it: every token is dead with 190, subcode 458', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  const small = (await narrow(world, token, { scope: 'pages_show_list' })).body.access_token;
  const [page] = (await world.get(`/me/accounts?access_token=${token}`)).body.data;
  const mine = await manager(world, ana.id, rival.id);
  const list = (await world.get(`/${lantern.id}/connected_apps?access_token=${mine}`)).body.data;
  assert.deepEqual(
    list.map((one: { id: string; name: string; assets: string[]; configuration_id: string }) => [
      one.id,
      one.name,
      one.assets,
      one.configuration_id,
    ]),
    [[shop.id, 'Shop', [garden.id], configuration.system]],
  );
  const remove = (caller: string, app: string = shop.id) =>
    world.delete(`/${lantern.id}/connected_apps?app_id=${app}&access_token=${caller}`);
  assert.deepEqual(said(await remove(await manager(world, ben.id))), [200, undefined]);
  assert.deepEqual(said(await remove(await manager(world, cleo.id))), [100, 33]);
  assert.deepEqual(
    said(await remove(token)),
    [200, undefined],
    'the app cannot remove itself as if it were the business',
  );
  assert.deepEqual(said(await world.get(`/${lantern.id}/connected_apps?access_token=${token}`)), [200, undefined]);
  assert.deepEqual(said(await remove(mine, rival.id)), [100, undefined]);
  assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);

  await world.clock.advance(5);
  assert.deepEqual((await remove(mine)).body, { success: true });
  for (const one of [token, small, page.access_token])
    assert.deepEqual(said(await world.get(`/me?fields=id&access_token=${one}`)), [190, 458]);
  const told = await debug(world, token);
  assert.deepEqual([told.is_valid, told.error.code, told.error.subcode, told.scopes], [false, 190, 458, []]);
  assert.deepEqual((await world.get(`/${lantern.id}/connected_apps?access_token=${mine}`)).body.data, []);
  assert.deepEqual(said(await remove(mine)), [100, undefined]);
  assert.deepEqual(said(await narrow(world, await manager(world, ana.id))), [100, undefined]);

  const again = await connected(world);
  assert.equal((await world.get(`/me?access_token=${again}`)).status, 200);
  assert.deepEqual(
    said(await world.get(`/me?access_token=${token}`)),
    [190, 458],
    'connecting again does not bring old tokens back',
  );
  assert.deepEqual(said(await world.get(`/me?fields=id&access_token=${page.access_token}`)), [190, 458]);
});

test('the developer ends a token with oauth/revoke, and the others go on', async (t) => {
  const world = await businessLogin(t);
  const [token, other] = [await connected(world), await connected(world)];
  const answer = await world.get(
    `/oauth/revoke?${client}&revoke_token=${token}&access_token=${encodeURIComponent(appToken)}`,
  );
  assert.deepEqual(answer.body, { success: 'true' });
  assert.deepEqual(said(await world.get(`/me?access_token=${token}`)), [190, 466]);
  assert.equal((await world.get(`/me?access_token=${other}`)).status, 200);
});

test('a Page that leaves the business leaves the integration with it', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  const [page] = (await world.get(`/me/accounts?access_token=${token}`)).body.data;
  await world.delete(`/${lantern.id}/pages?page_id=${garden.id}&access_token=${await manager(world, ana.id)}`);
  assert.deepEqual((await world.get(`/me/accounts?access_token=${token}`)).body.data, []);
  assert.deepEqual(said(await world.get(`/me?fields=id&access_token=${page.access_token}`)), [190, 492]);
});

test('integrations are no system users of the business: neither listed nor counted among them', async (t) => {
  const world = await businessLogin(t);
  await connected(world);
  const mine = await manager(world, ana.id);
  assert.deepEqual((await world.get(`/${lantern.id}/system_users?access_token=${mine}`)).body.data, []);
  assert.equal((await world.get(`/${lantern.id}/business_users?access_token=${mine}`)).body.data.length, 2);
});

test('administrators of the app make, list, change and delete configurations', async (t) => {
  const world = await businessLogin(t);
  const own = await desk(world, ben);
  const wanted = { name: 'Third', token_type: 'system_user', permissions: 'pages_show_list', assets: 'pages' };
  const { id } = (await own.post(`/${shop.id}/login_configurations`, wanted)).body;
  const app = encodeURIComponent(appToken);
  assert.ok((await world.get(`/${shop.id}?fields=config_ids&access_token=${app}`)).body.config_ids.includes(id));
  const find = async () =>
    (await world.get(`/${shop.id}/login_configurations?access_token=${app}`)).body.data.find(
      (one: { id: string }) => one.id === id,
    );
  assert.deepEqual((await find()).permissions, ['pages_show_list']);
  const changed = {
    ...wanted,
    configuration_id: id,
    name: 'Renamed',
    token_expiration: '60_days',
    permissions: 'business_management',
    assets: '',
  };
  assert.deepEqual((await own.post(`/${shop.id}/login_configurations`, changed)).body, { id });
  const now = await find();
  assert.deepEqual(
    [now.name, now.token_expiration, now.permissions, now.assets],
    ['Renamed', '60_days', ['business_management'], []],
  );
  assert.deepEqual(
    said(
      await own.post(`/${shop.id}/login_configurations`, { ...changed, token_type: 'user', token_expiration: 'never' }),
    ),
    [100, undefined],
  );
  assert.deepEqual((await own.delete(`/${shop.id}/login_configurations?configuration_id=${id}`)).body, {
    success: true,
  });
  assert.equal(await find(), undefined);
});

test('IV: a configuration that could not work is refused with the parameter it is about', async (t) => {
  const world = await businessLogin(t);
  const own = await desk(world, ben);
  const sound = { name: 'x', token_type: 'system_user', permissions: 'pages_show_list', assets: 'pages' };
  const before = await digest(world);
  for (const [params, name] of [
    [{ permissions: 'email,pages_show_list' }, 'permissions'],
    [{ permissions: 'public_profile' }, 'permissions'],
    [{ permissions: 'email', token_type: 'user' }, 'permissions'],
    [{ permissions: 'user_birthday,pages_show_list', token_type: 'user' }, 'permissions'],
    [{ permissions: 'pages_show_list,no_such_thing' }, 'permissions'],
    [{ permissions: 'pages_show_list,pages_show_list' }, 'permissions'],
    [{ assets: '' }, 'assets'],
    [{ assets: 'pages,pixels' }, 'assets'],
    [{ token_type: 'user', token_expiration: '60_days' }, 'token_expiration'],
    [{ name: '\u202e' }, 'name'],
    [{ configuration_id: configuration.rival }, 'configuration_id'],
    [{ token_type: 'page' }, 'token_type'],
  ] as const) {
    const answer = await own.post(`/${shop.id}/login_configurations`, { ...sound, ...params });
    assert.equal(said(answer)[0], 100, JSON.stringify(params));
    assert.ok(answer.body.error.message.includes(name), answer.text);
  }
  assert.equal(await digest(world), before);
});

test('PR-12: no token changes configurations: not of the app, not of its administrator; nor does anybody without the role in the dashboard', async (t) => {
  const world = await businessLogin(t);
  const admin = await world.login(shop.id, ben.id, { permissions: ['email'] });
  const stranger = await world.login(shop.id, ana.id, { permissions: ['email'] });
  const others = await world.login(rival.id, cleo.id, { permissions: ['email'] });
  const elsewhere = await world.login(rival.id, ben.id, { permissions: ['email'] });
  const token = await connected(world);
  const before = await digest(world);
  for (const caller of [appToken, `${shop.id}|${shop.clientToken}`, admin, stranger, others, elsewhere, token]) {
    const wanted = {
      name: 'x',
      token_type: 'user',
      permissions: 'pages_show_list',
      assets: 'pages',
      access_token: caller,
    };
    assert.ok((await world.post(`/${shop.id}/login_configurations`, wanted)).status >= 400);
    const gone = `/${shop.id}/login_configurations?configuration_id=${configuration.system}&access_token=${encodeURIComponent(caller)}`;
    assert.ok((await world.delete(gone)).status >= 400);
    assert.ok(
      (await world.post(`/${shop.id}/login_type`, { login_type: 'classic', access_token: caller })).status >= 400,
    );
    if (caller !== appToken && caller !== admin)
      assert.ok(
        (await world.get(`/${shop.id}/login_configurations?access_token=${encodeURIComponent(caller)}`)).status >= 400,
      );
  }
  assert.equal(await digest(world), before);
  for (const person of [ana, cleo]) {
    const own = await desk(world, person);
    await own.confirm(person.password);
    const wanted = { name: 'x', token_type: 'user', permissions: 'pages_show_list', assets: 'pages' };
    assert.deepEqual(said(await own.post(`/${shop.id}/login_configurations`, wanted)), [200, undefined]);
    assert.deepEqual(said(await own.post(`/${shop.id}/login_type`, { login_type: 'classic' })), [200, undefined]);
    assert.deepEqual(said(await own.get(`/${shop.id}/login_configurations`)), [200, undefined]);
  }
});
