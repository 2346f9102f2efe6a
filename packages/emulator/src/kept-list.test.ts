// A list of what happened lately is bounded, by number and by weight, and wakes those who wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptList } from './kept-list.ts';

const wall = { every: () => ({ cancel: () => undefined }) };

test('the oldest things are forgotten, by number and by weight, and numbers go on', () => {
  const list = new KeptList<{ weight: number }>({ most: 3, heaviest: 10, weigh: ({ weight }) => weight }, wall);
  for (const weight of [1, 1, 1, 1]) list.add({ weight });
  assert.deepEqual(
    list.list().map(({ id }) => id),
    [2, 3, 4],
  );
  list.add({ weight: 9 });
  assert.deepEqual(
    list.list().map(({ id }) => id),
    [4, 5],
  );
  list.add({ weight: 99 });
  assert.deepEqual(
    list.list().map(({ id }) => id),
    [6],
  );
  list.clear();
  list.add({ weight: 10 });
  assert.deepEqual([list.list(6).map(({ id }) => id), list.last], [[7], 7]);
});

test('who waits is answered by the next thing, and when all is forgotten', async () => {
  const list = new KeptList<{ what: string }>({ most: 3 }, wall);
  const next = list.wait(0, 1000);
  list.add({ what: 'a call' });
  assert.deepEqual(
    (await next).map(({ what }) => what),
    ['a call'],
  );
  const none = list.wait(1, 1000);
  list.clear();
  assert.deepEqual(await none, []);
});
