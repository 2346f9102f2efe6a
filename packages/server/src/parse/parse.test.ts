import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { incoming } from '../../test/incoming.ts';
import { parse } from './parse.ts';
import { call, gzip, json, keyOf, options, plain } from '../../test/parse-scene.ts';

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
