// These cases are about revoking tokens, by the guide to the tokens of system users.
import assert from 'node:assert/strict';
import { apps, business, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { appToken, exchange, idAndSecret, longToken, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { administrator, generate, newSystemUser, proofOf, systemToken } from '../../src/stage/system-users.ts';

const system = citing('system users');
const { shop, rival, market } = apps;
const DAY = 86_400;

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
  system.documented(
    'All of app, tokens and secret must belong together.',
    'One app cannot revoke another’s token.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const reply = await world.get('/oauth/revoke', {
        client_id: rival.id,
        client_secret: rival.secret,
        revoke_token: token,
        access_token: idAndSecret(rival),
      });
      assert.ok(reply.body.error, reply.text);
      succeeded(await world.get('/me', { access_token: token }));
    },
  ),
  system.documented(
    'Revoking takes effect immediately.',
    'A user token takes along what came from its log-in; a Page token goes alone.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      const [bakery, garden] = [await pageToken(world, user, 'bakery'), await pageToken(world, user, 'garden')];
      const revoke = (revoke_token: string) =>
        world.get('/oauth/revoke', {
          client_id: shop.id,
          client_secret: shop.secret,
          revoke_token,
          access_token: idAndSecret(shop),
        });
      succeeded(await revoke(bakery));
      refused(await world.get('/me', { access_token: bakery }), 190, 466);
      succeeded(await world.get(`/${pages.garden.id}`, { access_token: garden }));
      succeeded(await revoke(user));
      for (const dead of [user, garden]) refused(await world.get('/me', { access_token: dead }), 190, 466);
    },
  ),
  system.documented(
    'Install an app on the system user; then generate its token with business_app, scope and appsecret_proof.',
    'Without the app installed there is no token; with it, the answer is the token and nothing else.',
    async (world) => {
      const caller = await administrator(world);
      const bare = (
        await world.post(`/${business.id}/system_users`, { name: 'Bare', role: 'EMPLOYEE', access_token: caller })
      ).body.id as string;
      refused(await generate(world, caller, bare), 100);
      const { body } = succeeded(await generate(world, caller, await newSystemUser(world, caller)));
      assert.deepEqual(Object.keys(body), ['access_token']);
    },
  ),
  system.documented(
    'The proof is over the token of the caller, with the secret of the app.',
    'Without it, or over another token, nothing is made.',
    async (world) => {
      const caller = await administrator(world);
      const id = await newSystemUser(world, caller);
      refused(await generate(world, caller, id, { appsecret_proof: undefined }), 100);
      refused(await generate(world, caller, id, { appsecret_proof: proofOf(idAndSecret(market)) }), 100);
    },
  ),
  system.documented(
    'A token of 60 days is refreshed while it is valid: fb_exchange_token with set_token_expires_in_60_days.',
    'The refreshed one lives 60 days from the call, the old one to its own end; an expired one is not refreshed.',
    async (world) => {
      const { token } = await systemToken(world, { set_token_expires_in_60_days: true });
      const refresh = (old: string) => exchange(world, market, old, { set_token_expires_in_60_days: true });
      await world.clock.advance(59 * DAY);
      const { body } = succeeded(await refresh(token));
      assert.ok(body.expires_in > 60 * DAY - 60 && body.token_type === 'bearer');
      succeeded(await world.get('/me', { access_token: token }));
      await world.clock.advance(2 * DAY);
      refused(await world.get('/me', { access_token: token }), 190, 463);
      refused(await refresh(token), 190, 463);
      succeeded(await world.get('/me', { access_token: body.access_token }));
    },
  ),
  system.documented(
    'Rotation: refresh, use the new token, then revoke the old one.',
    'The old token is dead, the new one lives.',
    async (world) => {
      const { token } = await systemToken(world, { set_token_expires_in_60_days: true });
      const fresh = succeeded(await exchange(world, market, token, { set_token_expires_in_60_days: true })).body
        .access_token as string;
      const revoke = { client_id: market.id, client_secret: market.secret, revoke_token: token, access_token: fresh };
      assert.deepEqual(succeeded(await world.get('/oauth/revoke', revoke)).body, { success: 'true' });
      refused(await world.get('/me', { access_token: token }), 190, 466);
      succeeded(await world.get('/me', { access_token: fresh }));
    },
  ),
];
