// These tests are about servers that are away, err, or want fewer calls: no token dies of that.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '../documented-graph.ts';
import { kinds, live, person, START, sweptVault } from './swept-vault.ts';

test('VT-04: an outage in which every call fails, or every token is called dead for ten minutes, kills nothing', async () => {
  const vault = await sweptVault();
  for (let n = 0; n < 60; n++) await vault.hold(vault.graph.issue(person(String(n))));
  const invalid = { data: { is_valid: false, scopes: [], error: { code: 190, subcode: 460, message: 'No.' } } };
  const answers: NonNullable<typeof vault.graph.instead>[] = [
    () => 'down',
    () => ({ status: 503, body: '<html>' }),
    () => ({ status: 500, body: { error: { message: 'x', type: 'OAuthException', code: 2 } } }),
    ({ path }) => (path === '/debug_token' ? { body: invalid } : undefined),
    ({ path }) =>
      path === '/'
        ? {
            status: 400,
            body: { error: { message: 'Invalid OAuth access token signature.', type: 'OAuthException', code: 190 } },
          }
        : undefined,
  ];
  const sweeper = vault.sweeper();
  for (const [at, answer] of answers.entries()) {
    for (const minutes of [0, 6, 12]) {
      await vault.moveTo(START + (at + 1) * 2 * DAY + minutes * 60);
      vault.graph.instead = answer;
      await sweeper.sweep();
    }
    vault.graph.instead = undefined;
    await vault.moveTo(vault.now() + 3600);
    await sweeper.sweep();
    assert.deepEqual(await kinds(vault), [], `outage ${at}`);
  }
  const states = await vault.parts.db.read.selectFrom('connections').select(['state', 'failures']).execute();
  assert.deepEqual(new Set(states.map(({ state, failures }) => `${state} ${failures}`)), new Set(['healthy 0']));
  await vault.close();
});

test('the end of every token of an app at once is believed once it has been told for a quarter of an hour', async () => {
  const vault = await sweptVault();
  for (let n = 0; n < 60; n++) await vault.hold(vault.graph.issue(person(String(n))));
  await live(vault, 4, (day) => {
    if (day !== 2) return;
    for (const text of vault.graph.tokens.keys())
      vault.graph.kill(text, { code: 190, subcode: 467, message: 'Ended.' });
  });
  const events = await vault.events();
  assert.equal(events.length, 60);
  assert.deepEqual(new Set(events.map(({ kind }) => kind)), new Set(['died']));
  await vault.close();
});

test('an app that the platform shut down blocks its tokens, and asks nobody to connect again; they recover with it', async () => {
  const vault = await sweptVault();
  for (let n = 0; n < 3; n++) await vault.hold(vault.graph.issue(person(String(n))));
  const gone = {
    message: 'Error validating application. Application has been deleted.',
    type: 'OAuthException',
    code: 101,
  };
  await live(vault, 8, (day) => {
    vault.graph.instead = day >= 2 && day < 5 ? () => ({ status: 400, body: { error: gone } }) : undefined;
  });
  const events = await vault.events();
  assert.deepEqual(events.map(({ kind, facts }) => `${kind} ${String(facts['advice'])}`).sort(), [
    'app_accepted undefined',
    'app_refused app_blocked',
    ...Array<string>(3).fill('blocked app_blocked'),
    ...Array<string>(3).fill('recovered null'),
  ]);
  await vault.close();
});

test('a secret that is wrong at the server is no death: after a while it is told that nothing is known', async () => {
  const vault = await sweptVault();
  const held = await vault.hold(vault.graph.issue(person('1')));
  const { app } = vault.graph;
  const { secret } = app;
  await live(vault, 8, (day) => {
    app.secret = day >= 2 && day < 5 ? 'another' : secret;
  });
  const events = await vault.events(held.id);
  assert.deepEqual(
    events.map(({ kind, facts }) => [kind, facts['state']]),
    [
      ['state_changed', 'unreachable'],
      ['state_changed', 'healthy'],
    ],
  );
  await vault.close();
});

