// These cases are about Access Tokens for Meta Technologies: the SDK for JavaScript. The file that a page loads runs here;
// its windows are tried in Chromium, in conformance/clients/page.
import assert from 'node:assert/strict';
import { parseSignedRequest } from '@hallpass/protocol';
import { type Case, citing } from '../../src/case.ts';
import { succeeded } from '../../src/expect.ts';
import { apps } from '../../src/stage/cast.ts';
import { logIn } from '../../src/stage/deeds.ts';
import { openSdkPage, pageSettings, type SdkPage, statusOn } from '../../src/stage/page.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented } = citing('000');
const { shop } = apps;
const onPages = { shop: pageSettings };

/** A page of the shop in the browser of somebody who has allowed the app. */
async function pageOfAna(world: ConformanceWorld): Promise<SdkPage> {
  const browser = world.browser();
  await logIn(world, 'ana', shop, { browser });
  const page = await openSdkPage(browser);
  page.FB.init({ appId: shop.id, version: 'v25.0', cookie: true });
  return page;
}

export const cases: Case[] = [
  documented(
    ['000:67.1', '001:80.1'],
    'A page that asks is given a token of the person at the browser, its server a cookie that names the person, and the next page the same again.',
    async (world) => {
      const page = await pageOfAna(world);
      const { status, authResponse } = await statusOn(page);
      assert.equal(status, 'connected');
      const me = succeeded(await world.get('/me', { access_token: authResponse?.accessToken })).body;
      assert.equal(me.id, authResponse?.userID);
      const cookie = new RegExp(`fbsr_${shop.id}=([^;]+)`).exec(page.cookies())?.[1] ?? '';
      assert.equal((await parseSignedRequest(cookie, shop.secret))?.user_id, me.id);
      assert.doesNotMatch(page.cookies(), /EAA/);
      const next = await openSdkPage(page.browser);
      next.FB.init({ appId: shop.id, version: 'v25.0', cookie: true });
      assert.equal((await statusOn(next)).authResponse?.userID, me.id);
    },
    {
      ...onPages,
      difference:
        'The cookie of the page holds a code for its server, and no token: a cookie is sent where a token should not go. The token is asked for on each page.',
    },
  ),
  documented(
    ['000:67.2', '001:80.2'],
    'FB.getAuthResponse has the accessToken once the status is known, and nothing before and after the log-out.',
    async (world) => {
      const page = await pageOfAna(world);
      assert.equal(page.FB.getAuthResponse(), null);
      const { authResponse } = await statusOn(page);
      const token = page.FB.getAuthResponse()?.accessToken;
      assert.ok(token);
      assert.equal(token, authResponse?.accessToken);
      await new Promise((done) => page.FB.logout(done));
      assert.equal(page.FB.getAuthResponse(), null);
      assert.equal((await world.get('/me', { access_token: token })).body.error.error_subcode, 467);
    },
    onPages,
  ),
  documented(
    ['000:71', '001:84'],
    'The sample runs as it is printed: connected, and the token of the response works.',
    async (world) => {
      const { FB } = await pageOfAna(world);
      const accessToken = await new Promise<string>((resolve) => {
        FB.getLoginStatus((response) => {
          if (response.status === 'connected') resolve(response.authResponse?.accessToken ?? '');
        });
      });
      succeeded(await world.get('/me', { access_token: accessToken }));
    },
    onPages,
  ),
];
