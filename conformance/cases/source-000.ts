// Access Tokens for Meta Technologies: kinds of token, lifetimes, portability, app tokens, Page tokens, client tokens, length.
import assert from 'node:assert/strict';
import { apps, callback, nativeCallback, pages, people } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import {
  answerIn,
  appToken,
  clientToken,
  codeOf,
  dialog,
  exchange,
  goThrough,
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

const { documented, later, advice, each } = citing('000');
const { shop, rival, phone, market } = apps;
const HOUR = 3600;
const DAY = 86_400;

export const kinds: Case[] = [
  documented(
    'An access token is an opaque string that identifies a user, an app or a Page.',
    'A token says who it stands for: a person, an app or a Page.',
    async (world) => {
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      const page = await pageToken(world, user, 'bakery');
      const app = await appToken(world, shop);
      assert.equal((await world.get('/me', { access_token: user })).body.name, people.ana.name);
      assert.equal((await world.get('/me', { access_token: page })).body.id, pages.bakery.id);
      assert.equal((await world.get('/app', { access_token: app })).body.id, shop.id);
      assert.deepEqual(
        [(await inspect(world, user)).type, (await inspect(world, page)).type, (await inspect(world, app)).type],
        ['USER', 'PAGE', 'APP'],
      );
    },
  ),
  documented(
    'The token includes information about when it expires and which app generated it.',
    'debug_token reads both out of the token.',
    async (world) => {
      const data = await inspect(world, await userToken(world, 'ana', shop));
      assert.equal(data.app_id, shop.id);
      assert.equal(data.application, shop.name);
      assert.ok(data.expires_at > world.clock.now());
    },
  ),
  ...each(
    [
      ['me', '/me', 2500],
      ['a person', `/${people.ana.id}`, 104],
      ['a Page', `/${pages.bakery.id}`, 104],
      ['debug_token', '/debug_token?input_token=x', 100],
    ] as const,
    ([what, path, code]) =>
      documented('The majority of API calls need to include an access token.', `A GET of ${what} without a token is refused.`, async (world) => {
        const reply = await world.get(path);
        assert.equal(reply.status, 400);
        assert.equal(reply.body.error.code, code, reply.text);
      }),
  ),
  documented(
    'An app access token is used to read and modify app settings.',
    'With an app token an app reads its settings and changes them.',
    async (world) => {
      const token = await appToken(world, shop);
      assert.equal((await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: token })).body.contact_email, 'owner@shop.example');
      assert.deepEqual(succeeded(await world.post(`/${shop.id}`, { contact_email: 'new@shop.example', access_token: token })).body, {
        success: true,
      });
      assert.equal((await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: token })).body.contact_email, 'new@shop.example');
    },
  ),
  documented('It is generated using the app secret.', 'The app token is not given for a wrong secret.', async (world) => {
    refused(
      await world.get('/oauth/access_token', { client_id: shop.id, client_secret: rival.secret, grant_type: 'client_credentials' }),
      1,
      undefined,
      'Error validating client secret.',
    );
  }),
  documented(
    'You obtain an app access token via a server-to-server call.',
    'One GET with id and secret gives it; no person is asked.',
    async (world) => {
      const { body } = succeeded(
        await world.get('/oauth/access_token', { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' }),
      );
      assert.match(body.access_token, new RegExp(`^${shop.id}\\|[\\w-]+$`));
      assert.equal(body.token_type, 'bearer');
      assert.equal(body.expires_in, undefined);
    },
  ),
  documented(
    'The client token identifies your app in calls from native or desktop apps.',
    'A client token reads what is public about its app.',
    async (world) => {
      const { body } = succeeded(await world.get('/app', { access_token: clientToken(shop) }));
      assert.deepEqual([body.id, body.name], [shop.id, shop.name]);
    },
  ),
  documented('The client token is not meant to be a secret.', 'A client token changes nothing and inspects nothing.', async (world) => {
    for (const reply of [
      await world.post(`/${shop.id}`, { contact_email: 'x@x.example', access_token: clientToken(shop) }),
      await world.get('/debug_token', { input_token: clientToken(shop), access_token: clientToken(shop) }),
      await world.post(`/${shop.id}/accounts/test-users`, { access_token: clientToken(shop) }),
    ])
      assert.ok(reply.body.error, reply.text);
  }),
  later('Your client token is found in your app dashboard.', 'the console; the emulator prints it at its start'),
  documented(
    'A Page access token is used to read, write and modify the data of a Page.',
    'With a Page token a Page is read, posted to and changed.',
    async (world) => {
      const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
      const { body } = succeeded(await world.post(`/${pages.bakery.id}/feed`, { message: 'Fresh rolls', access_token: token }));
      assert.match(body.id, new RegExp(`^${pages.bakery.id}_\\d+$`));
      const feed = succeeded(await world.get('/me/feed', { access_token: token })).body.data as { id: string; message: string }[];
      assert.equal(feed.find(({ id }) => id === body.id)?.message, 'Fresh rolls');
    },
  ),
  documented(
    'To obtain a Page access token, start by obtaining a user access token, then use it.',
    'No other token leads to a Page token.',
    async (world) => {
      for (const token of [await appToken(world, shop), clientToken(shop)])
        assert.equal((await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token })).body.access_token, undefined);
      assert.ok(await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery'));
    },
  ),
  later('A System User access token serves automated actions on ad objects or Pages of business clients.', 'businesses and system users'),
  documented(
    'A user token is needed to read or write a specific person’s data on their behalf.',
    'A person’s own data is given to that person’s token, by permission.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email,user_birthday' });
      const { body } = succeeded(await world.get('/me', { fields: 'name,email,birthday', access_token: token }));
      assert.deepEqual([body.name, body.email, body.birthday], [people.ana.name, people.ana.email, '02/29/1988']);
    },
  ),
  documented(
    'User access tokens are obtained via a login dialog.',
    'The dialog asks the person to log in and ends at the address of the app.',
    async (world) => {
      const browser = world.browser();
      const first = await browser.open(dialog(shop, { scope: 'email' }));
      assert.equal(first.status, 200);
      assert.match(first.text, /Log in to continue to\s+Shop/);
      assert.equal(answerIn(await goThrough(browser, first, 'ana')).address, callback);
    },
  ),
  documented(
    'A person has to permit your app to obtain one.',
    'Without the person’s yes there is no token: cancel gives an error to the app.',
    async (world) => {
      const { query, fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' }, cancel: true });
      assert.equal(query.get('error') ?? fragment.get('error'), 'access_denied');
      assert.equal(fragment.get('access_token'), null);
    },
  ),
];

