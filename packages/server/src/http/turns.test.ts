import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allAnswered, allRead, MOST_TOGETHER } from './turns.ts';

/** One call that is answered from memory in a few steps, as the server waits for it. */
async function call(name: string, noted: string[]): Promise<void> {
  await allRead();
  noted.push(`${name} begins`);
  for (let step = 0; step < 5; step++) await Promise.resolve();
  await allAnswered();
  noted.push(`${name} is written`);
}

test('calls of one turn begin together and are written together, in the order in which they came', async () => {
  const noted: string[] = [];
  await Promise.all(['a', 'b', 'c'].map((name) => call(name, noted)));
  assert.deepEqual(noted, ['a begins', 'b begins', 'c begins', 'a is written', 'b is written', 'c is written']);
});

test('a call that waits for something else holds nobody up', async () => {
  const noted: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = (async () => {
    await allRead();
    await promise;
    await allAnswered();
    noted.push('slow is written');
  })();
  await call('quick', noted);
  assert.deepEqual(noted, ['quick begins', 'quick is written']);
  resolve();
  await slow;
  assert.equal(noted.at(-1), 'slow is written');
});

test('so many calls at most wait for each other: the first are written before the next begin', async () => {
  const noted: string[] = [];
  await Promise.all(Array.from({ length: 2 * MOST_TOGETHER + 1 }, (_, i) => call(String(i), noted)));
  for (const first of [MOST_TOGETHER, 2 * MOST_TOGETHER])
    assert.ok(noted.indexOf(`${first - 1} is written`) < noted.indexOf(`${first} begins`), String(first));
});
