// These cases are about Access Tokens, the edition of Graph API v4.0: app and Page tokens, its printed calls and its
// samples in full.
import assert from 'node:assert/strict';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { appToken, idAndSecret, inspect, longToken, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { catPages, worldWithPages } from '../../src/stage/sample-pages.ts';
import { statements } from '../../src/statements/index.ts';

const { documented, answered } = citing('001');
const { shop, rival, phone } = apps;

export const cases: Case[] = [
  documented('001:96.2', 'A test user logs in like a person and belongs to this app alone.', async (world) => {
    const access_token = await appToken(world, shop);
    const { body } = succeeded(await world.post(`/${shop.id}/accounts/test-users`, { installed: true, access_token }));
    succeeded(await world.get('/me', { access_token: body.access_token }));
    assert.ok((await world.delete(`/${body.id}`, { access_token: await appToken(world, rival) })).body.error);
  }),
  documented('001:100.1', 'Lists of a person are not given to the app itself.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: pageScope });
    const { id } = (await world.get('/me', { access_token: token })).body as { id: string };
    succeeded(await world.get(`/${id}/accounts`, { access_token: token }));
    assert.ok((await world.get(`/${id}/accounts`, { access_token: await appToken(world, shop) })).body.error);
  }),
  documented('001:102.1', 'The call is treated as if no token was given.', async (world) => {
    const reply = await world.get('/debug_token', {
      input_token: idAndSecret(phone),
      access_token: idAndSecret(phone),
    });
    assert.ok(reply.body.error, reply.text);
  }),
  documented('001:110', 'The printed call works as printed, versioned or not, and as a POST.', async (world) => {
    const ask = { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' };
    const replies = [
      await world.get('/oauth/access_token', ask),
      await world.get('/v4.0/oauth/access_token', ask),
      await world.post('/oauth/access_token', ask),
    ];
    const tokens = replies.map((reply) => succeeded(reply).body.access_token as string);
    assert.equal(new Set(tokens).size, 1);
  }),
  documented(['001:115.1', '001:115.2'], 'debug_token takes it to inspect the app’s user tokens.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    const { body } = succeeded(
      await world.get('/debug_token', { input_token: token, access_token: await appToken(world, shop) }),
    );
    assert.equal(body.data.is_valid, true);
  }),
  documented('001:121', 'The bar may be raw or percent-encoded.', async (world) => {
    for (const bar of ['|', '%7C', '%7c'])
      succeeded(await world.send({ path: `/${shop.id}?access_token=${shop.id}${bar}${shop.secret}` }));
  }),
  documented('001:127.2', 'A person without a task on the Page gets no token, whatever was granted.', async (world) => {
    const token = await userToken(world, 'dan', shop, { scope: pageScope });
    const { body } = await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token });
    assert.equal(body.access_token, undefined);
  }),
  documented(
    '001:131',
    'The list answers at the person’s id and at me.',
    async (world) => {
      const access_token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { id } = (await world.get('/me', { access_token })).body as { id: string };
      const names = async (who: string) =>
        ((await world.get(`/${who}/accounts`, { access_token })).body.data as { name: string }[]).map(
          ({ name }) => name,
        );
      assert.deepEqual(await names(id), await names('me'));
    },
    { difference: 'The sample prints `&` where the query begins; that address is not a query, and names nothing.' },
  ),
  answered(
    ['001:135', '000:119'],
    'The two Pages of the sample: every key and value as printed, in the printed order, and tokens of these Pages.',
    async (world) => {
      const reply = await world.get('/me/accounts', {
        access_token: await userToken(world, 'dan', shop, { scope: pageScope }),
      });
      const tokens = (reply.body.data as { access_token: string }[]).map((item) => item.access_token);
      for (const [at, token] of tokens.entries())
        assert.equal((await inspect(world, token)).profile_id, catPages[at]?.id);
      const [ash, tigger] = statements['001:135'].shows.data;
      return {
        reply,
        body: {
          data: [
            { ...ash, access_token: tokens[0] },
            { ...tigger, access_token: tokens[1] },
          ],
          paging: reply.body.paging,
        },
      };
    },
    {
      seed: worldWithPages(catPages),
      besides: ['paging'],
      difference: 'Lists have `paging` with their cursors, as the reference of edges shows.',
    },
  ),
  documented('001:181.2', 'A user token cannot post as the Page.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: pageScope });
    assert.ok((await world.post(`/${pages.bakery.id}/feed`, { message: 'Me', access_token: token })).body.error);
  }),
  documented('001:181.3', 'Without read_insights a Page token reads no figures.', async (world) => {
    const token = await pageToken(
      world,
      await userToken(world, 'ana', shop, { scope: 'pages_show_list,pages_read_engagement' }),
      'bakery',
    );
    refused(await world.get(`/${pages.bakery.id}/insights`, { metric: 'page_impressions', access_token: token }), 200);
  }),
  documented('001:183', 'debug_token returns all three.', async (world) => {
    const user = await longToken(world, 'ana', shop, { scope: pageScope });
    const { id } = (await world.get('/me', { access_token: user })).body as { id: string };
    const data = await inspect(world, await pageToken(world, user, 'garden'));
    assert.deepEqual([data.type, data.profile_id, data.user_id, data.app_id], ['PAGE', pages.garden.id, id, shop.id]);
  }),
  documented(
    '001:187.1',
    'A token is letters and digits only, so that it needs no encoding anywhere, whatever its length.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      for (const token of [user, await pageToken(world, user, 'bakery')]) assert.match(token, /^EAA[A-Za-z0-9]+$/);
    },
  ),
];
