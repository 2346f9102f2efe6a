// These cases are about Access Tokens for Meta Technologies: what a token is, and the kinds there are.
import assert from 'node:assert/strict';
import { apps, callback, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  answerIn,
  appToken,
  clientToken,
  dialog,
  goOn,
  inspect,
  logIn,
  pageScope,
  pageToken,
  userToken,
} from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { systemToken } from '../../src/stage/system-users.ts';

const { documented, each } = citing('000');
const { shop, rival } = apps;

export const cases: Case[] = [
  documented(
    ['000:3.1', '000:3.2', '001:8.1', '001:8.2'],
    'A token identifies a person, an app or a Page.',
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
  documented('000:3.3', 'debug_token tells both from the token.', async (world) => {
    const data = await inspect(world, await userToken(world, 'ana', shop));
    assert.equal(data.app_id, shop.id);
    assert.equal(data.application, shop.name);
    assert.ok(data.expires_at > world.clock.now());
  }),
  ...each(
    [
      ['me', '/me', 2500],
      ['a person', `/${people.ana.id}`, 104],
      ['a Page', `/${pages.bakery.id}`, 104],
      ['debug_token', '/debug_token?input_token=x', 100],
    ] as const,
    ([what, path, code]) =>
      documented('000:3.4', `A GET of ${what} without a token is refused.`, async (world) => {
        const reply = await world.get(path);
        assert.equal(reply.status, 400);
        assert.equal(reply.body.error.code, code, reply.text);
      }),
  ),
  documented(
    ['000:9.1', '000:9.3', '001:22.4'],
    'With an app token an app reads its settings and changes them.',
    async (world) => {
      const token = await appToken(world, shop);
      assert.equal(
        (await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: token })).body.contact_email,
        'owner@shop.example',
      );
      assert.deepEqual(
        succeeded(await world.post(`/${shop.id}`, { contact_email: 'new@shop.example', access_token: token })).body,
        {
          success: true,
        },
      );
      assert.equal(
        (await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: token })).body.contact_email,
        'new@shop.example',
      );
    },
  ),
  documented('000:9.2', 'The app token is not given for a wrong secret.', async (world) => {
    refused(
      await world.get('/oauth/access_token', {
        client_id: shop.id,
        client_secret: rival.secret,
        grant_type: 'client_credentials',
      }),
      1,
      undefined,
      'Error validating client secret.',
    );
  }),
  documented(['000:9.4', '001:22.5'], 'One GET with id and secret returns it; no person is asked.', async (world) => {
    const { body } = succeeded(
      await world.get('/oauth/access_token', {
        client_id: shop.id,
        client_secret: shop.secret,
        grant_type: 'client_credentials',
      }),
    );
    assert.match(body.access_token, new RegExp(`^${shop.id}\\|[\\w-]+$`));
    assert.equal(body.token_type, 'bearer');
    assert.equal(body.expires_in, undefined);
  }),
  documented(['000:13.1', '001:30.1'], 'A client token reads what is public about its app.', async (world) => {
    const { body } = succeeded(await world.get('/app', { access_token: clientToken(shop) }));
    assert.deepEqual([body.id, body.name], [shop.id, shop.name]);
  }),
  documented(['000:13.2', '001:30.2'], 'A client token changes nothing and inspects nothing.', async (world) => {
    for (const reply of [
      await world.post(`/${shop.id}`, { contact_email: 'x@x.example', access_token: clientToken(shop) }),
      await world.get('/debug_token', { input_token: clientToken(shop), access_token: clientToken(shop) }),
      await world.post(`/${shop.id}/accounts/test-users`, { access_token: clientToken(shop) }),
    ])
      assert.ok(reply.body.error, reply.text);
  }),
  documented(['000:17.1', '001:26.1'], 'With a Page token a Page is read, posted to and changed.', async (world) => {
    const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
    const { body } = succeeded(
      await world.post(`/${pages.bakery.id}/feed`, { message: 'Fresh rolls', access_token: token }),
    );
    assert.match(body.id, new RegExp(`^${pages.bakery.id}_\\d+$`));
    const feed = succeeded(await world.get('/me/feed', { access_token: token })).body.data as {
      id: string;
      message: string;
    }[];
    assert.equal(feed.find(({ id }) => id === body.id)?.message, 'Fresh rolls');
    assert.deepEqual(
      succeeded(await world.post(`/${body.id}`, { message: 'Fresher rolls', access_token: token })).body,
      { success: true },
    );
    assert.deepEqual(succeeded(await world.get(`/${body.id}`, { fields: 'message', access_token: token })).body, {
      message: 'Fresher rolls',
      id: body.id,
    });
    const says = {
      about: 'Rolls.',
      description: 'Rolls and bread.',
      website: 'https://bakery.example/',
      phone: '+351 1',
    };
    assert.deepEqual(succeeded(await world.post(`/${pages.bakery.id}`, { ...says, access_token: token })).body, {
      success: true,
    });
    assert.deepEqual(
      succeeded(await world.get('/me', { fields: Object.keys(says).join(), access_token: token })).body,
      {
        ...says,
        id: pages.bakery.id,
      },
    );
    assert.deepEqual(succeeded(await world.delete(`/${body.id}`, { access_token: token })).body, { success: true });
  }),
  documented(
    ['000:17.1', '001:26.1'],
    'With a Page token a Page publishes a photo, comments on it, changes, hides and deletes the comment.',
    async (world) => {
      const scope = `${pageScope},pages_read_user_content,pages_manage_engagement`;
      const access_token = await pageToken(world, await userToken(world, 'ana', shop, { scope }), 'bakery');
      const photo = succeeded(
        await world.post(`/${pages.bakery.id}/photos`, {
          url: 'https://bakery.example/rolls.jpg',
          caption: 'Rolls',
          access_token,
        }),
      ).body as { id: string; post_id: string };
      assert.deepEqual(Object.keys(photo), ['id', 'post_id']);
      const message = 'From six o’clock';
      const { id } = succeeded(await world.post(`/${photo.post_id}/comments`, { message, access_token })).body as {
        id: string;
      };
      for (const change of [{ message: 'From five o’clock' }, { is_hidden: 'true' }])
        assert.deepEqual(succeeded(await world.post(`/${id}`, { ...change, access_token })).body, { success: true });
      assert.deepEqual(succeeded(await world.get(`/${id}`, { fields: 'message,is_hidden', access_token })).body, {
        message: 'From five o’clock',
        is_hidden: true,
        id,
      });
      assert.deepEqual(succeeded(await world.delete(`/${id}`, { access_token })).body, { success: true });
      assert.deepEqual(succeeded(await world.get(`/${photo.post_id}/comments`, { access_token })).body.data, []);
    },
    {
      difference:
        'Photos by their address, never fetched; comments of the Page alone, without answers to comments. Albums, videos, reactions and posts of other people on a Page don’t exist here.',
    },
  ),
  documented(
    ['000:17.1', '001:26.1'],
    'The token of a person and of an app change neither a Page nor its posts.',
    async (world) => {
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      const token = await pageToken(world, user, 'bakery');
      const { id } = succeeded(
        await world.post(`/${pages.bakery.id}/feed`, { message: 'Fresh rolls', access_token: token }),
      ).body as { id: string };
      for (const other of [user, await appToken(world, shop)]) {
        const words = '(#210) A page access token is required to request this resource.';
        refused(
          await world.post(`/${pages.bakery.id}`, { about: 'Closed.', access_token: other }),
          210,
          undefined,
          words,
        );
        refused(await world.post(`/${id}`, { message: 'Closed.', access_token: other }), 200);
        refused(await world.delete(`/${id}`, { access_token: other }), 200);
      }
      assert.equal((await world.get(`/${id}`, { access_token: token })).body.message, 'Fresh rolls');
      assert.equal((await world.get('/me', { fields: 'about', access_token: token })).body.about, 'Bread.');
    },
  ),
  documented(['000:17.2', '001:26.3'], 'No other token leads to a Page token.', async (world) => {
    for (const token of [await appToken(world, shop), clientToken(shop)])
      assert.equal(
        (await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token })).body.access_token,
        undefined,
      );
    assert.ok(await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery'));
  }),
  documented(
    ['000:21.1', '000:21.2'],
    'With the token of a system user a program posts as a Page of the business, without anyone logging in.',
    async (world) => {
      const { token } = await systemToken(world);
      const page = await pageToken(world, token, 'garden');
      assert.match(
        (await world.post(`/${pages.garden.id}/feed`, { message: 'By itself', access_token: page })).body.id,
        /^\d+_\d+$/,
      );
    },
  ),
  documented(
    '000:25.2',
    'A person’s own data is returned to that person’s token, if they granted the permission.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email,user_birthday' });
      const { body } = succeeded(await world.get('/me', { fields: 'name,email,birthday', access_token: token }));
      assert.deepEqual([body.name, body.email, body.birthday], [people.ana.name, people.ana.email, '02/29/1988']);
    },
  ),
  documented(
    ['000:25.2', '001:18.1'],
    'A user token takes back a permission of its person and makes them a business; neither an app token nor a Page token does.',
    async (world) => {
      const scope = `${pageScope},email,business_management`;
      const token = await userToken(world, 'ana', shop, { scope });
      const page = await pageToken(world, token, 'bakery');
      const { id } = succeeded(await world.get('/me', { access_token: token })).body as { id: string };
      const business = { name: 'Rolls & Sons', vertical: 'RETAIL' };
      for (const other of [page, await appToken(world, shop)])
        assert.ok((await world.post(`/${id}/businesses`, { ...business, access_token: other })).body.error, 'refused');
      assert.match(
        succeeded(await world.post(`/${id}/businesses`, { ...business, access_token: token })).body.id,
        /^\d+$/,
      );
      assert.equal((await world.delete('/me/permissions/email', { access_token: token })).text, 'true');
      assert.equal((await world.get('/me', { fields: 'email', access_token: token })).body.email, undefined);
      refused(await world.post('/me/feed', { message: 'Hello', access_token: token }), 200);
    },
    { difference: 'A person has no timeline that an app may post to: it is refused as callers report.' },
  ),
  documented('000:25.3', 'The dialog asks the person to log in and returns to the app’s address.', async (world) => {
    const browser = world.browser();
    const first = await browser.open(dialog(shop, { scope: 'email' }));
    assert.equal(first.status, 200);
    assert.match(first.innerText, /Log in to continue to\s+Shop/);
    assert.equal(answerIn(await goOn(browser, 'ana')).address, callback);
  }),
  documented(
    '000:25.4',
    'Without the person’s consent there is no token: if they cancel, the app gets an error.',
    async (world) => {
      const { query, fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' }, cancel: true });
      assert.equal(query.get('error') ?? fragment.get('error'), 'access_denied');
      assert.equal(fragment.get('access_token'), null);
    },
  ),
];
