// These tests are about FB.logout: whose session it ends.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Browser, cookiesSet } from '../browser.ts';
import { tokenFor } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { ask, hand, logInBySdk, ORIGIN, toldIn } from './sdk-scene.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const isLoggedIn = async (): Promise<boolean> => {
  await browser.open('/settings');
  return !browser.page.url.startsWith('/login');
};

test('a page of the app logs its person out, with the session and its tokens', async () => {
  const token = await tokenFor(browser, cast.ana);
  const page = await hand(browser, '/x/oauth/logout', { access_token: token });
  assert.equal(page.status, 200);
  assert.equal(page.headers['access-control-allow-origin'], ORIGIN);
  assert.equal(await isLoggedIn(), false);
  assert.equal((await world.get(`/me?access_token=${token}`)).body.error?.error_subcode, 467);
});

test('the documented call, with the token in its query, does the same', async () => {
  const token = await tokenFor(browser, cast.ana);
  await ask(browser, `/x/oauth/logout?access_token=${token}`);
  assert.equal(await isLoggedIn(), false);
});

test('a browser that is known by its status cookie alone is logged out too, and the cookie is taken away', async () => {
  const answer = await logInBySdk(world, browser);
  const visitor = new Browser(world);
  await hand(visitor, '/x/oauth/status', { client_id: cast.shop.id, ticket: answer.get('status_ticket') ?? '' });
  const page = await hand(visitor, '/x/oauth/logout', { access_token: answer.get('access_token') ?? '' });
  assert.match(cookiesSet(page).join(), /^__Host-hp_status=; .*Partitioned; Max-Age=0$/);
  assert.equal(toldIn(await ask(visitor)).status, 'unknown');
  assert.equal(await isLoggedIn(), false);
});

test('WP-08: a token of somebody else, a dead one, an app’s, or a page of another origin changes nothing', async () => {
  const token = await tokenFor(browser, cast.ana);
  const ben = await tokenFor(new Browser(world), cast.ben);
  for (const wrong of [
    ben,
    `${cast.shop.id}|${cast.shop.secret}`,
    `${cast.shop.id}|${cast.shop.clientToken}`,
    'EAAx',
    '',
  ]) {
    const page = await hand(browser, '/x/oauth/logout', { access_token: wrong });
    assert.equal(page.status, 200);
    assert.equal(await isLoggedIn(), true, wrong);
  }
  for (const origin of ['https://evil.example', 'null', 'http://app.example']) {
    const page = await hand(browser, '/x/oauth/logout', { access_token: token }, { origin });
    assert.deepEqual([page.status, page.headers['access-control-allow-origin']], [200, undefined]);
    assert.equal(await isLoggedIn(), true, origin);
  }
  await browser.ask(`/x/oauth/logout?access_token=${token}`);
  assert.equal(await isLoggedIn(), true, 'a link');
  await world.clock.advance(3 * 3600);
  await hand(browser, '/x/oauth/logout', { access_token: token });
  assert.equal(await isLoggedIn(), true, 'expired');
});

test('WP-03: what is no form, and no other verb, does anything', async () => {
  const token = await tokenFor(browser, cast.ana);
  for (const type of ['application/json', 'text/plain', ''])
    await hand(browser, '/x/oauth/logout', { access_token: token }, { 'content-type': type });
  for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS'])
    await browser.ask(`/x/oauth/logout?access_token=${token}`, { method, headers: { origin: ORIGIN } });
  assert.equal(await isLoggedIn(), true);
});
