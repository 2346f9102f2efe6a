// The clock of the world and that of the program can be moved apart: a proof with a time is judged by the first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmulator } from '@hallpass/emulator';
import { control } from '../outside.ts';

test('the world is set ahead of the program or behind it, and goes on beside it', async (t) => {
  const emulator = await createEmulator();
  t.after(() => emulator.close());
  const real = () => Math.floor(Date.now() / 1000);
  for (const [ahead, seconds] of [
    ['5m', 300],
    ['-90s', -90],
    ['-120', -120],
    ['61d', 61 * 86_400],
    ['0', 0],
  ] as const) {
    const { status, body } = await control(emulator, 'clock', { ahead });
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.ahead, seconds);
    assert.ok(Math.abs(emulator.clock.now() - real() - seconds) <= 5, ahead);
  }
  assert.equal((await control(emulator, 'clock')).body.ahead, 0);
  for (const ahead of ['x', '--5m', '', '11000d'])
    assert.equal((await control(emulator, 'clock', { ahead })).status, 400);
});

test('a program whose clock is behind makes a token that has not ended by its own time and is refused', async (t) => {
  const emulator = await createEmulator();
  t.after(() => emulator.close());
  const [person] = emulator.people.list();
  const token = await person?.accessToken();
  await emulator.clock.setAhead(3 * 3600);
  const response = await fetch(`${emulator.url}/v25.0/me?access_token=${token}`);
  const { error } = (await response.json()) as { error: { error_subcode: number } };
  assert.equal(error.error_subcode, 463);
});
