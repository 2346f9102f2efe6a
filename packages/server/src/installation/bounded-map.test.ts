import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BoundedMap } from './bounded-map.ts';

test('memory is bounded, and what is used stays', () => {
  const map = new BoundedMap<number>(100);
  for (let i = 0; i < 10_000; i++) {
    map.set(`k${i}`, i);
    map.get('k0');
    assert.ok(map.size <= 101);
  }
  assert.equal(map.get('k0'), 0);
});

test('RR-11: whatever is put, read and taken, each value is in the map or was said to be dropped, never both', () => {
  const step = fc.tuple(fc.constantFrom('set', 'get', 'delete', 'clear'), fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(step, { maxLength: 200 }), (entries, taken) => {
      const dropped = new Set<object>();
      const map = new BoundedMap<{ key: string }>(entries, (value) => {
        assert.ok(!dropped.has(value), 'a value goes once');
        dropped.add(value);
      });
      const latest = new Map<string, { key: string }>();
      for (const [what, n] of taken) {
        const key = `k${n}`;
        if (what === 'set') {
          map.delete(key);
          latest.set(key, { key });
          map.set(key, latest.get(key) as { key: string });
        } else if (what === 'get') map.get(key);
        else if (what === 'delete') {
          map.delete(key);
          latest.delete(key);
        } else map.clear();
        assert.ok(map.size <= Math.max(2, entries + 1));
        for (const value of latest.values()) assert.notEqual(map.peek(value.key) === value, dropped.has(value));
      }
    }),
    { numRuns: 300 },
  );
});
