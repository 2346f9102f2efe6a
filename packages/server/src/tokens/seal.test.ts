import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyRing, tokenKey } from './keys.ts';
import { decodeRecord, encodeRecord, type TokenRecord } from './record.ts';
import { open, seal, sealDeterministic } from './seal.ts';
import { spell, unspell } from './spelling.ts';
import { AppId, PageId, PersonId } from '../store/ids.ts';

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const ring = keyRing('here', [tokenKey(1, 'active', random.bytes(32), 'here')]);

const record = (over: Partial<TokenRecord> = {}): TokenRecord => ({
  kind: 'user',
  app: AppId.of('1234567890123456'),
  user: PersonId.of('9223372036854775807'),
  page: undefined,
  session: '77',
  login: '88',
  issuedAt: 1_795_264_496,
  expiresAt: 1_795_270_000,
  longLived: false,
  native: false,
  authType: undefined,
  authNonce: undefined,
  epochs: [0, 1, 2, 300, 70_000],
  ...over,
});

const records = [
  record(),
  record({
    kind: 'page',
    page: PageId.of('3001'),
    epochs: [1, 2, 3, 4, 5, 6, 7],
    longLived: true,
    expiresAt: 0,
    issuedAt: 0,
  }),
  record({ kind: 'session_info', session: undefined, login: undefined }),
  record({ native: true, authType: 'reauthenticate', authNonce: 'n-ü' }),
];

test('a token opens to exactly the record it was sealed from, for every kind', () => {
  for (const one of records) {
    const opened = open(ring, seal(ring, random, one));
    assert.deepEqual(opened.ok && opened.record, { ...one, key: 1 });
  }
});

test('a token is EAA or XAA and then letters and digits only', () => {
  for (const one of records)
    assert.match(
      seal(ring, random, one),
      one.kind === 'session_info' ? /^XAA[A-Za-z0-9]{100,300}$/ : /^EAA[A-Za-z0-9]{120,300}$/,
    );
});

test('the same Page record gives the same string, another epoch another one', () => {
  const page = record({ kind: 'page', page: PageId.of('3001'), epochs: [1, 2, 3, 4, 5, 6, 7] });
  assert.equal(sealDeterministic(ring, page), sealDeterministic(ring, { ...page }));
  assert.notEqual(sealDeterministic(ring, page), sealDeterministic(ring, { ...page, epochs: [1, 2, 3, 4, 5, 6, 8] }));
});

test('CR-01: every flipped character, every cut, appended, doubled and reversed token is unreadable', () => {
  for (const one of records) {
    const text = seal(ring, random, one);
    const variants = [
      text + text,
      `${text}A`,
      [...text].reverse().join(''),
      text.slice(text.length / 2) + text.slice(0, text.length / 2),
      text.toLowerCase(),
    ];
    for (let i = 0; i < text.length; i++) {
      variants.push(text.slice(0, i));
      const code = text.charCodeAt(i);
      for (let bit = 0; bit < 7; bit++)
        variants.push(text.slice(0, i) + String.fromCharCode(code ^ (1 << bit)) + text.slice(i + 1));
    }
    for (const variant of variants) assert.equal(open(ring, variant).ok, false);
  }
});

test('CR-01: every flipped bit under the spelling is unreadable', () => {
  const text = seal(ring, random, record());
  const bytes = unspell(text.slice(3)) as Buffer;
  for (let i = 0; i < bytes.length * 8; i++) {
    const copy = Buffer.from(bytes);
    copy[i >> 3] = (copy[i >> 3] as number) ^ (1 << (i & 7));
    assert.equal(open(ring, `EAA${spell(copy)}`).ok, false);
  }
});

test('CR-01: halves of two valid tokens do not make a third', () => {
  const a = seal(ring, random, record());
  const b = seal(ring, random, record({ user: PersonId.of('5') }));
  assert.equal(open(ring, a.slice(0, 80) + b.slice(80)).ok, false);
});

test('CR-02: a token of another installation or under an unknown key id does not open', () => {
  const text = seal(ring, random, record());
  assert.equal(open(keyRing('there', [tokenKey(1, 'active', random.bytes(32), 'there')]), text).ok, false);
  const other = keyRing('here', [tokenKey(2, 'active', random.bytes(32), 'here')]);
  assert.deepEqual(open(other, text), { ok: false, why: 'unknown_key' });
});

test('CR-02: a session-info token does not pass as a user token by its first letter', () => {
  const text = seal(ring, random, record({ kind: 'session_info' }));
  assert.equal(open(ring, `E${text.slice(1)}`).ok, false);
});

test('CR-03: base64 spellings, padding, white space and double encoding of a token are other strings', () => {
  const text = seal(ring, random, record());
  const bytes = unspell(text.slice(3)) as Buffer;
  const base64 = bytes.toString('base64');
  for (const other of [
    `EAA${base64}`,
    `EAA${base64.replace(/=/g, '')}`,
    `EAA${bytes.toString('base64url')}`,
    `${text}ZD`,
    `${text}=`,
    ` ${text}`,
    `${text}\n`,
    text.replace(/ZD$/, ''),
    encodeURIComponent(`${text}%20`),
  ])
    if (other !== text) assert.equal(open(ring, other).ok, false, other.slice(-8));
});

test('CR-03: any bytes have one spelling, and no other text reads as them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
      const text = spell(bytes);
      assert.match(text, /^[A-Za-z0-9]+$/);
      assert.deepEqual(new Uint8Array(unspell(text) as Buffer), bytes);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ABCDYZabz019+/= -_')) }), (text) => {
      const bytes = unspell(text);
      assert.ok(bytes === undefined || spell(bytes) === text);
    }),
    { numRuns: 5000 },
  );
});

test('CR-04: a hundred thousand sealed tokens share no nonce', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 100_000; i++) seen.add(seal(ring, random, records[0] as TokenRecord).slice(7, 40));
  assert.equal(seen.size, 100_000);
});

test('a record that was cut, or has a kind nobody knows, is not read', () => {
  const bytes = encodeRecord(record());
  for (let length = 0; length < bytes.length; length++)
    assert.equal(decodeRecord(bytes.subarray(0, length), 1), undefined);
  const unknown = Buffer.from(bytes);
  unknown[0] = 250;
  assert.equal(decodeRecord(unknown, 1), undefined);
});
