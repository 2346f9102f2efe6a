// These tests are about sweeps against a server that knows the documented calls alone: what is extended, what is called
// dead and when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '../documented-graph.ts';
import { kinds, live, person, START, sweptVault } from './swept-vault.ts';

test('a long-lived token is extended at half of its life and again and again, and nobody is warned of its end', async () => {
  const vault = await sweptVault();
  const held = await vault.hold(vault.graph.issue(person('1', { data_access_expires_at: 0 })));
  await live(vault, 365);
  const events = await kinds(vault, held.id);
  assert.deepEqual(new Set(events), new Set(['extended']));
  assert.equal(events.length, 12);
  const row = await vault.row(held.id);
  assert.equal(row.state, 'healthy');
  assert.equal(row.token_version, 13);
  await vault.close();
});

test('a token without an end is looked at daily and never extended', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue({ type: 'PAGE', user_id: '1', profile_id: '30', expires_at: 0 });
  const system = vault.graph.issue({ type: 'SYSTEM_USER', user_id: '7', expires_at: 0 });
  const page = await vault.hold(text);
  await vault.hold(system, { kind: 'system_user_never', subject_type: 'system_user' });
  await live(vault, 100);
  assert.equal(await vault.stored(page.id), text);
  assert.deepEqual(await kinds(vault), []);
  assert.deepEqual(
    vault.graph.calls.filter(({ path }) => path === '/oauth/access_token'),
    [],
  );
  const looks = vault.graph.calls.filter(({ path }) => path === '/debug_token').length;
  assert.ok(looks >= 2 * 75 && looks <= 2 * 112, `${looks} looks`);
  await vault.close();
});

test('the end of the access to data is warned of at 14, 7, 3 and 1 days, and only its person can renew it', async () => {
  const vault = await sweptVault();
  const held = await vault.hold(vault.graph.issue(person('1')));
  await live(vault, 92);
  const events = await vault.events(held.id);
  const warned = events.filter(({ kind }) => kind === 'warned');
  assert.deepEqual(
    warned.map(({ facts }) => [facts['days'], facts['of']]),
    [14, 7, 3, 1].map((days) => [days, 'data_access']),
  );
  const died = events.filter(({ kind }) => kind === 'died');
  assert.deepEqual(
    died.map(({ facts }) => facts['advice']),
    ['reauthorize'],
  );
  assert.ok((died[0]?.at ?? 0) - (START + 90 * DAY) < 3600 * 9);
  const row = await vault.row(held.id);
  assert.equal(row.state, 'needs_person');
  await vault.close();
});

test('a death is told once, with its code, and the old token is kept until its person acts', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1'));
  const held = await vault.hold(text);
  await vault.hold(vault.graph.issue(person('2')));
  await live(vault, 40, (day) => {
    if (day === 5) vault.graph.kill(text, { code: 190, subcode: 460, message: 'The password was changed.' });
  });
  const events = await vault.events(held.id);
  assert.deepEqual(
    events.map(({ kind, facts }) => [kind, facts['state'], facts['code'], facts['subcode']]),
    [['died', 'needs_person', 190, 460]],
  );
  assert.equal(await vault.stored(held.id), text);
  await vault.close();
});

test('what only the platform can lift is blocked, is looked at daily, and recovers by itself', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1'));
  const held = await vault.hold(text);
  await vault.hold(vault.graph.issue(person('2')));
  await live(vault, 12, (day) => {
    if (day === 5) vault.graph.kill(text, { code: 190, subcode: 459, message: 'You cannot access the app.' });
    const known = vault.graph.tokens.get(text);
    if (day === 8 && known) delete known.died;
  });
  assert.deepEqual(await kinds(vault, held.id), ['blocked', 'recovered']);
  await vault.close();
});

test('whoever was told that nothing helps is told once when only a new log-in does, and not again after another block', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1'));
  const held = await vault.hold(text);
  await vault.hold(vault.graph.issue(person('2')));
  const locked = { code: 190, subcode: 459, message: 'You cannot access the app.' };
  const changed = { code: 190, subcode: 460, message: 'The password was changed.' };
  const known = vault.graph.tokens.get(text);
  const refusedWith = { 5: locked, 8: changed, 20: locked, 30: changed };
  await live(vault, 45, (day) => {
    const refusal = Object.entries(refusedWith).find(([from]) => Number(from) === day)?.[1];
    if (known && refusal) known.died = refusal;
  });
  const events = await vault.events(held.id);
  assert.deepEqual(
    events.map(({ kind, facts }) => `${kind} ${String(facts['state'])}`),
    ['blocked blocked_at_meta', 'died needs_person', 'state_changed blocked_at_meta', 'state_changed needs_person'],
  );
  await vault.close();
});

