// P-7: hostile input is boring. A hundred thousand generated requests, the same at every run: no 5xx, no crash, no
// hang, and afterwards the server answers as before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { cast, testWorld } from '../world.ts';

const REQUESTS = 100_000;

/** A small generator with a fixed seed (mulberry32), so that a failure can be made again. */
function chance(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    one: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
    upTo: (most: number): number => Math.floor(next() * (most + 1)),
    yes: (share: number): boolean => next() < share,
  };
}

test('P-7: a hundred thousand hostile requests give no 5xx and change nothing for the next caller', async () => {
  const world = await testWorld();
  const permissions = ['email', 'pages_show_list', 'pages_manage_posts', 'read_insights'];
  const user = await world.login(cast.shop.id, cast.ana.id, { permissions, longLived: true });
  const appToken = `${cast.shop.id}|${cast.shop.secret}`;
  const page = (await world.get(`/${cast.bakery.id}?fields=access_token&access_token=${user}`)).body
    .access_token as string;
  const { one, upTo, yes } = chance(20_261_121);

  const tokens = [
    user,
    page,
    appToken,
    `${cast.shop.id}|${cast.shop.clientToken}`,
    'x',
    '',
    '|',
    '1|',
    '|1',
    'EAA',
    `EAA${'A'.repeat(300)}`,
    'EAA?x=1',
    'IGAAabc',
    'eyJhbGciOiJSUzI1NiJ9.e30.x',
    user.slice(0, -1),
    `${user}\0`,
    '\ud800',
    'null',
    '[object Object]',
    'A'.repeat(5000),
  ];
  const words = [
    '',
    '0',
    '-1',
    '1e9',
    '007',
    '9223372036854775808',
    '9'.repeat(400),
    'true',
    'null',
    '[]',
    '{}',
    '["id"]',
    '{"$ne":""}',
    "' or 1=1--",
    '";drop table people;--',
    '%',
    '_',
    '\\',
    '../../..',
    '__proto__',
    'constructor',
    'toString',
    'name',
    'id',
    'a'.repeat(3000),
    '\u0000',
    'ü',
    '\u202eevil',
    '🙂'.repeat(50),
    '<script>alert(1)</script>',
    '${7*7}',
    '{{7*7}}',
    '\r\nSet-Cookie: a=b',
    'https://app.example/cb',
    cast.shop.id,
    cast.shop.secret,
    cast.ana.id,
    cast.bakery.id,
    'pages_show_list',
    'code',
    'fb_exchange_token',
    'client_credentials',
    'authorization_code',
    'me',
    'act_1',
    '1_1',
    'name.limit(1){id}',
    'accounts{access_token,feed{id}}',
    'a{'.repeat(50),
    '}'.repeat(50),
    'x.y(z',
    'likes.limit(1){id}{from}',
    'picture?type=large',
    'id,,name',
    'a.b,c',
    'picture{data{url}}',
    'total_count{x',
    '0',
    '[{"relative_url":"me","attached_files":"a,b"}]',
    '[{"relative_url":"me/","nonsense":{"a":[1]}}]',
    '[{"relative_url":"{result=b:$.id}","depends_on":["b"]},{"name":"b","relative_url":"me"}]',
    '[{"relative_url":"","access_token":"x","method":"","body":{"batch":[]}}]',
    '[{"relative_url":"me","depends_on":{"a":1}}]',
    JSON.stringify(
      Array.from({ length: 50 }, (_, at) => ({
        name: `n${at}`,
        relative_url: 'me',
        depends_on: at ? `n${at - 1}` : undefined,
      })),
    ),
    ...tokens,
  ];
  const names = [
    'access_token',
    'input_token',
    'client_id',
    'client_secret',
    'code',
    'code_verifier',
    'redirect_uri',
    'grant_type',
    'fb_exchange_token',
    'fields',
    'ids',
    'limit',
    'after',
    'before',
    'since',
    'until',
    'metric',
    'period',
    'permission',
    'permissions',
    'message',
    'link',
    'name',
    'user',
    'tasks',
    'uid',
    'installed',
    'batch',
    'method',
    'callback',
    'debug',
    'pretty',
    'metadata',
    'summary',
    'suppress_http_code',
    'appsecret_proof',
    'appsecret_time',
    'scope',
    'state',
    'response_type',
    'auth_type',
    'display',
    'nonce',
    'code_challenge',
    'code_challenge_method',
    'next',
    '__proto__[a]',
    'constructor[prototype][x]',
    'a[b][c]',
    'client_id[]',
    'redirect',
    'revoke_token',
    'machine_id',
    'csrf',
    'interaction',
    'email',
    'password',
  ];
  const segments = [
    '',
    '/',
    'me',
    'me/',
    'app',
    'v25.0',
    'v3.2',
    'v99.0',
    'v2.0',
    'debug_token',
    'oauth',
    'access_token',
    'client_code',
    'revoke',
    'accounts',
    'permissions',
    'email',
    'feed',
    'insights',
    'page_fans',
    'roles',
    'assigned_users',
    'test-users',
    'picture',
    'friends',
    'dialog',
    'login',
    'signup',
    'logout',
    'logout.php',
    'settings',
    'apps',
    'sessions',
    'password',
    'checkpoint',
    '_',
    'health',
    'ready',
    'pages.css',
    '.well-known',
    'openid-configuration',
    'jwks',
    'token_deprecation_check',
    cast.shop.id,
    cast.ana.id,
    cast.bakery.id,
    cast.garden.id,
    `${cast.bakery.id}_100000000000000`,
    '%00',
    '%2e%2e',
    '%ff',
    '..',
    '.',
    ';x=1',
    '\\',
    'OAuth',
    '%61pp',
    'x'.repeat(500),
    'favicon.ico',
    'robots.txt',
    'platform',
    'setup',
  ];
  const types = [
    'application/x-www-form-urlencoded',
    'application/json',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'text/plain',
    'application/json; charset=utf-16',
    '',
    'a/b',
    'application/x-www-form-urlencoded; charset=UTF-8',
  ];
  const headerNames = [
    'authorization',
    'cookie',
    'if-none-match',
    'content-encoding',
    'x-forwarded-for',
    'origin',
    'referer',
    'accept',
    'accept-language',
    'user-agent',
    'sec-fetch-site',
    'sec-purpose',
    'x-forwarded-host',
    'dpop',
  ];
  const headerValues = [
    '',
    'Bearer',
    `Bearer ${user}`,
    'Basic !!!',
    `Basic ${Buffer.from(`${cast.shop.id}:${cast.shop.secret}`).toString('base64')}`,
    'OAuth x',
    'gzip',
    'br',
    'gzip, gzip',
    '*',
    '"a", W/"b"',
    'null',
    'https://evil.example',
    'cross-site',
    'prefetch',
    '::ffff:1.2.3.4, x',
    'a=b; __Host-hp_session=x',
    'text/html',
    'x'.repeat(2000),
  ];

  const encode = (text: string): string =>
    yes(0.1) ? text.replace(/[^!-~]/g, '').replace(/[&#?]/g, '') : encodeURIComponent(text.toWellFormed());
  const pairs = (most: number): string =>
    Array.from(
      { length: upTo(most) },
      () =>
        `${yes(0.9) ? encodeURIComponent(one(names)) : encode(one(words))}=${encode(one(yes(0.5) ? tokens : words))}`,
    ).join(yes(0.98) ? '&' : '&&');
  const json = (depth: number): unknown => {
    if (depth === 0 || yes(0.4)) return one<unknown>([1, 1.5, true, null, ...words]);
    return yes(0.5)
      ? Array.from({ length: upTo(4) }, () => json(depth - 1))
      : Object.fromEntries(Array.from({ length: upTo(5) }, () => [one(yes(0.8) ? names : words), json(depth - 1)]));
  };
  const body = (type: string): Uint8Array => {
    let text: string;
    if (type.includes('json'))
      text = yes(0.8)
        ? JSON.stringify(json(5))
        : one([
            '{',
            '[1',
            '{"a":1}x',
            '\ufeff{}',
            '{"a":1,"a":2}',
            '['.repeat(20_000),
            '"\\ud800"',
            '{"__proto__":{"admin":1}}',
          ]);
    else if (type.startsWith('multipart'))
      text = `--x\r\nContent-Disposition: form-data; name="${one(names)}"\r\n\r\n${one(words)}\r\n--x--\r\n`;
    else text = pairs(6);
    const bytes = Buffer.from(text);
    return yes(0.05) ? gzipSync(bytes) : bytes;
  };

  const bad: string[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    const type = one(types);
    const method = one([
      'GET',
      'GET',
      'GET',
      'POST',
      'POST',
      'DELETE',
      'HEAD',
      'PUT',
      'TRACE',
      'OPTIONS',
      'PROPFIND',
      '',
    ]);
    const headers: Record<string, string> = { host: 'localhost:4000' };
    if (type !== '') headers['content-type'] = type;
    for (let h = upTo(2); h > 0; h--) headers[one(headerNames)] = one(headerValues);
    const path = `/${Array.from({ length: upTo(4) }, () => one(segments)).join('/')}`;
    const query = `${yes(0.5) ? `access_token=${encode(one(tokens))}&` : ''}${pairs(4)}`;
    const request = {
      method,
      path,
      query,
      headers,
      body: method === 'GET' && yes(0.8) ? new Uint8Array() : body(type),
      host: one(['localhost:4000', 'localhost:4000', '127.0.0.1', 'evil.example']),
      address: one(['127.0.0.1', '2001:db8::1', '::ffff:10.0.0.1', 'x']),
    };
    const answer = await world.send(request);
    if (
      !(answer.status >= 200 && answer.status < 500) ||
      Object.values(answer.headers).some((value) => /[\r\n]/.test(String(value)))
    )
      bad.push(`${answer.status} ${method} ${path}?${query.slice(0, 300)} ${String(answer.body).slice(0, 200)}`);
    if (bad.length > 5) break;
  }
  const bugs = world.log.filter((line) => line.level === 'error').slice(0, 3);
  assert.deepEqual(bad, [], JSON.stringify(bugs, null, 2));
  assert.equal(({} as { admin?: unknown }).admin, undefined);
  const after = await world.get(`/me?fields=id&access_token=${await world.login(cast.rival.id, cast.cleo.id)}`);
  assert.equal(after.status, 200);
  await world.close();
});
