// These tests are journeys with the JavaScript SDK in Chromium: a website of another site loads it by its real address, in
// a browser that takes cookies of others and in one that blocks them.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { parseSignedRequest } from '@hallpass/protocol';
import type { Browser, BrowserContext } from 'playwright-core';
import { apps, callback, people, worldWithApp } from '../../src/stage/cast.ts';
import { userToken } from '../../src/stage/deeds.ts';
import { goOn, openChromium, openProfile, typePassword } from '../chromium.ts';
import { type MetaHosts, openMetaHosts } from '../meta-hosts.ts';
import {
  answerOf,
  callbackOf,
  echo,
  EVIL,
  logIn,
  openDialog,
  openSite,
  SHOP,
  type SitePages,
  sdkPage,
  siteOf,
  statusOf,
  toldOn,
} from './sdk-site.ts';
import { describePage } from './sdk-page.ts';

const pages: SitePages = new Map();
const evilPages: SitePages = new Map([['/', sdkPage()]]);
let meta: MetaHosts;
/** The id by which the shop knows Ana. */
let ana: string;
let browser: Browser;

before(async () => {
  const seed = worldWithApp('shop', {
    jsSdkLogin: true,
    longLivedTokenInFlow: false,
    sdkDomains: ['shop.example'],
    redirectUris: [callback, 'https://shop.example/leaves'],
  });
  const sites = { 'shop.example': siteOf(pages), 'evil.example': siteOf(evilPages), 'other.example': echo };
  meta = await openMetaHosts({ seed }, sites);
  browser = await openChromium(meta.chromium);
  ana = (await meta.world.get('/me', { access_token: await userToken(meta.world, 'ana', apps.shop) })).body.id;
});
after(async () => {
  await browser?.close();
  await meta?.close();
});

let context: BrowserContext;
beforeEach(async () => {
  pages.clear();
  pages.set('/', sdkPage());
  // Nobody has allowed the app anything.
  await meta.world.delete(`/${ana}/permissions`, { access_token: `${apps.shop.id}|${apps.shop.secret}` });
  context = await browser.newContext();
});
afterEach(() => context.close());

/** Tells whether a page of the shop sends cookies that another site gave on a page of its own. */
async function takesCookiesOfOthers(profile: BrowserContext): Promise<boolean> {
  const other = await profile.newPage();
  await other.goto('https://other.example/');
  await other.goto(`${SHOP}/`);
  const sent = await other.evaluate(
    `fetch('https://other.example/', { credentials: 'include' }).then((reply) => reply.text())`,
  );
  await other.close();
  return sent === 'seen=1';
}

