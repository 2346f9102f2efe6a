import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { GraphError } from '@hallpass/protocol';
import { type Asked, incoming } from '../../test/incoming.ts';
import type { GraphRequest } from '../wire/call.ts';
import { parse } from './parse.ts';

const options = { traceId: 'AbCdEfGhIjK', defaultVersion: 'v25.0' as const };
const json = { 'content-type': 'application/json' };
const gzip = { 'content-encoding': 'gzip' };

async function call(target: string, asked: Asked = {}): Promise<GraphRequest> {
  return parse(incoming(target, asked), options);
}

async function keyOf(target: string, asked: Asked = {}): Promise<string> {
  try {
    await call(target, asked);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof GraphError, String(error));
    return error.key;
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a plain read is understood without waiting for anything', () => {
  const result = parse(
    incoming('/v24.0/me?fields=id,name&limit=5&access_token=EAAx&locale=de_DE', {
      headers: { 'user-agent': 'fbbizsdk', 'if-none-match': '"x"' },
    }),
    options,
  );
  assert.ok(!(result instanceof Promise));
  assert.deepEqual(plain(result), {
    method: 'GET',
    head: false,
    base: 'http://graph.hall.example',
    version: 'v24.0',
    versioned: true,
    segments: ['me'],
    params: { fields: 'id,name', limit: '5', locale: 'de_DE' },
    credential: 'EAAx',
    credentialPlace: 'query',
    fields: [
      { name: 'id', modifiers: {}, alias: 'id' },
      { name: 'name', modifiers: {}, alias: 'name' },
    ],
    files: {},
    envelope: { suppressHttpCode: false, pretty: false, metadata: false },
    address: '198.51.100.7',
    etag: '"x"',
    userAgent: 'fbbizsdk',
    locale: 'de_DE',
    batchMember: false,
    work: {},
    traceId: 'AbCdEfGhIjK',
  });
  assert.equal(Object.getPrototypeOf(result.params), null);
});

test('addresses that are printed follow the host that was asked, or the configured public base', async () => {
  assert.equal((await call('/me', { scheme: 'https' })).base, 'https://graph.hall.example');
  assert.equal(
    (await parse(incoming('/me'), { ...options, publicBase: 'https://graph.public.example' })).base,
    'https://graph.public.example',
  );
});

