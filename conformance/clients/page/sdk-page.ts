// These tests are about what a page of an app does with the SDK besides logging in: calls of the Graph, ways to load it, its
// buttons and its events.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { apps } from '../../src/stage/cast.ts';
import { goOn, typePassword } from '../chromium.ts';
import { callbackOf, logIn, openSite, SHOP, sdkPage, statusOf, type SitePages } from './sdk-site.ts';

/** The calling file opens the browser and the website: `pages` are those of the website, `context` is new for each test. */
export function describePage(pages: SitePages, context: () => BrowserContext): void {
  describe('the page', () => {
    it('calls the Graph in every documented way', async () => {
      const page = await openSite(context());
      const { authResponse } = await logIn(page, { scope: 'email' });
      const id = authResponse?.userID;
      const name = (call: string) => callbackOf<{ id: string }>(page, call).then((answer) => answer.id);
      assert.equal(await name(`FB.api('/me', done)`), id);
      assert.equal(await name(`FB.api('me', { fields: ['id', 'name'] }, done)`), id);
      assert.equal(await name(`FB.api('/me?fields=id', 'get', done)`), id);
      assert.equal(await name(`FB.api('/v24.0/me', 'GET', { fields: 'id' }, done)`), id);
      assert.equal(await name(`FB.api('https://graph.facebook.com/v24.0/me?fields=id', done)`), id);
      const batch = await callbackOf<{ code: number; body: string }[]>(
        page,
        `FB.api('/', 'POST', { batch: [{ method: 'GET', relative_url: 'me?fields=id' }] }, done)`,
      );
      assert.deepEqual([batch[0]?.code, JSON.parse(batch[0]?.body ?? '{}')], [200, { id }]);
      const wrong = await callbackOf<{ error: { code: number } }>(page, `FB.api('https://evil.example/me', done)`);
      assert.equal(wrong.error.code, 100);
      const unknown = await callbackOf<{ error: { code: number } }>(page, `FB.api('/me', { fields: 'nothing' }, done)`);
      assert.equal(unknown.error.code, 100);
      assert.equal(await page.evaluate('FB.getUserID()'), id, 'a refusal is no log-out');
    });

    it('starts the SDK in any order, once or twice', async () => {
      const src = 'https://connect.facebook.net/de_DE/sdk.js';
      const init = `{ appId: '${apps.shop.id}', version: 'v24.0' }`;
      const ways: Record<string, string> = {
        onload: `<script src="${src}" onload="FB.init(${init}); ready = true"></script>`,
        late: `<script src="${src}"></script><script>setTimeout(() => { fbAsyncInit = () => { FB.init(${init}); ready = true } }, 50)</script>`,
        address: `<script src="${src}#xfbml=1&version=v24.0&appId=${apps.shop.id}"></script><script>setTimeout(() => { ready = true }, 50)</script>`,
        twice: `<script src="${src}"></script><script src="${src}"></script><script>FB.init(${init}); FB.init(${init}); ready = true</script>`,
        debug: `<script src="${src.replace('sdk.js', 'sdk/debug.js')}"></script><script>FB.init(${init}); ready = true</script>`,
      };
      for (const [way, html] of Object.entries(ways)) {
        pages.set(`/${way}`, `<!doctype html>${html}`);
        const page = await openSite(context(), `${SHOP}/${way}`);
        assert.equal((await statusOf(page)).status, 'unknown', way);
        await page.close();
      }
      pages.set('/bare', `<!doctype html><script src="${src}"></script><script>ready = true</script>`);
      const page = await openSite(context(), `${SHOP}/bare`);
      assert.equal(await page.evaluate('FB.getLoginStatus(() => {})'), undefined);
      await assert.rejects(page.evaluate(`FB.init({ appId: '1' })`), /init not called with valid version/);
      await assert.rejects(page.evaluate(`FB.init({ appId: 'x', version: 'v24.0' })`), /Invalid App Id/);
      await assert.rejects(page.evaluate(`FB.api('/me', () => {})`), /init not called with valid version/);
    });

    it('draws buttons that log in and out, and runs no code that stands in an attribute', async () => {
      const body = `<div id="one" class="fb-login-button" data-size="large" data-auto-logout-link="true" data-onlogin="shop.entered();"></div>
        <fb:login-button scope="email" onlogin="alert(1)"></fb:login-button>
        <script>window.shop = { entered(answer) { window.entered = [this === shop, answer.status] } }</script>`;
      pages.set('/', sdkPage({ xfbml: true }, body));
      const page = await openSite(context());
      const button = page.locator('#one button');
      await button.waitFor();
      assert.equal(await button.textContent(), 'Log in with Hallpass');
      assert.equal((await button.boundingBox())?.height, 40);
      const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
      await typePassword(popup, 'ana');
      await goOn(popup);
      await page.waitForFunction('window.entered');
      assert.deepEqual(await page.evaluate('window.entered'), [true, 'connected']);
      assert.equal(await button.textContent(), 'Log out');
      let dialogs = 0;
      page.on('dialog', (dialog) => void (dialogs++, dialog.dismiss()));
      const [second] = await Promise.all([
        page.waitForEvent('popup'),
        page.locator('fb\\:login-button button').click(),
      ]);
      await goOn(second);
      if (!second.isClosed()) await second.waitForEvent('close');
      assert.equal(dialogs, 0);
      await button.click();
      await page.waitForFunction('FB.getAccessToken() === null');
      const drawn = await callbackOf<number>(
        page,
        `const more = document.body.appendChild(document.createElement('div')); more.innerHTML = '<div class="fb-login-button"></div>';
         FB.XFBML.parse(more, () => done(document.querySelectorAll('button[type=button]').length))`,
      );
      assert.equal(drawn, 3);
    });

    it('is refused what is not there, and its events are counted', async () => {
      const page = await openSite(context());
      const refused = await callbackOf<{ error_code: number; error_message: string }>(
        page,
        `FB.ui({ method: 'share', href: location.href }, done)`,
      );
      assert.deepEqual([refused.error_code, /share/.test(refused.error_message)], [100, true]);
      await page.evaluate(`FB.AppEvents.logEvent('Bought', 2, { kind: 'bread' }); FB.AppEvents.logPageView()`);
      const [sent] = await Promise.all([page.waitForResponse(/\/activities$/), logIn(page)]);
      const events: unknown = JSON.parse(
        new URLSearchParams(sent.request().postData() ?? '').get('custom_events') ?? '',
      );
      assert.ok(Array.isArray(events));
      assert.deepEqual([sent.status(), events.map(({ _eventName }) => _eventName)], [200, ['Bought', 'fb_page_view']]);
    });
  });
}
