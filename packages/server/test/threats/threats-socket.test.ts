// These tests look at the server as a black box, over a real socket: what a client on the other end of a connection can
// send, against the whole server.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { listen, type HttpListener } from '../../src/index.ts';
import { digest } from '../acts.ts';
import { wall } from '../databases.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { shop, bakery, ana } = cast;
const own = { client_id: shop.id, client_secret: shop.secret };

let t: TestWorld;
let server: HttpListener;
let user: string;
const bugs: unknown[] = [];

before(async () => {
  t = await testWorld({ settings: { guessingLimits: false } });
  user = await t.login(shop.id, ana.id, { permissions: ['pages_show_list', 'email'] });
  server = await listen({
    handle: t.server.handle,
    wall,
    traceId: () => 'AbCdEfGhIjK',
    onBug: (error) => bugs.push(error),
    port: 0,
    host: '127.0.0.1',
  });
});
after(async () => {
  await server.close();
  await t.close();
  assert.deepEqual(bugs, []);
  assert.deepEqual(
    t.log.filter((line) => line.level === 'error'),
    [],
  );
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  body: any;
}

/** One request on a connection of its own. */
async function ask(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<Answer> {
  const sent = request({
    port: server.port,
    host: '127.0.0.1',
    method,
    path,
    agent: false,
    headers: { host: `localhost:${server.port}`, ...options.headers },
  });
  sent.on('error', () => undefined);
  sent.end(options.body);
  const [answer] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, text, body };
}

/** Sends bytes and gives back all that comes until the connection ends. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}
const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => Number(found[1]));
const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
const formType = { 'content-type': 'application/x-www-form-urlencoded' };

test('the errors of the Graph arrive with their headers', async () => {
  const { status, headers, body } = await ask('GET', '/v25.0/me');
  assert.equal(status, 400);
  assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['facebook-api-version'], 'v25.0');
  assert.equal(
    headers['www-authenticate'],
    'OAuth "Facebook Platform" "invalid_request" "An active access token must be used to query information about the current user."',
  );
  assert.deepEqual(Object.keys(body.error), ['message', 'type', 'code', 'fbtrace_id']);
});

describe('IV-05: sizes over the socket', () => {
  const cases: [what: string, () => Promise<Answer>, status: number][] = [
    ['a request line of 17 KiB', () => ask('GET', `/me?a=${'x'.repeat(17 * 1024)}`), 414],
    ['a header block of 40 KiB', () => ask('GET', '/me', { headers: { 'x-big': 'x'.repeat(40 * 1024) } }), 431],
    [
      '101 headers',
      () => ask('GET', '/me', { headers: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`x-${i}`, '1'])) }),
      431,
    ],
    [
      'a token of 5 KiB in the header',
      () => ask('GET', '/me', { headers: { authorization: `Bearer ${'E'.repeat(5120)}` } }),
      400,
    ],
    [
      'a token of 1 MiB in the header',
      () => ask('GET', '/me', { headers: { authorization: `Bearer ${'E'.repeat(1 << 20)}` } }),
      431,
    ],
    [
      'a state of 5 KiB',
      () =>
        ask(
          'GET',
          `/dialog/oauth?${form({ client_id: shop.id, redirect_uri: 'https://app.example/cb', state: 's'.repeat(5120) })}`,
        ),
      400,
    ],
    [
      'a redirect_uri of 2,001 characters',
      () =>
        ask(
          'GET',
          `/dialog/oauth?${form({ client_id: shop.id, redirect_uri: `https://app.example/${'x'.repeat(1981)}` })}`,
        ),
      400,
    ],
    ['a body of 2 MiB', () => ask('POST', '/me', { headers: formType, body: `a=${'x'.repeat(2 << 20)}` }), 413],
    [
      'a body of 2 MiB at a page',
      () => ask('POST', '/login', { headers: formType, body: `a=${'x'.repeat(2 << 20)}` }),
      413,
    ],
    ['2,000 parameters', () => ask('POST', '/me', { headers: formType, body: 'a=1&'.repeat(2000) }), 400],
    [
      '2,000 fields of a form of a page',
      () =>
        ask('POST', '/login', { headers: formType, body: Array.from({ length: 2000 }, (_, i) => `f${i}=1`).join('&') }),
      400,
    ],
  ];
  for (const [what, send, status] of cases)
    test(`${what}: ${status}, within 100 ms of CPU`, async () => {
      await send();
      const began = process.cpuUsage();
      const answer = await send();
      const { user: micros, system } = process.cpuUsage(began);
      assert.equal(answer.status, status, answer.text.slice(0, 200));
      assert.ok(micros + system < 100_000, `${(micros + system) / 1000} ms`);
    });

  test('a sender that announces too much is not read', async () => {
    const answer = await raw(
      `POST /me HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{`,
    );
    assert.deepEqual(statuses(answer), [413]);
  });
});

describe('IV-08: gzip over the socket', () => {
  const headers = { ...formType, 'content-encoding': 'gzip' };
  test('a bomb is cut at the limit with little CPU and memory, and others are served meanwhile', async () => {
    const bomb = gzipSync(Buffer.alloc(500 << 20));
    assert.ok(bomb.length < 1 << 20);
    await ask('POST', '/me', { headers, body: bomb });
    const rss = process.memoryUsage().rss;
    const began = process.cpuUsage();
    const bombs = Array.from({ length: 10 }, () => ask('POST', '/me', { headers, body: bomb }));
    const other = await ask('GET', `/me?access_token=${user}`);
    const answers = await Promise.all(bombs);
    const { user: micros, system } = process.cpuUsage(began);
    assert.equal(other.status, 200);
    for (const answer of answers) assert.deepEqual([answer.status, answer.body.error.code], [413, 100]);
    assert.ok((micros + system) / 11 < 100_000, `${(micros + system) / 11_000} ms each`);
    assert.ok(process.memoryUsage().rss - rss < 100 << 20, 'memory stays bounded');
  });

  test('a bomb for a page is no form', async () => {
    const answer = await ask('POST', '/login', { headers, body: gzipSync(Buffer.alloc(50 << 20)) });
    assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
  });

  test('a good one is read', async () => {
    const answer = await ask('POST', '/oauth/access_token', {
      headers,
      body: gzipSync(form({ ...own, grant_type: 'client_credentials' })),
    });
    assert.equal(answer.status, 200);
  });
});

test('IV-10: verbs over the socket', async () => {
  for (const method of ['TRACE', 'PUT', 'PATCH', 'PROPFIND', 'MKCOL', 'SEARCH', 'PURGE'])
    for (const path of ['/me', '/oauth/access_token', '/login', '/dialog/oauth', '/settings/apps']) {
      const answer = await ask(method, path, { headers: { 'x-canary': 'reflect-me', cookie: 'a=canary' } });
      // A call of the Graph has no PUT and no PATCH; the others are verbs that nobody serves.
      const none = /^(?:PUT|PATCH)$/.test(method) && ['/me', '/oauth/access_token'].includes(path);
      assert.equal(answer.status, none ? 400 : 405, `${method} ${path}`);
      assert.equal(answer.headers.allow !== undefined, !none, `${method} ${path}`);
      assert.ok(!answer.text.includes('canary') && !answer.text.includes('reflect-me'), `${method} ${path}`);
    }
  assert.deepEqual(statuses(await raw('FOO /me HTTP/1.1\r\nHost: localhost\r\n\r\n')), [405]);
  assert.deepEqual(statuses(await raw('CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n')), [405]);
  const head = await ask('HEAD', `/me?access_token=${user}`);
  assert.deepEqual([head.status, head.text], [200, '']);
  assert.ok(Number(head.headers['content-length']) > 10);
});

describe('IV-13: the second request inside the first', () => {
  const hidden = () =>
    `DELETE /me/permissions?access_token=${user} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`;
  const start = (more: string) =>
    `POST /oauth/access_token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n${more}\r\n`;
  const attacks: Record<string, () => string> = {
    'length and chunks': () => start('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n') + `0\r\n\r\n${hidden()}`,
    'chunks and length': () => start('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n') + `0\r\n\r\n${hidden()}`,
    'two lengths': () => start('Content-Length: 3\r\nContent-Length: 4\r\n') + `a=1${hidden()}`,
    'two equal lengths in one': () => start('Content-Length: 3, 3\r\n') + `a=1${hidden()}`,
    'a length in hexadecimal': () => start('Content-Length: 0x3\r\n') + `a=1${hidden()}`,
    'a negative length': () => start('Content-Length: -3\r\n') + hidden(),
    'a length with a sign': () => start('Content-Length: +3\r\n') + `a=1${hidden()}`,
    'an unknown coding': () => start('Transfer-Encoding: xchunked\r\n') + `0\r\n\r\n${hidden()}`,
    'chunked not at the end': () => start('Transfer-Encoding: chunked, identity\r\n') + `0\r\n\r\n${hidden()}`,
    'chunked twice': () =>
      start('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n') + `0\r\n\r\n${hidden()}`,
    'a space before the colon': () => start('Transfer-Encoding : chunked\r\n') + `0\r\n\r\n${hidden()}`,
    'a tab before the colon': () => start('Content-Length\t: 3\r\n') + `a=1${hidden()}`,
    'a folded header': () => start('X-Folded: a\r\n Content-Length: 3\r\n') + hidden(),
    'bare line feeds': () => `POST /me HTTP/1.1\nHost: localhost\nContent-Length: 3\n\na=1${hidden()}`,
    'a bare line feed in a header': () => start('X-A: b\nContent-Length: 3\r\n') + `a=1${hidden()}`,
    'a bare carriage return': () => start('X-A: b\rContent-Length: 3\r\n') + `a=1${hidden()}`,
    'a NUL in a header': () => start('X-A: b\0c\r\n') + hidden(),
    'a chunk size with a sign': () => start('Transfer-Encoding: chunked\r\n') + `+3\r\na=1\r\n0\r\n\r\n${hidden()}`,
    'a chunk size that is none': () => start('Transfer-Encoding: chunked\r\n') + `zz\r\na=1\r\n0\r\n\r\n${hidden()}`,
    'a chunk that is longer than it says': () =>
      start('Transfer-Encoding: chunked\r\n') + `1\r\na=1\r\n0\r\n\r\n${hidden()}`,
    'a host twice': () => `GET /me HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n${hidden()}`,
    'a space in the target': () => `GET /me HTTP/1.1 HTTP/1.1\r\nHost: localhost\r\n\r\n${hidden()}`,
    'no host': () => `GET /me HTTP/1.1\r\n\r\n${hidden()}`,
    'another version': () => `GET /me HTTP/2.0\r\nHost: localhost\r\n\r\n${hidden()}`,
  };
  for (const [what, bytes] of Object.entries(attacks))
    test(`${what}: 400, the connection ends, the second is not executed`, async () => {
      const state = await digest(t);
      const answer = await raw(bytes());
      const [first, ...more] = statuses(answer);
      assert.ok(first !== undefined && [400, 505].includes(first), answer.slice(0, 300));
      assert.deepEqual(more, []);
      assert.equal(await digest(t), state);
      assert.equal((await ask('GET', `/me?access_token=${user}`)).status, 200);
    });

  test('two plain requests on one connection are answered in order, each by itself', async () => {
    const answer = await raw(
      `GET /me?access_token=${user}&fields=id HTTP/1.1\r\nHost: localhost\r\n\r\nGET /me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    assert.deepEqual(statuses(answer), [200, 400]);
  });
});

test('IV-14: two thousand interleaved pairs of failing requests never carry words of each other', async () => {
  const failing: ((marker: string) => Promise<Answer>)[] = [
    (marker) => ask('GET', `/me?access_token=${user}&fields=${marker}`),
    (marker) => ask('GET', `/${marker}?access_token=${user}`),
    (marker) => ask('GET', `/${marker}/${marker}`, { headers: { authorization: `Bearer ${user}` } }),
    (marker) =>
      ask('POST', '/', {
        headers: formType,
        body: form({
          access_token: user,
          batch: JSON.stringify([{ relative_url: marker }, { relative_url: `me?fields=${marker}` }]),
        }),
      }),
    (marker) => ask('GET', `/me?access_token=${user}&fields=${marker}&callback=${marker}`),
    (marker) =>
      ask('POST', '/oauth/access_token', {
        headers: formType,
        body: form({ ...own, grant_type: marker, [marker]: '1' }),
      }),
  ];
  const traces = new Set<string>();
  let answers = 0;
  const one = async (n: number) => {
    const marker = `canary_${n}_yranac`;
    const answer = await (failing[n % failing.length] as (typeof failing)[number])(marker);
    const all = JSON.stringify(answer.headers) + answer.text;
    for (const found of all.match(/canary_\d+_yranac/g) ?? []) assert.equal(found, marker);
    const trace = String(answer.headers['x-fb-trace-id']);
    traces.add(trace);
    answers += 1;
    for (const [, shown] of answer.text.matchAll(/"fbtrace_id":"([^"]*)"/g))
      if (!answer.text.startsWith('[')) assert.equal(shown, trace);
  };
  for (let round = 0; round < 40; round++) await Promise.all(Array.from({ length: 50 }, (_, i) => one(round * 50 + i)));
  assert.equal(traces.size, answers);
});

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
