import assert from 'node:assert/strict';
import { test } from 'node:test';
import { name, names, plainName } from './name.ts';

test('WP-05: a name cannot turn around the text beside it', () => {
  assert.equal(String(name('invoice\u202efdp.exe')), '<bdi>invoicefdp.exe</bdi>');
  assert.equal(plainName('\u2066a\u2067b\u2068c\u2069d\u200ee\u200ff\u061cg'), 'abcdefg');
});

test('WP-05: two names that look the same are written the same', () => {
  assert.equal(plainName('Fjord\u200bbook\ufeff'), 'Fjordbook');
  assert.equal(plainName('Fjord\u200dbook'), 'Fjordbook');
  assert.equal(plainName('Fjord\u3164\u{e0041}book'), 'Fjordbook');
});

test('joiners stay where a script or an emoji needs them', () => {
  assert.equal(plainName('👩\u200d🚀'), '👩\u200d🚀');
  assert.equal(plainName('می\u200cخواهم'), 'می\u200cخواهم');
  assert.equal(plainName('क्\u200dष'), 'क्\u200dष');
});

test('lines and spaces run together, and an empty name is said to be one', () => {
  assert.equal(plainName('  Anna\r\n\tLindqvist\u2028 '), 'Anna Lindqvist');
  assert.equal(plainName('\u200b\u202e'), 'Unnamed');
});

test('marks piled on a letter do not paint over other lines', () => {
  assert.equal(plainName(`Z${'\u0351'.repeat(50)}a`), 'Z\u0351\u0351\u0351a');
});

test('a very long name is cut between characters', () => {
  const cut = plainName('😀'.repeat(500));
  assert.equal([...cut].length, 201);
  assert.ok(cut.endsWith('😀…'));
});

test('half characters do not reach the page', () => {
  assert.equal(plainName('a\ud800b'), 'a\ufffdb');
});

test('a list of names reads as a sentence', () => {
  assert.equal(String(names(['A', 'B', 'C'])), '<bdi>A</bdi>, <bdi>B</bdi> and <bdi>C</bdi>');
  assert.equal(String(names(['A'])), '<bdi>A</bdi>');
});
