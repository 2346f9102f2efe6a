// Monitoring counts what sweeps do, by reasons that say what to look at.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person, START, sweptVault } from './swept-vault.ts';
import { DAY } from '../documented-graph.ts';

test('looks, renewals and calls are counted by what came of them, and failures by their reason', async (t) => {
  const vault = await sweptVault();
  t.after(() => vault.close());
  const { tally } = vault.parts;
  await vault.hold(vault.graph.issue(person('1')));
  await vault.hold(vault.graph.issue(person('2', { issued_at: START - 31 * DAY, expires_at: START + 29 * DAY })));
  const sweeper = vault.sweeper();
  await sweeper.sweep();
  assert.ok(tally.samples('looks_total').includes('hallpass_vault_looks_total{outcome="extended"} 1'));
  const renewed = 'hallpass_vault_renewals_total{way="extend",outcome="renewed"} 1';
  assert.ok(tally.samples('renewals_total').includes(renewed));
  const [calls = ''] = tally.samples('remote_calls_total');
  assert.ok(Number(calls.split(' ')[1]) >= 3, calls);

  vault.graph.instead = () => ({ status: 502, body: '<html>Bad gateway</html>' });
  await vault.moveTo(vault.now() + 2 * DAY);
  await sweeper.sweep();
  assert.deepEqual(tally.samples('look_failures_total'), [
    'hallpass_vault_look_failures_total{reason="unanswered"} 2',
    'hallpass_vault_look_failures_total{reason="throttled"} 0',
    'hallpass_vault_look_failures_total{reason="app_refused"} 0',
  ]);

  vault.graph.instead = () => ({
    status: 400,
    body: { error: { message: 'Error validating application.', type: 'OAuthException', code: 101 } },
  });
  await vault.moveTo(vault.now() + DAY);
  await sweeper.sweep();
  assert.ok(
    tally.samples('look_failures_total').includes('hallpass_vault_look_failures_total{reason="app_refused"} 2'),
  );
});

test('each change is counted, with as many lanes as there are', async (t) => {
  const vault = await sweptVault();
  t.after(() => vault.close());
  const all = 12;
  for (let n = 0; n < all; n++) await vault.hold(vault.graph.issue(person(`many${n}`)), { state: 'unreachable' });
  const { looked, changed } = await vault.sweeper({ lanes: 4, most: 1 }).sweep();
  assert.deepEqual({ looked, changed }, { looked: all, changed: all });
});
