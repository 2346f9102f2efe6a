// These cases are about Access Tokens for Meta Technologies: app access tokens.
import assert from 'node:assert/strict';
import { apps, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { appToken, idAndSecret, inspect, userToken } from '../../src/stage/deeds.ts';
import { dashboard } from '../../src/stage/dashboard.ts';
import { refused, succeeded } from '../../src/expect.ts';

const { documented, each } = citing('000');
const { shop, rival, phone } = apps;

export const cases: Case[] = [
  documented(['000:84.1', '001:96.1'], 'An app token has no user: /me is refused.', async (world) => {
    refused(
      await world.get('/me', { access_token: await appToken(world, shop) }),
      2500,
      undefined,
      'An active access token must be used to query information about the current user.',
    );
  }),
  documented('000:84.2', 'An app token changes only its own app.', async (world) => {
    const token = await appToken(world, shop);
    assert.ok((await world.post(`/${rival.id}`, { contact_email: 'x@x.example', access_token: token })).body.error);
    const { body } = await world.get(`/${rival.id}`, {
      fields: 'contact_email',
      access_token: await appToken(world, rival),
    });
    assert.equal(body.contact_email, 'owner@rival.example');
  }),
  documented('000:84.3', 'An app token creates, lists, renames and deletes test users.', async (world) => {
    const access_token = await appToken(world, shop);
    const { body } = succeeded(
      await world.post(`/${shop.id}/accounts/test-users`, {
        installed: true,
        permissions: 'email',
        name: 'Tess Tester',
        access_token,
      }),
    );
    assert.ok(body.id && body.access_token && body.login_url && body.email && body.password, JSON.stringify(body));
    assert.equal((await world.get('/me', { access_token: body.access_token })).body.name, 'Tess Tester');
    const ids = async () =>
      ((await world.get(`/${shop.id}/accounts/test-users`, { access_token })).body.data as { id: string }[]).map(
        ({ id }) => id,
      );
    assert.deepEqual(await ids(), [body.id]);
    succeeded(await world.post(`/${body.id}`, { name: 'Tina Tester', access_token }));
    succeeded(await world.delete(`/${body.id}`, { access_token }));
    assert.deepEqual(await ids(), []);
  }),
  documented(
    '000:84.4',
    'An app token reads how many people use the app.',
    async (world) => {
      await userToken(world, 'ana', shop);
      const { body } = succeeded(
        await world.get(`/${shop.id}/app_insights/daily_active_users`, { access_token: await appToken(world, shop) }),
      );
      assert.equal(body.data[0].values[0].value, 1);
    },
    { difference: 'The names and the form of the figures are ours.' },
  ),
  documented(
    ['000:87.1', '000:87.2', '001:100.2'],
    'An app token does not read a person’s e-mail address or birthday.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email,user_birthday' });
      const { id } = (await world.get('/me', { access_token: token })).body as { id: string };
      assert.equal((await world.get(`/${id}`, { fields: 'email', access_token: token })).body.email, people.ana.email);
      const { body } = await world.get(`/${id}`, {
        fields: 'id,email,birthday',
        access_token: await appToken(world, shop),
      });
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
      documented('000:89.2', `An app token of a native app cannot ${what}.`, async (world) => {
        const target = path(phone.id);
        const reply = await world.send({
          method,
          path: `${target}${target.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(idAndSecret(phone))}`,
        });
        assert.ok(reply.body?.error, reply.text);
      }),
  ),
  documented('000:89.1', 'An app that turns native loses its app token at once.', async (world) => {
    const token = await appToken(world, shop);
    succeeded(await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: token }));
    succeeded(await world.post(`/${shop.id}`, { app_type: true, access_token: token }));
    assert.ok((await world.post(`/${shop.id}`, { contact_email: 'x@x.example', access_token: token })).body.error);
  }),
  documented(
    ['000:99.1', '000:99.2', '000:103.1', '001:119.1', '001:119.2'],
    'The generated token and id|secret do the same.',
    async (world) => {
      for (const access_token of [await appToken(world, shop), idAndSecret(shop)])
        assert.equal(
          (await world.get(`/${shop.id}`, { fields: 'contact_email', access_token })).body.contact_email,
          'owner@shop.example',
        );
    },
  ),
  documented(
    ['000:99.4', '001:115.4'],
    'Resetting the secret ends both forms of the app token and leaves people’s tokens alone.',
    async (world) => {
      const before = await appToken(world, shop);
      const user = await userToken(world, 'ben', shop);
      const { body } = succeeded(await (await dashboard(world, 'ben')).post(`/${shop.id}/reset_secret`));
      refused(await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: before }), 190);
      refused(await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: idAndSecret(shop) }), 190);
      succeeded(await world.get('/me', { access_token: user }));
      succeeded(
        await world.get(`/${shop.id}`, { fields: 'contact_email', access_token: `${shop.id}|${body.app_secret}` }),
      );
    },
  ),
  documented('000:103.2', '{app-id}|{app-secret} is an app token.', async (world) => {
    assert.equal((await inspect(world, idAndSecret(shop))).type, 'APP');
    refused(await world.get('/app', { access_token: `${shop.id}|${rival.secret}` }), 190);
  }),
];
