// These tests are about web pages, generated from the table of routes: the headers of every HTML answer, frames, and
// other origins.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startCheckpoint } from '../../../src/people/lock.ts';
import { createAdministratorLink } from '../../../src/site/index.ts';
import { digest } from '../../acts.ts';
import { WebPage } from '../../../src/headless/web-page.ts';
import { Browser, navigation, type Page } from '../../browser.ts';
import { allowAll, shopDialog } from '../../dialog-journey.ts';
import { ana, ben, cleo, dialogQuery, isDialog, phone, sent, shown, t } from './threats-wp-scene.ts';

/** The root is the Graph's for programs, on a host that serves both. */
const isPage = (path: string): boolean => path !== '/';
const nonces = new Set<string>();

/** WP-01, on any answer that is HTML. */
function hasPageHeaders({ headers, url, html: text }: Page, https = false): void {
  if (!String(headers['content-type']).startsWith('text/html')) return;
  const policy = String(headers['content-security-policy']);
  const [, nonce, connect = '', forms = ''] =
    /^default-src 'none'; script-src 'nonce-([\w-]{22,})' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'((?: https?:\/\/[\w.:-]+)?); form-action 'self'((?: [\w.:[\]/-]+)?); base-uri 'none'; frame-ancestors 'none'$/.exec(
      policy,
    ) ?? [];
  assert.ok(nonce, `${url}: ${policy}`);
  assert.ok(!nonces.has(nonce), `${url}: a nonce twice`);
  nonces.add(nonce);
  assert.ok(!text.includes(nonce) || text.includes(`nonce="${nonce}"`), url);
  assert.equal(connect, '', url);
  if (!isDialog(url) && !url.startsWith('/signup')) assert.equal(forms, '', url);
  assert.deepEqual(
    [
      headers['x-frame-options'],
      headers['x-content-type-options'],
      headers['referrer-policy'],
      headers['cache-control'],
      headers['strict-transport-security'],
    ],
    ['DENY', 'nosniff', 'no-referrer', 'no-store', https ? 'max-age=15552000; preload' : undefined],
    url,
  );
  for (const feature of ['camera', 'microphone', 'geolocation', 'usb', 'payment'])
    assert.ok(String(headers['permissions-policy']).includes(`${feature}=()`), url);
  for (const name of Object.keys(headers)) assert.ok(!name.startsWith('access-control-'), `${url} ${name}`);
}

