// This test is about the calls of the JavaScript SDK: they fail by order as pages do, so that a website can be tried with
// a platform that is away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { control, emulator } from './outside.ts';

test('the status and the log-out of the JavaScript SDK fail by order, and tell nobody anything then', async (t) => {
  const world = await emulator();
  t.after(() => world.close());
  const { body } = await control(world, 'faults', { step: 'page', error: 'server.away', path: 'x/oauth/status' });
  const asked = () => fetch(`${world.url}/x/oauth/status?client_id=1`, { headers: { origin: 'https://app.example' } });
  const failed = await asked();
  assert.deepEqual([failed.status, failed.headers.get('x-hallpass-fault')], [503, body.id]);
  assert.equal(failed.headers.get('fb-s'), null);
  assert.equal(failed.headers.get('access-control-allow-origin'), null);
  const logOut = await fetch(`${world.url}/x/oauth/logout`, { method: 'POST', body: new URLSearchParams() });
  assert.equal(logOut.status, 200, 'the order is for the other one');
});