test('VT-04: a server that hangs, or answers without end, is away: the sweep goes on', async () => {
  const vault = await sweptVault();
  const held = await vault.hold(vault.graph.issue(person('1')));
  const asked = Promise.withResolvers<void>();
  vault.graph.instead = () => {
    asked.resolve();
    return 'hang';
  };
  const sweeping = vault.sweeper().sweep();
  await asked.promise;
  await new Promise((resolve) => setImmediate(resolve));
  vault.world.wall.advance(30_000);
  await sweeping;
  assert.deepEqual([(await vault.row(held.id)).failures, (await vault.row(held.id)).state], [1, 'healthy']);
  vault.graph.instead = () => ({ body: `{"data":"${'x'.repeat(5_000_000)}"}` });
  await vault.moveTo(vault.now() + 3600);
  await vault.sweeper().sweep();
  assert.deepEqual([(await vault.row(held.id)).failures, (await vault.row(held.id)).state], [2, 'healthy']);
  await vault.close();
});

test('VT-04: two outages of ten minutes on two days kill nothing, and deaths are believed though workers sweep rarely', async () => {
  const vault = await sweptVault();
  for (let n = 0; n < 20; n++) await vault.hold(vault.graph.issue(person(String(n))));
  const sweeper = vault.sweeper();
  const invalid = { data: { is_valid: false, scopes: [], error: { code: 190, subcode: 460, message: 'No.' } } };
  const sweepAt = async (hours: number): Promise<void> => {
    await vault.moveTo(START + hours * 3600);
    await sweeper.sweep();
  };
  for (const day of [1, 2, 3]) {
    vault.graph.instead = ({ path }) => (path === '/debug_token' ? { body: invalid } : undefined);
    await sweepAt(day * 27);
    await sweepAt(day * 27 + 0.15);
    vault.graph.instead = undefined;
    await sweepAt(day * 27 + 3);
  }
  assert.deepEqual(await vault.events(), []);
  for (const text of vault.graph.tokens.keys()) vault.graph.kill(text, { code: 190, subcode: 460, message: 'Ended.' });
  for (const hours of [0, 6, 12]) await sweepAt(4 * 27 + hours);
  assert.equal((await vault.events()).length, 20);
  await vault.close();
});

test('VT-05: usage headers slow a sweep down, and a server that names a time is left alone for as long', async () => {
  const vault = await sweptVault();
  for (let n = 0; n < 120; n++) await vault.hold(vault.graph.issue(person(String(n))));
  const full = {
    call_count: 100,
    total_time: 20,
    total_cputime: 20,
    type: 'pages',
    estimated_time_to_regain_access: 30,
  };
  vault.graph.headers = { 'x-business-use-case-usage': JSON.stringify({ '42': [full] }) };
  const sweeper = vault.sweeper({ most: 50 });
  const requests = (): number => vault.graph.calls.filter(({ path }) => path === '/').length;
  await sweeper.sweep();
  assert.equal(requests(), 1);
  for (let minutes = 1; minutes < 30; minutes++) {
    vault.world.wall.advance(60_000);
    await vault.moveTo(vault.now() + 60);
    await sweeper.sweep();
  }
  assert.equal(requests(), 1);
  vault.graph.headers = {};
  vault.world.wall.advance(120_000);
  await vault.moveTo(vault.now() + 120);
  await sweeper.sweep();
  assert.equal(requests(), 3);
  const rows = await vault.parts.db.read.selectFrom('connections').select(['failures']).execute();
  assert.ok(rows.every(({ failures }) => failures === 0));
  await vault.close();
});

test('a server that hangs is asked a few times for a group of connections, and not once for each', async () => {
  const vault = await sweptVault();
  for (let n = 0; n < 20; n++)
    await vault.hold(vault.graph.issue(person(String(n), { data_access_expires_at: 0 })), { kind: 'instagram_long' });
  vault.graph.instead = () => 'down';
  await vault.sweeper().sweep();
  assert.equal(vault.graph.calls.length, 3);
  const rows = await vault.parts.db.read.selectFrom('connections').select(['state', 'failures']).execute();
  assert.deepEqual(new Set(rows.map(({ state, failures }) => `${state} ${failures}`)), new Set(['healthy 1']));
  await vault.close();
});
