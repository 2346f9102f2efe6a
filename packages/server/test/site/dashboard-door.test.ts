// These tests are about the door of the dashboard: the Graph with a web session in place of a token, for our own pages
// alone.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { startCheckpoint, unlockAccount } from '../../src/people/lock.ts';
import { doors } from '../../src/site/index.ts';
import { digest } from '../acts.ts';
import { Browser, HOST, navigation } from '../browser.ts';
import { Desk, desk } from '../dashboard.ts';
import { reasons } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, shop, bakery } = cast;

let t: TestWorld;
beforeEach(async () => {
  t = await testWorld();
});
afterEach(() => t.close());

test('whoever is logged in asks the Graph as themselves, and no token is anywhere', async () => {
  const page = await desk(t, ana);
  const me = await page.get('/v25.0/me?fields=id,name,email,accounts{id,name,tasks,access_token}');
  assert.equal(me.status, 200);
  assert.equal(me.body.name, ana.name);
  assert.equal(me.body.email, ana.email);
  assert.deepEqual(
    me.body.accounts.data.map((one: object) => Object.keys(one)),
    [
      ['id', 'name', 'tasks'],
      ['id', 'name', 'tasks'],
    ],
  );
  assert.ok(!/EAA|access_token/.test(me.text));
  assert.equal((await page.session()).body.id, me.body.id);
});

test('PR-09: nothing behind the door makes a token: Pages, batches, debug_token and the exchange give none', async () => {
  const page = await desk(t, ana);
  const tries = [
    await page.get('/me/accounts'),
    await page.get(`/${bakery.id}?fields=access_token,name`),
    await page.get(`/?ids=${bakery.id}&fields=access_token`),
    await page.post('/', { batch: JSON.stringify([{ method: 'GET', relative_url: 'me/accounts' }]) }),
    await page.get('/debug_token?input_token=EAAx'),
    await page.get('/oauth/access_token?grant_type=fb_exchange_token&fb_exchange_token=EAAx&client_id=2001'),
    await page.get('/oauth/client_code'),
  ];
  for (const { text } of tries) assert.ok(!/"access_token"|"token"|"code":"/.test(text), text);
  assert.deepEqual([tries[0]?.status, tries[3]?.status], [200, 200]);
});

test('a token beside the session is refused: who asks has one answer', async () => {
  const token = await t.login(shop.id, ben.id);
  const page = await desk(t, ana);
  assert.equal((await page.get(`/me?access_token=${token}`)).body.error.code, 100);
  assert.equal(
    (await page.raw('GET', '/console/graph/me', undefined, { authorization: `Bearer ${token}` })).body.error.code,
    100,
  );
  assert.equal((await page.post('/me', { access_token: token })).body.error.code, 100);
  const batch = JSON.stringify([
    { method: 'GET', relative_url: `me?access_token=${token}` },
    { method: 'GET', relative_url: 'me' },
  ]);
  const slots = (await page.post('/', { batch })).body as { code: number; body: string }[];
  assert.deepEqual(
    slots.map(({ code }) => code),
    [400, 200],
  );
});

test('WP-03: without the token of the session, from another origin, another site or an unknown place every call is refused, and nothing changes', async () => {
  const page = await desk(t, ben);
  const other = await desk(t, ana);
  const before = await digest(t);
  t.log.length = 0;
  const paths = ['/console/graph/me', '/console/graph', '/console/graph/v25.0/me/businesses', '/console/confirm'];
  const csrf: (string | undefined)[] = [undefined, '', 'A'.repeat(43), other.csrf, `${page.csrf}x`];
  for (const path of paths)
    for (const wrong of csrf) {
      const { status, body } = await page.raw(
        'POST',
        path,
        { name: 'X', password: ben.password },
        { 'x-hallpass-csrf': wrong },
      );
      assert.deepEqual([status, body.error.code], [403, 200], `${path} ${wrong}`);
    }
  assert.equal(reasons(t, 'web.csrf_rejected').length, paths.length * csrf.length);
  const strange: Record<string, string | undefined>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:4001' },
    { origin: 'null' },
    { origin: undefined, 'sec-fetch-site': undefined },
  ];
  for (const path of [...paths, '/console/session'])
    for (const headers of strange)
      for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
        const { status, text, headers: answered } = await page.raw(method, path, undefined, headers);
        assert.equal(status, 403, `${method} ${path} ${JSON.stringify(headers)}`);
        assert.ok(!text.includes('csrf'));
        assert.deepEqual(
          Object.keys(answered).filter((name) => name.startsWith('access-control-')),
          [],
        );
      }
  assert.equal(reasons(t, 'web.origin_rejected').length, (paths.length + 1) * strange.length * 4);
  assert.deepEqual(await digest(t), before);
});

