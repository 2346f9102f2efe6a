import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapedJson } from './escaped-json.ts';

test('letters outside ASCII become escapes in lower-case hex, one for each UTF-16 unit', () => {
  assert.equal(escapedJson('äöå'), '"\\u00e4\\u00f6\\u00e5"');
  assert.equal(escapedJson('😀'), '"\\ud83d\\ude00"');
  assert.equal(escapedJson('\u2028\u00a0'), '"\\u2028\\u00a0"');
});

test('slash, less-than, percent and at-sign are escaped as the documents have them, and a greater-than is not', () => {
  assert.equal(escapedJson('</a> 5% a@b'), '"\\u003C\\/a> 5\\u0025 a\\u0040b"');
});

test('what was escaped already stays one value, in keys as in values', () => {
  const value = { 'a/ß': ['\\/', '"', '\n', '\u0007', '\ud800'], n: 1.5, yes: true, none: null };
  const text = escapedJson(value);
  assert.deepEqual(JSON.parse(text), value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: printable ASCII is what is wanted
  assert.match(text, /^[\x20-\x7e]+$/);
});
