// These tests are about oauth/revoke: what it ends, who may, and what it says about tokens that are gone already.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { codeOf, digest } from '../acts.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const DAY = 86_400;
const { shop, rival, ana, ben, bakery, garden } = cast;
const appToken = `${shop.id}|${shop.secret}`;
const own = { client_id: shop.id, client_secret: shop.secret };
const error = ({ status, body }: Reply) => [status, body.error?.code, body.error?.error_subcode];
const pagePermissions = ['pages_show_list', 'pages_read_engagement'];

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const revoke = (token: string, caller: string = appToken, client: Record<string, string> = own) =>
  t.get(`/v25.0/oauth/revoke?${new URLSearchParams({ ...client, revoke_token: token, access_token: caller })}`);
const call = (token: string) => t.get(`/me?fields=id&access_token=${token}`);
const exchange = async (token: string) =>
  (
    await t.get(
      `/oauth/access_token?${new URLSearchParams({ ...own, grant_type: 'fb_exchange_token', fb_exchange_token: token })}`,
    )
  ).body.access_token as string;
const pageToken = async (user: string, page: string = bakery.id) =>
  (await t.get(`/${page}?fields=access_token&access_token=${user}`)).body.access_token as string;

describe('what is ended', () => {
  test('RR-06: a user token, with everything of its log-in and nothing of another', async () => {
    const short = await t.login(shop.id, ana.id, { permissions: pagePermissions });
    const long = await exchange(short);
    const page = await pageToken(long);
    const session = (
      await t.get(
        `/oauth/access_token?${new URLSearchParams({ client_id: shop.id, grant_type: 'fb_attenuate_token', fb_exchange_token: long })}`,
      )
    ).body.access_token;
    const elsewhere = await t.login(shop.id, ana.id, { permissions: pagePermissions });
    const { status, body } = await revoke(short);
    assert.equal(status, 200);
    assert.deepEqual(body, { success: 'true' });
    for (const token of [short, long, page, session]) assert.deepEqual(error(await call(token)), [400, 190, 466]);
    assert.equal((await call(elsewhere)).status, 200);
  });

  test('a Page token by itself: the person, other Pages and other people go on; a new fetch gives a new one', async () => {
    const user = await t.login(shop.id, ana.id, { longLived: true, permissions: pagePermissions });
    const [one, two] = [await pageToken(user), await pageToken(user, garden.id)];
    const bens = await pageToken(await t.login(shop.id, ben.id, { longLived: true, permissions: pagePermissions }));
    assert.deepEqual((await revoke(one)).body, { success: 'true' });
    assert.deepEqual(error(await call(one)), [400, 190, 466]);
    for (const token of [user, two, bens]) assert.equal((await call(token)).status, 200);
    const next = await pageToken(user);
    assert.notEqual(next, one);
    assert.equal((await call(next)).status, 200);
  });

  test('a person may end the own token, by POST too', async () => {
    const token = await t.login(shop.id, ana.id);
    const reply = await t.post('/oauth/revoke', { ...own, revoke_token: token, access_token: token });
    assert.deepEqual(reply.body, { success: 'true' });
    assert.deepEqual(error(await call(token)), [400, 190, 466]);
  });

  test('an expired user token: the Page tokens that came of it end', async () => {
    const user = await t.login(shop.id, ana.id, { longLived: true, permissions: pagePermissions });
    const page = await pageToken(user);
    await t.clock.advance(61 * DAY);
    assert.equal((await call(page)).status, 200);
    assert.equal((await revoke(user)).status, 200);
    assert.deepEqual(error(await call(page)), [400, 190, 466]);
  });

  test('the act is in the audit trail without the token', async () => {
    t.log.length = 0;
    const token = await t.login(shop.id, ana.id);
    await revoke(token);
    const [line, ...more] = t.log.filter((entry) => entry.message === 'token.revoked');
    assert.deepEqual([line?.facts?.outcome, line?.facts?.appId, more.length], ['ok', shop.id, 0]);
    assert.ok(!JSON.stringify(t.log).includes(token));
  });
});

describe('TM-11', () => {
  test('an unknown token and one that is dead already: success, and nothing changes', async () => {
    const dead = await t.login(shop.id, ana.id);
    await revoke(dead);
    await t.login(shop.id, ana.id);
    const code = await codeOf(t);
    const state = await digest(t);
    for (const token of [dead, 'EAAunknown', 'hello', code])
      assert.deepEqual((await revoke(token)).body, { success: 'true' });
    assert.equal(await digest(t), state);
  });

  test('caller, client, secret and token of different apps: refused, nothing revoked', async () => {
    const [mine, theirs] = [await t.login(shop.id, ana.id), await t.login(rival.id, ana.id)];
    const other = `${rival.id}|${rival.secret}`;
    const state = await digest(t);
    const refusals: [string, Promise<Reply>, number][] = [
      ["another app's token", revoke(theirs), 100],
      ["another app's caller", revoke(mine, other), 190],
      ["another app's person as caller", revoke(mine, theirs), 190],
      ["another app's client", revoke(mine, appToken, { client_id: rival.id, client_secret: rival.secret }), 190],
      ["another app's secret", revoke(mine, appToken, { client_id: shop.id, client_secret: rival.secret }), 1],
      ['no secret', revoke(mine, appToken, { client_id: shop.id }), 1],
      ['an unknown client', revoke(mine, appToken, { client_id: '99', client_secret: shop.secret }), 101],
      ['no client', revoke(mine, appToken, {}), 101],
      ['no caller', revoke(mine, ''), 104],
      ['a dead caller', revoke(mine, 'EAAx'), 190],
      ['a client token as caller', revoke(mine, `${shop.id}|${shop.clientToken}`), 190],
      ['nothing to revoke', revoke(''), 100],
      ['an app token to revoke', revoke(appToken), 100],
    ];
    for (const [what, reply, code] of refusals) {
      const answer = await reply;
      assert.deepEqual([answer.status, answer.body.error?.code], [400, code], what);
    }
    assert.equal(await digest(t), state);
    for (const token of [mine, theirs]) assert.equal((await call(token)).status, 200);
  });
});