test('parameters come from query and every kind of body at once', async () => {
  const form = await call('/me/feed?a=1', { body: 'message=hi+there&access_token=EAAx' });
  assert.deepEqual(plain(form.params), { a: '1', message: 'hi there' });
  assert.equal(form.credentialPlace, 'body');
  const object = await call('/me/accounts?access_token=EAAx', {
    headers: json,
    body: '{"name":"x","installed":true,"n":5,"list":["a",{"b":null}]}',
  });
  assert.deepEqual(plain(object.params), { name: 'x', installed: true, n: 5, list: ['a', { b: null }] });
  assert.equal(object.method, 'POST');
  const inflated = await call('/me/feed', {
    headers: { ...gzip, 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: gzipSync('a=%C3%A9&b=2'),
  });
  assert.deepEqual(plain(inflated.params), { a: 'é', b: '2' });
});

test('a read may carry a body, as the server SDK sends with every one', async () => {
  const empty = await call('/v24.0/me?fields=id&access_token=EAAx', { method: 'GET', headers: json, body: '{}' });
  assert.equal(empty.method, 'GET');
  assert.equal(empty.credential, 'EAAx');
  assert.deepEqual(plain((await call('/me', { method: 'GET', headers: json, body: '{"a":"b"}' })).params), { a: 'b' });
});

test('multipart bodies, as programs and browsers write them, give parameters and files', async () => {
  const form = new FormData();
  form.append('message', 'größer');
  form.append('place[city]', 'x');
  form.append('source', new Blob([new Uint8Array([0, 13, 10, 45, 45, 255])], { type: 'image/png' }), 'a "b".png');
  const response = new Response(form);
  const body = new Uint8Array(await response.arrayBuffer());
  const result = await call('/me/photos', {
    headers: { 'content-type': response.headers.get('content-type') ?? '' },
    body,
  });
  assert.deepEqual(plain(result.params), { message: 'größer', place: { city: 'x' } });
  assert.deepEqual(
    { ...result.files.source, bytes: [...(result.files.source?.bytes ?? [])] },
    { name: 'a "b".png', type: 'image/png', bytes: [0, 13, 10, 45, 45, 255] },
  );

  const byHand =
    'preamble\r\n--x y\r\ncontent-disposition:form-data; filename="q\\"r"; name=up\r\n\r\n\r\n--x y \r\nContent-Disposition: form-data; name="batch"\r\nContent-Type: text/plain\r\n\r\n[]\r\n--x y--\r\nend';
  const hand = await call('/', { headers: { 'content-type': 'multipart/form-data; boundary="x y"' }, body: byHand });
  assert.deepEqual(plain(hand.params), { batch: '[]' });
  assert.equal(hand.files.up?.name, 'q"r');
});

test('the verb may be named by a parameter in any case, and put is a post', async () => {
  for (const [name, method] of [
    ['get', 'GET'],
    ['DELETE', 'DELETE'],
    ['Post', 'POST'],
    ['put', 'POST'],
  ]) {
    assert.equal((await call(`/me?method=${name}`)).method, method);
    assert.equal((await call('/me', { body: `method=${name}` })).method, method);
  }
  assert.equal((await call('/me?method=')).method, 'GET');
});

test('IV-10: HEAD reads and never becomes another verb, verbs that are not served are refused', async () => {
  const head = await call('/me?method=delete', { method: 'HEAD' });
  assert.deepEqual([head.method, head.head], ['GET', true]);
  for (const method of ['PUT', 'PATCH', 'get'])
    assert.equal(await keyOf('/me', { method }), 'object.unsupported', method);
  for (const method of ['TRACE', 'OPTIONS', 'CONNECT', 'BREW'])
    assert.equal(await keyOf('/me', { method }), 'param.method', method);
  assert.equal(await keyOf('/me?method=trace'), 'object.unsupported');
});

test('IV-01: a parameter twice with different values is refused, in one channel or in two', async () => {
  for (const name of [
    'client_id',
    'redirect_uri',
    'grant_type',
    'scope',
    'code',
    'limit',
    'appsecret_proof',
    'method',
    'fields',
  ]) {
    assert.equal(await keyOf(`/x?${name}=get&${name}=post`), 'param.duplicate', name);
    assert.equal(await keyOf(`/x?${name}=get`, { body: `${name}=post` }), 'param.duplicate', name);
  }
  assert.equal(await keyOf('/x?access_token=a&access_token=b'), 'param.duplicate');
  assert.equal(await keyOf('/x?n=1', { headers: json, body: '{"n":2}' }), 'param.duplicate');
});

test('equal repeats do not matter, so that a client may add its proof to a printed link again', async () => {
  const twice = await call('/me?access_token=EAAx&appsecret_proof=ab&limit=2&appsecret_proof=ab', {
    headers: json,
    body: '{"limit":2,"access_token":"EAAx"}',
  });
  assert.deepEqual([twice.credential, twice.proof, twice.params.limit], ['EAAx', 'ab', '2']);
});

test('IV-01: under /oauth/ equal repeats of what decides are refused as well', async () => {
  for (const name of ['client_id', 'redirect_uri', 'grant_type', 'access_token', 'scope', 'code', 'client_secret']) {
    assert.equal(await keyOf(`/v25.0/oauth/access_token?${name}=1&${name}=1`), 'param.duplicate', name);
    assert.equal(await keyOf(`/oauth/access_token?${name}=1`, { body: `${name}=1` }), 'param.duplicate', name);
    assert.equal(await keyOf(`/x?${name}=1&${name}=1`), 'accepted', name);
  }
  assert.equal(await keyOf('/oauth/access_token?appsecret_proof=1&appsecret_proof=1&state=1&state=1'), 'accepted');
});

test('IV-02: structures for credentials and switches are refused, numbers and booleans are no tokens', async () => {
  for (const body of [
    '{"access_token":["x"]}',
    '{"access_token":{"$ne":""}}',
    '{"access_token":true}',
    '{"access_token":1}',
    '{"appsecret_proof":{}}',
    '{"method":["delete"]}',
    '{"fields":{"a":1}}',
    '{"fields":[1]}',
  ]) {
    assert.equal(await keyOf('/me', { headers: json, body }), 'param.invalid', body);
  }
  const kept = await call('/oauth/access_token', {
    headers: json,
    body: '{"client_secret":{"$ne":""},"client_id":1e3,"code":["x"],"grant_type":true}',
  });
  assert.deepEqual(plain(kept.params), { client_secret: { $ne: '' }, client_id: '1e3', code: ['x'], grant_type: true });
});

test('IV-03: prototype names in query and JSON change nothing for later requests', async () => {
  await call('/me?__proto__[admin]=1&constructor[prototype][x]=1', {
    headers: json,
    body: '{"__proto__":{"admin":1},"constructor":{"prototype":{"admin":1}}}',
  });
  const later = await call('/me');
  assert.equal((later.params as { admin?: unknown }).admin, undefined);
  assert.equal(({} as { admin?: unknown }).admin, undefined);
  assert.equal(await keyOf('/me?fields=__proto__'), 'param.invalid');
});

test('IV-04: two different tokens are refused wherever they stand, the same one twice is fine', async () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  assert.equal(await keyOf('/me?access_token=a', { body: 'access_token=b' }), 'token.two_credentials');
  assert.equal(await keyOf('/me?access_token=a', { headers: bearer('b') }), 'token.two_credentials');
  assert.equal(await keyOf('/me', { headers: bearer('b'), body: 'access_token=a' }), 'token.two_credentials');
  assert.equal(await keyOf('/me', { headers: { authorization: 'Bearer a, Bearer b' } }), 'token.two_credentials');
  assert.equal(await keyOf('/me?access_token=a', { headers: bearer('a') }), 'accepted');
  assert.equal(await keyOf('/oauth/access_token?access_token=a', { headers: bearer('a') }), 'accepted');
});

