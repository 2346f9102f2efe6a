// These cases are about Access Tokens for Meta Technologies: the kinds of token, the ways to them, and that they travel
// over HTTPS alone.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { apps, nativeCallback, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { dashboard } from '../../src/stage/dashboard.ts';
import {
  answerIn,
  appToken,
  clientToken,
  dialog,
  inspect,
  logIn,
  longToken,
  openDialog,
  pageScope,
  pageToken,
  userToken,
} from '../../src/stage/deeds.ts';
import { blocked, refused, succeeded } from '../../src/expect.ts';
import { removeApp, signIn } from '../../src/stage/settings-pages.ts';
import { systemToken } from '../../src/stage/system-users.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented } = citing('000');
const { shop, phone, market } = apps;
const HOUR = 3600;

/** A log-in on a phone, which ends at the app's own scheme. */
async function onPhone(world: ConformanceWorld, response_type: string): Promise<URLSearchParams> {
  const browser = world.browser();
  const page = await openDialog(
    browser,
    dialog(phone, { redirect_uri: nativeCallback, response_type, nonce: 'n-1' }),
    'ana',
  );
  return answerIn(page).fragment;
}

export const cases: Case[] = [
  documented(
    ['000:3.5', '001:8.4', '001:12.3'],
    'Five kinds of token are each obtained in their own way, and debug_token tells them apart.',
    async (world) => {
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      const { token: systemUser } = await systemToken(world);
      const kinds = [
        (await inspect(world, user)).type,
        (await inspect(world, await pageToken(world, user, 'bakery'))).type,
        (await inspect(world, await appToken(world, shop))).type,
        (await inspect(world, systemUser, market)).type,
      ];
      assert.deepEqual(kinds, ['USER', 'PAGE', 'APP', 'SYSTEM_USER']);
      assert.equal(succeeded(await world.get('/app', { access_token: clientToken(shop) })).body.id, shop.id);
    },
  ),
  documented(
    ['000:47.3', '001:52.3'],
    'In the platform’s settings a person sees which apps act for them, and ends that without the app.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const browser = await signIn(world, 'ana');
      assert.match((await browser.open('/settings/apps')).innerText, new RegExp(`Remove ${shop.name}`));
      await removeApp(browser, shop.name);
      assert.doesNotMatch((await browser.open('/settings/apps')).innerText, new RegExp(`Remove ${shop.name}`));
      refused(await world.get('/me', { access_token: token }), 190, 458);
    },
  ),
  documented(
    ['000:29', '001:34', '000:47.1', '001:52.1'],
    'A website (by code), a web page (by fragment) and a phone (by its own address) all get a user token after the same dialog.',
    async (world) => {
      const byCode = await userToken(world, 'ana', shop);
      const byFragment =
        (await logIn(world, 'ana', shop, { params: { response_type: 'token' } })).fragment.get('access_token') ?? '';
      const byPhone = (await onPhone(world, 'token,signed_request')).get('access_token') ?? '';
      const types = [
        await inspect(world, byCode),
        await inspect(world, byFragment),
        await inspect(world, byPhone, phone),
      ];
      assert.deepEqual(
        types.map(({ type, is_valid }) => [type, is_valid]),
        [
          ['USER', true],
          ['USER', true],
          ['USER', true],
        ],
      );
    },
  ),
  documented(
    '000:25.1',
    'An app acts for a person at once, and no longer after they took the permission back.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const page = await pageToken(world, token, 'bakery');
      const { id } = succeeded(await world.post('/me/feed', { message: 'Just baked', access_token: page })).body;
      assert.equal(
        succeeded(await world.get(`/${id}`, { fields: 'message', access_token: page })).body.message,
        'Just baked',
      );
      assert.equal((await world.delete('/me/permissions/pages_manage_posts', { access_token: token })).text, 'true');
      refused(await world.post('/me/feed', { message: 'One more', access_token: page }), 200);
    },
  ),
  documented(
    ['000:33.4', '000:33.5', '001:38.3'],
    'Tokens of two log-ins have different lifetimes, each told in its answer; either may end earlier.',
    async (world) => {
      const lifeOf = async () =>
        Number((await logIn(world, 'ana', shop, { params: { response_type: 'token' } })).fragment.get('expires_in'));
      const first = await lifeOf();
      await world.clock.advance(600);
      const second = await lifeOf();
      assert.notEqual(first, second);
      for (const life of [first, second]) assert.ok(life >= HOUR && life <= 2 * HOUR, String(life));
      const long = await longToken(world, 'ana', shop);
      assert.ok((await inspect(world, long)).expires_at > world.clock.now());
      succeeded(await world.delete('/me/permissions', { access_token: long }));
      refused(await world.get('/me', { access_token: long }), 190, 458);
    },
  ),
  documented(
    '000:43.2',
    'Limited Login, which is made for Apple’s rule, gives an id_token that opens nothing on the Graph.',
    async (world) => {
      const fragment = await onPhone(world, 'id_token,graph_domain,user_token_nonce');
      assert.equal(fragment.get('access_token'), null);
      const idToken = fragment.get('id_token') ?? '';
      assert.equal(idToken.split('.').length, 3);
      for (const path of ['/me', '/me/permissions', `/${pages.bakery.id}`])
        refused(await world.get(path, { access_token: idToken }), 190);
    },
    {
      difference:
        'A server cannot see from where a token is sent; where Apple’s rule holds, an app uses Limited Login, whose token is of no use to a server.',
    },
  ),
  documented(
    ['000:45.1', '001:50.1', '003:42.2', '003:50', '004:76.2'],
    'No http address is registered for an app, not for redirects and not for its server.',
    async (world) => {
      const ben = await dashboard(world, 'ben');
      for (const [edge, name, value] of [
        ['login_addresses', 'redirect_uris', 'http://app.example/cb'],
        ['settings', 'deauth_callback_url', 'http://app.example/removed'],
        ['data_deletion', 'callback_url', 'http://app.example/deletion'],
      ] as const) {
        refused(await ben.post(`/${shop.id}/${edge}`, { [name]: value }), 100);
        succeeded(await ben.post(`/${shop.id}/${edge}`, { [name]: value.replace('http:', 'https:') }));
      }
      const browser = world.browser();
      blocked(await browser.open(dialog(shop, { redirect_uri: 'http://app.example/cb' })), /./);
    },
  ),
  documented(
    ['000:45.1', '001:50.1', '003:42.2', '003:50', '004:76.2'],
    '`hallpass serve` refuses to start with an http address that others can reach.',
    async () => {
      const main = fileURLToPath(import.meta.resolve('@hallpass/cli')).replace(/index\.\w+$/, 'main.ts');
      const started = (publicUrl: string) =>
        spawnSync(process.execPath, ['--conditions=source', main, 'config', 'explain', '--public-url', publicUrl], {
          encoding: 'utf8',
        });
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--conditions=source', main, 'serve', '--port', '0', '--public-url', 'http://id.example.com'],
        {
          encoding: 'utf8',
        },
      );
      assert.notEqual(status, 0);
      assert.match(stderr, /publicUrl \(HALLPASS_PUBLIC_URL\): plain http is for loopback addresses only; use https/);
      assert.equal(started('https://id.example.com').status, 0);
    },
  ),
  documented(['000:93', '001:106'], 'Without the id or the secret there is no app token.', async (world) => {
    const ask = { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' };
    refused(await world.get('/oauth/access_token', { ...ask, client_id: undefined }), 101);
    refused(await world.get('/oauth/access_token', { ...ask, client_secret: undefined }), 1);
    assert.equal(
      (await inspect(world, succeeded(await world.get('/oauth/access_token', ask)).body.access_token as string)).type,
      'APP',
    );
  }),
];
