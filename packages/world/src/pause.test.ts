// These tests are about the pause between two tries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jitter, pauseAfter } from './pause.ts';

const always = (byte: number) => ({ bytes: (length: number) => new Uint8Array(length).fill(byte) });

test('a pause doubles from the first to the longest, a quarter up or down', () => {
  const limits = { first: 30, longest: 7200 };
  const least = [1, 2, 3, 9, 40, 5000].map((tries) => pauseAfter(tries, limits, always(0)));
  assert.deepEqual(least, [23, 45, 90, 5400, 5400, 5400]);
  const most = [1, 2, 40].map((tries) => pauseAfter(tries, limits, always(255)));
  assert.deepEqual(most, [37, 75, 9000]);
});

test('chance moves it between three and five quarters', () => {
  assert.equal(jitter(always(0)), 0.75);
  assert.ok(jitter(always(255)) < 1.25);
  assert.equal(jitter(always(128)) > 0.99, true);
});
