// These tests are about words on web pages that come from outside: from the address, from names, and from tokens at
// log-out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { change } from '../../../src/liveness/change.ts';
import { digest } from '../../acts.ts';
import { Browser, cookiesSet, navigation, type Page } from '../../browser.ts';
import { allowAll, shopDialog } from '../../dialog-journey.ts';
import { cast, seed, testWorld } from '../../world.ts';
import { ana, bakery, ben, dialogQuery, isDialog, rival, sent, shop, shown, t } from './threats-wp-scene.ts';
import * as apps from '../../../src/store/apps/apps.ts';

describe('WP-06: words from the address', () => {
  const names = [
    'error',
    'error_code',
    'error_message',
    'error_description',
    'error_hint',
    'error_reason',
    'error_uri',
    'message',
    'title',
    'msg',
    'reason',
    'text',
    'notice',
    'info',
    'done',
    'seal',
    'name',
    'email',
    'app_name',
    'platform',
    'heading',
    'locale',
    'display',
    'open',
    'session',
  ];
  const said = 'Canary<b>Words';

  test('are shown on no page, whoever opens it', async () => {
    for (const person of [undefined, ana]) {
      const browser = new Browser(t);
      if (person) await browser.logIn(person);
      for (const path of shown)
        for (const start of isDialog(path)
          ? [
              `${path}${dialogQuery}&`,
              `${path}?client_id=${encodeURIComponent(said)}&`,
              `${path}${dialogQuery}x&`,
              `${path}?`,
            ]
          : [`${path}?`]) {
          const url = start + names.map((name) => `${name}=${encodeURIComponent(said)}`).join('&');
          const page = await browser.ask(url);
          assert.ok(!page.html.includes('Canary'), url.slice(0, 100));
          assert.ok(
            !JSON.stringify(page.headers).includes('Canary') || page.location?.startsWith('https://app.example/cb?'),
            url.slice(0, 100),
          );
        }
      for (const path of sent) {
        const body = names.map((name) => `${name}=${encodeURIComponent(said)}`).join('&');
        const page = await browser.ask(`${path}?error_message=${encodeURIComponent(said)}`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
        assert.ok(!page.html.includes('Canary'), path);
      }
    }
  });

  test('nor where there is no page: a host for pages answers 404 in our own words, and nothing of the Graph', async (context) => {
    const other = await testWorld({ settings: { baseDomain: 'id.example', publicUrl: 'https://www.id.example' } });
    context.after(() => other.close());
    const token = await other.login(shop.id, ana.id);
    const ask = (host: string, path: string, method = 'GET') =>
      other.send({
        host,
        method,
        path,
        query: `error_message=Canary&access_token=${token}`,
        scheme: 'https',
        headers: { host },
      });
    for (const host of ['www.id.example', 'm.id.example', 'business.id.example', 'developers.id.example', 'id.example'])
      for (const [path, method] of [
        ['/Canary', 'GET'],
        ['/me', 'GET'],
        ['/v25.0/me', 'GET'],
        ['/oauth/access_token', 'POST'],
        ['/debug_token', 'GET'],
        ['/Canary/x', 'POST'],
        ['/me/permissions', 'DELETE'],
        ['/login/Canary', 'GET'],
      ] as const) {
        const answer = await ask(host, path, method);
        assert.equal(answer.status, 404, `${host} ${path}`);
        assert.ok(
          String(answer.headers['content-type']).startsWith('text/html') && !String(answer.body).includes('Canary'),
          path,
        );
        assert.ok(!('access-control-allow-origin' in answer.headers));
      }
    assert.equal((await ask('www.id.example', '/.well-known/openid-configuration')).status, 200);
    assert.equal((await ask('graph.id.example', '/me')).status, 200);
    assert.equal(JSON.parse(String((await ask('graph.id.example', '/login')).body)).error.code, 803);
    assert.equal(
      (await ask('graph.id.example', '/dialog/oauth')).headers['content-type'],
      'application/json; charset=UTF-8',
    );
  });
});

describe('WP-05: hostile names', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '{{7*7}}',
    '${7*7}',
    "'--",
    '</title><svg onload=alert(1)>',
    '\u2028alert(1)',
    'a\u202egnp.exe',
    'a\u200bb\u200dc\ufeff',
    '🙂'.repeat(200),
    '&lt;b&gt;',
    'javascript:alert(1)',
  ];

  test('of people, apps and Pages are text on every page and in every answer', async () => {
    for (const name of hostile) {
      const world = await testWorld({
        seed: {
          ...seed,
          people: seed.people.map((person) => (person.id === ana.id ? { ...person, name } : person)),
          apps: seed.apps.map((app) =>
            app.id === shop.id
              ? {
                  ...app,
                  name,
                  settings: {
                    ...app.settings,
                    privacyPolicyUrl: 'javascript:alert(1)',
                    termsOfServiceUrl: 'data:text/html,<script>alert(1)</script>',
                  },
                }
              : app,
          ),
          pages: seed.pages.map((one) => (one.id === bakery.id ? { ...one, name, category: name } : one)),
        },
      });
      try {
        const browser = new Browser(world);
        const texts: string[] = [];
        const keep = (page: Page) => void texts.push(page.html);
        keep(await browser.open(shopDialog({ scope: 'email,pages_show_list' })));
        keep(
          await browser.send(
            browser.form('/dialog/oauth/log-in', { email: ana.email, password: ana.password, decision: 'continue' }),
          ),
        );
        keep(await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' })));
        await browser.send(browser.form('/dialog/oauth/pages', { decision: 'continue' }));
        for (const path of shown)
          keep(await browser.open(isDialog(path) ? path + dialogQuery : `${path}?open=${shop.id}`));
        keep(await browser.open(shopDialog({ auth_type: 'reauthenticate' })));
        keep(await browser.open(shopDialog({ auth_type: 'reauthorize' })));
        for (const text of texts) {
          const plain = text.replace(/<(?:link|meta|svg|path|circle|rect|line|polyline|use|g)\b[^>]*>/g, '');
          assert.ok(
            !/<script>alert|<img src=x|onerror=alert\(1\)>|<svg onload|["']\s+onmouseover='alert/.test(plain),
            name,
          );
          assert.ok(!/(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data:text)/i.test(text), name);
          assert.ok(!text.includes('\u202e') && !text.includes('\u2028'), name);
        }
        if (name.includes('7*7')) assert.ok(texts.filter((text) => text.includes(name)).length >= 4, name);
        const token = await world.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
        const answer = await world.get(`/me?fields=name,accounts{name}&callback=cb&access_token=${token}`);
        assert.ok(!answer.text.includes('\u2028') && answer.text.startsWith('/**/cb('));
        assert.equal(answer.headers['content-type'], 'text/javascript; charset=UTF-8');
      } finally {
        await world.close();
      }
    }
  });
});

describe('WP-04: what changes the session', () => {
  test('losing or getting a role on an app changes what the open session may do at its next request', async () => {
    const world = await testWorld();
    const browser = new Browser(world);
    await browser.logIn(ana);
    await browser.open(shopDialog({ client_id: cast.draft.id }));
    assert.equal(browser.page.status, 403 === browser.page.status ? 403 : browser.page.status);
    assert.match(browser.heading(), /not active|available/i);
    const { installation } = world.server;
    const give = (to: boolean) =>
      change(installation, async ({ tx }) => {
        if (to) await apps.addRole(tx, cast.draft.id, ana.id, 'testers', 1);
        else await apps.removeRole(tx, cast.draft.id, ana.id, 'testers');
      });
    await give(true);
    await browser.open(shopDialog({ client_id: cast.draft.id }));
    assert.ok(browser.forms().some((form) => form.action === '/dialog/oauth/confirm'));
    const confirm = browser.form('/dialog/oauth/confirm', { decision: 'continue' });
    await give(false);
    await browser.send(confirm);
    assert.match(browser.heading(), /not active|available/i);
    assert.equal((await world.server.installation.facts.grant(cast.draft.id, ana.id)) ?? null, null);
    await world.close();
  });
});

test('WP-08: tokens of another app, of another kind or of nobody end no session; the answer is 200 and says the same', async () => {
  const world = await testWorld();
  const browser = new Browser(world);
  await allowAll(browser, ana, shopDialog({ scope: 'pages_show_list' }));
  const user = await world.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
  const session = browser.cookies.get('__Host-hp_session');
  const dead = await world.login(rival.id, ana.id);
  await world.delete(`/me/permissions?access_token=${dead}`);
  const tokens: Record<string, string> = {
    none: '',
    garbage: 'EAAnonsense',
    'another person': await world.login(shop.id, ben.id),
    dead,
    page: (await world.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token,
    app: `${shop.id}|${shop.secret}`,
    client: `${shop.id}|${shop.clientToken}`,
    'session info': (
      await world.get(
        `/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop.id}&fb_exchange_token=${user}`,
      )
    ).body.access_token,
  };
  const texts = new Set<string>();
  const state = await digest(world);
  for (const [what, token] of Object.entries(tokens)) {
    const page = await browser.ask(
      `/logout.php?next=${encodeURIComponent('https://app.example/cb')}&access_token=${encodeURIComponent(token)}`,
      {
        headers: { ...navigation, 'sec-fetch-site': 'cross-site' },
      },
    );
    assert.deepEqual(
      [page.status, page.location, cookiesSet(page).filter((line) => line.includes('session'))],
      [200, undefined, []],
      what,
    );
    texts.add(page.html);
    assert.equal(browser.cookies.get('__Host-hp_session'), session, what);
  }
  assert.equal(texts.size, 1);
  assert.equal(await digest(world), state);
  for (const method of ['POST', 'HEAD', 'DELETE']) await browser.ask(`/logout.php?access_token=${user}`, { method });
  assert.equal(await digest(world), state, 'another verb');
  await browser.ask(`/logout.php?access_token=${user}`, { headers: { 'sec-purpose': 'prefetch' } });
  assert.equal(await digest(world), state, 'fetched ahead');
  await browser.open('/settings/apps');
  assert.equal(browser.page.status, 200);
  const gone = await browser.ask(
    `/logout.php?next=${encodeURIComponent('https://rival.example/cb')}&access_token=${user}`,
  );
  assert.equal(gone.location, '/');
  assert.equal(browser.cookies.has('__Host-hp_session'), false);
  await world.close();
});