describe('WP-01: the headers of every HTML answer', () => {
  const people: [string, (browser: Browser) => Promise<unknown>][] = [
    ['a stranger', async () => undefined],
    ['somebody logged in', (browser) => browser.logIn(ana)],
    ['an administrator of an app', (browser) => browser.logIn(ben)],
    [
      'someone whose account is locked',
      async (browser) => {
        await startCheckpoint(t.server.installation, cleo.id, { kind: 'operator' }, 'operator');
        await browser.logIn(cleo);
      },
    ],
  ];
  for (const [who, come] of people)
    test(`every page for ${who}, every form refused, every other verb`, async () => {
      const browser = new Browser(t);
      await come(browser);
      const opener = (page: Page) => {
        if (!String(page.headers['content-type']).startsWith('text/html') || page.status >= 400) return;
        assert.equal(
          page.headers['cross-origin-opener-policy'],
          isDialog(page.url) || page.url.startsWith('/connect/') ? undefined : 'same-origin',
          page.url,
        );
      };
      for (const path of shown)
        for (const url of [
          path,
          isDialog(path) ? path + dialogQuery : `${path}?interaction=x&code=x&key=x&next=/settings/apps`,
          isDialog(path) ? `${path}?client_id=nobody` : `${path}?done=x`,
        ]) {
          hasPageHeaders(await browser.ask(url, { headers: navigation }));
          opener(browser.page);
          for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'POST'])
            hasPageHeaders(await browser.ask(url, { method }));
        }
      for (const path of sent) {
        for (const body of ['', 'csrf=x', 'csrf=x&csrf=y', '%ff', 'a=b'.repeat(10)])
          hasPageHeaders(
            await browser.ask(path, {
              method: 'POST',
              body,
              headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
            }),
          );
        hasPageHeaders(
          await browser.ask(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
        );
      }
    });

  test('every step of a dialog, its form errors, its refusals and its end', async () => {
    const browser = new Browser(t);
    const seen = new Set<string>();
    const step = (page: Page) => {
      hasPageHeaders(page);
      seen.add(browser.heading());
    };
    step(await browser.open(shopDialog({ scope: 'email,pages_show_list' })));
    assert.ok(
      String(browser.page.headers['content-security-policy']).includes("form-action 'self' https://app.example;"),
    );
    step(
      await browser.send(
        browser.form('/dialog/oauth/log-in', { email: ana.email, password: 'wrong', decision: 'continue' }),
      ),
    );
    step(await browser.send(browser.form('/dialog/oauth/log-in', { email: '', password: '', decision: 'continue' })));
    step(
      await browser.send(
        browser.form('/dialog/oauth/log-in', { email: ana.email, password: ana.password, decision: 'continue' }),
      ),
    );
    step(await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' })));
    step(await browser.send(browser.form('/dialog/oauth/pages', { pages: null, decision: 'continue' })));
    step(await browser.open(shopDialog({ auth_type: 'reauthenticate' })));
    step(await browser.send(browser.form('/dialog/oauth/reauthenticate', { password: 'wrong', decision: 'continue' })));
    step(await browser.open(shopDialog({ auth_type: 'reauthorize' })));
    step(await browser.open(shopDialog({ redirect_uri: 'https://evil.example/' })));
    step(await browser.open(shopDialog({ client_id: '77' })));
    assert.ok(seen.size >= 6, [...seen].join(', '));
    // The page behind a redirect to a program, for browsers that know no program.
    const native = new Browser(t);
    await allowAll(
      native,
      ben,
      `/dialog/oauth?client_id=${phone.id}&redirect_uri=fb${phone.id}%3A%2F%2Fauthorize&scope=`,
    );
    assert.ok([302, 303].includes(native.page.status));
    assert.ok(native.page.html.length > 100);
    hasPageHeaders(native.page);
  });

  test('over https, and of the set-up page', async () => {
    const link = await createAdministratorLink(t.server.installation);
    const browser = new Browser(t);
    hasPageHeaders(await browser.ask(link));
    for (const path of ['/login', '/dialog/oauth', '/settings/apps', '/signup']) {
      const answer = await t.send({ path, scheme: 'https' });
      assert.equal(answer.headers['strict-transport-security'], 'max-age=15552000; preload');
      hasPageHeaders(
        new WebPage(path, { status: answer.status, headers: answer.headers, text: String(answer.body) }, undefined),
        true,
      );
    }
  });
});

test('WP-14: no page may be framed, and nothing is granted or changed where a browser says that it is a frame', async () => {
  const browser = new Browser(t);
  await allowAll(browser, ana, shopDialog());
  const state = await digest(t);
  for (const path of shown)
    for (const dest of ['iframe', 'frame', 'embed', 'object', 'fencedframe']) {
      const page = await browser.ask(isDialog(path) ? path + dialogQuery : path, {
        headers: { ...navigation, 'sec-fetch-dest': dest },
      });
      if (!String(page.headers['content-type']).startsWith('text/html')) continue;
      assert.equal(page.headers['x-frame-options'], 'DENY', path);
      assert.ok(String(page.headers['content-security-policy']).includes("frame-ancestors 'none'"), path);
      assert.ok(!page.location?.includes('code='), path);
    }
  assert.equal(await digest(t), state);
});

test('WP-10: no page, form or file of ours answers another origin', async () => {
  const browser = new Browser(t);
  await browser.logIn(ana);
  for (const origin of [
    'https://evil.example',
    'null',
    'https://app.example',
    'https://sub.localhost:4000',
    'http://localhost:4000.evil.example',
    'http://localhost:40000',
  ])
    for (const path of [...shown, ...sent].filter(isPage))
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const page = await browser.ask(path, {
          method,
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type',
          },
        });
        for (const name of Object.keys(page.headers))
          assert.ok(!name.startsWith('access-control-'), `${method} ${path} ${name}`);
      }
});

test('WP-13: callback= means nothing on pages', async () => {
  const browser = new Browser(t);
  await browser.logIn(ana);
  for (const path of shown.filter(isPage)) {
    const page = await browser.ask(`${path}?callback=steal&method=post&format=json`);
    assert.ok(!page.html.includes('steal') && !String(page.headers['content-type']).includes('javascript'), path);
  }
});