export const lifetimes: Case[] = [
  documented(
    'Short-lived tokens usually have a lifetime of about an hour or two.',
    'A token of a web log-in lives one to two hours and ends on a whole hour.',
    async (world) => {
      const { body } = succeeded(await redeem(world, shop, await codeOf(world, 'ana', shop)));
      assert.ok(body.expires_in >= HOUR && body.expires_in <= 2 * HOUR, String(body.expires_in));
      const { expires_at } = await inspect(world, body.access_token as string);
      assert.equal(expires_at % HOUR, 0);
      assert.equal((await world.get('/me', { access_token: body.access_token })).status, 200);
      await world.clock.advance(body.expires_in + 1);
      refused(
        await world.get('/me', { access_token: body.access_token }),
        190,
        463,
        /^Error validating access token: Session has expired on \w+, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d P[SD]T\. The current time is /,
      );
    },
  ),
  documented('Long-lived tokens usually have a lifetime of about 60 days.', 'An exchanged token lives 60 days, to the second.', async (world) => {
    const token = await longToken(world, 'ana', shop);
    const { issued_at, expires_at } = await inspect(world, token);
    assert.equal(expires_at - issued_at, 60 * DAY);
    await world.clock.advance(59 * DAY);
    succeeded(await world.get('/me', { access_token: token }));
    await world.clock.advance(DAY + 1);
    refused(await world.get('/me', { access_token: token }), 190, 463);
  }),
  advice(
    'Do not depend on these lifetimes: they may change without warning or end early.',
    'Answers carry the life of each token (`expires_in`, `expires_at`); nothing else may be assumed.',
  ),
  documented(
    'Tokens generated via web login are short-lived, but you can convert them by a server-side call along with your app secret.',
    'The exchange needs the app secret.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      refused(await exchange(world, shop, token, { client_secret: 'f'.repeat(32) }), 1, undefined, 'Error validating client secret.');
      assert.ok((await exchange(world, shop, token, { client_secret: undefined })).body.error);
      const { body } = succeeded(await exchange(world, shop, token));
      assert.ok(body.expires_in > 59 * DAY);
    },
  ),
  documented(
    'Mobile apps that use the iOS and Android SDKs get long-lived tokens by default.',
    'A log-in that ends at a native address gives a long-lived token at once.',
    async (world) => {
      const browser = world.browser();
      const params = { redirect_uri: nativeCallback, response_type: 'token,signed_request,graph_domain', scope: 'public_profile' };
      const page = await goThrough(browser, await browser.open(dialog(phone, params)), 'ana');
      const from = page.left ?? page.links.find(({ to }) => to.startsWith(`fb${phone.id}:`))?.to;
      assert.ok(from?.startsWith(nativeCallback), page.text);
      const answer = answerIn({ ...page, left: from });
      assert.ok(Number(answer.fragment.get('expires_in')) > 59 * DAY);
      assert.equal((await inspect(world, answer.fragment.get('access_token') ?? '', phone)).is_valid, true);
    },
  ),
  documented(
    'Apps with Standard access to the Marketing API receive long-lived tokens without an expiry time.',
    'Exchanged tokens of such an app do not expire: expires_at is 0, expires_in is left out.',
    async (world) => {
      const { body } = succeeded(await exchange(world, market, await userToken(world, 'ana', market)));
      assert.equal(body.expires_in, undefined);
      assert.equal((await inspect(world, body.access_token as string, market)).expires_at, 0);
      await world.clock.advance(61 * DAY);
      succeeded(await world.get('/me', { fields: 'id', access_token: body.access_token }));
    },
  ),
  documented(
    'These tokens are still subject to invalidation for other reasons.',
    'A token without expiry dies when the person removes the app.',
    async (world) => {
      const token = await longToken(world, 'ana', market);
      assert.equal((await world.delete('/me/permissions', { access_token: token })).text, 'true');
      refused(await world.get('/me', { access_token: token }), 190, 458);
    },
  ),
  later('This is also true of access tokens for System Users.', 'businesses and system users'),
];

