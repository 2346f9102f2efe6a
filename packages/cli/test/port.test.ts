// Hosting platforms name the port in the environment.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { hallpass } from './command.ts';

test('PORT is where the emulator listens, and a port that is taken or wrong is told in one sentence', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  const said = await hallpass(['dev'], { env: { PORT: port } });
  assert.deepEqual([said.code, said.out], [3, '']);
  assert.match(said.err, new RegExp(`^Port ${port} is in use by another program: .* with --port or PORT`));
  const wrong = await hallpass(['dev'], { env: { PORT: 'eighty' } });
  assert.deepEqual([wrong.code, wrong.err.trim().split('\n').length], [3, 1]);
  assert.match(wrong.err, /^PORT in the environment must be a number/);
});