test('the token may come in the header under its two words, in any case; other schemes count as none', async () => {
  for (const authorization of ['Bearer EAAx', 'bearer  EAAx', 'OAuth EAAx', 'OAUTH EAAx ']) {
    const found = await call('/me?access_token=', { headers: { authorization } });
    assert.deepEqual([found.credential, found.credentialPlace], ['EAAx', 'header'], authorization);
  }
  for (const authorization of ['Digest x', 'Bearer', 'Bearer ', ''])
    assert.equal((await call('/me', { headers: { authorization } })).credential, undefined, authorization);
  assert.equal(await keyOf('/me', { headers: { authorization: 'Bearer a b' } }), 'token.malformed');
});

test('client authentication by Basic is decoded once from base64 and once from a form', async () => {
  const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });
  assert.deepEqual((await call('/oauth/access_token', { headers: basic('12:a%3Ab+c%25') })).basic, {
    id: '12',
    secret: 'a:b c%',
  });
  for (const bad of ['Basic !!', `Basic ${btoa('no colon')}`, `Basic ${btoa('1:%zz')}`])
    assert.equal(await keyOf('/x', { headers: { authorization: bad } }), 'param.invalid', bad);
  assert.equal(await keyOf('/oauth/access_token', { headers: basic('12:s'), body: 'client_id=13' }), 'param.duplicate');
  assert.equal(
    await keyOf('/oauth/access_token', { headers: basic('12:s'), body: 'client_id=12&client_secret=t' }),
    'param.duplicate',
  );
  assert.equal(
    await keyOf('/oauth/access_token', { headers: basic('12:s'), body: 'client_id=12&client_secret=s' }),
    'accepted',
  );
});