export const portability: Case[] = [
  ...each(
    [
      ['the query', (token: string) => ({ path: `/me?access_token=${token}` })],
      [
        'a form',
        (token: string) => ({
          method: 'POST',
          path: '/me?method=get',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: `access_token=${token}`,
        }),
      ],
      [
        'a JSON body',
        (token: string) => ({
          method: 'POST',
          path: '/me?method=get',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ access_token: token }),
        }),
      ],
      ['the Authorization header', (token: string) => ({ path: '/me', headers: { authorization: `Bearer ${token}` } })],
      ['another program', (token: string) => ({ path: `/v19.0/me?access_token=${token}`, headers: { 'user-agent': 'FBAndroidSDK.18.3.0' } })],
      [
        'a web page',
        (token: string) => ({ path: `/me?access_token=${token}`, headers: { origin: 'https://anywhere.example', 'user-agent': 'Mozilla/5.0' } }),
      ],
    ] as const,
    ([where, ask]) =>
      documented(
        'Once you have an access token you can use it from a mobile client, a web browser or your server.',
        `A token works the same from ${where}.`,
        async (world) => {
          const token = await userToken(world, 'ana', shop);
          assert.equal(succeeded(await world.send(ask(token))).body.name, people.ana.name);
        },
      ),
  ),
  documented(
    'A token obtained on a client can be shipped to your server and used there.',
    'A token from the fragment of a browser is exchanged and used by the server.',
    async (world) => {
      const { fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' } });
      const { body } = succeeded(await exchange(world, shop, fragment.get('access_token') ?? ''));
      assert.equal((await world.get('/me', { access_token: body.access_token })).body.name, people.ana.name);
    },
  ),
  documented(
    'A token obtained via a server call can be shipped to a client.',
    'A token from the code exchange answers a web page of any origin.',
    async (world) => {
      const reply = succeeded(await world.get('/me', { access_token: await userToken(world, 'ana', shop) }, { origin: 'https://client.example' }));
      assert.equal(reply.headers['access-control-allow-origin'], '*');
    },
  ),
  advice(
    'Moving tokens between client and server must be done over HTTPS.',
    'The platform’s own addresses are https except on loopback; what an app does between its parts is its own affair.',
  ),
  advice(
    'The SDKs for Android and iOS manage user tokens through AccessToken classes.',
    'Those are programs; the calls they make are served: native addresses, `fb_extend_sso_token`, batches.',
  ),
  later('The SDK for JavaScript obtains and persists user tokens in cookies.', 'the browser SDK'),
  documented(
    'Without the SDK for JavaScript you generate a token during the steps of the manual flow.',
    'Dialog, redirect with a code, exchange: three plain requests.',
    async (world) => {
      const { address, query } = await logIn(world, 'ana', shop, { params: { state: 'kept as it is' } });
      assert.equal(address, callback);
      assert.equal(query.get('state'), 'kept as it is');
      succeeded(await redeem(world, shop, query.get('code') ?? ''));
    },
  ),
];

