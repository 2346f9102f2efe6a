// These tests are about logout.php: whose session it ends, and where it leads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser } from '../browser.ts';
import { CALLBACK, tokenFor } from '../dialog-journey.ts';
import { cast } from '../world.ts';
import { browser, subcode, world } from './site-account-scene.ts';

// logout.php

async function logOutBy(token: string, next?: string, visitor = browser): Promise<Browser> {
  await visitor.ask(
    `/logout.php?access_token=${encodeURIComponent(token)}${next === undefined ? '' : `&next=${encodeURIComponent(next)}`}`,
  );
  return visitor;
}

test('logout.php ends the session and its tokens, and leads to an address of the token’s app', async () => {
  const token = await tokenFor(browser, cast.ana);
  await logOutBy(token, CALLBACK);
  assert.equal(browser.page.status, 302);
  assert.equal(browser.page.location, CALLBACK);
  assert.equal(browser.cookies.has('__Host-hp_session'), false);
  assert.equal(await subcode(token), 467);
});

test('WP-08: logout.php with a token of somebody else, a dead one, a page’s or an app’s changes nothing', async () => {
  const token = await tokenFor(browser, cast.ana, { scope: 'pages_show_list' });
  const page = (await world.get(`/${cast.bakery.id}?fields=access_token&access_token=${token}`)).body
    .access_token as string;
  const ben = await tokenFor(new Browser(world), cast.ben);
  const sessionInfo = (
    await world.get(
      `/oauth/access_token?grant_type=fb_attenuate_token&client_id=${cast.shop.id}&fb_exchange_token=${token}`,
    )
  ).body.access_token as string;
  assert.ok(page.startsWith('EAA') && sessionInfo.startsWith('XAA'));
  for (const wrong of [
    ben,
    page,
    sessionInfo,
    `${cast.shop.id}|${cast.shop.secret}`,
    `${cast.shop.id}|${cast.shop.clientToken}`,
    'EAAgarbage',
    '',
  ]) {
    await logOutBy(wrong, CALLBACK);
    assert.equal(browser.page.status, 200);
    assert.equal(browser.page.location, undefined);
  }
  await browser.open('/');
  assert.match(browser.heading(), /^Hello/);
  assert.equal(await subcode(token), undefined);
  await world.clock.advance(3 * 3600);
  await logOutBy(token, CALLBACK);
  assert.equal(browser.page.status, 200, 'expired');
  await browser.open('/');
  assert.match(browser.heading(), /^Hello/);
});

test('WP-08: logout.php in a browser where nobody is logged in does nothing to the person', async () => {
  const token = await tokenFor(new Browser(world), cast.ana);
  await logOutBy(token, CALLBACK);
  assert.equal(browser.page.status, 200);
  assert.equal(await subcode(token), undefined);
});

test('DL-17: next of logout.php is an address of the token’s own app, or the home page', async () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    '/%2f%2fevil',
    'javascript:alert(1)',
    'https://rival.example/cb',
    'https://app.example/cb/',
    `fb${cast.shop.id}://authorize`,
    '',
  ];
  for (const next of elsewhere) {
    const visitor = new Browser(world);
    const token = await tokenFor(visitor, cast.ana);
    await logOutBy(token, next, visitor);
    assert.equal(visitor.page.location, '/', next);
  }
});
