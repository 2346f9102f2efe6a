// Taking back races giving out: whichever comes first, nothing of the old grant works after the answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cast, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const { shop, bakery, ana, ben } = cast;
const ROUNDS = 40;
const permissions = ['pages_show_list', 'pages_read_engagement', 'pages_manage_metadata'];
const exchange = (token: string) =>
  t.get(
    `/oauth/access_token?grant_type=fb_exchange_token&client_id=${shop.id}&client_secret=${shop.secret}&fb_exchange_token=${token}`,
  );

test('RR-03: removing the app while its token is exchanged and its Page tokens are fetched leaves none alive', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const token = await t.login(shop.id, ana.id, { permissions });
    const [removed, ...given] = await Promise.all([
      t.delete(`/me/permissions?access_token=${token}`),
      exchange(token),
      t.get(`/me/accounts?access_token=${token}`),
      t.get(`/${bakery.id}?fields=access_token&access_token=${token}`),
      exchange(token),
    ]);
    assert.equal(removed.text, 'true');
    const found = [token, ...given.flatMap((reply) => reply.text.match(/EAA[A-Za-z0-9]+/g) ?? [])];
    // Added again: a grant of a later time must not bring the old tokens back.
    await t.login(shop.id, ana.id, { permissions });
    for (const old of found)
      assert.equal((await t.get(`/me?fields=id&access_token=${old}`)).body.error.error_subcode, 458);
  }
});

test('RR-03: losing the role on a Page while its token is fetched leaves none alive', async () => {
  const anas = await t.login(shop.id, ana.id, { permissions });
  for (let round = 0; round < ROUNDS; round++) {
    const token = await t.login(shop.id, ben.id, { permissions });
    const id = (await t.get(`/me?fields=id&access_token=${token}`)).body.id as string;
    const [lost, ...given] = await Promise.all([
      t.delete(`/${bakery.id}/assigned_users?user=${id}&access_token=${anas}`),
      t.get(`/me/accounts?fields=access_token&access_token=${token}`),
      t.get(`/${bakery.id}?fields=access_token&access_token=${token}`),
    ]);
    assert.equal(lost.status, 200);
    const found = given.flatMap((reply) => reply.text.match(/"access_token":"(EAA[A-Za-z0-9]+)"/)?.[1] ?? []);
    await t.post(`/${bakery.id}/assigned_users`, { user: id, tasks: 'ANALYZE', access_token: anas });
    for (const old of found) assert.equal((await t.get(`/me?access_token=${old}`)).body.error.error_subcode, 492);
  }
});

test('RR-03: permissions taken back at the same moment are all taken back', async () => {
  const names = ['email', 'user_birthday', 'user_friends', 'user_gender', 'pages_show_list', 'pages_read_engagement'];
  for (let round = 0; round < ROUNDS; round++) {
    const token = await t.login(shop.id, ana.id, { permissions: names });
    await Promise.all(names.map((name) => t.delete(`/me/permissions/${name}?access_token=${token}`)));
    const { body } = await t.get(`/me/permissions?status=granted&access_token=${token}`);
    assert.deepEqual(body.data, [{ permission: 'public_profile', status: 'granted' }]);
  }
});
