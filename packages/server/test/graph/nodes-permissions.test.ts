// These tests are about permissions of a person: reading them, taking them back, and what that does to tokens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cast, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const shop = cast.shop.id;
const appToken = encodeURIComponent(`${cast.shop.id}|${cast.shop.secret}`);
const pagePermissions = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_metadata',
  'read_insights',
];

const idOf = async (token: string): Promise<string> => (await t.get(`/me?fields=id&access_token=${token}`)).body.id;
const pageTokenOf = async (token: string, page: string): Promise<string> =>
  (await t.get(`/${page}?fields=access_token&access_token=${token}`)).body.access_token;

test('permissions are listed with their answers, filtered and by name', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: ['email', 'user_friends'] });
  const list = await t.get(`/me/permissions?access_token=${token}`);
  assert.deepEqual(list.body.data, [
    { permission: 'public_profile', status: 'granted' },
    { permission: 'email', status: 'granted' },
    { permission: 'user_friends', status: 'granted' },
  ]);
  await t.delete(`/me/permissions/email?access_token=${token}`);
  assert.deepEqual((await t.get(`/me/permissions/email?access_token=${token}`)).body.data, [
    { permission: 'email', status: 'declined' },
  ]);
  assert.deepEqual((await t.get(`/me/permissions?status=declined&access_token=${token}`)).body.data, [
    { permission: 'email', status: 'declined' },
  ]);
  assert.deepEqual(
    (await t.get(`/${await idOf(token)}/permissions?permission=user_friends&access_token=${appToken}`)).body.data,
    [{ permission: 'user_friends', status: 'granted' }],
  );
});

for (const form of ['/permissions/email?', '/permissions?permission=email&'])
  test(`one permission is taken back by ${form.replace(/[?&]$/, '')}, by the person or by the app, and the answer is a bare true`, async () => {
    for (const by of ['person', 'app']) {
      const token = await t.login(shop, cast.ana.id, { permissions: ['email'] });
      const target =
        by === 'person' ? `/me${form}access_token=${token}` : `/${await idOf(token)}${form}access_token=${appToken}`;
      const { status, text } = await t.delete(target);
      assert.equal(status, 200);
      assert.equal(text, 'true');
      assert.equal((await t.get(`/me?fields=email&access_token=${token}`)).body.email, undefined);
    }
  });

test('a permission that does not exist cannot be taken back, one that was never given is no error', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: ['email'] });
  assert.equal((await t.delete(`/me/permissions/eat_cake?access_token=${token}`)).body.error.code, 100);
  assert.equal((await t.delete(`/me/permissions/user_friends?access_token=${token}`)).text, 'true');
  assert.equal((await t.get(`/me?fields=email&access_token=${token}`)).body.email, cast.ana.email);
});

test('PR-02: after a permission is taken back what needs it is refused, the tokens live, and Page tokens lose it too', async () => {
  const { bakery } = cast;
  const token = await t.login(shop, cast.ana.id, { permissions: pagePermissions, pages: [bakery.id] });
  const pageToken = await pageTokenOf(token, bakery.id);
  assert.equal((await t.post(`/${bakery.id}/feed`, { message: 'before', access_token: pageToken })).status, 200);

  await t.delete(`/me/permissions/pages_manage_posts?access_token=${token}`);
  const refused = await t.post(`/${bakery.id}/feed`, { message: 'after', access_token: pageToken });
  assert.equal(refused.status, 403);
  assert.match(refused.body.error.message, /requires both pages_read_engagement and pages_manage_posts as an admin/);
  assert.equal((await t.get(`/${bakery.id}/feed?access_token=${pageToken}`)).body.data[0].message, 'before');

  await t.delete(`/me/permissions/pages_show_list?access_token=${token}`);
  assert.equal((await t.get(`/me/accounts?access_token=${token}`)).status, 403);
  assert.equal((await t.get(`/${bakery.id}?fields=access_token&access_token=${token}`)).body.access_token, undefined);
  assert.equal((await t.get(`/me?fields=accounts&access_token=${token}`)).body.accounts, undefined);
  assert.equal((await t.get(`/me?access_token=${token}`)).status, 200);

  const { data } = (await t.get(`/debug_token?input_token=${token}&access_token=${appToken}`)).body;
  assert.equal(data.is_valid, true);
  assert.ok(!data.scopes.includes('pages_manage_posts'));
  assert.ok(!data.scopes.includes('pages_show_list'));
});