describe('a log-in', () => {
  for (const takes of [true, false])
    it(`is told with every part, and known on the next page, in a browser that ${takes ? 'takes' : 'blocks'} cookies of others`, async () => {
      const profile = await openProfile(takes, meta.chromium);
      const another = profile.context;
      const page = await openSite(another);
      assert.equal(await takesCookiesOfOthers(another), takes);
      assert.deepEqual(await statusOf(page), { status: 'unknown', authResponse: null });
      assert.deepEqual(await toldOn(page), ['auth.statusChange']);
      const { status, authResponse } = await logIn(page, { scope: 'email', return_scopes: true });
      assert.equal(status, 'connected');
      assert.ok(authResponse);
      assert.deepEqual(Object.keys(authResponse).toSorted(), [
        'accessToken',
        'data_access_expiration_time',
        'expiresIn',
        'grantedScopes',
        'graphDomain',
        'reauthorize_required_in',
        'signedRequest',
        'userID',
      ]);
      assert.equal(authResponse.grantedScopes, 'public_profile,email');
      assert.ok(authResponse.expiresIn > 3000 && authResponse.expiresIn <= 7200);
      assert.ok(Math.abs(authResponse.reauthorize_required_in - 90 * 86_400) < 60);
      assert.deepEqual(await toldOn(page), ['auth.login', 'auth.statusChange', 'auth.authResponseChange']);

      const me = await callbackOf<{ id: string; email: string }>(page, `FB.api('me', { fields: 'name,email' }, done)`);
      assert.deepEqual([me.id, me.email], [authResponse.userID, people.ana.email]);
      const signed = await parseSignedRequest(authResponse.signedRequest, apps.shop.secret);
      assert.equal(signed?.user_id, me.id);
      assert.match(await page.evaluate<string>('document.cookie'), new RegExp(`fbsr_${apps.shop.id}=`));

      await page.reload();
      await page.waitForFunction('window.ready');
      assert.equal(await page.evaluate('FB.getAuthResponse()'), null, 'nothing is known before it was asked');
      const again = await statusOf(page);
      assert.equal(again.status, 'connected');
      assert.equal(again.authResponse?.userID, me.id);
      assert.equal(await page.evaluate('FB.getAccessToken()'), again.authResponse?.accessToken);
      assert.equal(await page.evaluate('FB.getUserID()'), me.id);
      const stored = await page.evaluate<string>(
        'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
      );
      assert.doesNotMatch(stored, /EAA/, 'no token is stored');
      await profile.close();
    });

  it('that is refused is unknown, until it is asked; then the person can be asked again', async () => {
    const page = await openSite(context);
    const popup = await openDialog(page, { scope: 'email' });
    await typePassword(popup, 'ana');
    await popup.getByRole('button', { name: /Cancel/ }).click();
    assert.deepEqual(await answerOf(page), { status: 'unknown', authResponse: null });
    assert.deepEqual(await toldOn(page), ['auth.statusChange', 'auth.denied']);
    assert.match(await page.evaluate<string>('document.cookie'), new RegExp(`fblo_${apps.shop.id}=y`));
    assert.equal((await statusOf(page)).status, 'unknown');
    assert.deepEqual(await statusOf(page, true), { status: 'not_authorized', authResponse: null });

    const second = await openDialog(page, { scope: 'email' });
    await goOn(second);
    assert.equal((await answerOf(page)).status, 'connected');
    assert.doesNotMatch(await page.evaluate<string>('document.cookie'), /fblo_/);

    const without = await openDialog(page, { scope: 'user_birthday', return_scopes: true });
    await without.getByText('Edit what you share').click();
    await without.getByRole('checkbox', { name: /birth/i }).uncheck();
    await goOn(without);
    assert.doesNotMatch((await answerOf(page)).authResponse?.grantedScopes ?? '', /user_birthday/);
    const rerequest = await openDialog(page, { scope: 'user_birthday', auth_type: 'rerequest', return_scopes: true });
    await goOn(rerequest);
    assert.match((await answerOf(page)).authResponse?.grantedScopes ?? '', /user_birthday/);
  });

  it('with a code alone gives a code that the server of the app exchanges, and no token', async () => {
    const page = await openSite(context);
    const { authResponse } = await logIn(page, { response_type: 'code', override_default_response_type: true });
    assert.equal(authResponse?.accessToken, undefined);
    const { body } = await meta.world.get('/oauth/access_token', {
      client_id: apps.shop.id,
      client_secret: apps.shop.secret,
      redirect_uri: '',
      code: authResponse?.code ?? '',
    });
    assert.match(body.access_token, /^EAA/);
  });

  it('without a window leaves the page, and takes the answer out of the address when it comes back', async () => {
    const page = await openSite(context, `${SHOP}/leaves`);
    await page.evaluate(`FB.login(undefined, { display: 'page' })`);
    await page.waitForURL(/dialog/);
    await typePassword(page, 'ana');
    await goOn(page);
    await page.waitForURL(`${SHOP}/leaves`);
    await page.waitForFunction('window.ready');
    assert.equal(await page.evaluate('location.href'), `${SHOP}/leaves`);
    assert.equal((await statusOf(page)).status, 'connected');
    await page.reload();
    await page.waitForFunction('window.ready');
    assert.equal((await statusOf(page)).status, 'connected', 'also on the next page');
    // An answer that this tab has not asked for is not taken.
    await page.goto(`${SHOP}/#access_token=EAAforged&expires_in=9999&state=f1`);
    await page.reload();
    await page.waitForFunction('window.ready');
    assert.equal(await page.evaluate('FB.getAccessToken()'), null);
  });
});

