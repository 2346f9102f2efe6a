import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readUpTo } from './read-up-to.ts';

test('a body is read up to a greatest size, and what sends more is closed', async () => {
  let closed = 0;
  async function* parts(): AsyncGenerator<Uint8Array> {
    try {
      for (const text of ['one', 'two', 'three']) yield Buffer.from(text);
    } finally {
      closed++;
    }
  }
  assert.equal(String(await readUpTo(parts(), 11)), 'onetwothree');
  assert.equal(await readUpTo(parts(), 10), undefined);
  assert.equal(closed, 2);
});
