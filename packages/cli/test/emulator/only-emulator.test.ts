// Commands find the only emulator of this machine on whatever port it runs, and name those that they could mean.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hallpass, running, temporary } from '../command.ts';

test('without --url an order goes to the only emulator that runs; with two, the refusal names both', async (t) => {
  const env = { XDG_DATA_HOME: temporary(t) };
  const start = async () => {
    const emulator = await running(['dev', '--port', '0'], { env });
    t.after(() => emulator.signal('SIGKILL'));
    return String(emulator.ready.url);
  };
  const first = await start();
  const found = await hallpass(['clock', 'advance', '1m', '--json'], { env });
  assert.equal(found.code, 0, found.err);

  const second = await start();
  const { code, err } = await hallpass(['clock', 'advance', '1m', '--url', 'http://localhost:9'], { env });
  assert.equal(code, 3);
  for (const url of [first, second]) assert.ok(err.includes(url), err);
});
