// Access Tokens, the edition of Graph API v4.0: app and Page tokens, its printed calls and its samples in full.
import assert from 'node:assert/strict';
import { apps, pages, people } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import { appToken, idAndSecret, inspect, longToken, pageScope, pageToken, userToken } from '../src/deeds.ts';
import { refused, succeeded, sorted } from '../src/expect.ts';

const { documented, advice, each } = citing('001');
const { shop, rival, phone } = apps;

export const cases: Case[] = [
  documented(
    'App tokens modify parameters, create and manage test users, or read insights.',
    'A test user logs in like a person and is only this app’s.',
    async (world) => {
      const access_token = await appToken(world, shop);
      const { body } = succeeded(await world.post(`/${shop.id}/accounts/test-users`, { installed: true, access_token }));
      succeeded(await world.get('/me', { access_token: body.access_token }));
      assert.ok((await world.delete(`/${body.id}`, { access_token: await appToken(world, rival) })).body.error);
    },
  ),
  documented(
    'Some user data is not always visible with an app access token.',
    'Lists of a person are not given to the app itself.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { id } = (await world.get('/me', { access_token: token })).body as { id: string };
      succeeded(await world.get(`/${id}/accounts`, { access_token: token }));
      assert.ok((await world.get(`/${id}/accounts`, { access_token: await appToken(world, shop) })).body.error);
    },
  ),
  documented('App tokens of Native/Desktop apps do not work with API calls.', 'It is as if no token was given.', async (world) => {
    const reply = await world.get('/debug_token', { input_token: idAndSecret(phone), access_token: idAndSecret(phone) });
    assert.ok(reply.body.error, reply.text);
  }),
  documented(
    'curl -X GET ".../oauth/access_token?client_id=…&client_secret=…&grant_type=client_credentials"',
    'The printed call works as printed, versioned or not, and as a POST.',
    async (world) => {
      const ask = { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' };
      const replies = [
        await world.get('/oauth/access_token', ask),
        await world.get('/v4.0/oauth/access_token', ask),
        await world.post('/oauth/access_token', ask),
      ];
      const tokens = replies.map((reply) => succeeded(reply).body.access_token as string);
      assert.equal(new Set(tokens).size, 1);
    },
  ),
  documented('The app token can be used in place of a user token.', 'debug_token takes it to inspect the app’s user tokens.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    const { body } = succeeded(await world.get('/debug_token', { input_token: token, access_token: await appToken(world, shop) }));
    assert.equal(body.data.is_valid, true);
  }),
  advice('App tokens should never be hard-coded into client-side code; use them in server to server calls.', 'See the newer edition.'),
  documented(
    'curl -i -X GET ".../{api-endpoint}&access_token={your-app_id}|{your-app_secret}"',
    'The bar may come raw or percent-encoded.',
    async (world) => {
      for (const bar of ['|', '%7C', '%7c']) succeeded(await world.send({ path: `/${shop.id}?access_token=${shop.id}${bar}${shop.secret}` }));
    },
  ),
  documented(
    'To generate a Page token, an admin of the Page must grant pages_show_list or manage_pages.',
    'A person without a task on the Page gets none, whatever was granted.',
    async (world) => {
      const token = await userToken(world, 'dan', shop, { scope: pageScope });
      const { body } = await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token });
      assert.equal(body.access_token, undefined);
    },
  ),
  documented(
    'GET /{your-user-id}/accounts&access_token={user-access-token}',
    'The list answers at the person’s id and at me.',
    async (world) => {
      const access_token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { id } = (await world.get('/me', { access_token })).body as { id: string };
      const names = async (who: string) =>
        ((await world.get(`/${who}/accounts`, { access_token })).body.data as { name: string }[]).map(({ name }) => name);
      assert.deepEqual(await names(id), await names('me'));
    },
    { difference: 'The sample prints `&` where the query begins; that address is not a query, and names nothing.' },
  ),
  ...each(
    [
      ['Ash Cat Page', 'cleo', 'cats', ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MANAGE', 'MESSAGING', 'MODERATE']],
      ['Unofficial: Tigger the Cat', 'ben', 'bakery', ['ANALYZE', 'MODERATE']],
    ] as const,
    ([sample, person, page, tasks]) =>
      documented(
        `The sample item "${sample}": access_token, category, category_list, name, id, tasks.`,
        `${people[person].name.split(' ')[0]}’s item of ${pages[page].name} has the same keys, and the tasks of that person.`,
        async (world) => {
          const { body } = succeeded(await world.get('/me/accounts', { access_token: await userToken(world, person, shop, { scope: pageScope }) }));
          const item = (body.data as { id: string; tasks: string[]; access_token: string }[]).find(({ id }) => id === pages[page].id);
          assert.deepEqual(sorted(item?.tasks ?? []), tasks);
          assert.match(item?.access_token ?? '', /^EAA\w+$/);
          assert.equal((await inspect(world, item?.access_token ?? '')).profile_id, pages[page].id);
        },
      ),
  ),
  documented(
    'With a Page token you could post a status update to a Page rather than on the user’s timeline.',
    'A user token cannot post as the Page.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      assert.ok((await world.post(`/${pages.bakery.id}/feed`, { message: 'Me', access_token: token })).body.error);
    },
  ),
  documented('… or read Page Insights data.', 'Without read_insights a Page token reads no figures.', async (world) => {
    const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: 'pages_show_list,pages_read_engagement' }), 'bakery');
    refused(await world.get(`/${pages.bakery.id}/insights`, { metric: 'page_impressions', access_token: token }), 200);
  }),
  documented('Page access tokens are unique to each Page, admin, and app.', 'debug_token names all three.', async (world) => {
    const user = await longToken(world, 'ana', shop, { scope: pageScope });
    const { id } = (await world.get('/me', { access_token: user })).body as { id: string };
    const data = await inspect(world, await pageToken(world, user, 'garden'));
    assert.deepEqual([data.type, data.profile_id, data.user_id, data.app_id], ['PAGE', pages.garden.id, id, shop.id]);
  }),
  documented(
    'Expect the length of all token types to change; use a variable length data type without a maximum.',
    'A token is letters and digits only, so that it needs no encoding anywhere, whatever its length.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      for (const token of [user, await pageToken(world, user, 'bakery')]) assert.match(token, /^EAA[A-Za-z0-9]+$/);
    },
  ),
];