export const appTokens: Case[] = [
  documented('App tokens make requests on behalf of an app rather than a user.', 'An app token is nobody: /me is refused.', async (world) => {
    refused(
      await world.get('/me', { access_token: await appToken(world, shop) }),
      2500,
      undefined,
      'An active access token must be used to query information about the current user.',
    );
  }),
  documented('This can be used to modify the parameters of your app.', 'An app token changes only its own app.', async (world) => {
    const token = await appToken(world, shop);
    assert.ok((await world.post(`/${rival.id}`, { contact_email: 'x@x.example', access_token: token })).body.error);
    const { body } = await world.get(`/${rival.id}`, { fields: 'contact_email', access_token: await appToken(world, rival) });
    assert.equal(body.contact_email, 'owner@rival.example');
  }),
  documented('… create and manage test users …', 'An app token creates, lists, renames and deletes test users.', async (world) => {
    const access_token = await appToken(world, shop);
    const { body } = succeeded(
      await world.post(`/${shop.id}/accounts/test-users`, { installed: true, permissions: 'email', name: 'Tess Tester', access_token }),
    );
    assert.ok(body.id && body.access_token && body.login_url && body.email && body.password, JSON.stringify(body));
    assert.equal((await world.get('/me', { access_token: body.access_token })).body.name, 'Tess Tester');
    const ids = async () =>
      ((await world.get(`/${shop.id}/accounts/test-users`, { access_token })).body.data as { id: string }[]).map(({ id }) => id);
    assert.deepEqual(await ids(), [body.id]);
    succeeded(await world.post(`/${body.id}`, { name: 'Tina Tester', access_token }));
    succeeded(await world.delete(`/${body.id}`, { access_token }));
    assert.deepEqual(await ids(), []);
  }),
  documented(
    '… or read your app’s insights.',
    'An app token reads how many people use the app.',
    async (world) => {
      await userToken(world, 'ana', shop);
      const { body } = succeeded(await world.get(`/${shop.id}/app_insights/daily_active_users`, { access_token: await appToken(world, shop) }));
      assert.equal(body.data[0].values[0].value, 1);
    },
    { difference: 'The names and the form of the figures are ours.' },
  ),
  documented(
    'Some user data that is visible with a user token is not visible with an app token.',
    'An app token does not read a person’s e-mail address or birthday.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email,user_birthday' });
      const { id } = (await world.get('/me', { access_token: token })).body as { id: string };
      assert.equal((await world.get(`/${id}`, { fields: 'email', access_token: token })).body.email, people.ana.email);
      const { body } = await world.get(`/${id}`, { fields: 'id,email,birthday', access_token: await appToken(world, shop) });
      assert.deepEqual([body.email, body.birthday], [undefined, undefined]);
    },
  ),
  ...each(
    [
      ['read the app', 'GET', (id: string) => `/${id}?fields=contact_email`],
      ['change the app', 'POST', (id: string) => `/${id}?contact_email=x@x.example`],
      ['inspect a token', 'GET', () => '/debug_token?input_token=x'],
      ['make a test user', 'POST', (id: string) => `/${id}/accounts/test-users`],
    ] as const,
    ([what, method, path]) =>
      documented(
        'App tokens of an app set to Native/Desktop are considered insecure and do not work with API calls.',
        `An app token of a native app cannot ${what}.`,
        async (world) => {
          const target = path(phone.id);
          const reply = await world.send({
            method,
            path: `${target}${target.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(idAndSecret(phone))}`,
          });
          assert.ok(reply.body?.error, reply.text);
        },
      ),
  ),
  documented(
    '… if your app is set to Native/Desktop in the settings of the App Dashboard.',
    'An app that turns native loses its app token at once.',
    async (world) => {
      const token = await appToken(world, shop);
      succeeded(await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: token }));
      succeeded(await world.post(`/${shop.id}`, { app_type: true, access_token: token }));
      assert.ok((await world.post(`/${shop.id}`, { contact_email: 'x@x.example', access_token: token })).body.error);
    },
  ),
  documented(
    'An app token can be used in place of a user token to make API calls.',
    'The generated token and id|secret do the same.',
    async (world) => {
      for (const access_token of [await appToken(world, shop), idAndSecret(shop)])
        assert.equal((await world.get(`/${shop.id}`, { fields: 'contact_email', access_token })).body.contact_email, 'owner@shop.example');
    },
  ),
  documented(
    'Whoever has your app secret has full access to your app and can modify it.',
    'Resetting the secret ends both forms of the app token and leaves people’s tokens alone.',
    async (world) => {
      const before = await appToken(world, shop);
      const user = await userToken(world, 'ben', shop);
      const { body } = succeeded(await world.post(`/${shop.id}/reset_secret`, { access_token: user }));
      refused(await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: before }), 190);
      refused(await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: idAndSecret(shop) }), 190);
      succeeded(await world.get('/me', { access_token: user }));
      succeeded(await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: `${shop.id}|${body.app_secret}` }));
    },
  ),
  advice(
    'App tokens must never be in client-side code.',
    'A server cannot see where a token is kept; `server_ip_whitelist` bounds from where the secret is used.',
  ),
  documented('You can pass app id and app secret, joined by a bar, as access_token.', '{app-id}|{app-secret} is an app token.', async (world) => {
    assert.equal((await inspect(world, idAndSecret(shop))).type, 'APP');
    refused(await world.get('/app', { access_token: `${shop.id}|${rival.secret}` }), 190);
  }),
];

