// These tests are about requests that somebody may have made to do harm: sizes, text, encodings, and spellings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { call, gzip, json, keyOf, plain } from '../../test/parse-scene.ts';
import { mustTakeLessThan } from '../../../protocol/test/processor-time.ts';

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
  const { answer } = await mustTakeLessThan(100, () => keyOf('/me', { headers: gzip, body: bomb }));
  assert.equal(answer, 'param.body_too_large');
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
