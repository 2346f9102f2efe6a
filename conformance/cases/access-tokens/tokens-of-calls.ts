// These cases check what the documents say of all calls: that each needs a token, and that the app token of a native
// app is as good as none.
import assert from 'node:assert/strict';
import { town } from '../../src/stage/ads.ts';
import { apps, business, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { dashboard } from '../../src/stage/dashboard.ts';
import { type DeclaredCall, nodeCalls, operationCalls } from '../../src/declared-calls.ts';
import { appToken, exchange, idAndSecret, inspect, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { administrator, newSystemUser } from '../../src/stage/system-users.ts';
import type { ConformanceWorld, Reply } from '../../src/stage/world.ts';

const earlier = citing('001');
const newer = citing('000');
const marketing = citing('003');
const { shop, phone } = apps;

const ask = (world: ConformanceWorld, { method, path }: DeclaredCall, token?: string): Promise<Reply> =>
  world.send({ method, path: token === undefined ? path : `${path}?access_token=${encodeURIComponent(token)}` });

/** Status and body, without the trace id, which is another each time. */
const seen = ({ status, text }: Reply): string => `${status} ${text.replace(/"fbtrace_id":"[^"]*"/, '')}`;

/** Objects of which the cast has none. */
async function made(world: ConformanceWorld): Promise<{ caller: string; ids: Record<string, string> }> {
  const caller = await administrator(world);
  const users = succeeded(await world.get(`/${business.id}/business_users`, { fields: 'id', access_token: caller }))
    .body.data as { id: string }[];
  return { caller, ids: { system_user: await newSystemUser(world, caller), business_user: users[0]?.id ?? '' } };
}

const embedded = '(#15) This method cannot be called with a client token or an app secret embedded in the client code';

/** The mobile SDKs ask for these before anybody has logged in; the answers hold no secret and no person. */
const startOfSdks =
  /\/(?:mobile_sdk_gk|aem_conversion_configs|cloudbridge_settings|ios_skadnetwork_conversion_config|model_asset|server_domain_infos)$/;

export const cases: Case[] = [
  marketing.documented(
    ['003:4', '004:3.1'],
    'Every declared call on ad accounts, campaigns, businesses and their people is refused without a token, and changes nothing.',
    async (world) => {
      const { caller, ids } = await made(world);
      const look = async () => {
        const token = await userToken(world, 'ana', apps.market, {
          scope: 'ads_read,ads_management,business_management',
        });
        const paths = [
          `/${town}?fields=name,account_status`,
          `/${town}/campaigns?fields=name,status`,
          `/${business.id}/business_users`,
          `/${business.id}/system_users`,
        ];
        const replies = [];
        for (const path of paths)
          replies.push(
            succeeded(await world.send({ path: `${path}${path.includes('?') ? '&' : '?'}access_token=${token}` })).body
              .data,
          );
        return replies;
      };
      const before = await look();
      const calls = nodeCalls(['ad_account', 'campaign', 'business', 'business_user', 'system_user'], ids);
      assert.ok(calls.length > 50, String(calls.length));
      for (const call of calls) {
        const reply = await ask(world, call);
        if (call.path.startsWith('/act_')) refused(reply, 200, undefined, '(#200) Provide valid app ID');
        else refused(reply, 104, undefined, 'An access token is required to request this resource.');
        assert.ok(reply.status === 400 || reply.status === 403, `${call.method} ${call.path}`);
      }
      assert.deepEqual(await look(), before);
      succeeded(await world.get(`/${ids['system_user'] ?? ''}`, { fields: 'id', access_token: caller }));
    },
  ),
  marketing.documented(
    '004:3.1',
    'Every declared call on apps, Pages and people is refused without a token, but their public picture and what the mobile SDKs ask of an app as they start.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const { id } = succeeded(await world.get('/me', { fields: 'id', access_token: token })).body;
      for (const call of nodeCalls(['app', 'page', 'user'], { user: id })) {
        const reply = await ask(world, call);
        if (call.path.endsWith('/picture') || startOfSdks.test(call.path)) continue;
        assert.ok(reply.body?.error, `${call.method} ${call.path}: ${reply.text}`);
        assert.equal(reply.body.error.code, 104, `${call.method} ${call.path}: ${reply.text}`);
      }
      succeeded(await world.get('/me', { access_token: token }));
    },
  ),
  earlier.documented(
    '001:102.1',
    'Each declared call on a node refuses both forms of the app token of a native app with (#15); calls at the root do too, or look at no token.',
    async (world) => {
      const { ids } = await made(world);
      const user = succeeded(
        await world.get('/me', { fields: 'id', access_token: await userToken(world, 'ana', shop) }),
      ).body.id as string;
      // A token that was made while the app was no native one.
      const generated = await appToken(world, shop);
      succeeded(await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: generated }));
      succeeded(await (await dashboard(world, 'ben')).post(`/${shop.id}/security_settings`, { native_app: true }));
      const types = ['app', 'page', 'user', 'business', 'ad_account', 'campaign', 'business_user', 'system_user'];
      const tokens = [generated, idAndSecret(shop), idAndSecret(phone)];
      for (const call of [...nodeCalls(types, { ...ids, user }), ...nodeCalls(['app'], { app: phone.id })])
        for (const token of tokens) refused(await ask(world, call, token), 15, undefined, embedded);
      for (const call of operationCalls()) {
        const without = seen(await ask(world, call));
        for (const token of tokens) {
          const reply = await ask(world, call, token);
          if (seen(reply) !== without) refused(reply, 15, undefined, embedded);
        }
      }
    },
  ),
  newer.documented(
    ['000:13.3', '001:30.4'],
    'The dashboard shows the client token to people who may change the app, and it works.',
    async (world) => {
      const tokenFor = async (person: 'ben' | 'cleo') =>
        (await (await dashboard(world, person)).get(`/${shop.id}`, { fields: 'client_token' })).body.client_token;
      assert.equal(await tokenFor('ben'), shop.clientToken);
      assert.equal(await tokenFor('cleo'), undefined);
      assert.equal(
        succeeded(await world.get('/app', { access_token: `${shop.id}|${await tokenFor('ben')}` })).body.id,
        shop.id,
      );
    },
  ),
  earlier.documented(
    '001:22.2',
    'An action of Open Graph is no call, neither for the app nor for a person.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const { id } = succeeded(await world.get('/me', { fields: 'id', access_token: token })).body;
      for (const access_token of [token, await appToken(world, shop)])
        for (const action of ['og.likes', 'news.reads', 'shop:buy'])
          refused(await world.post(`/${id}/${action}`, { object: 'https://app.example/1', access_token }), 100);
    },
    { difference: 'Never: publishing Open Graph actions ended with version 2 of the real Graph.' },
  ),
  newer.documented(
    ['000:163.2', '000:163.3', '001:187.2', '001:187.3'],
    'Tokens of one kind vary in length, and every call that accepts one accepts them all.',
    async (world) => {
      const lengths: Record<'user' | 'page', Set<number>> = { user: new Set(), page: new Set() };
      for (const nonce of ['', 'n'.repeat(8), 'n'.repeat(60)]) {
        const params = nonce === '' ? {} : { auth_type: 'reauthenticate', auth_nonce: nonce };
        const user = await userToken(world, 'ana', shop, { scope: pageScope, params });
        const page = await pageToken(world, user, 'bakery');
        lengths.user.add(user.length);
        lengths.page.add(page.length);
        assert.equal(succeeded(await world.get('/me', { access_token: user })).body.name, people.ana.name);
        assert.equal(succeeded(await world.get('/me', { access_token: page })).body.id, pages.bakery.id);
        for (const token of [user, page]) assert.equal((await inspect(world, token)).is_valid, true);
        const longer = succeeded(await exchange(world, shop, user)).body.access_token as string;
        assert.equal(succeeded(await world.get('/me', { access_token: longer })).body.name, people.ana.name);
      }
      assert.equal(lengths.user.size, 3, 'three lengths of user tokens');
      assert.ok(Math.max(...lengths.user) > 128, 'a column of 128 characters would cut it');
    },
    { difference: 'Tokens of today are shorter than 255 characters; that isn’t promised.' },
  ),
];
