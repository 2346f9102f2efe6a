// Revoking tokens, by the guide to the tokens of system users.
import assert from 'node:assert/strict';
import { apps, pages } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import { appToken, idAndSecret, longToken, pageScope, pageToken, userToken } from '../src/deeds.ts';
import { refused, succeeded } from '../src/expect.ts';

const system = citing('system users');
const { shop, rival } = apps;

export const cases: Case[] = [
  system.documented(
    'GET /oauth/revoke with client_id, client_secret, revoke_token and access_token.',
    'It answers {"success":"true"}; the token is dead at once, with 466.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const { body } = succeeded(
        await world.get('/oauth/revoke', {
          client_id: shop.id,
          client_secret: shop.secret,
          revoke_token: token,
          access_token: await appToken(world, shop),
        }),
      );
      assert.deepEqual(body, { success: 'true' });
      refused(await world.get('/me', { access_token: token }), 190, 466);
    },
    { difference: 'Documented for tokens of system users; here for user and Page tokens as well.' },
  ),
  system.documented('All of app, tokens and secret must belong together.', 'One app cannot revoke another’s token.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    const reply = await world.get('/oauth/revoke', {
      client_id: rival.id,
      client_secret: rival.secret,
      revoke_token: token,
      access_token: idAndSecret(rival),
    });
    assert.ok(reply.body.error, reply.text);
    succeeded(await world.get('/me', { access_token: token }));
  }),
  system.documented(
    'Revoking takes effect immediately.',
    'A user token takes along what came from its log-in; a Page token goes alone.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      const [bakery, garden] = [await pageToken(world, user, 'bakery'), await pageToken(world, user, 'garden')];
      const revoke = (revoke_token: string) =>
        world.get('/oauth/revoke', { client_id: shop.id, client_secret: shop.secret, revoke_token, access_token: idAndSecret(shop) });
      succeeded(await revoke(bakery));
      refused(await world.get('/me', { access_token: bakery }), 190, 466);
      succeeded(await world.get(`/${pages.garden.id}`, { access_token: garden }));
      succeeded(await revoke(user));
      for (const dead of [user, garden]) refused(await world.get('/me', { access_token: dead }), 190, 466);
    },
  ),
  system.later('Install an app on a system user; generate its tokens; refresh them.', 'businesses and system users'),
];
