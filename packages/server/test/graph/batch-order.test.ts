// A few items of a batch are worked on at a time, in their order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ana, bodyOf, codes, rival, run, t } from './batch-scene.ts';

test('I-4: an item that begins when others have ended the token finds it dead, although it names none of them', async () => {
  const token = await t.login(rival.id, ana.id);
  const ending = { method: 'DELETE', relative_url: 'me/permissions' };
  const reading = { relative_url: 'me?fields=id' };
  // More at the beginning than are worked on together: the rest begins when one of these is answered.
  const slots = await run([...Array.from({ length: 20 }, () => ending), reading, reading], { access_token: token });
  assert.equal(slots[0]?.code, 200);
  assert.deepEqual(codes(slots.slice(-2)), [400, 400]);
  for (const slot of slots.slice(-2)) assert.equal(bodyOf(slot).error.code, 190);
});

test('items that wait for earlier ones get on, however many of them wait', async () => {
  const slots = await run([
    { name: 'first', relative_url: 'me?fields=id', omit_response_on_success: false },
    ...Array.from({ length: 49 }, (_, i) => ({
      name: `item${i}`,
      depends_on: i === 0 ? 'first' : `item${i - 1}`,
      relative_url: 'me?fields=id',
      omit_response_on_success: false,
    })),
  ]);
  assert.deepEqual(codes(slots), Array(50).fill(200));
});
