// Web pages, generated from the table of routes: the headers of every HTML answer, frames, origins, hosts, words from
// the address, names as text. What single pages do is in the site and dialog tests.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { lockAccount } from '../../src/people/lock.ts';
import { change } from '../../src/liveness/change.ts';
import { factKey } from '../../src/installation/facts.ts';
import { createAdministratorLink, routes } from '../../src/site/index.ts';
import { digest } from '../acts.ts';
import { WebPage } from '../../src/headless/web-page.ts';
import { Browser, cookiesSet, navigation, type Page } from '../browser.ts';
import { allowAll, shopDialog } from '../dialog-journey.ts';
import { routePath } from '../route-paths.ts';
import { cast, seed, type TestWorld, testWorld } from '../world.ts';

const { shop, rival, phone, ana, ben, cleo, bakery } = cast;

const shown = [...new Set(routes.filter((route) => route.method === 'GET').map((route) => routePath(route.path)))];
const sent = [...new Set(routes.filter((route) => route.method === 'POST').map((route) => routePath(route.path)))];
const isDialog = (path: string): boolean => path.includes('/dialog/oauth');
/** The root is the Graph's for programs, on a host that serves both. */
const isPage = (path: string): boolean => path !== '/';
const dialogQuery = new URL(shopDialog(), 'http://x').search;

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

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
      'somebody whose account is locked',
      async (browser) => {
        await lockAccount(t.server.installation, cleo.id, { kind: 'operator' }, 'operator');
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
      change(installation, async ({ tx, touch }) => {
        if (to)
          await tx
            .insertInto('app_roles')
            .values({ app_id: cast.draft.id, person_id: ana.id, role: 'testers', created_at: 1 })
            .execute();
        else await tx.deleteFrom('app_roles').where('person_id', '=', ana.id).execute();
        touch(factKey.appRoles(cast.draft.id, ana.id));
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
