// These tests are about the numbers at the side of a plot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placed, shortNumber, ticksOf } from './scale.ts';

test('an axis names round numbers and reaches the largest value', () => {
  assert.deepEqual(ticksOf(10), [0, 5, 10]);
  assert.deepEqual(ticksOf(87), [0, 50, 100]);
  assert.deepEqual(ticksOf(4), [0, 1, 2, 3, 4]);
  assert.deepEqual(ticksOf(0.3), [0, 0.1, 0.2, 0.3]);
  for (const none of [0, -3, Number.NaN]) assert.deepEqual(ticksOf(none), [0, 1], 'an empty plot has an axis, too');
  for (const most of [1, 3, 7, 19, 240, 1001, 123_456]) {
    const ticks = ticksOf(most);
    assert.ok((ticks.at(-1) ?? 0) >= most && ticks.length <= 6, `${most}: ${ticks}`);
  }
});

test('a value is put where it belongs between both ends, also when they are the same', () => {
  assert.equal(placed(0, 10, 100, 0)(5), 50);
  assert.equal(placed(7, 7, 0, 100)(7), 0);
});

test('large numbers are short', () => {
  assert.deepEqual([0, 999, 1500, 2_000_000].map(shortNumber), ['0', '999', '1.5K', '2M']);
});
