// Scripts start an emulator in the background and wait for it; a seed file that is changed is planted anew.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, running, stopped, temporary } from '../command.ts';

test('wait ends when the server is ready, and says that nobody answers when its time is over', async () => {
  const server = await running(['dev', '--port', '0']);
  const ready = await hallpass(['wait', '--url', server.ready.url, '--json']);
  assert.deepEqual([ready.code, JSON.parse(ready.out)], [0, { ready: true, url: server.ready.url }], ready.err);
  await stopped(server);
  const late = await hallpass(['wait', '--url', server.ready.url, '--timeout', '0.3']);
  assert.equal(late.code, 1);
  assert.match(late.err, /was not ready within 0\.3 seconds: nobody answers/);
  assert.equal((await hallpass(['wait', '--timeout', 'soon'])).code, 2);
});

test('a changed seed file is planted anew; one with mistakes leaves the world as it is', async (t) => {
  const file = join(temporary(t), 'world.yaml');
  writeFileSync(file, 'name: first\n');
  const server = await running(['dev', '--port', '0', '--seed', file, '--watch']);
  const { url, control } = server.ready;
  const world = async (): Promise<string> => {
    const response = await fetch(`${url}/_/emulator/state`, { headers: { authorization: `Bearer ${control.token}` } });
    return ((await response.json()) as { world: string }).world;
  };
  const becomes = async (name: string): Promise<void> => {
    for (let now = ''; now !== name; ) now = await world();
  };
  assert.equal(await world(), 'first');
  writeFileSync(file, 'name: second\n');
  await becomes('second');
  writeFileSync(file, 'name: [broken\n');
  writeFileSync(file, 'name: third\n');
  await becomes('third');
  await stopped(server);
  const refused = await hallpass(['dev', '--watch']);
  assert.equal(refused.code, 2, refused.err);
});
