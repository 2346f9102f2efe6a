// These tests are about the texts that an agent is given: what is a name stays, what may be a credential does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainAnswer, plainText } from './plain-text.ts';

test('names, permissions, ids and sentences stay as they are', () => {
  for (const text of [
    'Café Lindqvist & Söner',
    '東京オフィス',
    'instagram_business_manage_messages',
    'It carries no pages_show_list: a permission is missing.',
    'c9e7697791a8b5a0813',
    '104837261950448',
    'https://www.facebook.com/dialog',
  ])
    assert.equal(plainText(text), text);
});

test('what looks like a credential is hidden, whatever its spelling', () => {
  const token = 'EAABsbCS1iHgBO7ZCqVbZCpZAkmfZAoZBd0Vd5wZDZD';
  const wide = Array.from(token)
    .map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
    .join('');
  for (const text of [
    token,
    Array.from(token).reverse().join(''),
    Array.from(token).join('\u200b'),
    wide,
    Buffer.from(token).toString('base64'),
    Buffer.from(token).toString('hex'),
    encodeURIComponent(Buffer.from(token).toString('base64')),
    `hpv_0123456789abcdef_${'A'.repeat(43)}`,
    `s1.0123456789abcdef.${'Ab1-'.repeat(20)}.${'Ab1_'.repeat(20)}`,
  ]) {
    const shown = plainText(`before ${text} after`);
    assert.match(shown, /^before .*\[hidden\].* after$/);
    assert.ok(!/[A-Za-z0-9_-]{20}/.test(shown), shown);
  }
});

test('control characters, line ends and signs that turn text around are taken out, and long texts are cut', () => {
  assert.equal(plainText('a\u0000b\u001b[2Jc\n\n  d\u202ee\u2066f'), 'ab[2Jc def');
  assert.equal(plainText('word '.repeat(10_000)).length, 301);
  assert.equal(plainText('\ud800x'), 'x');
});

test('every text of an answer is made plain, however deep it stands', () => {
  assert.deepEqual(plainAnswer({ a: [{ b: 'x\u0000y' }, null, 3, true], c: undefined }), {
    a: [{ b: 'xy' }, null, 3, true],
    c: undefined,
  });
});
