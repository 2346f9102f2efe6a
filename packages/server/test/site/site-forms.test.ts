// These tests are about every form: only our own pages can send it, in the session that it was shown to.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { paths, routes } from '../../src/site/index.ts';
import { digest } from '../acts.ts';
import { Browser, type Form, ownForm } from '../browser.ts';
import { allowAll, reasons, shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const posts = routes.filter((route) => route.method === 'POST');

test('WP-03: there is a POST route for every form, and no other verb changes anything', () => {
  assert.ok(posts.length >= 19);
  assert.deepEqual(new Set(routes.map((route) => route.method)), new Set(['GET', 'POST']));
  for (const route of posts) assert.ok(route.holder === 'browser' || route.holder === 'session', route.path);
});

for (const route of posts)
  test(`WP-03: ${route.path} refuses a form without token, of another origin, from another site, or as JSON`, async () => {
    await allowAll(browser, cast.ana, shopDialog({ scope: 'email' }));
    await browser.open('/settings/apps');
    const session = Object.fromEntries(browser.forms()[0]?.fields ?? []).csrf as string;
    const form = (csrf?: string): Form => ({
      action: route.path,
      fields: [
        ['decision', 'continue'],
        ['app', cast.shop.id],
        ['permission', 'email'],
        ['session', '1'],
        ...(csrf === undefined ? [] : [['csrf', csrf] as [string, string]]),
      ],
    });
    const before = await digest(world);
    world.log.length = 0;
    await browser.post(form());
    assert.equal(browser.page.status, 403);
    await browser.post(form('A'.repeat(43)));
    assert.equal(browser.page.status, 403);
    assert.equal(reasons(world, 'web.csrf_rejected').length, 2);
    const strange: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:4001' },
    ];
    for (const headers of strange) {
      await browser.post(form(session), { headers });
      assert.equal(browser.page.status, 403, JSON.stringify(headers));
      assert.equal(browser.page.location, undefined);
    }
    assert.equal(reasons(world, 'web.origin_rejected').length, strange.length);
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', '']) {
      await browser.post(form(session), { headers: { 'content-type': type } });
      assert.equal(browser.page.status, 403, type);
    }
    assert.equal(await digest(world), before);
  });