test('PR-02: without any permission about the Page its token cannot speak as it', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: ['pages_show_list'], pages: [cast.bakery.id] });
  const pageToken = await pageTokenOf(token, cast.bakery.id);
  await t.delete(`/me/permissions/pages_show_list?access_token=${token}`);
  const { status, body } = await t.get(`/me?access_token=${pageToken}`);
  assert.equal(status, 400);
  assert.equal(body.error.code, 190);
  assert.match(body.error.message, /must be granted before impersonating a user's page/);
});

for (const by of ['person', 'app'])
  test(`RR-06: removing the app (by the ${by}) ends the person's tokens for it and their children, and no others`, async () => {
    const token = await t.login(shop, cast.ana.id, { permissions: pagePermissions, longLived: true });
    const bens = await t.login(shop, cast.ben.id);
    const elsewhere = await t.login(cast.rival.id, cast.ana.id);
    const id = await idOf(token);
    const pageToken = await pageTokenOf(token, cast.bakery.id);
    const weak = (
      await t.get(`/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop}&fb_exchange_token=${token}`)
    ).body.access_token;

    const { text } = await t.delete(
      by === 'person' ? `/me/permissions?access_token=${token}` : `/${id}/permissions?access_token=${appToken}`,
    );
    assert.equal(text, 'true');
    for (const dead of [token, pageToken, weak]) {
      const { body } = await t.get(`/me?access_token=${dead}`);
      assert.equal(body.error.code, 190);
      assert.equal(body.error.error_subcode, 458);
    }
    for (const alive of [bens, elsewhere]) assert.equal((await t.get(`/me?access_token=${alive}`)).status, 200);
    assert.equal((await t.get(`/${id}?access_token=${appToken}`)).body.error.error_subcode, 33);

    const again = await t.login(shop, cast.ana.id, { permissions: pagePermissions });
    assert.equal(await idOf(again), id);
    for (const dead of [token, pageToken, weak])
      assert.equal((await t.get(`/me?access_token=${dead}`)).body.error.error_subcode, 458);
  });

test('data access that has ended shows as expired, and what is exempt goes on', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: ['email', 'pages_show_list'], longLived: true });
  const { text } = await t.get(
    `/oauth/access_token?grant_type=fb_exchange_token&client_id=${shop}&client_secret=${cast.shop.secret}&fb_exchange_token=${token}`,
  );
  assert.ok(text.includes('access_token'));
  await t.clock.advance(91 * 86_400);
  const states = (await t.get(`/${await scoped(token)}/permissions?access_token=${appToken}`)).body.data;
  assert.deepEqual(
    states.find((one: { permission: string }) => one.permission === 'email'),
    { permission: 'email', status: 'expired' },
  );
  assert.deepEqual(
    states.find((one: { permission: string }) => one.permission === 'pages_show_list'),
    { permission: 'pages_show_list', status: 'granted' },
  );
});

/** The id is asked of the app, because the token is over by then. */
async function scoped(token: string): Promise<string> {
  return (await t.get(`/debug_token?input_token=${token}&access_token=${appToken}`)).body.data.user_id;
}

test('PR-04: a parameter that names another person than the path does is refused, and nothing changes', async () => {
  const ana = await t.login(shop, cast.ana.id, { permissions: ['email'] });
  const ben = await t.login(shop, cast.ben.id, { permissions: ['email'] });
  const other = await idOf(ben);
  for (const name of ['user_id', 'user']) {
    const { status, body } = await t.delete(`/me/permissions/email?${name}=${other}&access_token=${ana}`);
    assert.equal(status, 400, name);
    assert.equal(body.error.code, 100, name);
  }
  for (const token of [ana, ben]) assert.ok((await t.get(`/me?fields=email&access_token=${token}`)).body.email);
  assert.equal((await t.delete(`/me/permissions/email?user_id=${await idOf(ana)}&access_token=${ana}`)).text, 'true');
});