export const pageTokens: Case[] = [
  documented('An admin of the Page must grant your app the Page permissions.', 'Without a Page permission there is no Page token.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: 'email' });
    const one = await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token });
    assert.equal(one.body.access_token, undefined);
    const list = await world.get('/me/accounts', { access_token: token });
    assert.ok(list.body.error, list.text);
  }),
  documented(
    'GET /{user-id}/accounts returns the Pages you have a role on.',
    'A person’s list holds the Pages with a task of the person, and no others.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { id } = (await world.get('/me', { access_token: token })).body as { id: string };
      const { body } = succeeded(await world.get(`/${id}/accounts`, { access_token: token }));
      assert.deepEqual((body.data as { id: string }[]).map((page) => page.id).sort(), [pages.bakery.id, pages.garden.id]);
    },
  ),
  documented(
    '… with the category, the permissions you have on each Page (tasks) and the Page access token.',
    'Each item has access_token, category, category_list, name, id and tasks.',
    async (world) => {
      const { body } = succeeded(await world.get('/me/accounts', { access_token: await userToken(world, 'ben', shop, { scope: pageScope }) }));
      const [item] = body.data as Record<string, unknown>[];
      assert.deepEqual(Object.keys(item ?? {}).sort(), ['access_token', 'category', 'category_list', 'id', 'name', 'tasks']);
      assert.deepEqual(
        [item?.['name'], item?.['category'], item?.['category_list']],
        [pages.bakery.name, 'Bakery', [{ id: '2500', name: 'Bakery' }]],
      );
      assert.deepEqual([...(item?.['tasks'] as string[])].sort(), ['ANALYZE', 'MODERATE']);
    },
  ),
  documented(
    'You could post a status update to a Page rather than on the user’s timeline.',
    'A post with a Page token is the Page’s.',
    async (world) => {
      const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'garden');
      const { body } = succeeded(await world.post('/me/feed', { message: 'The roses are out', access_token: token }));
      assert.ok((body.id as string).startsWith(`${pages.garden.id}_`));
    },
  ),
  documented('… or read Page Insights data.', 'A Page token with read_insights reads the Page’s figures.', async (world) => {
    const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
    const { body } = succeeded(await world.get(`/${pages.bakery.id}/insights`, { metric: 'page_impressions', period: 'day', access_token: token }));
    const [item] = body.data as { name: string; period: string; values: { value: number; end_time: string }[] }[];
    assert.deepEqual([item?.name, item?.period], ['page_impressions', 'day']);
    assert.ok(item?.values.some(({ value }) => value === 21));
  }),
  documented(
    'Page access tokens are unique to each Page, admin and app.',
    'Another Page, another admin or another app: another token. The same three: the same token.',
    async (world) => {
      const ana = await longToken(world, 'ana', shop, { scope: pageScope });
      const ben = await longToken(world, 'ben', shop, { scope: pageScope });
      const elsewhere = await longToken(world, 'ana', rival, { scope: pageScope });
      const tokens = [
        await pageToken(world, ana, 'bakery'),
        await pageToken(world, ana, 'garden'),
        await pageToken(world, ben, 'bakery'),
        await pageToken(world, elsewhere, 'bakery'),
      ];
      assert.equal(new Set(tokens).size, tokens.length);
      assert.equal(await pageToken(world, ana, 'bakery'), tokens[0]);
    },
  ),
];

