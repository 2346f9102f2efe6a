// These tests are about headers and cookies of every page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCheckpoint } from '../../src/people/lock.ts';
import { createAdministratorLink } from '../../src/site/index.ts';
import { Browser, cookiesSet, type Page } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
before(async () => {
  world = await testWorld();
});
after(() => world.close());

function hasPageHeaders(page: Page, dialog: boolean, forms = "'self'"): void {
  const { headers } = page;
  const nonce = /'nonce-([\w-]{22})'/.exec(String(headers['content-security-policy']))?.[1];
  assert.ok(nonce, page.url);
  assert.equal(
    headers['content-security-policy'],
    `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action ${forms}; base-uri 'none'; frame-ancestors 'none'`,
    page.url,
  );
  assert.equal(headers['x-frame-options'], 'DENY');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.match(String(headers['permissions-policy']), /camera=\(\)/);
  assert.equal(headers['cross-origin-opener-policy'], dialog ? undefined : 'same-origin', page.url);
  assert.equal(headers['access-control-allow-origin'], undefined);
}

test('WP-01: every page of a stranger has the headers, each with a nonce of its own', async () => {
  const setUp = await createAdministratorLink(world.server.installation);
  const nonces = new Set<string>();
  const pages: [string, boolean, string?][] = [
    ['/login', false],
    ['/signup', false],
    [setUp, false],
    ['/setup?key=x', false],
    ['/logout.php', false],
    ['/platform/test-users/log-in/?code=x', false],
    ['/connect/login_success.html', true],
    [shopDialog(), true, "'self' https://app.example"],
    [shopDialog({ redirect_uri: 'https://evil.example/' }), true],
    ['/dialog/oauth/continue?interaction=x', true],
    ['/settings/apps/remove', true],
  ];
  for (const [url, dialog, forms] of pages) {
    const browser = new Browser(world);
    await browser.ask(url);
    hasPageHeaders(browser.page, dialog, forms);
    nonces.add(String(browser.page.headers['content-security-policy']));
  }
  assert.equal(nonces.size, pages.length);
});

test('WP-01: every page of the signed-in part has the headers', async () => {
  const browser = new Browser(world);
  await browser.logIn(cast.ana);
  for (const url of ['/', '/settings/password', '/settings/sessions', '/settings/apps', '/settings/secure']) {
    await browser.open(url);
    assert.equal(browser.page.status, 200, url);
    hasPageHeaders(browser.page, false);
  }
  await browser.open(shopDialog());
  hasPageHeaders(browser.page, true, "'self' https://app.example");
});