test('IV-05: what is too big is refused, quickly and by the limit it breaks', async () => {
  assert.equal(await keyOf(`/me?access_token=${'E'.repeat(4096)}`), 'accepted');
  assert.equal(await keyOf(`/me?access_token=${'E'.repeat(5 * 1024)}`), 'token.malformed');
  assert.equal(await keyOf('/me', { headers: { authorization: `Bearer ${'E'.repeat(5 * 1024)}` } }), 'token.malformed');
  assert.equal(await keyOf('/me', { body: `access_token=${'E'.repeat(1024 * 1024 - 20)}` }), 'token.malformed');
  assert.equal(await keyOf('/me', { body: `message=${'E'.repeat(64 * 1024 + 1)}` }), 'param.too_large');
  assert.equal(await keyOf('/me', { body: `x=${'E'.repeat(2 * 1024 * 1024)}` }), 'param.body_too_large');
  assert.equal(
    await keyOf('/me', { body: Array.from({ length: 2000 }, (_, at) => `p${at}=1`).join('&') }),
    'param.too_many',
  );
  assert.equal(
    await keyOf('/me', {
      headers: json,
      body: JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`p${at}`, 1]))),
    }),
    'param.too_many',
  );
  assert.equal(await keyOf('/me', { headers: json, body: '{"a":'.repeat(10_000) }), 'param.depth');
  const part = '--b\r\nContent-Disposition: form-data; name="p"\r\n\r\n1\r\n';
  assert.equal(
    await keyOf('/me', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: part.repeat(2000) }),
    'param.too_many',
  );
  const big = `--b\r\nContent-Disposition: form-data; name="p"\r\n\r\n${'x'.repeat(2 * 1024 * 1024)}\r\n--b--`;
  assert.equal(
    await keyOf('/me', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: big }),
    'param.body_too_large',
  );
  assert.equal(
    await keyOf('/me', {
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: new Uint8Array(1024 * 1024 + 1),
    }),
    'param.body_too_large',
  );
});

test('IV-06: bytes that are not UTF-8 are refused in every kind of body', async () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
  assert.equal(await keyOf('/me', { body: bytes('a=\u00ff') }), 'param.request');
  assert.equal(await keyOf('/me', { headers: json, body: bytes('{"a":"\u00ff"}') }), 'param.json');
  const part = bytes('--b\r\nContent-Disposition: form-data; name="p"\r\n\r\n\u00ff\r\n--b--');
  assert.equal(
    await keyOf('/me', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: part }),
    'param.invalid',
  );
  assert.equal((await call('/me', { body: 'id=admin%00x' })).params.id, 'admin\u0000x');
});

test('IV-07: a JSON body with a key twice is refused before anything is looked at', async () => {
  assert.equal(
    await keyOf('/oauth/access_token', { headers: json, body: '{"client_secret":"no","client_secret":"yes"}' }),
    'param.json',
  );
  for (const body of ['[]', '"x"', '1', 'null', '{', '\uFEFF{}'])
    assert.equal(await keyOf('/me', { headers: json, body }), 'param.json', body);
});

test('IV-08: a body is read only as it is declared', async () => {
  const type = (value: string) => ({ 'content-type': value });
  for (const value of [
    'text/plain',
    '',
    'application/xml',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded; charset=iso-8859-1',
    'multipart/form-data',
    'multipart/form-data; boundary=',
  ]) {
    assert.equal(await keyOf('/me', { headers: type(value), body: '{"a":1}' }), 'param.content_type', value);
  }
  assert.equal(await keyOf('/me', { body: '{"client_secret":"x"}' }), 'param.content_type');
  assert.equal(await keyOf('/me', { headers: json, body: 'a=1&b=2' }), 'param.json');
  for (const value of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])
    assert.equal(await keyOf('/me', { headers: type(value), body: '{"a":1}' }), 'accepted', value);
  for (const broken of [
    '--b',
    '--b\r\n',
    '--b\r\n\r\nx\r\n--b--',
    '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
    '--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--',
    'x',
    '--bx\r\n\r\n',
  ]) {
    assert.equal(
      await keyOf('/me', { headers: type('multipart/form-data; boundary=b'), body: broken }),
      'param.request',
      broken,
    );
  }
});

