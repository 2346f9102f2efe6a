// These cases are about the log-in dialog by its own documents: who may log in, and where people may be sent back to.
import assert from 'node:assert/strict';
import { apps, type AppName, type PersonName } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { dialog, inspect, logIn, openDialog, userToken } from '../../src/stage/deeds.ts';
import { blocked, succeeded } from '../../src/expect.ts';
import { openSdkPage, pageSettings, statusOn } from '../../src/stage/page.ts';

const security = citing('login security');
const levels = citing('access levels');
const { shop, draft } = apps;

export const cases: Case[] = [
  ...levels.each(
    [
      ['shop', 'dan', true],
      ['draft', 'ben', true],
      ['draft', 'cleo', true],
    ] as [AppName, PersonName, boolean][],
    ([app, person]) =>
      levels.documented(
        'In development an app is for people with a role on it; live, for anyone.',
        `${app === 'draft' ? 'In development' : 'Live'}: ${person}, ${person === 'dan' ? 'without' : 'with'} a role, can log in.`,
        async (world) => {
          const token = await userToken(world, person, apps[app]);
          assert.equal((await inspect(world, token, apps[app])).is_valid, true);
        },
      ),
  ),
  levels.documented(
    'In development an app is for people with a role on it.',
    'Someone without a role is stopped on a page, and the app is told nothing.',
    async (world) => {
      const browser = world.browser();
      const page = await openDialog(browser, dialog(draft), 'dan');
      assert.equal(page.left, undefined);
      assert.match(page.innerText, /App not active/);
    },
  ),
  levels.documented(
    'Standard access: a permission works only for people with a role on the app.',
    'A person without a role is not even asked for it; one with a role grants it.',
    async (world) => {
      const scope = 'user_birthday';
      const { scopes } = await inspect(world, await userToken(world, 'ben', draft, { scope }), draft);
      assert.ok(scopes.includes(scope));
      const withoutReview = await inspect(world, await userToken(world, 'dan', shop, { scope: 'user_hometown' }));
      assert.deepEqual(withoutReview.scopes, ['public_profile']);
    },
  ),
  ...security.each(
    [
      ['another path', 'https://app.example/cb/more'],
      ['another query', 'https://app.example/cb?next=1'],
      ['another host', 'https://www.app.example/cb'],
      ['another scheme', 'http://app.example/cb'],
      ['another port', 'https://app.example:8443/cb'],
      ['a fragment', 'https://app.example/cb#x'],
      ['other letters', 'https://app.example/CB'],
    ] as const,
    ([what, redirect_uri]) =>
      security.documented(
        'Strict Mode: redirect URIs must match one of the list exactly.',
        `${what[0]?.toUpperCase()}${what.slice(1)} is blocked before anybody logs in.`,
        async (world) => {
          blocked(await world.browser().open(dialog(shop, { redirect_uri })), /URL Blocked/);
        },
      ),
  ),
  security.documented(
    'The registered address may have a query of its own.',
    'It is kept, and the answer is added to it.',
    async (world) => {
      const browser = world.browser();
      const page = await openDialog(browser, dialog(shop, { redirect_uri: 'https://app.example/other?x=1' }), 'ana');
      assert.match(page.left ?? '', /^https:\/\/app\.example\/other\?x=1&code=AQ/);
    },
  ),
  ...security.each(
    [
      ['Client OAuth Login is the master switch', 'off, nobody can be asked for anything', { clientOauthLogin: false }],
      [
        'Web OAuth Login allows the dialog for websites',
        'off, a website cannot use the dialog',
        { webOauthLogin: false },
      ],
    ] as const,
    ([setting, effect, settings]) =>
      security.documented(
        `${setting}.`,
        `${setting.split(' ').slice(0, 3).join(' ')}: ${effect}.`,
        async (world) => blocked(await world.browser().open(dialog(shop)), /Log-in is switched off/),
        { shop: settings },
      ),
  ),
  security.documented(
    'Enforce HTTPS: redirects go to https addresses only; on by default.',
    'A registered http address of a live app is blocked, and says which setting it is.',
    async (world) =>
      blocked(await world.browser().open(dialog(shop, { redirect_uri: 'http://localhost:3000/cb' })), /Enforce HTTPS/),
    { shop: { redirectUris: ['http://localhost:3000/cb'] } },
  ),
  security.documented(
    'Enforce HTTPS can be switched off.',
    'Then the dialog redirects to the registered http address.',
    async (world) => {
      const browser = world.browser();
      const page = await openDialog(browser, dialog(shop, { redirect_uri: 'http://localhost:3000/cb' }), 'ana');
      assert.match(page.left ?? page.innerText, /^http:\/\/localhost:3000\/cb\?code=/);
    },
    { shop: { redirectUris: ['http://localhost:3000/cb'], enforceHttps: false } },
  ),
  security.documented(
    'Embedded browser OAuth Login allows the desktop success page.',
    'An app without it is not sent there.',
    async (world) =>
      blocked(
        await world.browser().open(dialog(shop, { redirect_uri: `${world.url}/connect/login_success.html` })),
        /Log-in is switched off/,
      ),
  ),
  ...security.each(
    [
      [{}, 'connected', 'A page of a listed domain learns the status.'],
      [{ sdkDomains: ['shop.example'] }, 'unknown', 'A page of another domain learns nothing.'],
      [{ jsSdkLogin: false }, 'unknown', 'Where the switch is off, a page of a listed domain learns nothing.'],
    ] as [Partial<typeof pageSettings>, string, string][],
    ([settings, expected, behaviour]) =>
      security.documented(
        'Login with the JavaScript SDK, and the domains it is allowed on.',
        behaviour,
        async (world) => {
          const browser = world.browser();
          await logIn(world, 'ana', shop, { browser });
          const page = await openSdkPage(browser);
          page.FB.init({ appId: shop.id, version: 'v25.0' });
          assert.equal((await statusOn(page)).status, expected);
        },
        { shop: { ...pageSettings, ...settings } },
      ),
  ),
  security.documented(
    'Server IP allow list: calls with the app secret from elsewhere fail.',
    'The secret is refused from an address that is not on the list; user tokens keep working.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      succeeded(
        await world.post(`/${shop.id}`, {
          server_ip_whitelist: '["203.0.113.7"]',
          access_token: `${shop.id}|${shop.secret}`,
        }),
      );
      assert.equal(
        (
          await world.get('/oauth/access_token', {
            client_id: shop.id,
            client_secret: shop.secret,
            grant_type: 'client_credentials',
          })
        ).body.error?.code,
        5,
      );
      succeeded(await world.get('/me', { access_token: token }));
    },
  ),
];
