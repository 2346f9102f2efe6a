// These cases are about Access Tokens, the edition of Graph API v4.0: the kinds of token and user tokens, where it says
// more than the newer edition.
import assert from 'node:assert/strict';
import { apps, callback, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  appToken,
  clientToken,
  codeOf,
  exchange,
  inspect,
  logIn,
  longToken,
  pageScope,
  pageToken,
  redeem,
  userToken,
} from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const { documented } = citing('001');
const { shop, rival, market } = apps;
const DAY = 86_400;

export const cases: Case[] = [
  documented('001:8.3', 'The token carries what the person approved, for a limited time.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: 'email,user_gender', untick: ['user_gender'] });
    const { scopes, expires_at } = await inspect(world, token);
    assert.deepEqual(scopes, ['public_profile', 'email']);
    assert.ok(expires_at > 0);
  }),
  documented(
    ['001:10.5', '000:33.5'],
    'After a token has expired, the dialog gives the same person a new one.',
    async (world) => {
      const browser = world.browser();
      const token = await userToken(world, 'ana', shop, { browser });
      succeeded(await world.delete('/me/permissions', { access_token: token }));
      refused(await world.get('/me', { access_token: token }), 190, 458);
      succeeded(await world.get('/me', { access_token: await userToken(world, 'ana', shop, { browser }) }));
    },
  ),
  documented('001:12.1', 'debug_token returns the app and the expiry of user, Page and app tokens.', async (world) => {
    const user = await longToken(world, 'ana', shop, { scope: pageScope });
    for (const token of [user, await pageToken(world, user, 'bakery'), await appToken(world, shop)])
      assert.equal((await inspect(world, token)).app_id, shop.id);
    assert.ok((await inspect(world, user)).expires_at > world.clock.now());
  }),
  documented('001:12.2', 'A list of Pages without a token is refused.', async (world) => {
    refused(await world.get('/me/accounts'), 2500);
  }),
  documented(
    '001:18.1',
    'Another app’s token of the same person reads nothing by this app’s id of the person.',
    async (world) => {
      const { id } = (await world.get('/me', { access_token: await userToken(world, 'ana', shop) })).body as {
        id: string;
      };
      refused(await world.get(`/${id}`, { access_token: await userToken(world, 'ana', rival) }), 100, 33);
    },
  ),
  documented(
    '001:18.2',
    'Someone who has permitted the app is not asked again; someone who hasn’t is.',
    async (world) => {
      const browser = world.browser();
      const first = await logIn(world, 'ana', shop, { scope: 'email', browser });
      const again = await browser.open(
        `/v25.0/dialog/oauth?client_id=${shop.id}&redirect_uri=${encodeURIComponent(callback)}&scope=email`,
      );
      assert.ok(first.query.get('code'));
      assert.ok(again.left?.startsWith(callback), again.innerText);
    },
  ),
  documented(
    '001:22.1',
    'Settings cannot be read with the token of a person who has no role on the app, nor with a client token.',
    async (world) => {
      for (const access_token of [await userToken(world, 'dan', shop), clientToken(shop)]) {
        const { body } = await world.get(`/${shop.id}`, { fields: 'contact_email', access_token });
        assert.equal(body.contact_email, undefined);
      }
    },
  ),
  documented(
    '001:22.3',
    'The same app and secret give the same token; another app gets a different one.',
    async (world) => {
      const [one, two, other] = [
        await appToken(world, shop),
        await appToken(world, shop),
        await appToken(world, rival),
      ];
      assert.equal(one, two);
      assert.notEqual(one, other);
    },
  ),
  documented(
    ['001:26.2', '001:127.3'],
    'Both names lead to a Page token; the old name is read as the current ones.',
    async (world) => {
      for (const scope of ['pages_show_list', 'manage_pages']) {
        const token = await userToken(world, 'ana', shop, { scope });
        assert.ok((await inspect(world, token)).scopes.includes('pages_show_list'));
        assert.ok(await pageToken(world, token, 'bakery'));
      }
    },
  ),
  documented(
    '001:30.3',
    'It reads the public fields of its app and nothing of people, Pages or settings.',
    async (world) => {
      const access_token = clientToken(shop);
      assert.equal(succeeded(await world.get(`/${shop.id}`, { fields: 'name', access_token })).body.name, shop.name);
      for (const path of [`/${pages.bakery.id}`, '/me', `/${shop.id}/roles`, `/${rival.id}?fields=contact_email`]) {
        const { body } = await world.get(path, { access_token });
        assert.ok(body.error || body.contact_email === undefined, JSON.stringify(body));
        assert.equal(body.data, undefined);
      }
    },
  ),
  documented(
    ['001:38.2', '000:33.1', '001:38.1'],
    'The short-lived token expires first; the long-lived one keeps working and expires later.',
    async (world) => {
      const short = await userToken(world, 'ana', shop);
      const long = (await exchange(world, shop, short)).body.access_token as string;
      await world.clock.advance(2 * 3600 + 1);
      refused(await world.get('/me', { access_token: short }), 190, 463);
      succeeded(await world.get('/me', { access_token: long }));
      await world.clock.advance(60 * DAY);
      refused(await world.get('/me', { access_token: long }), 190, 463);
    },
  ),
  documented('001:40', 'An expired token can no longer be converted.', async (world) => {
    const short = await userToken(world, 'ana', shop);
    await world.clock.advance(2 * 3600 + 1);
    refused(await exchange(world, shop, short), 190, 463);
  }),
  documented('001:44.1', 'Apps without that access get 60 days.', async (world) => {
    const endOf = async (app: typeof shop | typeof market) =>
      (await inspect(world, await longToken(world, 'ana', app), app)).expires_at as number;
    assert.equal(await endOf(market), 0);
    assert.ok((await endOf(shop)) > 0);
  }),
  documented(
    '001:48.1',
    'One token used from three different kinds of address is one session: ending it ends it everywhere.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const uses = () =>
        Promise.all([
          world.get('/me', { access_token: token }),
          world.post('/me', { method: 'get', access_token: token }),
          world.get('/me', {}, { authorization: `Bearer ${token}` }),
        ]);
      for (const reply of await uses()) succeeded(reply);
      succeeded(await world.delete('/me/permissions', { access_token: token }));
      for (const reply of await uses()) refused(reply, 190, 458);
    },
  ),
  documented('001:92', 'The code of the dialog is redeemed once, at the address it was sent to.', async (world) => {
    const code = await codeOf(world, 'ana', shop);
    succeeded(await redeem(world, shop, code));
    refused(await redeem(world, shop, code), 100, 36_009, 'This authorization code has been used.');
  }),
];
