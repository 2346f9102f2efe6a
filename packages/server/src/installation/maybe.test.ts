import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allValues, withValue } from './maybe.ts';

test('what is made of values that are there is there at once', () => {
  assert.deepEqual(allValues([1, 'two', undefined]), [1, 'two', undefined]);
  assert.equal(
    withValue(2, (value) => value + 1),
    3,
  );
});

test('one value that must be waited for makes a promise of all, in their order', async () => {
  const both = allValues([Promise.resolve(1), 2]);
  assert.ok(both instanceof Promise);
  assert.deepEqual(await both, [1, 2]);
  assert.equal(await withValue(Promise.resolve(2), (value) => Promise.resolve(value + 1)), 3);
});

test('a value that cannot be had fails what is made of it', async () => {
  const failure = new Error('away');
  await assert.rejects(async () => withValue(Promise.reject<number>(failure), (value) => value), failure);
  await assert.rejects(async () => allValues([1, Promise.reject<number>(failure)]), failure);
});
