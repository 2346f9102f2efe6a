import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSignedRequest, signSignedRequest } from './signed-request.ts';

const SECRET = '5f4dcc3b5aa765d61d8327deb882cf99';
const NOW = 1_763_700_000;

/** Signs any text the way another program would. */
function sign(payload: string, secret = SECRET, hash = 'sha256'): string {
  const encoded = Buffer.from(payload).toString('base64url');
  return `${createHmac(hash, secret).update(encoded).digest('base64url')}.${encoded}`;
}

test('what was signed is read back, and another program reads it too', async () => {
  const text = await signSignedRequest({ user_id: '4711', code: 'AQxyz', issued_at: NOW }, SECRET);
  assert.deepEqual(await parseSignedRequest(text, SECRET), {
    user_id: '4711',
    code: 'AQxyz',
    issued_at: NOW,
    algorithm: 'HMAC-SHA256',
  });
  const [signature, encoded] = text.split('.');
  assert.equal(
    signature,
    createHmac('sha256', SECRET)
      .update(encoded ?? '')
      .digest('base64url'),
  );
  assert.doesNotMatch(text, /[=+/]/);
});

test('any payload makes the round trip, and no other secret opens it', async () => {
  const extra = fc.dictionary(
    fc.string().filter((key) => key !== 'algorithm' && key !== 'issued_at' && key !== '__proto__'),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(
      extra,
      fc.nat(),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      async (fields, issued_at, secret) => {
        const payload = { ...fields, issued_at };
        const text = await signSignedRequest(payload, secret);
        assert.deepEqual(
          await parseSignedRequest(text, secret),
          JSON.parse(JSON.stringify({ ...payload, algorithm: 'HMAC-SHA256' })),
        );
        assert.equal(await parseSignedRequest(text, `${secret}x`), undefined);
      },
    ),
  );
});

test('a signed request with one character changed, lost or added is refused', async () => {
  const text = await signSignedRequest({ user_id: '4711', issued_at: NOW }, SECRET);
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.string({ maxLength: 2 }), async (at, instead) => {
      const changed = text.slice(0, at) + instead + text.slice(at + 1);
      fc.pre(changed !== text);
      assert.equal(await parseSignedRequest(changed, SECRET), undefined);
    }),
    { numRuns: 400 },
  );
});

test('RR-07: only HMAC-SHA256, spelt so, with a whole signature of this secret', async () => {
  const payload = (algorithm: unknown) => JSON.stringify({ algorithm, issued_at: NOW, user_id: '4711' });
  assert.ok(await parseSignedRequest(sign(payload('HMAC-SHA256')), SECRET));
  for (const algorithm of ['none', 'hmac-sha256', 'HMAC-SHA1', 'HMAC-SHA512', '', undefined, null, ['HMAC-SHA256']]) {
    assert.equal(await parseSignedRequest(sign(payload(algorithm)), SECRET), undefined, String(algorithm));
  }
  const good = sign(payload('HMAC-SHA256'));
  const [signature = '', encoded = ''] = good.split('.');
  const bad = [
    sign(payload('HMAC-SHA256'), 'old secret'),
    sign(payload('HMAC-SHA256'), SECRET, 'sha1'),
    `${signature.slice(0, 20)}.${encoded}`,
  ];
  bad.push(`.${encoded}`, encoded, '', '.', '..', `${good}.x`, `${signature}=.${encoded}`, ` ${good}`);
  for (const text of bad) assert.equal(await parseSignedRequest(text, SECRET), undefined, text);
  assert.equal(await parseSignedRequest(good, ''), undefined);
});

test('CR-03: another spelling of the same signature is refused', async () => {
  const good = sign(JSON.stringify({ algorithm: 'HMAC-SHA256', issued_at: NOW }));
  const [signature = '', encoded] = good.split('.');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(signature.at(-1) ?? '');
  for (const spare of [1, 2, 3]) {
    const other = signature.slice(0, -1) + alphabet[last + spare];
    assert.deepEqual(Buffer.from(other, 'base64url'), Buffer.from(signature, 'base64url'));
    assert.equal(await parseSignedRequest(`${other}.${encoded}`, SECRET), undefined);
  }
});

test('RR-07: an age limit refuses what was issued an hour ago or will be in an hour', async () => {
  const limit = { now: NOW, maxAgeSeconds: 600 };
  const issued = (issued_at: number) => signSignedRequest({ issued_at }, SECRET);
  for (const at of [NOW, NOW - 600, NOW + 60])
    assert.ok(await parseSignedRequest(await issued(at), SECRET, limit), String(at - NOW));
  for (const at of [NOW - 601, NOW - 3600, NOW + 61, NOW + 3600])
    assert.equal(await parseSignedRequest(await issued(at), SECRET, limit), undefined);
  assert.ok(await parseSignedRequest(await issued(NOW - 3600), SECRET));
});

test('a signed text that is not a payload is refused', async () => {
  for (const text of [
    '',
    'null',
    '[]',
    '"x"',
    '1',
    '{',
    '{"algorithm":"HMAC-SHA256"}',
    '{"algorithm":"HMAC-SHA256","issued_at":"now"}',
  ]) {
    assert.equal(await parseSignedRequest(sign(text), SECRET), undefined, text);
  }
});
