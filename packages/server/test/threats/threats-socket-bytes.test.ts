// These tests look at the server as a black box, over a real socket: what a client on the other end of a connection can
// send, against the whole server.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { digest } from '../acts.ts';
import { ask, own, raw, shop, statuses, t, type Answer, user } from './threats-socket-scene.ts';
import { mustTakeLessThan } from '../../../protocol/test/processor-time.ts';

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
      const { answer } = await mustTakeLessThan(100, send);
      assert.equal(answer.status, status, answer.text.slice(0, 200));
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
    const bomb = gzipSync(Buffer.alloc(100 << 20));
    assert.ok(bomb.length < 1 << 20);
    await ask('POST', '/me', { headers, body: bomb });
    const rss = process.memoryUsage().rss;
    // A hundred milliseconds each.
    await mustTakeLessThan(1100, async () => {
      const bombs = Array.from({ length: 10 }, () => ask('POST', '/me', { headers, body: bomb }));
      assert.equal((await ask('GET', `/me?access_token=${user}`)).status, 200);
      for (const answer of await Promise.all(bombs))
        assert.deepEqual([answer.status, answer.body.error.code], [413, 100]);
    });
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
