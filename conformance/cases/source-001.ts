// Access Tokens, the edition of Graph API v4.0: what it says beyond the newer edition, and its samples in full.
import assert from 'node:assert/strict';
import { apps, callback, pages, people } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import {
  appToken,
  clientToken,
  codeOf,
  exchange,
  idAndSecret,
  inspect,
  logIn,
  longToken,
  pageScope,
  pageToken,
  redeem,
  refused,
  succeeded,
  userToken,
} from '../src/deeds.ts';

const { documented, later, advice, each } = citing('001');
const { shop, rival, phone, market } = apps;
const DAY = 86_400;

export const cases: Case[] = [
  documented(
    'When someone approves the request for permissions, the app obtains a token that provides temporary access.',
    'The token carries what the person approved, for a time.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email,user_gender', untick: ['user_gender'] });
      const { scopes, expires_at } = await inspect(world, token);
      assert.deepEqual([...scopes].sort(), ['email', 'public_profile']);
      assert.ok(expires_at > 0);
    },
  ),
  documented(
    'Query /token_deprecation_check to see if any of your user tokens are affected by the change in v4.0.',
    'The call answers the app’s own token with a list, which is empty here.',
    async (world) => {
      const { body } = succeeded(await world.get('/token_deprecation_check', { access_token: await appToken(world, shop) }));
      assert.deepEqual(body, { data: [] });
    },
    {
      difference:
        'Nothing is published about its method, parameters or answer. Ours: GET with an app token, a paged list of `{user_id, issued_at, reason}`.',
    },
  ),
  documented(
    'Users whose tokens are invalidated need to re-authenticate.',
    'After a token died, the dialog gives the same person a new one.',
    async (world) => {
      const browser = world.browser();
      const token = await userToken(world, 'ana', shop, { browser });
      succeeded(await world.delete('/me/permissions', { access_token: token }));
      refused(await world.get('/me', { access_token: token }), 190, 458);
      succeeded(await world.get('/me', { access_token: await userToken(world, 'ana', shop, { browser }) }));
    },
  ),
  advice('This change affects all versions on 29 October 2019.', 'Past.'),
  documented(
    'The token includes information about when it will expire and which app generated it.',
    'debug_token names app and end for user, Page and app tokens.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      for (const token of [user, await pageToken(world, user, 'bakery'), await appToken(world, shop)])
        assert.equal((await inspect(world, token)).app_id, shop.id);
      assert.ok((await inspect(world, user)).expires_at > world.clock.now());
    },
  ),
  documented(
    'The majority of API calls on Facebook need to include an access token.',
    'A list of Pages without a token is refused.',
    async (world) => {
      refused(await world.get('/me/accounts'), 2500);
    },
  ),
  documented(
    'A user token is needed any time the app reads, modifies or writes a specific person’s data.',
    'Another app’s token of the same person reads nothing by this app’s id of the person.',
    async (world) => {
      const { id } = (await world.get('/me', { access_token: await userToken(world, 'ana', shop) })).body as { id: string };
      refused(await world.get(`/${id}`, { access_token: await userToken(world, 'ana', rival) }), 100, 33);
    },
  ),
  documented(
    'User tokens are generally obtained via a login dialog and require a person to permit your app.',
    'Who has permitted the app is not asked again; who has not is.',
    async (world) => {
      const browser = world.browser();
      const first = await logIn(world, 'ana', shop, { scope: 'email', browser });
      const again = await browser.open(`/v25.0/dialog/oauth?client_id=${shop.id}&redirect_uri=${encodeURIComponent(callback)}&scope=email`);
      assert.ok(first.query.get('code'));
      assert.ok(again.left?.startsWith(callback), again.text);
    },
  ),
  documented(
    'An app token is needed to modify and read app settings.',
    'Settings are not read with a person’s token who has no role on the app, nor with a client token.',
    async (world) => {
      for (const access_token of [await userToken(world, 'dan', shop), clientToken(shop)]) {
        const { body } = await world.get(`/${shop.id}`, { fields: 'contact_email', access_token });
        assert.equal(body.contact_email, undefined);
      }
    },
  ),
  later('It can also be used to publish Open Graph actions.', 'never: Open Graph actions ended with Graph API v2.x'),
  documented(
    'It is generated using a pre-agreed secret between the app and Facebook.',
    'The same app and secret give the same token; another app’s is another.',
    async (world) => {
      const [one, two, other] = [await appToken(world, shop), await appToken(world, shop), await appToken(world, rival)];
      assert.equal(one, two);
      assert.notEqual(one, other);
    },
  ),
  documented(
    'To obtain a Page token, ask for the pages_show_list or manage_pages permission.',
    'Both names lead to a Page token; the old one is read as today’s names.',
    async (world) => {
      for (const scope of ['pages_show_list', 'manage_pages']) {
        const token = await userToken(world, 'ana', shop, { scope });
        assert.ok((await inspect(world, token)).scopes.includes('pages_show_list'));
        assert.ok(await pageToken(world, token, 'bakery'));
      }
    },
  ),
  documented(
    'The client token is used to access app-level APIs, but only a very limited subset.',
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
  later('The client token is found in your app’s dashboard.', 'the console; the emulator prints it at its start'),
  documented(
    'Short-lived tokens live about an hour or two, long-lived ones about 60 days.',
    'Both in one row: the short one dies, the long one goes on, then dies.',
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
  documented(
    'Web tokens are short-lived, and converted by a server-side call along with your app secret.',
    'An expired token can no longer be converted.',
    async (world) => {
      const short = await userToken(world, 'ana', shop);
      await world.clock.advance(2 * 3600 + 1);
      refused(await exchange(world, shop, short), 190, 463);
    },
  ),
  documented(
    'Apps with Standard access to the Marketing API receive tokens that have no expiry time.',
    'Apps without that access get 60 days.',
    async (world) => {
      const endOf = async (app: typeof shop | typeof market) => (await inspect(world, await longToken(world, 'ana', app), app)).expires_at as number;
      assert.equal(await endOf(market), 0);
      assert.ok((await endOf(shop)) > 0);
    },
  ),
  later('This is also true of access tokens for System Users in Business Manager.', 'businesses and system users'),
  documented(
    'Tokens are portable.',
    'One token, used from three addresses of different kinds, is one session: ending it ends it everywhere.',
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
  advice('Moving tokens must be done securely over HTTPS.', 'See the newer edition.'),
  advice('Android and iOS: the SDKs manage user tokens.', 'The calls of these SDKs are served.'),
  later('JavaScript: the SDK persists user tokens in browser cookies.', 'the browser SDK'),
  documented(
    'Web without JavaScript: generate a token during the steps of the manual flow.',
    'The code of the dialog is redeemed once, at the address it was sent to.',
    async (world) => {
      const code = await codeOf(world, 'ana', shop);
      succeeded(await redeem(world, shop, code));
      refused(await redeem(world, shop, code), 100, 36_009, 'This authorization code has been used.');
    },
  ),
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
          assert.deepEqual([...(item?.tasks ?? [])].sort(), tasks);
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