export const clientTokensAndLength: Case[] = [
  documented(
    'Since SDK v13.0 a client token is required for all calls to the Graph API.',
    'A native app names itself with its client token.',
    async (world) => {
      assert.equal(succeeded(await world.get(`/${phone.id}`, { fields: 'name', access_token: clientToken(phone) })).body.name, phone.name);
    },
    {
      difference: 'A call with a user token needs no client token beside it. The settings that mobile SDKs read at their start come with those SDKs.',
    },
  ),
  documented('Client tokens make requests on behalf of apps instead of users.', 'A client token is nobody: /me is refused.', async (world) => {
    refused(await world.get('/me', { access_token: clientToken(shop) }), 2500);
  }),
  documented(
    'Client tokens cannot be used on their own; they must be combined with your app id by a bar.',
    'The bare client token is no token; {app-id}|{client-token} is.',
    async (world) => {
      refused(await world.get('/app', { access_token: shop.clientToken }), 190);
      refused(await world.get('/app', { access_token: `${rival.id}|${shop.clientToken}` }), 190);
      assert.equal((await world.get('/app', { access_token: clientToken(shop) })).body.id, shop.id);
    },
  ),
  later('To get the client token: dashboard, Settings, Advanced, Security.', 'the console; the emulator prints it at its start'),
  documented(
    'Expect that the length of all tokens changes over time; use a data type without a maximum size.',
    'No two kinds have one length, and nothing is decided by it: a longer string is only an unknown token.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      const tokens = [user, await pageToken(world, user, 'bakery'), await appToken(world, shop), clientToken(shop)];
      assert.ok(new Set(tokens.map(({ length }) => length)).size >= 3);
      for (const token of [user, `${user}${'A'.repeat(1000)}`, user.slice(0, 40)])
        assert.equal((await world.get('/me', { access_token: token })).status, token === user ? 200 : 400);
      refused(await world.get('/me', { access_token: `${user}${'A'.repeat(1000)}` }), 190);
    },
  ),
];

export const cases: Case[] = [...kinds, ...lifetimes, ...portability, ...appTokens, ...pageTokens, ...clientTokensAndLength];
