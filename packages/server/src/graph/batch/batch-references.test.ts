import assert from 'node:assert/strict';
import { test } from 'node:test';
import { references } from '@hallpass/protocol/request';
import { Work } from '../../wire/work.ts';
import { select, substitute } from './batch-references.ts';
import { mustGrowLinearly } from '../../../../protocol/test/processor-time.ts';

const work = () => new Work();

test('the documented reference picks all ids and joins them by commas', async () => {
  const text = '?ids={result=get-friends:$.data.*.id}';
  assert.deepEqual(references(text), ['get-friends']);
  assert.equal(await substitute(text, () => ({ data: [{ id: '1' }, { id: '2' }] }), 100, work()), '?ids=1%2C2');
});

test('references may arrive percent-encoded', () => {
  assert.deepEqual(references('ids=%7Bresult%3Dme%3A$.id%7D'), ['me']);
});

test('IV-05: more than may be taken in is not put together, and hostile text is looked through once', async () => {
  const results = () => ({ id: 'x'.repeat(1000) });
  assert.equal(await substitute('{result=a:$.id}'.repeat(1000), results, 16_384, work()), undefined);
  for (const piece of ['{result=', '{result=a:$', 'a']) {
    const make = (size: number) => `{result=${piece.repeat(size / piece.length)}`;
    await mustGrowLinearly(piece, make, (text) => assert.deepEqual(references(text), []), 8000);
  }
});

test('a path that meets nothing gives nothing, and never a property of the language', () => {
  assert.deepEqual(select({ a: 1 }, '$.constructor.name', work()), []);
  assert.deepEqual(select({ a: [{ b: 1 }, { b: 2 }] }, '$.a[1].b', work()), [2]);
  assert.deepEqual(select({ a: { b: { id: 7 } } }, '$..id', work()), [7]);
});