test('WP-03: Origin null is ours only when the browser says that the form is from this very site', async () => {
  await browser.logIn(cast.ana);
  await browser.open('/');
  const body = browser
    .form('/logout')
    .fields.map(([name, value]) => `${name}=${value}`)
    .join('&');
  const post = (headers: Record<string, string>) =>
    browser.ask('/logout', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  assert.equal((await post({ origin: 'null' })).status, 403);
  assert.equal((await post({ origin: 'null', 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.equal((await post({ origin: 'null', 'sec-fetch-site': 'same-origin' })).status, 200);
});

test('WP-03: a program that sends neither Origin nor Sec-Fetch-Site needs the token', async () => {
  await browser.logIn(cast.ana);
  await browser.open('/');
  const form = browser.form('/logout');
  const headers = Object.fromEntries(Object.keys(ownForm).map((name) => [name, undefined])) as unknown as Record<
    string,
    string
  >;
  await browser.post(form, { headers });
  assert.equal(browser.heading(), 'You are logged out');
});

test('IV-01: a form field that comes twice with different values is refused', async () => {
  await browser.logIn(cast.ana);
  await browser.open('/settings/password');
  const form = browser.form('/settings/password', { password: cast.ana.password, new_password: 'another-password' });
  await browser.post({ ...form, fields: [...form.fields, ['new_password', 'third-password']] });
  assert.equal(browser.page.status, 400);
  assert.equal((await new Browser(world).logIn(cast.ana)).status, 200);
});

test('WP-04: the log-in form needs the token of the browser that it was shown in', async () => {
  await browser.open('/login');
  const form = browser.form('/login', { email: cast.ben.email, password: cast.ben.password, decision: 'continue' });
  const victim = new Browser(world);
  await victim.post(form);
  assert.equal(victim.page.status, 403, 'a browser without the cookie');
  await victim.open('/login');
  await victim.post(form);
  assert.equal(victim.page.status, 403, 'a browser with a cookie of its own');
  assert.equal(victim.cookies.has('__Host-hp_session'), false);
});

test('WP-04: a session that was planted before the log-in is not the session after it', async () => {
  browser.cookies.set('__Host-hp_session', 'A'.repeat(43));
  await browser.logIn(cast.ana);
  assert.notEqual(browser.cookies.get('__Host-hp_session'), 'A'.repeat(43));
  const planted = new Browser(world);
  planted.cookies.set('__Host-hp_session', 'A'.repeat(43));
  await planted.open('/settings/apps');
  assert.equal(planted.heading(), 'Log in');
});

test('WP-04: the session changes its value at log-in, log-out, a new password and a proven password; the old value is dead', async () => {
  const dead = async (value: string | undefined, when: string) => {
    const old = new Browser(world);
    old.cookies.set('__Host-hp_session', value ?? '');
    await old.open('/settings/apps');
    assert.equal(old.heading(), 'Log in', when);
  };
  const now = () => browser.cookies.get('__Host-hp_session');
  await browser.logIn(cast.ana);
  const first = now();
  await browser.open('/settings/password');
  await browser.send(
    browser.form('/settings/password', { password: cast.ana.password, new_password: 'another-password' }),
  );
  assert.ok(browser.page.html.includes('Your password has been changed.'));
  assert.notEqual(now(), first);
  await dead(first, 'after a new password');
  const second = now();
  await browser.open(shopDialog({ auth_type: 'reauthenticate' }));
  await browser.send(
    browser.form('/dialog/oauth/reauthenticate', { password: 'another-password', decision: 'continue' }),
  );
  assert.notEqual(now(), second);
  await dead(second, 'after the password was proven');
  const third = now();
  await browser.open('/');
  await browser.send(browser.form('/logout'));
  assert.equal(now(), undefined);
  await dead(third, 'after log-out');
});

test('WP-06: no page says anything that the address says', async () => {
  const said = 'Call+this+number';
  const query = [
    'error',
    'error_message',
    'error_description',
    'error_hint',
    'error_reason',
    'message',
    'title',
    'done',
    'next',
  ]
    .map((name) => `${name}=${said}`)
    .join('&');
  await browser.logIn(cast.ana);
  for (const path of [
    '/login',
    '/signup',
    '/settings/apps',
    '/settings/password',
    '/logout.php',
    '/connect/login_success.html',
    '/setup',
    shopDialog({ redirect_uri: undefined }),
  ]) {
    await browser.ask(`${path}${path.includes('?') ? '&' : '?'}${query}`);
    assert.ok(!browser.page.html.includes('Call this number') && !browser.page.html.includes(said), path);
  }
});

test('WP-06: a page says what was done only to the session that did it', async () => {
  await browser.logIn(cast.ana);
  await browser.open('/settings/sessions?done=password_changed');
  assert.ok(!browser.page.html.includes('Your password has been changed'));
  const victim = new Browser(world);
  await victim.logIn(cast.ben);
  await browser.open('/settings/apps');
  await browser.post({ ...browser.form('/logout'), action: '/settings/apps/remove' });
  const address = browser.page.location as string;
  assert.match(address, /done=nothing_changed/);
  await browser.open(address);
  assert.ok(browser.page.html.includes('Nothing was changed.'));
  await victim.open(address);
  assert.ok(!victim.page.html.includes('Nothing was changed.'));
});

test('WP-05: hostile names are shown as text, and links are http or https', async () => {
  const names = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '{{7*7}}',
    '${7*7}',
    "'--",
    '🙂'.repeat(200),
  ];
  for (const name of names) {
    const other = await testWorld({
      seed: {
        people: [{ ...cast.ana, name }],
        apps: [
          {
            ...cast.shop,
            name,
            mode: 'live',
            type: 'web',
            settings: {
              redirectUris: ['https://app.example/cb'],
              privacyPolicyUrl: 'javascript:alert(1)',
              termsOfServiceUrl: 'data:text/html,x',
            },
          },
        ],
        pages: [],
        grants: [],
      },
    });
    const visitor = new Browser(other);
    await visitor.open(shopDialog());
    const login = visitor.page.html;
    await visitor.send(
      visitor.form('/dialog/oauth/log-in', {
        email: cast.ana.email,
        password: cast.ana.password,
        decision: 'continue',
      }),
    );
    const consent = visitor.page.html;
    await visitor.send(visitor.form('/dialog/oauth/confirm', { decision: 'continue' }));
    await visitor.open('/settings/apps');
    for (const text of [login, consent, visitor.page.html])
      assert.ok(!/<script>alert|<img src=x|javascript:|data:text/.test(text), name);
    await other.close();
  }
});

test('the log-in form keeps where the person wanted to go', async () => {
  await browser.open('/settings/sessions');
  assert.equal(browser.heading(), 'Log in');
  await browser.send(
    browser.form('/login', { email: cast.ana.email, password: 'wrong-password', decision: 'continue' }),
  );
  await browser.send(
    browser.form('/login', { email: cast.ana.email, password: cast.ana.password, decision: 'continue' }),
  );
  assert.equal(browser.page.url, paths.sessions);
});

test('DL-17: next of the log-in leads to known pages of ours and nowhere else', async () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    '/%2f%2fevil',
    'javascript:alert(1)',
    'https://app.example/cb',
    '/settings/../../evil',
    '/settings/apps/remove',
    '/logout.php',
    'https://evil.example/',
    '/\t/evil.example',
    ' /settings/apps',
    '/settings/apps\r\nSet-Cookie: a=b',
    '/login',
    '.',
    '',
  ];
  for (const next of elsewhere) {
    const visitor = new Browser(world);
    await visitor.open(`/login?next=${encodeURIComponent(next)}`);
    await visitor.post(
      visitor.form('/login', { email: cast.ana.email, password: cast.ana.password, decision: 'continue' }),
    );
    assert.equal(visitor.page.location, '/', next);
    await visitor.ask(`/login?next=${encodeURIComponent(next)}`);
    assert.equal(visitor.page.location, '/', next);
    await world.clock.advance(60);
  }
  const visitor = new Browser(world);
  await visitor.open('/login');
  await visitor.post(
    visitor.form('/login', {
      email: cast.ana.email,
      password: cast.ana.password,
      next: '//evil.example',
      decision: 'continue',
    }),
  );
  assert.equal(visitor.page.location, '/');
});