test('WP-03: a link, a form or a script of any page cannot call through the door', async () => {
  const page = await desk(t, ben);
  const opened = await page.browser.ask('/console/graph/me', { headers: navigation });
  assert.equal(opened.status, 403);
  const form = await page.browser.ask('/console/graph/me/businesses', {
    method: 'POST',
    body: `name=X&csrf=${page.csrf}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: `http://${HOST}`,
      'sec-fetch-site': 'same-origin',
    },
  });
  assert.equal(form.status, 403);
  const script = await page.browser.ask('/console/graph/me?callback=f', {
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script' },
  });
  assert.equal(script.status, 403);
  assert.match(String((await page.get('/me?callback=f')).headers['content-type']), /^application\/json/);
});

test('IV-10: a GET writes nothing, whatever verb it names in a parameter', async () => {
  const page = await desk(t, ben);
  const before = await digest(t);
  for (const path of [
    '/me/businesses?name=X&method=post',
    '/me/permissions?method=delete',
    '/?method=post&batch=[{"method":"POST","relative_url":"me/businesses?name=X"}]',
  ])
    assert.equal((await page.get(path)).status, 405, path);
  assert.equal((await page.raw('PUT', '/console/graph/me/businesses', { name: 'X' })).status, 400);
  assert.equal((await page.raw('HEAD', '/console/graph/me')).text, '');
  assert.deepEqual(await digest(t), before);
});

test('B1: the hosts of the Graph read no cookie, and have no such door', async () => {
  await t.close();
  t = await testWorld({ settings: { baseDomain: 'id.example', publicUrl: 'https://id.example' } });
  for (const host of ['www.id.example', 'developers.id.example', 'business.id.example']) {
    const page = new Desk(t, host);
    await page.browser.logIn(ana);
    const origin = `http://${host}`;
    const session = await page.raw('GET', '/console/session', undefined, { origin });
    assert.equal(session.status, 200, host);
    page.csrf = session.body.csrf;
    const me = await page.raw('GET', '/console/graph/v25.0/me', undefined, { origin });
    assert.equal(me.body.name, ana.name, host);
    const cookie = [...page.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const path of ['/me', '/v25.0/me', '/console/graph/me', '/console/session']) {
      const answer = await t.send({
        host: 'graph.id.example',
        path,
        headers: {
          host: 'graph.id.example',
          cookie,
          origin: 'http://graph.id.example',
          'sec-fetch-site': 'same-origin',
          'x-hallpass-csrf': page.csrf,
        },
      });
      assert.equal(answer.status, 400, path);
      assert.ok(!String(answer.body).includes(ana.name));
    }
  }
});

test('nobody logged in, and a session that ended, get 401', async () => {
  const stranger = new Desk(t);
  assert.equal((await stranger.session()).status, 401);
  assert.equal((await stranger.get('/me')).status, 401);
  const page = await desk(t, ana);
  assert.equal((await page.get('/me')).status, 200);
  await page.browser.open('/');
  await page.browser.send(page.browser.form('/logout'));
  const { status, body } = await page.get('/me');
  assert.deepEqual([status, body.error.code], [401, 104]);
});

