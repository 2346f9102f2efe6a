import assert from 'node:assert/strict';
import { test } from 'node:test';
import { references, select, substitute } from './batch-references.ts';

test('the documented reference picks all ids and joins them by commas', () => {
  const text = '?ids={result=get-friends:$.data.*.id}';
  assert.deepEqual(references(text), ['get-friends']);
  assert.equal(substitute(text, new Map([['get-friends', { data: [{ id: '1' }, { id: '2' }] }]]), false), '?ids=1,2');
});

test('references may arrive percent-encoded', () => {
  assert.deepEqual(references('ids=%7Bresult%3Dme%3A$.id%7D'), ['me']);
});

test('a path that meets nothing gives nothing, and never a property of the language', () => {
  assert.deepEqual(select({ a: 1 }, '$.constructor.name'), []);
  assert.deepEqual(select({ a: [{ b: 1 }, { b: 2 }] }, '$.a[1].b'), [2]);
  assert.deepEqual(select({ a: { b: { id: 7 } } }, '$..id'), [7]);
});
