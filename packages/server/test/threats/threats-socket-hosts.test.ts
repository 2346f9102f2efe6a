// These tests are about hosts over a real socket: which of them the server answers for, and what each serves.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testWorld } from '../world.ts';
import { ana, ask, bakery, raw, server, shop, statuses, user } from './threats-socket-scene.ts';

describe('WP-11: hosts', () => {
  const hosts = [
    'evil.example',
    `evil.example:${0}`,
    'localhost.evil.example',
    'localhost:1@evil.example',
    '127.0.0.1.evil.example',
    'localhost.',
    '0.0.0.0',
    '169.254.169.254',
    '[::2]',
    '2130706433',
    '127.1',
    'graph.facebook.com',
    'LOCALHOST.EVIL',
  ];
  test('an unknown one is answered 421, on the Graph and on pages', async () => {
    for (const host of hosts)
      for (const path of ['/me', '/login', '/dialog/oauth', '/.well-known/openid-configuration', '/']) {
        const answer = await ask('GET', path, { headers: { host } });
        assert.equal(answer.status, 421, `${host} ${path}`);
        assert.ok(!answer.text.includes(host), host);
        assert.equal(answer.headers['set-cookie'], undefined);
      }
    for (const host of ['localhost', `LOCALHOST:${server.port}`, '127.0.0.1', '[::1]:80'])
      assert.equal((await ask('GET', '/_/health', { headers: { host } })).status, 200, host);
  });

  test('an absolute target counts only where it names the same host', async () => {
    const get = (target: string, host: string) =>
      raw(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    for (const [target, host] of [
      ['http://evil.example/_/health', 'localhost'],
      ['http://localhost/_/health', 'evil.example'],
      ['http://evil.example/_/health', 'evil.example'],
      ['http://localhost@evil.example/_/health', 'localhost'],
      ['https://evil.example', 'localhost'],
    ] as const)
      assert.deepEqual(statuses(await get(target, host)), [421], `${target} ${host}`);
    assert.deepEqual(statuses(await get('http://localhost/_/health', 'localhost')), [200]);
    for (const target of ['ftp://localhost/', 'localhost:80', '*/x', 'me'])
      assert.deepEqual(statuses(await get(target, 'localhost')), [400], target);
  });

  test('forwarded names change no address that is printed', async () => {
    const forged = {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example;proto=https',
      'x-forwarded-server': 'evil.example',
      'x-original-host': 'evil.example',
      'x-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '1337',
      'x-original-url': '/settings',
      'x-rewrite-url': '/settings',
      referer: 'https://evil.example/',
    };
    for (const path of [
      `/me?access_token=${user}&fields=picture,accounts.limit(1){link,picture}&metadata=1`,
      '/.well-known/openid-configuration',
      `/me/accounts?access_token=${user}&limit=1`,
      '/login',
      `/dialog/oauth?client_id=${shop.id}&redirect_uri=https://app.example/cb`,
      `/${shop.id}/accounts/test-users?access_token=${encodeURIComponent(`${shop.id}|${shop.secret}`)}`,
      `/me/picture?access_token=${user}`,
    ]) {
      const answer = await ask('GET', path, { headers: forged });
      assert.ok(
        !/evil\.example|1337|https:\/\/localhost/.test(answer.text + JSON.stringify(answer.headers)),
        `${path}: ${answer.text.slice(0, 200)}`,
      );
    }
  });

  test('with a configured address everything that is printed is built on it, whatever host and port was asked', async (context) => {
    const other = await testWorld({
      settings: { publicUrl: 'https://www.id.example', baseDomain: 'id.example', extraHosts: ['inside'] },
    });
    context.after(() => other.close());
    const token = await other.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
    const get = async (host: string, path: string, query = '') => {
      const answer = await other.send({ host, path, query, headers: { host } });
      return { status: answer.status, text: String(answer.body), headers: answer.headers };
    };
    for (const host of ['graph.id.example', 'graph.id.example:1337', 'www.id.example', 'inside:4000']) {
      const { text, status } = await get(
        host,
        '/me',
        `access_token=${token}&fields=picture,accounts.limit(1)&metadata=1`,
      );
      // A host for pages has no Graph, but it is the issuer.
      assert.equal(status, host === 'www.id.example' ? 404 : 200, host);
      for (const [, origin] of text.matchAll(/"(https?:\/\/[^/"]+)/g))
        assert.ok(origin === 'https://graph.id.example' || origin === 'https://www.id.example', `${host}: ${origin}`);
      const discovery = await get(host, '/.well-known/openid-configuration');
      for (const [, origin] of discovery.text.matchAll(/"(https?:\/\/[^/"]+)/g))
        assert.ok(
          origin?.startsWith('https://') && !origin.includes('1337') && !origin.includes('inside'),
          `${host}: ${origin}`,
        );
    }
    for (const host of [
      'id.example.evil',
      'evil-id.example',
      'x.graph.id.example',
      'localhost',
      '127.0.0.1',
      'graph.id.example.',
      `${ana.id}.id.example`,
    ])
      assert.equal((await get(host, '/me')).status, 421, host);
  });
});

test('B1: cookies open nothing on the Graph, tokens nothing on pages', async () => {
  const page = await ask('GET', '/settings/apps', { headers: { authorization: `Bearer ${user}` } });
  assert.equal(page.status, 303);
  assert.match(String(page.headers.location), /^\/login/);
  const graph = await ask('GET', `/${bakery.id}`, { headers: { cookie: `access_token=${user}` } });
  assert.equal(graph.body.error.code, 104);
  assert.equal(graph.headers['set-cookie'], undefined);
});