test('an account that is held calls nothing until it is let go', async () => {
  const page = await desk(t, ana);
  const { installation } = t.server;
  await startCheckpoint(installation, ana.id, { kind: 'operator' }, 'operator');
  assert.equal((await page.get('/me')).status, 401);
  await page.browser.logIn(ana);
  assert.equal((await page.session()).body.error.error_subcode, 459);
  await unlockAccount(installation, ana.id, { kind: 'operator' });
  await page.session();
  assert.equal((await page.get('/me')).status, 200);
});

test('the password is confirmed for ten minutes, with a new cookie and a new token for calls; the old ones are dead', async () => {
  const page = await desk(t, ben);
  await t.clock.advance(3600);
  const before = { csrf: page.csrf, cookies: new Map(page.browser.cookies) };
  assert.ok((await page.session()).body.confirmed_until <= t.clock.now());
  assert.equal((await page.confirm('')).body.error.code, 100);
  assert.equal((await page.confirm('wrong')).body.error.message, '(#100) The password is wrong');
  const confirmed = await page.confirm(ben.password);
  assert.equal(confirmed.body.confirmed_until, t.clock.now() + 600);
  assert.notEqual(confirmed.body.csrf, before.csrf);
  assert.equal((await page.get('/me')).status, 200);
  assert.equal((await page.raw('GET', '/console/graph/me', undefined, { 'x-hallpass-csrf': before.csrf })).status, 403);
  const old = new Desk(t);
  for (const [name, value] of before.cookies) old.browser.cookies.set(name, value);
  old.csrf = before.csrf;
  assert.equal((await old.get('/me')).status, 401);
});

test('TB-04: guesses at the door count with those of the log-in, and too often looks like wrong', async () => {
  const page = await desk(t, ben);
  for (let i = 0; i < 10; i++) assert.equal((await page.confirm('wrong')).status, 400);
  const { status, body } = await page.confirm(ben.password);
  assert.deepEqual([status, body.error.message], [400, '(#100) The password is wrong']);
  assert.ok(reasons(t, 'auth.login.fail').includes('throttled'));
  const elsewhere = new Browser(t);
  for (const [name, value] of page.browser.cookies) if (name.endsWith('device')) elsewhere.cookies.set(name, value);
  await elsewhere.logIn(ben);
  assert.ok(!elsewhere.cookies.has('__Host-hp_session'));
});

test('links of a list lead through the door again', async () => {
  const page = await desk(t, ana);
  const first = await page.get('/me/accounts?limit=1&fields=id');
  const next = new URL(first.body.paging.next);
  assert.match(next.pathname, /^\/console\/graph\/v25\.0\/\d+\/accounts$/);
  const second = await page.raw('GET', next.pathname + next.search);
  assert.deepEqual([...first.body.data, ...second.body.data].map((one: { id: string }) => one.id).sort(), [
    '3001',
    '3002',
  ]);
});

test('every path of the door says what it is for, and answers wrong verbs with 405', async () => {
  assert.deepEqual(
    doors.map(({ method, path }) => `${method} ${path}`),
    ['GET /console/start', 'GET /console/session', 'POST /console/confirm', 'any /console/graph/…'],
  );
  const page = await desk(t, ana);
  for (const [method, path] of [
    ['POST', '/console/start'],
    ['POST', '/console/session'],
    ['DELETE', '/console/session'],
    ['GET', '/console/confirm'],
  ] as const)
    assert.equal((await page.raw(method, path)).status, 405, `${method} ${path}`);
  assert.equal((await page.get('/nobody')).status, 400);
  for (const path of ['/%', '//', '/v99.9/me', '/me/%00', `/${'9'.repeat(400)}`])
    assert.ok((await page.get(path)).status < 500, path);
});