test('a Page token that died is read anew with the token of its parent, and nobody is bothered', async () => {
  const vault = await sweptVault();
  const parent = await vault.hold(vault.graph.issue(person('1', { pages: ['30'] })));
  const text = vault.graph.issue({ type: 'PAGE', user_id: '1', profile_id: '30', expires_at: 0 });
  const page = await vault.hold(text, { parent_id: parent.id });
  await live(vault, 10, (day) => {
    if (day === 5) vault.graph.kill(text, { code: 190, subcode: 467, message: 'The session was ended.' });
  });
  assert.deepEqual(await kinds(vault, page.id), ['derived']);
  assert.notEqual(await vault.stored(page.id), text);
  assert.equal((await vault.row(page.id)).state, 'healthy');
  await vault.close();
});

test('permissions and Pages that are lost or gained are told, and a missing one that is needed is a state', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(
    person('1', {
      scopes: ['pages_manage_posts', 'public_profile'],
      granular_scopes: [{ scope: 'pages_manage_posts', target_ids: ['30', '31'] }],
    }),
  );
  const held = await vault.hold(text, { wanted_scopes: JSON.stringify(['pages_manage_posts']), checked_at: null });
  await live(vault, 4, (day) => {
    const known = vault.graph.tokens.get(text);
    if (day === 2 && known) known.granular_scopes = [{ scope: 'pages_manage_posts', target_ids: ['31'] }];
    if (day === 3 && known) {
      known.scopes = ['public_profile'];
      known.granular_scopes = [];
    }
  });
  const events = await vault.events(held.id);
  assert.deepEqual(
    events.map(({ kind, facts }) => [kind, facts['lost'] ?? facts['state'], facts['targetsLost']]),
    [
      ['drifted', [], ['30']],
      ['drifted', ['pages_manage_posts'], []],
      ['state_changed', 'needs_permission', undefined],
    ],
  );
  await vault.close();
});

test('Instagram and Threads tokens are refreshed by their own calls, from 24 hours on and never after their end', async () => {
  const vault = await sweptVault();
  const instagram = await vault.hold(vault.graph.issue(person('1', { data_access_expires_at: 0 })), {
    kind: 'instagram_long',
  });
  const threads = await vault.hold(vault.graph.issue(person('2', { data_access_expires_at: 0 })), {
    kind: 'threads_long',
  });
  await live(vault, 130);
  const extensions = Array<string>(4).fill('extended');
  for (const { id } of [instagram, threads]) assert.deepEqual(await kinds(vault, id), extensions);
  const asked = vault.graph.calls.map(({ path, params }) => `${path} ${params.get('grant_type') ?? ''}`.trim());
  assert.deepEqual(
    new Set(asked),
    new Set(['/me', '/refresh_access_token ig_refresh_token', '/refresh_access_token th_refresh_token']),
  );
  await vault.close();
});

test('one connection that cannot be opened, and one whose app is not there, do not stop the others', async () => {
  const vault = await sweptVault();
  const broken = await vault.hold(vault.graph.issue(person('1')));
  await vault.hold(vault.graph.issue(person('2')), { app_id: '99' });
  const good = await vault.hold(vault.graph.issue(person('3')));
  await vault.parts.db.act(async ({ tx }) => {
    await tx.updateTable('connections').set({ token: 's1.x.y.z' }).where('id', '=', broken.id).execute();
  });
  await vault.moveTo(vault.now() + 60);
  const counts = await vault.sweeper().sweep();
  assert.equal(counts.failed, 0);
  assert.equal((await vault.row(broken.id)).state, 'needs_person');
  assert.equal((await vault.row(good.id)).checked_at, vault.now());
  await vault.close();
});

test('ST-02: what a server repeats of a token stands in no row, event or line of the log', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1'));
  await vault.hold(text);
  await vault.hold(vault.graph.issue(person('2')));
  vault.graph.kill(text, { code: 190, subcode: 460, message: `Bad token ${text}.` });
  await live(vault, 40);
  const all = JSON.stringify([
    await vault.parts.db.read.selectFrom('connections').selectAll().execute(),
    await vault.parts.db.read.selectFrom('events').selectAll().execute(),
    await vault.parts.db.read.selectFrom('settings').selectAll().execute(),
    vault.world.lines,
  ]);
  for (const token of vault.graph.tokens.keys()) assert.ok(!all.includes(token.slice(3)));
  assert.ok(!all.includes(vault.graph.app.secret));
  await vault.close();
});

test('a short-lived token is extended within its hour or two, and is a long-lived one from then on', async () => {
  const vault = await sweptVault();
  const short = person('1', { expires_at: START + 7200, data_access_expires_at: 0 });
  const held = await vault.hold(vault.graph.issue(short), { kind: 'user_short' });
  const sweeper = vault.sweeper();
  for (let minutes = 0; minutes <= 120; minutes += 10) {
    await vault.moveTo(START + minutes * 60);
    await sweeper.sweep();
  }
  const row = await vault.row(held.id);
  assert.deepEqual([row.kind, row.state, row.expires_at], ['user_long', 'healthy', START + 3600 + 60 * DAY]);
  assert.deepEqual(await kinds(vault, held.id), ['extended']);
  await vault.close();
});