test('WP-01: refusals of forms have the headers too', async () => {
  const browser = new Browser(world);
  await browser.ask('/login', {
    method: 'POST',
    body: 'email=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(browser.page.status, 403);
  hasPageHeaders(browser.page, true);
});

test('WP-01: the policy of a dialog names the scheme of a program, and an IPv6 loopback by its scheme', async () => {
  const native = new Browser(world);
  await native.ask(`/dialog/oauth?client_id=${cast.phone.id}&redirect_uri=fb${cast.phone.id}%3A%2F%2Fauthorize`);
  hasPageHeaders(native.page, true, `'self' fb${cast.phone.id}:`);
  await native.ask(
    `/dialog/oauth?client_id=${cast.phone.id}&redirect_uri=${encodeURIComponent('http://127.0.0.1:51234/cb')}`,
  );
  hasPageHeaders(native.page, true, "'self' http://127.0.0.1:51234");
  await native.ask(
    `/dialog/oauth?client_id=${cast.phone.id}&redirect_uri=${encodeURIComponent('http://[::1]:51234/cb')}`,
  );
  hasPageHeaders(native.page, true, "'self' http:");
});

test('WP-01: over https pages ask for https from then on', async () => {
  const answer = await world.send({ path: '/login', scheme: 'https' });
  assert.equal(answer.headers['strict-transport-security'], 'max-age=15552000; preload');
});

test('WP-02: every cookie is __Host-, Secure, HttpOnly, Lax, for all paths and no domain, and random', async () => {
  const lines: string[] = [];
  for (let round = 0; round < 2; round++) {
    const browser = new Browser(world);
    await browser.ask('/login');
    lines.push(...cookiesSet(browser.page));
    await browser.post(
      browser.form('/login', { email: cast.ben.email, password: cast.ben.password, decision: 'continue' }),
    );
    lines.push(...cookiesSet(browser.page));
  }
  assert.equal(lines.length, 6);
  const values = lines.map((line) => {
    const [, name, value = '', rest = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
    assert.match(name ?? '', /^__Host-hp_(session|browser|device)$/);
    assert.match(rest, /^; Path=\/; Secure; HttpOnly; SameSite=Lax(; Max-Age=\d+)?$/);
    assert.ok(value.length >= 22);
    return value.split('.')[0];
  });
  assert.equal(new Set(values).size, values.length);
});

test('WP-02: the same cookie twice with different values counts as none', async () => {
  const browser = new Browser(world);
  await browser.logIn(cast.ana);
  const session = browser.cookies.get('__Host-hp_session');
  const answer = await world.get('/settings/apps', { cookie: `__Host-hp_session=${session}; __Host-hp_session=other` });
  assert.equal(answer.status, 303);
});

test('WP-10: pages answer no origin, not even ours', async () => {
  for (const origin of ['https://evil.example', 'null', 'http://localhost:4000', 'https://app.example']) {
    const answer = await world.get('/login', { origin });
    for (const name of Object.keys(answer.headers)) assert.ok(!name.startsWith('access-control-'), name);
  }
});

test('WP-11: an unknown host is refused, and forwarded hosts change nothing', async () => {
  assert.equal(
    (await world.send({ path: '/login', host: 'evil.example', headers: { host: 'evil.example' } })).status,
    421,
  );
  const answer = await world.get('/login', { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' });
  assert.equal(answer.status, 200);
  assert.ok(!answer.text.includes('evil.example') && !JSON.stringify(answer.headers).includes('evil.example'));
});

test('the root of a host for both is the home page for a browser, and the root of the Graph for a program', async () => {
  assert.equal((await world.get('/', { accept: 'text/html' })).status, 303);
  assert.equal((await world.get('/')).headers['content-type'], 'application/json; charset=UTF-8');
  assert.equal(
    (await world.get('/?ids=1', { accept: 'text/html' })).headers['content-type'],
    'application/json; charset=UTF-8',
  );
});

test('files: one stylesheet, no robots, signs of life, pictures that can do nothing', async () => {
  const css = await world.get('/_/pages.css?v=1');
  assert.equal(css.headers['content-type'], 'text/css; charset=utf-8');
  assert.match(String(css.headers['cache-control']), /max-age=31536000/);
  assert.match((await world.get('/robots.txt')).text, /Disallow: \//);
  assert.deepEqual((await world.get('/_/health')).body, { status: 'ok' });
  assert.deepEqual((await world.get('/_/ready')).body, { status: 'ready' });
  assert.equal((await world.get('/favicon.ico')).status, 204);
  const picture = await world.get('/platform/picture/123.svg?width=80&height=40');
  assert.match(picture.text, /width="80" height="40"/);
  assert.equal(picture.headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'; sandbox");
  assert.match(
    (await world.get('/platform/picture/123.svg?width=1e9&height="><script>')).text,
    /width="1" height="50"/,
  );
});

test('HEAD of a page has its headers and no body', async () => {
  const answer = await world.send({ path: '/login', method: 'HEAD' });
  assert.equal(answer.status, 200);
  assert.equal(answer.body, '');
});

test('somebody whose account is locked gets no other page than the one to unlock it', async () => {
  const other = await testWorld();
  await startCheckpoint(other.server.installation, cast.ana.id, { kind: 'operator' }, 'operator');
  const browser = new Browser(other);
  await browser.logIn(cast.ana);
  for (const url of ['/', '/settings/apps', '/settings/password', '/settings/sessions']) {
    await browser.open(url);
    assert.equal(browser.heading(), 'Unlock your account', url);
  }
  await browser.send(browser.form('/checkpoint', { password: cast.ana.password }));
  assert.ok(browser.page.html.includes('Your account has been unlocked.'));
  await other.close();
});
