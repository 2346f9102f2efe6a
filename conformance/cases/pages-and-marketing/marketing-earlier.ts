// These cases are about the earlier edition of the Marketing API's authentication guide: what it says in other words,
// seen once more from outside.
import assert from 'node:assert/strict';
import { systemTokenForAds, town } from '../../src/stage/ads.ts';
import { adAccounts, apps, callback } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { codeOf, exchange, inspect, logIn, longToken, redeem, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { changePassword, signIn } from '../../src/stage/settings-pages.ts';

const { documented, each } = citing('004');
const { shop, market } = apps;
const HOUR = 3600;

export const cases: Case[] = [
  documented('004:3.1', 'The token is a parameter of every call, and of no call’s answer.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    const reply = succeeded(await world.get('/me', { access_token: token }));
    assert.ok(!reply.text.includes(token));
    refused(await world.get('/me'), 2500);
  }),
  ...each(
    [
      ['004:30', 'app_id', (data: Record<string, unknown>) => assert.equal(data['app_id'], shop.id)],
      [
        '004:31',
        'expires_at',
        (data: Record<string, unknown>, now: number) => assert.ok(Number(data['expires_at']) - now <= 2 * HOUR),
      ],
      [
        '004:32',
        'scopes',
        (data: Record<string, unknown>) => assert.deepEqual(data['scopes'], ['public_profile', 'email']),
      ],
    ] as const,
    ([key, field, check]) =>
      documented(key, `debug_token with fields=${field} returns only this field.`, async (world) => {
        const token = await userToken(world, 'ana', shop, { scope: 'email' });
        const { body } = succeeded(
          await world.get('/debug_token', {
            input_token: token,
            access_token: `${shop.id}|${shop.secret}`,
            fields: field,
          }),
        );
        assert.deepEqual(Object.keys(body.data), [field]);
        check(body.data, world.clock.now());
      }),
  ),
  documented('004:39', 'A long-lived token extended again within a day is the same token.', async (world) => {
    const long = await longToken(world, 'ana', shop);
    assert.equal((await exchange(world, shop, long)).body.access_token, long);
    await world.clock.advance(25 * HOUR);
    const { body } = succeeded(await exchange(world, shop, long));
    assert.notEqual(body.access_token, long);
    succeeded(await world.get('/me', { access_token: long }));
  }),
  documented('004:41.2', 'Both kinds of app in one comparison.', async (world) => {
    const ends = [
      await inspect(world, await longToken(world, 'ana', shop)),
      await inspect(world, await longToken(world, 'ana', market), market),
    ];
    assert.deepEqual(
      ends.map(({ expires_at }) => expires_at === 0),
      [false, true],
    );
  }),
  documented(
    '004:45.1',
    'It reads and writes business data: the assets assigned to it, and no others.',
    async (world) => {
      const { token, id } = await systemTokenForAds(world, 'ANALYZE');
      const { body } = succeeded(
        await world.get(`/${id}/assigned_ad_accounts`, { fields: 'name,user_tasks', access_token: token }),
      );
      assert.deepEqual(body.data, [{ name: adAccounts.town.name, user_tasks: ['ANALYZE'], id: town }]);
      refused(await world.get(`/act_${adAccounts.cats.id}`, { access_token: token }), 100, 33);
      refused(await world.post(`/${adAccounts.town.campaign.id}`, { status: 'PAUSED', access_token: token }), 200);
    },
  ),
  documented(
    '004:47.1',
    'A hundred days later it is valid, where a long-lived token of a person would have ended after sixty.',
    async (world) => {
      const { token } = await systemTokenForAds(world);
      await world.clock.advance(100 * 24 * HOUR);
      assert.equal((await inspect(world, token, market)).is_valid, true);
      succeeded(await world.get(`/${town}`, { access_token: token }));
    },
  ),
  documented('004:53', 'The code is in the query; the fragment is the documented `#_=_`.', async (world) => {
    const { address, query, fragment } = await logIn(world, 'ana', shop, { params: { state: 'x y+z&ä' } });
    assert.equal(address, callback);
    assert.ok(query.get('code'));
    assert.equal(query.get('state'), 'x y+z&ä');
    assert.deepEqual([...fragment], [['_', '_']]);
  }),
  ...each(['', '/v2.0', '/v3.2', '/v19.0', '/v25.0', '/v26.0'] as const, (version) =>
    documented(
      ['004:57', '004:65'],
      version === '' ? 'The exchange works without a version.' : `The exchange works at ${version}.`,
      async (world) => {
        const ask = {
          client_id: shop.id,
          redirect_uri: callback,
          client_secret: shop.secret,
          code: await codeOf(world, 'ana', shop),
        };
        const reply = succeeded(await world.get(`${version}/oauth/access_token`, ask));
        assert.equal(reply.body.token_type, 'bearer');
        if (version !== '') assert.equal(reply.headers['facebook-api-version'], version.slice(1));
      },
    ),
  ),
  documented(
    '004:67',
    'For an app with Standard access.',
    async (world) => {
      const { body } = succeeded(await redeem(world, market, await codeOf(world, 'ana', market)));
      assert.equal(body.expires_in, undefined);
    },
    { difference: 'As in the newer edition: only for apps with Standard access to the Marketing API.' },
  ),
  documented(['004:68.1', '004:68.2'], 'Fragment, then exchange.', async (world) => {
    const { fragment } = await logIn(world, 'ana', market, { params: { response_type: 'token' } });
    assert.ok(Number(fragment.get('expires_in')) <= 2 * HOUR);
    assert.equal((await exchange(world, market, fragment.get('access_token') ?? '')).body.expires_in, undefined);
  }),
  documented('004:70', 'Its campaigns, page by page.', async (world) => {
    const { token } = await systemTokenForAds(world);
    const first = succeeded(
      await world.get(`/${town}/campaigns`, { fields: 'name', limit: 1, access_token: token }),
    ).body;
    const second = succeeded(await world.send({ path: first.paging.next.slice(world.url.length) })).body;
    assert.deepEqual([first.data[0].name, second.data[0].name], ['Bulbs', adAccounts.town.campaign.name]);
    assert.equal(second.paging.next, undefined);
  }),
  documented('004:72.2', 'A developer of the app may ask with their own user token.', async (world) => {
    const [ana, ben, dan] = [
      await userToken(world, 'ana', shop),
      await userToken(world, 'ben', shop),
      await userToken(world, 'dan', shop),
    ];
    assert.equal(
      succeeded(await world.get('/debug_token', { input_token: ana, access_token: ben })).body.data.is_valid,
      true,
    );
    refused(
      await world.get('/debug_token', { input_token: ana, access_token: dan }),
      100,
      undefined,
      /You must provide an app access token/,
    );
  }),
  documented(['004:78.3', '004:80'], 'The new password logs in; the old tokens stay dead.', async (world) => {
    const token = await longToken(world, 'ana', market);
    const browser = await signIn(world, 'ana');
    await changePassword(browser, 'ana', 'a-much-better-password-9');
    refused(await world.get('/me', { access_token: token }), 190, 460);
    await world.clock.advance(7 * 86_400);
    refused(await world.get('/me', { access_token: token }), 190, 460);
  }),
  documented(
    '004:81',
    'Revoked by DELETE /me/permissions/{permission}: declined in the list, out of the token.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email' });
      assert.equal((await world.delete('/me/permissions/email', { access_token: token })).text, 'true');
      const { body } = succeeded(await world.get('/me/permissions', { access_token: token }));
      assert.deepEqual(body.data, [
        { permission: 'public_profile', status: 'granted' },
        { permission: 'email', status: 'declined' },
      ]);
    },
  ),
  documented('004:83.3', 'auth_type=reauthorize gives a token with a new end of data access.', async (world) => {
    const browser = world.browser();
    const before = await inspect(world, await userToken(world, 'ana', shop, { browser }));
    await world.clock.advance(30 * 86_400);
    const after = await inspect(
      world,
      await userToken(world, 'ana', shop, { browser, params: { auth_type: 'reauthorize' } }),
    );
    assert.ok(after.data_access_expires_at >= before.data_access_expires_at + 30 * 86_400);
  }),
];
