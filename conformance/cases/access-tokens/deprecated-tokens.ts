// These cases are about Access Tokens, the edition of Graph API v4.0, on tokens that the platform ended: they fail, the
// app is alerted, and can ask whose they are.
import assert from 'node:assert/strict';
import { apps, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { dashboard } from '../../src/stage/dashboard.ts';
import { idAndSecret, inspect, longToken, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const { documented } = citing('001');
const { shop, rival } = apps;
const HOUR = 3600;

const words = 'Error validating access token: The session was created by a version that is no longer supported.';
const change =
  'The change of 2019 is past. Here the platform itself ends only the tokens sealed with a key that its operator withdraws.';

export const cases: Case[] = [
  documented(
    ['001:10.1', '001:10.2', '001:10.6'],
    'Every request with a token of a withdrawn key fails, at every version, and debug_token names the app and the reason; tokens of the new key work.',
    async (world) => {
      const token = await longToken(world, 'ana', shop, { scope: pageScope });
      const page = await pageToken(world, token, 'bakery');
      await world.withdrawKey();
      const latest = world.clock.now();
      for (const version of ['', '/v2.0', '/v4.0', '/v25.0'])
        for (const path of ['/me', '/me/accounts', '/me/permissions'])
          for (const dead of [token, page])
            refused(await world.get(`${version}${path}`, { access_token: dead }), 190, 462, words);
      refused(await world.post('/me/feed', { message: 'x', access_token: page }), 190, 462);
      for (const [dead, type] of [
        [token, 'USER'],
        [page, 'PAGE'],
      ] as const) {
        const { invalidated_at, ...told } = await inspect(world, dead);
        assert.deepEqual(told, {
          app_id: shop.id,
          type,
          application: shop.name,
          error: { code: 190, message: words, subcode: 462 },
          is_valid: false,
          scopes: [],
        });
        assert.ok(invalidated_at >= latest - 10 && invalidated_at <= latest, String(invalidated_at));
      }
      succeeded(await world.get('/me', { access_token: await userToken(world, 'ana', shop) }));
    },
    { difference: change },
  ),
  documented(
    '001:10.3',
    'An app with such people has an alert in its dashboard, in words and with their number; an app without them has none.',
    async (world) => {
      for (const person of ['ana', 'dan'] as const) await userToken(world, person, shop);
      const ben = await dashboard(world, 'ben');
      assert.deepEqual(succeeded(await ben.get(`/${shop.id}/alerts`)).body, { data: [] });
      await world.clock.advance(HOUR);
      await world.withdrawKey();
      const { data } = succeeded(await ben.get(`/${shop.id}/alerts`)).body;
      assert.equal(data.length, 1);
      assert.deepEqual(Object.keys(data[0]), ['id', 'type', 'title', 'message', 'people', 'created_time']);
      assert.deepEqual(
        [data[0].type, data[0].title, data[0].people],
        ['tokens_withdrawn', 'Tokens of your app stopped working', 2],
      );
      assert.match(data[0].message, /^Tokens of 2 people for Shop stopped working, .* \/token_deprecation_check/);
      const cleo = await dashboard(world, 'cleo');
      assert.deepEqual(succeeded(await cleo.get(`/${rival.id}/alerts`)).body, { data: [] });
      assert.ok((await cleo.get(`/${shop.id}/alerts`)).body.error);
      assert.ok((await world.get(`/${shop.id}/alerts`, { access_token: idAndSecret(shop) })).body.error);
    },
    {
      difference:
        'How an alert reaches developers is not documented. Ours: /{app-id}/alerts in the dashboard, and a mail to each administrator where a mail server is set.',
    },
  ),
  documented(
    '001:10.4',
    'After a key was withdrawn, the call lists the people who have to log in again, each with the time and the reason; someone who has logged in again is no longer listed.',
    async (world) => {
      const ask = async () =>
        succeeded(await world.get('/token_deprecation_check', { access_token: idAndSecret(shop) })).body;
      const loggedIn = world.clock.now();
      const ids: string[] = [];
      for (const person of ['ana', 'dan'] as const) {
        const token = await userToken(world, person, shop);
        ids.push(succeeded(await world.get('/me', { fields: 'id', access_token: token })).body.id);
      }
      assert.deepEqual(await ask(), { data: [] });
      await world.clock.advance(HOUR);
      await world.withdrawKey();
      const { data } = await ask();
      assert.deepEqual(
        data.map(({ user_id, reason }: Record<string, string>) => [user_id, reason]),
        ids.toSorted((a, b) => (a < b ? -1 : 1)).map((id) => [id, 'token_key_withdrawn']),
      );
      for (const { issued_at } of data)
        assert.ok(issued_at >= loggedIn && issued_at < loggedIn + 60, String(issued_at));
      await world.clock.advance(60);
      const again = await userToken(world, 'ana', shop);
      assert.equal(succeeded(await world.get('/me', { access_token: again })).body.name, people.ana.name);
      assert.deepEqual(
        (await ask()).data.map(({ user_id }: { user_id: string }) => user_id),
        [ids[1]],
      );
      assert.deepEqual(
        succeeded(await world.get('/token_deprecation_check', { access_token: idAndSecret(rival) })).body,
        { data: [] },
      );
    },
    {
      difference:
        'Nothing is published about its method, parameters or answer. Ours: GET with an app token, a paged list of `{user_id, issued_at, reason}`.',
    },
  ),
];