test('IV-08: gzip is cut at the limit, and damaged, doubled or other encodings are refused', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x61));
  const start = process.cpuUsage();
  assert.equal(await keyOf('/me', { headers: gzip, body: bomb }), 'param.body_too_large');
  const { user, system } = process.cpuUsage(start);
  assert.ok(user + system < 100_000, `${user + system} µs`);
  const good = gzipSync('a=1');
  assert.equal(await keyOf('/me', { headers: gzip, body: good.subarray(0, good.length - 4) }), 'param.request');
  assert.equal(
    await keyOf('/me', { headers: gzip, body: Buffer.concat([good, Buffer.from('hidden')]) }),
    'param.request',
  );
  assert.equal(await keyOf('/me', { headers: gzip, body: 'a=1' }), 'param.request');
  assert.equal(await keyOf('/me', { headers: gzip, body: gzipSync(good) }), 'param.request');
  for (const encoding of ['gzip, gzip', 'br', 'deflate', 'zstd'])
    assert.equal(
      await keyOf('/me', { headers: { 'content-encoding': encoding }, body: good }),
      'param.encoding',
      encoding,
    );
});

test('IV-09: line ends in values stay values', async () => {
  assert.equal((await call('/me?state=a%0d%0aSet-Cookie:b')).params.state, 'a\r\nSet-Cookie:b');
  assert.equal(await keyOf('/me?callback=a%0d%0ab'), 'param.invalid');
});

test('WP-13: only a plain function name may be called back', async () => {
  for (const name of ['f', '$', '_x.y$1', 'a'.repeat(100)])
    assert.equal((await call(`/me?callback=${name}`)).envelope.callback, name);
  assert.equal((await call('/me?callback=')).envelope.callback, undefined);
  for (const name of ['1f', 'a(b)', 'a-b', 'a;b', '<x>', 'a'.repeat(101), 'a%20b', 'é'])
    assert.equal(await keyOf(`/me?callback=${name}`), 'param.invalid', name);
});

test('switches of the envelope are read from query and JSON, and taken out of the parameters', async () => {
  const { envelope, params } = await call('/me?debug=all&metadata=1&summary=total_count&pretty=1', {
    headers: json,
    body: '{"suppress_http_code":1}',
  });
  assert.deepEqual(envelope, {
    suppressHttpCode: true,
    pretty: true,
    callback: undefined,
    debug: 'all',
    metadata: true,
    summary: 'total_count',
  });
  assert.deepEqual(plain(params), {});
  assert.deepEqual((await call('/me?debug=no&pretty=0&suppress_http_code=0')).envelope, {
    suppressHttpCode: false,
    pretty: false,
    callback: undefined,
    debug: undefined,
    metadata: false,
    summary: undefined,
  });
});

test('IV-11: other spellings of a path are refused before parameters are read', async () => {
  assert.equal(await keyOf('//oauth/access_token?a=1&a=2'), 'path.unknown');
});

test('IV-05: ten thousand refused requests leave the memory where it was', async () => {
  const bodies = ['{"a":'.repeat(5000), `{"a":"${'x'.repeat(100_000)}"}`];
  const burst = async () => {
    for (let round = 0; round < 5000; round += 1)
      for (const body of bodies) await keyOf(`/v25.0/n${round}?fields=f${round}`, { headers: json, body });
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = await burst();
  const after = await burst();
  assert.ok(after < before * 1.5 + 20 * 1024 * 1024, `${before} → ${after}`);
});
