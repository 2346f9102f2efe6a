import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cache } from './cache.ts';

test('callers that ask while a fact is loading share one load', async () => {
  const cache = new Cache(10);
  let loads = 0;
  const load = async () => {
    loads++;
    return 'value';
  };
  assert.deepEqual(await Promise.all([cache.get('a', load), cache.get('a', load)]), ['value', 'value']);
  assert.equal(await cache.get('a', load), 'value');
  assert.equal(loads, 1);
});

test('RR-11: a fact that is forgotten while it is loading is not kept, and who asks later loads anew', async () => {
  const cache = new Cache(10);
  let release: (value: string) => void = () => {};
  const first = cache.get('a', () => new Promise<string>((resolve) => (release = resolve)));
  cache.forget('a');
  const second = cache.get('a', async () => 'new');
  release('old');
  assert.equal(await first, 'old');
  assert.equal(await second, 'new');
  assert.equal(cache.peek('a'), 'new');
});

test('a load that failed is not kept', async () => {
  const cache = new Cache(10);
  await assert.rejects(Promise.resolve(cache.get('a', () => Promise.reject(new Error('away')))));
  assert.equal(await cache.get('a', async () => 1), 1);
});

test('memory is bounded, and what is used stays', async () => {
  const cache = new Cache(100);
  for (let i = 0; i < 10_000; i++) {
    await cache.get(`k${i}`, async () => i);
    cache.peek('k0');
    assert.ok(cache.size <= 101);
  }
  assert.equal(cache.peek('k0'), 0);
});
