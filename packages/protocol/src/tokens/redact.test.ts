import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mustGrowLinearly } from '../../test/processor-time.ts';
import { redact } from './redact.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const from = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const hex = (length: number) => from('0123456789abcdef', length, length);

/** A credential that shows by its look, and the part of it that must not be seen. */
const shown = fc.oneof(
  fc
    .tuple(fc.constantFrom('EAA', 'XAA'), from(letters, 20, 250))
    .map(([prefix, rest]) => ({ text: prefix + rest, secret: rest })),
  fc
    .tuple(fc.bigInt(1n, 9_223_372_036_854_775_807n), fc.oneof(hex(32), from(`${letters}-_`, 27, 27)))
    .map(([id, rest]) => ({ text: `${id}|${rest}`, secret: rest })),
  from(`${letters}-_`, 40, 300).map((rest) => ({ text: `AQ${rest}`, secret: rest })),
);

const around = fc.string({ maxLength: 30 });

/** The ways in which text gets into a log line. */
const wrappings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  encoded: encodeURIComponent,
  'encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  json: (text) => JSON.stringify({ text }),
  'json in json': (text) => JSON.stringify({ body: JSON.stringify({ text }) }),
};

test('ST-02: no token, app secret pair or code survives, whatever stands around it and however it is wrapped', () => {
  fc.assert(
    fc.property(
      shown,
      around,
      around,
      fc.constantFrom(...Object.keys(wrappings)),
      ({ text, secret }, before, after, how) => {
        const cleaned = redact(wrappings[how]?.(before + text + after) ?? '');
        assert.ok(
          !cleaned.includes(secret) && !cleaned.includes(secret.slice(-12)) && !cleaned.includes(secret.slice(0, 12)),
          cleaned,
        );
      },
    ),
    { numRuns: 2000 },
  );
});

const parameter = fc.constantFrom(
  'access_token',
  'client_secret',
  'code',
  'fb_exchange_token',
  'input_token',
  'appsecret_proof',
  'code_verifier',
  'revoke_token',
  'password',
);
const value = fc.string({ unit: 'grapheme', minLength: 12, maxLength: 60 }).filter((text) => text.isWellFormed());

test('ST-02: the value of a parameter that carries a credential survives in no form, address, JSON or address inside an address', () => {
  fc.assert(
    fc.property(parameter, value, (name, secret) => {
      const form = new URLSearchParams([
        ['a', '1'],
        [name, secret],
        ['z', '2'],
      ]).toString();
      const encoded = form.slice(`a=1&${name}=`.length, -'&z=2'.length);
      const outer = new URLSearchParams({ next: `https://app.example/cb?${form}`, last: 'kept' }).toString();
      assert.equal(redact(`GET /x?${form}`), `GET /x?a=1&${name}=[redacted]&z=2`);
      assert.ok(!redact(outer).includes(encodeURIComponent(encoded)), outer);
      assert.ok(redact(outer).endsWith('last=kept'));

      const json = JSON.stringify({ a: 1, [name]: secret, z: 'kept' });
      const inner = JSON.stringify(secret).slice(1, -1);
      assert.ok(!redact(json).includes(inner), json);
      const deep = JSON.stringify([json]);
      assert.ok(!redact(deep).includes(JSON.stringify(inner).slice(1, -1)), deep);
    }),
    { numRuns: 1000 },
  );
});

test('cleaning twice is the same as cleaning once', () => {
  fc.assert(
    fc.property(around, shown, parameter, (before, { text }, name) => {
      const once = redact(`${before}?${name}=${text}&x=${text}`);
      assert.equal(redact(once), once);
    }),
  );
});

test('header lines lose their credentials', () => {
  assert.equal(redact('Authorization: Bearer abcdef\r\nHost: x'), 'Authorization: [redacted]\r\nHost: x');
  assert.equal(redact('sent Bearer s3cret to the Graph'), 'sent Bearer [redacted] to the Graph');
  assert.equal(
    redact("{ authorization: 'Basic NDcxMTpzM2NyZXQ=', host: 'x' }"),
    "{ authorization: '[redacted]', host: 'x' }",
  );
  assert.equal(redact('OAuth EAABsbCS1iHgBAKZD'), 'OAuth [redacted]');
  assert.equal(redact('set-cookie: __Host-session=abc; Path=/\nx: y'), 'set-cookie: [redacted]\nx: y');
});

test('signed requests and id tokens are taken out', () => {
  const payload = Buffer.from('{"algorithm":"HMAC-SHA256","code":"x"}').toString('base64url');
  const signature = 'vlXgu64BQGFSQrY0ZcJBZASMvYvTHu9GQ0YM9rjPSso';
  assert.equal(redact(`fbsr ${signature}.${payload} end`), 'fbsr [redacted] end');
  assert.equal(redact(`got ${payload}.${payload}.${signature}!`), 'got [redacted]!');
});

test('ordinary text, error bodies and ids stay readable', () => {
  const plain = [
    '{"error":{"message":"Invalid OAuth access token - Cannot parse access token","type":"OAuthException","code":190,"error_subcode":463}}',
    'WWW-Authenticate: OAuth "Facebook Platform" "invalid_token" "Error validating access token: Session has expired"',
    'Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
    'GET /v25.0/1353269864728879/accounts?fields=name,access_token&limit=25 200 3ms',
    '?error=access_denied&error_code=200&error_reason=user_denied',
    '(#100) The parameter input_token is required',
    'app 4711 | page 4712 | ok',
  ];
  for (const text of plain) assert.equal(redact(text), text);
  assert.equal(redact('4711|5f4dcc3b5aa765d61d8327deb882cf99'), '4711|[redacted]');
});

test('IV-05: long hostile text is cleaned in a time that grows with its length only', async () => {
  for (const piece of ['a', 'access_token="', '\\', 'eyJ', '1|', 'code%3d'])
    await mustGrowLinearly(piece, (size) => piece.repeat(size / piece.length), redact, 50_000);
});

test('ST-02: keys and handles of a vault are taken out, and the id that names them may stay', () => {
  for (const kind of ['hph', 'hpv']) {
    const id = `${kind}_0123456789abcdef_`;
    assert.equal(redact(`asked with ${id}${'aB-_'.repeat(11)}.`), `asked with ${id}[redacted].`);
  }
});
