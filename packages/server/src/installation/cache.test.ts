import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Cache } from './cache.ts';

const value = async <T>(fact: { value: unknown }): Promise<T> => (await fact.value) as T;

test('callers that ask while a fact is loading share one load', async () => {
  const cache = new Cache(10);
  let loads = 0;
  const load = async () => {
    loads++;
    return 'value';
  };
  assert.deepEqual(await Promise.all([value(cache.fact('a', load)), value(cache.fact('a', load))]), ['value', 'value']);
  assert.equal(cache.fact('a', load).value, 'value', 'at once');
  assert.equal(loads, 1);
});

test('RR-11: a fact that is forgotten while it is loading is not kept, and who asks later loads anew', async () => {
  const cache = new Cache(10);
  let release: (value: string) => void = () => {};
  const first = cache.fact('a', () => new Promise<string>((resolve) => (release = resolve)));
  cache.forget('a');
  const second = cache.fact('a', async () => 'new');
  release('old');
  assert.deepEqual([await value(first), first.known], ['old', false]);
  assert.deepEqual([await value(second), second.known], ['new', true]);
  assert.equal(cache.fact('a', async () => 'newer').value, 'new');
});

test('a load that failed is not kept', async () => {
  const cache = new Cache(10);
  const failed = cache.fact('a', () => Promise.reject(new Error('away')));
  await assert.rejects(value(failed), /away/);
  assert.equal(failed.known, false);
  assert.equal(await value(cache.fact('a', async () => 1)), 1);
});

test('RR-11: a fact for which there was no room any more is not known, so a change of it cannot go unnoticed', async () => {
  const cache = new Cache(10);
  const first = cache.fact('first', async () => 1);
  await first.value;
  for (let i = 0; i < 20; i++) await cache.fact(`k${i}`, async () => i).value;
  assert.equal(first.known, false);
});

test('I-4: whatever is loaded, forgotten and crowded out in whatever order, a fact that is known is as it is stored', async () => {
  const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
  const step = fc.record({ what: fc.constantFrom('read', 'change', 'finish', 'clear'), key: fc.constantFrom(...keys) });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 60 }), async (entries, steps) => {
      const cache = new Cache(entries);
      const stored = new Map(keys.map((key) => [key, 0]));
      const seen: { key: string; fact: { known: boolean; value: unknown } }[] = [];
      let loading: (() => void)[] = [];
      for (const { what, key } of steps) {
        if (what === 'read') {
          const load = () => {
            const found = stored.get(key);
            return new Promise((resolve) => loading.push(() => resolve(found)));
          };
          seen.push({ key, fact: cache.fact(key, load) });
        } else if (what === 'change') {
          stored.set(key, (stored.get(key) ?? 0) + 1);
          cache.forget(key);
        } else if (what === 'clear') cache.clear();
        else {
          for (const finish of loading) finish();
          loading = [];
          await new Promise((next) => setImmediate(next));
        }
        for (const one of seen)
          if (one.fact.known && !(one.fact.value instanceof Promise))
            assert.equal(one.fact.value, stored.get(one.key), one.key);
        assert.ok(cache.size <= Math.max(2, entries + 1));
      }
      for (const finish of loading) finish();
    }),
    { numRuns: 300 },
  );
});
