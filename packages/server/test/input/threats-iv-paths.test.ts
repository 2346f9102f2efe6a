// Verbs and paths have one spelling: the rows IV-10 and IV-11 of the threat catalogue.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callback, digest } from '../acts.ts';
import { Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { joined, form, formType, t, user, page, send, code, own } from './threats-iv-scene.ts';
import { cast } from '../world.ts';

const { shop, bakery, ben } = cast;

describe('IV-10: verbs', () => {
  test('HEAD never writes, whatever method= says, and answers as GET without a body', async () => {
    const state = await digest(t);
    const asks: [string, string][] = [
      ['/me/permissions', form({ access_token: user, method: 'delete' })],
      ['/me/permissions/email', form({ access_token: user, method: 'delete' })],
      [`/${bakery.id}/feed`, form({ access_token: page, method: 'post', message: 'x' })],
      [`/${shop.id}`, form({ access_token: joined, method: 'post', app_name: 'x' })],
      [`/${shop.id}/accounts/test-users`, form({ access_token: joined })],
      ['/oauth/access_token', form({ ...own, grant_type: 'client_credentials' })],
      ['/oauth/client_code', form({ ...own, access_token: user, redirect_uri: callback })],
      ['/oauth/revoke', form({ ...own, access_token: user, revoke_token: user })],
      [
        '/',
        form({ access_token: user, batch: '[{"method":"DELETE","relative_url":"me/permissions"}]', method: 'post' }),
      ],
    ];
    for (const [path, query] of asks) {
      const reply = await send(path, { method: 'HEAD', query });
      assert.equal(reply.text, '', path);
    }
    assert.equal(await digest(t), state);
    assert.equal((await t.get(`/me?access_token=${user}`)).status, 200);
    const head = await send('/me', { method: 'HEAD', query: form({ access_token: user }) });
    const get = await send('/me', { query: form({ access_token: user }) });
    assert.equal(head.headers['content-length'], String(Buffer.byteLength(get.text)));
    assert.equal(head.headers.etag, get.headers.etag);
  });

  test('method= is judged as the verb it names', async () => {
    const state = await digest(t);
    assert.equal(
      (await t.get(`/${bakery.id}/feed?${form({ method: 'post', message: 'x', access_token: user })}`)).body.error.code,
      200,
    );
    assert.equal(
      (await t.get(`/${shop.id}?${form({ method: 'post', app_name: 'x', access_token: user })}`)).body.error.code,
      15,
    );
    assert.equal((await t.get(`/${shop.id}?${form({ method: 'delete', access_token: joined })}`)).body.error.code, 200);
    for (const method of ['TRACE', 'CONNECT', 'OPTIONS', 'get ', 'deletе', '1'])
      assert.equal((await t.get(`/me?${form({ method, access_token: user })}`)).status, 400, method);
    for (const method of ['HEAD', 'PATCH'])
      assert.equal(
        (await t.get(`/me?${form({ method, access_token: user })}`)).body.error.message,
        `Unsupported request - method type: ${method.toLowerCase()}`,
      );
    assert.equal((await t.get(`/me?${form({ method: '', access_token: user })}`)).status, 200);
    assert.equal(await digest(t), state);
  });

  test('other verbs are refused, on the Graph and on pages; method= means nothing on pages', async () => {
    for (const method of ['PUT', 'PATCH', 'TRACE', 'PROPFIND', 'FOO', 'get', ''])
      for (const path of [
        '/me',
        '/oauth/access_token',
        '/login',
        '/v25.0/dialog/oauth',
        '/settings/apps',
        '/_/health',
      ]) {
        const { status, headers } = await send(path, { method, query: form({ access_token: user }) });
        // A Graph call has no PUT; that is said as of any method that is not there. Nobody serves the others.
        const none = ['/me', '/oauth/access_token'].includes(path) && /^(?:PUT|PATCH|get)$/.test(method);
        assert.deepEqual(
          [status, typeof headers.allow],
          none ? [400, 'undefined'] : [405, 'string'],
          `${method} ${path}`,
        );
      }
    const browser = new Browser(t);
    await browser.logIn(ben);
    const state = await digest(t);
    for (const url of [
      '/settings/apps/remove?method=post',
      '/logout?method=post',
      '/settings/sessions/end-all?method=post',
      '/settings/secure?method=post',
      '/settings/apps?method=delete',
      '/login?method=post',
    ])
      await browser.ask(url);
    assert.equal(await digest(t), state);
  });
});

describe('IV-11: paths', () => {
  const spellings = (a: string, b: string): string[] => [
    `//${a}/${b}`,
    `/${a}//${b}`,
    `/${a}/./${b}`,
    `/./${a}/${b}`,
    `/${a}/x/../${b}`,
    `/${a}/%2e/${b}`,
    `/%${a.charCodeAt(0).toString(16)}${a.slice(1)}/${b}`,
    `/${a}/%${b.charCodeAt(0).toString(16)}${b.slice(1)}`,
    `/${a}/${b}//`,
    `/${a.toUpperCase()}/${b}`,
    `/${a[0]?.toUpperCase()}${a.slice(1)}/${b}`,
    `/${a}/${b};x=1`,
    `/${a};x=1/${b}`,
    `/${a}\\${b}`,
    `/${a}%2f${b}`,
    `/${a}%5c${b}`,
    `/${a}/${b}%00`,
    `/${a}/${b}%20`,
    `/${a}/${b}.json`,
    `/v25.0//${a}/${b}`,
    `/V25.0/${a}/${b}`,
    `/v25/${a}/${b}`,
    `/v025.0/${a}/${b}`,
    `/v25.0.0/${a}/${b}`,
    `/v25.0/v25.0/${a}/${b}`,
  ];
  test('every other spelling of a call is an unknown path, with and without a good credential', async () => {
    const state = await digest(t);
    for (const [a, b, params] of [
      ['oauth', 'access_token', { ...own, grant_type: 'client_credentials' }],
      ['oauth', 'client_code', { ...own, access_token: user, redirect_uri: callback }],
      ['oauth', 'revoke', { ...own, access_token: user, revoke_token: user }],
    ] as const)
      for (const path of spellings(a, b)) {
        for (const reply of [
          await send(path, { query: form(params) }),
          await send(path, { method: 'POST', headers: formType, body: form(params) }),
        ])
          assert.deepEqual(code(reply), [400, 2500], `${path}: ${reply.text}`);
      }
    assert.equal(await digest(t), state);
  });

  test('below and beside a known call there is nothing', async () => {
    for (const path of [
      '/oauth',
      '/oauth/',
      '/oauth/authorize/x',
      '/oauth/authorise',
      '/oauth/access_token/x',
      '/debug_token/x',
      '/oauth/access_token/me',
      '/.well-known/x',
    ])
      assert.deepEqual(code(await send(path, { query: form({ access_token: user }) })), [400, 2500], path);
  });

  test('edges and pages have one spelling too', async () => {
    for (const path of [
      '/me//',
      '/me//accounts',
      '/me/accounts//',
      '/ME',
      '/Me/accounts',
      '/me/Accounts',
      '/me;x=1',
      '/me/./accounts',
      '/%6de',
      '/me%2faccounts',
      '/\\me',
    ])
      assert.deepEqual(code(await send(path, { query: form({ access_token: user }) })), [400, 2500], path);
    for (const path of [
      '//dialog/oauth',
      '/dialog//oauth',
      '/Dialog/OAuth',
      '/dialog/%6fauth',
      '/dialog/oauth;x=1',
      '/dialog/./oauth',
      '/login/',
      '//login',
      '/LOGIN',
      '/%6cogin',
      '/login;x',
      '/login%00',
      '/settings//apps',
      '/settings/apps/../password',
      '/settings/apps/',
      '/logout.php/',
      '/v25.0//dialog/oauth',
      '/v25/dialog/oauth',
    ]) {
      const reply = await send(path, { query: new URL(shopDialog(), 'http://x').search.slice(1) });
      assert.ok(reply.status === 400 && reply.body?.error, `${path}: ${reply.status} ${reply.text.slice(0, 100)}`);
      assert.equal(reply.headers['set-cookie'], undefined, path);
    }
  });

  test('the relative addresses of a batch as well', async () => {
    const items = [
      '//me',
      '///me',
      './me',
      'me//',
      'ME',
      'v25.0//me',
      '/v25.0/./me',
      'oauth//access_token',
      'https://graph.facebook.com/me',
      '//evil.example/me',
      '\\me',
      'me;x=1',
      '../me',
      '#me',
    ];
    const { body } = await t.post('/', {
      access_token: user,
      batch: JSON.stringify(items.map((relative_url) => ({ relative_url }))),
    });
    for (const [i, slot] of body.entries())
      assert.deepEqual([slot.code, JSON.parse(slot.body).error.code], [400, 2500], `${items[i]}: ${slot.body}`);
    const good = await t.post('/', {
      access_token: user,
      batch: JSON.stringify(
        ['me', '/me', 'me/', '/v3.2/me/?fields=id', 'v3.2/me', '/v3.2/me?fields=id', '?ids=me'].map((relative_url) => ({
          relative_url,
        })),
      ),
    });
    assert.deepEqual(
      good.body.map((slot: { code: number }) => slot.code),
      [200, 200, 200, 200, 200, 200, 200],
    );
  });
});