describe('a session', () => {
  it('is renewed before its token ends, by one of two tabs, and both go on with the new one', async () => {
    await context.clock.install();
    const one = await openSite(context);
    const first = await logIn(one);
    const two = await openSite(context);
    assert.equal((await statusOf(two)).status, 'connected');
    await one.waitForFunction(`FB.getAccessToken() !== ${JSON.stringify(first.authResponse?.accessToken)}`);
    const shared = await one.evaluate<string>('FB.getAccessToken()');
    assert.equal(await two.evaluate('FB.getAccessToken()'), shared, 'what one tab learns the other one knows');

    let asked = 0;
    context.on('request', (request) => void (asked += request.url().includes('/x/oauth/status') ? 1 : 0));
    const seconds = Math.ceil((first.authResponse?.expiresIn ?? 0) * 0.8);
    await meta.world.clock.advance(seconds);
    await context.clock.fastForward(seconds * 1000);
    const isNew = `FB.getAccessToken() !== ${JSON.stringify(shared)}`;
    await Promise.all([one.waitForFunction(isNew), two.waitForFunction(isNew)]);
    assert.equal(await one.evaluate('FB.getAccessToken()'), await two.evaluate('FB.getAccessToken()'));
    assert.equal(asked, 1);
    assert.deepEqual((await toldOn(two)).at(-1), 'auth.authResponseChange');
    const me = await callbackOf<{ id?: string }>(two, `FB.api('/me', done)`);
    assert.equal(me.id, first.authResponse?.userID);
  });

  it('that is logged out in one tab is over in the other one, and on the platform', async () => {
    const one = await openSite(context);
    const { authResponse } = await logIn(one);
    const two = await openSite(context);
    await statusOf(two);
    await toldOn(two);
    assert.deepEqual(await callbackOf(one, 'FB.logout(done)'), { status: 'unknown', authResponse: null });
    await two.waitForFunction('FB.getAccessToken() === null');
    assert.deepEqual(await toldOn(two), ['auth.logout', 'auth.statusChange', 'auth.authResponseChange']);
    assert.match(await one.evaluate<string>('document.cookie'), /fblo_/);
    assert.doesNotMatch(await one.evaluate<string>('document.cookie'), /fbsr_/);
    assert.equal((await statusOf(two, true)).status, 'unknown');
    const { body } = await meta.world.get('/me', { access_token: authResponse?.accessToken });
    assert.deepEqual([body.error.code, body.error.error_subcode], [190, 467]);
  });

  it('is not brought back by an answer that was on its way when the person logged out', async () => {
    const page = await openSite(context);
    await logIn(page);
    const held = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    await page.route('**/x/oauth/status?*', async (route) => {
      const response = await route.fetch();
      answered.resolve();
      await held.promise;
      await route.fulfill({ response });
    });
    const late = statusOf(page, true);
    await answered.promise;
    await callbackOf(page, 'FB.logout(done)');
    held.resolve();
    assert.deepEqual(await late, { status: 'unknown', authResponse: null });
    assert.equal(await page.evaluate('FB.getAccessToken()'), null);
  });

  it('lives on in one tab where another one finds nobody, and where no cookies are sent', async () => {
    const one = await openSite(context);
    const { authResponse } = await logIn(one);
    const two = await context.newPage();
    const nobody = {
      status: 200,
      headers: {
        'fb-s': 'unknown',
        'access-control-allow-origin': SHOP,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'fb-s, fb-ar',
      },
    };
    await context.route('**/x/oauth/status?*', (route) => route.fulfill(nobody));
    await two.goto(`${SHOP}/`);
    await two.waitForFunction('window.ready');
    assert.equal((await statusOf(two)).status, 'unknown');
    assert.equal(await one.evaluate('FB.getAccessToken()'), authResponse?.accessToken);
    assert.equal((await statusOf(one, true)).authResponse?.accessToken, authResponse?.accessToken);
  });

  it('that ends on the platform ends on the page at its next call', async () => {
    const page = await openSite(context);
    await logIn(page);
    const platform = await context.newPage();
    await platform.goto('https://www.facebook.com/settings');
    await platform.getByRole('button', { name: 'Log out' }).click();
    await platform
      .getByText(/logged out/i)
      .first()
      .waitFor();
    await toldOn(page);
    const { error } = await callbackOf<{ error: { code: number; type: string } }>(page, `FB.api('/me', done)`);
    assert.deepEqual([error.code, error.type], [190, 'OAuthException']);
    assert.deepEqual(await toldOn(page), ['auth.logout', 'auth.statusChange', 'auth.authResponseChange']);
    assert.deepEqual(await statusOf(page, true), { status: 'unknown', authResponse: null });
  });

  it('of a person who removes the app elsewhere is not authorized, and asks for everything again', async () => {
    const page = await openSite(context);
    const { authResponse } = await logIn(page);
    await meta.world.delete('/me/permissions', { access_token: authResponse?.accessToken });
    assert.deepEqual(await statusOf(page, true), { status: 'not_authorized', authResponse: null });
    const popup = await openDialog(page);
    await goOn(popup);
    assert.equal((await answerOf(page)).status, 'connected');
    assert.deepEqual(await callbackOf(page, `FB.api('/me/permissions', 'delete', done)`), true);
    assert.equal((await statusOf(page)).status, 'not_authorized', 'the page knows what it did itself');
  });
});

