// TM-01, row S of the table in section 5.3: a token of a system user at every door. And RR-06: what hangs on it dies
// with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { businessScene, code, tokenOf } from './business-scene.ts';
import { cast, type Reply } from '../world.ts';

const { shop, rival, garden } = cast;

test('TM-01: a system-user token is a system user at every door, and nothing else', async (t) => {
  const scene = await businessScene(t);
  const { world, officeId } = scene;
  const s = await tokenOf(scene, officeId);
  const app = encodeURIComponent(`${shop.id}|${shop.secret}`);
  const own = `client_id=${shop.id}&client_secret=${shop.secret}`;
  const outcomes: [string, Promise<Reply>, [number, number | undefined]][] = [
    ['GET /me', world.get(`/me?access_token=${s}`), [200, undefined]],
    ['GET /me/accounts', world.get(`/me/accounts?access_token=${s}`), [200, undefined]],
    ['page write', world.post(`/${garden.id}/feed`, { message: 'x', access_token: s }), [403, 200]],
    ['app settings', world.post(`/${shop.id}`, { app_name: 'Mine', access_token: s }), [400, 15]],
    ['test users', world.get(`/${shop.id}/accounts/test-users?access_token=${s}`), [400, 15]],
    ['debug_token of itself', world.get(`/debug_token?input_token=${s}&access_token=${s}`), [400, 100]],
    ['debug_token of another', world.get(`/debug_token?input_token=${scene.ana}&access_token=${s}`), [400, 100]],
    ['debug_token as input', world.get(`/debug_token?input_token=${s}&access_token=${app}`), [200, undefined]],
    [
      'fb_exchange_token',
      world.get(`/oauth/access_token?grant_type=fb_exchange_token&${own}&fb_exchange_token=${s}`),
      [400, 190],
    ],
    [
      'fb_attenuate_token',
      world.get(`/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop.id}&fb_exchange_token=${s}`),
      [400, 190],
    ],
    [
      'fb_extend_sso_token',
      world.get(`/oauth/access_token?grant_type=fb_extend_sso_token&client_id=${shop.id}&access_token=${s}`),
      [400, 190],
    ],
    [
      'oauth/client_code',
      world.get(`/oauth/client_code?${own}&redirect_uri=https://app.example/cb&access_token=${s}`),
      [400, 190],
    ],
    ['code=', world.get(`/oauth/access_token?${own}&redirect_uri=https://app.example/cb&code=${s}`), [400, 100]],
    ['a business of its own', world.post('/me/businesses', { name: 'Mine', access_token: s }), [400, 100]],
  ];
  for (const [name, asked, expected] of outcomes) {
    const answer = await asked;
    assert.deepEqual(code(answer), expected, `${name}: ${answer.text}`);
  }
  const inspected = (await world.get(`/debug_token?input_token=${s}&access_token=${app}`)).body.data;
  assert.deepEqual([inspected.type, inspected.user_id], ['SYSTEM_USER', officeId]);
});

test('TM-02: another app learns nothing of a system-user token and cannot end it', async (t) => {
  const scene = await businessScene(t);
  const { world } = scene;
  const s = await tokenOf(scene, scene.officeId);
  const other = `${rival.id}|${rival.secret}`;
  const asked = await world.get(`/debug_token?input_token=${s}&access_token=${encodeURIComponent(other)}`);
  assert.deepEqual(code(asked), [400, 100]);
  const revoked = await world.get(
    `/oauth/revoke?client_id=${rival.id}&client_secret=${rival.secret}&revoke_token=${s}&access_token=${encodeURIComponent(other)}`,
  );
  assert.deepEqual(code(revoked), [400, 100]);
  assert.equal((await world.get(`/me?access_token=${s}`)).status, 200);
});

test('RR-06: the Page token of a system user dies with the token it came from, and by revocation of the whole', async (t) => {
  const scene = await businessScene(t);
  const { world, ana, officeId } = scene;
  const [one, two] = [await tokenOf(scene, officeId), await tokenOf(scene, officeId)];
  const pageOf = async (token: string) =>
    (await world.get(`/${garden.id}?fields=access_token&access_token=${token}`)).body.access_token;
  const [first, second] = [await pageOf(one), await pageOf(two)];
  assert.notEqual(first, second);
  assert.equal(first, await pageOf(one));
  // By itself: caller and revoked are the same token of the same app.
  await world.get(
    `/oauth/revoke?client_id=${shop.id}&client_secret=${shop.secret}&revoke_token=${one}&access_token=${one}`,
  );
  const subcode = async (token: string) => (await world.get(`/me?access_token=${token}`)).body.error?.error_subcode;
  assert.deepEqual(
    [await subcode(one), await subcode(first), await subcode(two), await subcode(second)],
    [466, 466, undefined, undefined],
  );
  await world.delete(`/${officeId}/access_tokens?access_token=${ana}`);
  assert.deepEqual([await subcode(two), await subcode(second)], [466, 466]);
});
