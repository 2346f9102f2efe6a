// Values that other programs encrypted are opened: the vectors were made with OpenSSL from Ruby, as these products make theirs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openActivepieces, openN8n, openNango, openRails, StaysEncrypted } from './old-ciphers.ts';
import { sealActivepieces, sealN8n, sealNango, sealRails } from './old-ciphers.ts';

const random = { bytes: (length: number) => new Uint8Array(length).fill(7) };
const rails = { key: 'chatwoot-primary-key-0123456789abc', salt: 'chatwoot-salt' };
const iv = 'MDEyMzQ1Njc4OWFi';
const long = `EAA${'abcdefgh'.repeat(25)}`;

const nangoKey = 'bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4=';
const nangoVector = [
  'hPvCPs90o3vSWfyqZEWFpr1k/5r/7Jn22acOtO7X+SRiZGLYWaDDEeE+3g==',
  'YWJjZGVmZ2hpamts',
  'i8JhIBZS7edG90QMMBezZw==',
] as const;
const salted = 'U2FsdGVkX18BAgMEBQYHCMVeYYj0jkZJLN4Cq8hkRpoBBP60jKLVu6yLqTcAXmg6BmLBFEjWeG/8V4+R6+PqrQ==';
const piecesKey = '0123456789abcdef0123456789abcdef';
const pieces = [
  '30313233343536373839616263646566',
  'a19190b430ffe76d20dfded804738ea44fc25b0d4ebafba50c8491cfb359da5084a882200b129bd0b3f8d45122ec9495e74c2a07cc2fcccd6843b91f0dae109e',
] as const;

test('values of each product open with its key, whatever hash Rails derives it with, compressed or not', () => {
  assert.equal(openNango(nangoKey, ...nangoVector), '{"type":"OAUTH2","access_token":"EAAnango"}');
  assert.equal(openN8n('n8n-test-key', salted), '{"accessToken":"EAAvectorOfOpenSsl0123456789"}');
  assert.equal(openActivepieces(piecesKey, ...pieces), '{"type":"SECRET_TEXT","secret_text":"EAApieces"}');
  const messages = [
    ['zvUQ2CDUN+Y=', 'c5NaabNDE++u1jcJqX6jQg==', undefined],
    ['8ygi3jz3Cdjlx05XTz8v31h6k20X', 'TXxRJ1tDoszFQrASt9VQbw==', true],
    ['R/PfbKLX8X8=', 'orx6ScTwLP4QzKtRshs+Iw==', undefined],
    ['ei7tar70z0EDyUSPjsWXD0VcAeQp', 'nzf0M1LzY37cViCVmQwO6A==', true],
  ] as const;
  for (const [p, at, c] of messages)
    assert.equal(openRails(rails.key, rails.salt, { p, h: { iv, at, c, i: 'YTFiMg==' } }), c ? long : 'EAAshort');
});

test('a key that does not fit, a damaged value and a form that is not known are told, and nothing else is thrown', () => {
  const refused = (open: () => string, words: RegExp) =>
    assert.throws(open, (error) => error instanceof StaysEncrypted && words.test(error.message));
  const other = Buffer.alloc(32, 'x').toString('base64');
  refused(() => openNango(other, ...nangoVector), /doesn't open with this NANGO_ENCRYPTION_KEY/);
  refused(() => openNango('short', ...nangoVector), /NANGO_ENCRYPTION_KEY/);
  refused(() => openNango(nangoKey, nangoVector[0], nangoVector[1], 'AAAA'), /damaged/);
  refused(() => openN8n('n8n-test-key', 'U2FsdGVkX18B'), /N8N_ENCRYPTION_KEY/);
  refused(() => openN8n('n8n-test-key', 'AQIDBAUG'), /n8n export:credentials/);
  refused(() => openActivepieces('too short', ...pieces), /AP_ENCRYPTION_KEY/);
  refused(
    () => openRails('another', rails.salt, { p: 'zvUQ2CDUN+Y=', h: { iv, at: 'c5NaabNDE++u1jcJqX6jQg==' } }),
    /PRIMARY_KEY/,
  );
  refused(() => openRails(rails.key, rails.salt, { p: 'zvUQ2CDUN+Y=', h: {} }), /PRIMARY_KEY/);
});

test('a value that is made here is opened again', () => {
  for (const text of ['{"access_token":"EAA"}', JSON.stringify({ access_token: long })]) {
    const nango = sealNango(nangoKey, text, random);
    assert.equal(openNango(nangoKey, nango.encrypted, nango.iv, nango.tag), text);
    assert.equal(openN8n('k', sealN8n('k', text, random)), text);
    const sealed = sealActivepieces(piecesKey, text, random);
    assert.equal(openActivepieces(piecesKey, sealed.iv, sealed.data), text);
    const message = JSON.parse(sealRails(rails.key, rails.salt, text, random)) as {
      p: string;
      h: Record<string, unknown>;
    };
    assert.equal(openRails(rails.key, rails.salt, message), text);
  }
});