describe('bad surroundings', () => {
  it('WP-07: a page of an origin that is not listed gets no status, no token and no message', async () => {
    const shop = await openSite(context);
    await logIn(shop);
    const evil = await openSite(context, `${EVIL}/`);
    assert.deepEqual(await statusOf(evil, true), { status: 'unknown', authResponse: null });
    await evil.evaluate(`addEventListener('message', ({ data }) => { window.heard = data })`);
    const popup = await openDialog(evil);
    await popup
      .getByText(/domain/i)
      .first()
      .waitFor();
    assert.doesNotMatch(popup.url(), /access_token/);
    await popup.close();
    assert.deepEqual(await answerOf(evil), { status: 'unknown', authResponse: null });
    assert.equal(await evil.evaluate('window.heard'), undefined);
  });

  it('WP-07: a message of another window or origin is no answer, whatever it says', async () => {
    const page = await openSite(context);
    const popup = await openDialog(page);
    const address = new URL(new URL(popup.url()).searchParams.get('redirect_uri') ?? '');
    const forged = `${address.hash.slice(1)}&access_token=EAAforged&expires_in=9999`;
    await page.evaluate(`postMessage(${JSON.stringify(forged)}, '*')`);
    await page.evaluate(
      `dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(forged)}, origin: ${JSON.stringify(address.origin)} }))`,
    );
    assert.equal(await page.evaluate('window.answer'), undefined);
    assert.equal(await page.evaluate('FB.getAccessToken()'), null);
    await popup.close();
    assert.deepEqual(await answerOf(page), { status: 'unknown', authResponse: null });
  });

  it('a cookie that another wrote logs nobody in', async () => {
    const page = await openSite(context);
    await page.evaluate(`document.cookie = 'fbsr_${apps.shop.id}=AAAA.eyJ1c2VyX2lkIjoiMSJ9; path=/; secure'`);
    await page.reload();
    await page.waitForFunction('window.ready');
    assert.equal((await statusOf(page)).status, 'unknown');
    assert.equal(await page.evaluate('FB.getUserID()'), '');
  });

  it('a window that is closed half-way, or that the browser blocks, is answered with the status as it is', async () => {
    const page = await openSite(context);
    const popup = await openDialog(page);
    await popup.close();
    assert.deepEqual(await answerOf(page), { status: 'unknown', authResponse: null });
    await page.evaluate('window.open = () => null');
    assert.deepEqual(await callbackOf(page, 'FB.login(done)'), { status: 'unknown', authResponse: null });
  });

  it('a lost network, and an answer that is no JSON, are values', async () => {
    const page = await openSite(context);
    await logIn(page);
    await page.route('https://graph.facebook.com/**/broken', (route) => route.fulfill({ body: '<html>' }));
    const broken = await callbackOf<{ error: object }>(page, `FB.api('/broken', done)`);
    assert.deepEqual(broken.error, {
      code: 1,
      error_subcode: 1_357_046,
      message: 'Received Invalid JSON reply.',
      type: 'http',
    });
    await context.setOffline(true);
    const lost = await callbackOf<{ error: { error_subcode: number } }>(page, `FB.api('/me', done)`);
    assert.equal(lost.error.error_subcode, 1_357_045);
    assert.deepEqual(await statusOf(page, true), { status: 'unknown', authResponse: null });
    await context.setOffline(false);
    assert.equal((await statusOf(page, true)).status, 'connected', 'nobody was logged out by it');
  });

  it('no token stands in an address but in the fragment of the dialog’s answer', async () => {
    const page = await openSite(context);
    const addresses: string[] = [];
    context.on('request', (request) => addresses.push(request.url()));
    await logIn(page);
    await callbackOf(page, `FB.api('/me', done)`);
    await callbackOf(page, 'FB.logout(done)');
    const plain = addresses.map((address) => address.split('#', 1)[0]);
    assert.ok(plain.some((address) => address?.endsWith('/x/oauth/logout')));
    assert.ok(plain.every((address) => !address?.includes('EAA')));
  });
});

describePage(pages, () => context);
