// These tests are about sweeps against a server that knows the documented calls alone: what is extended, what is called
// dead and when, and what no failure may change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, type KnownToken } from '../documented-graph.ts';
import { START, sweptVault, type SweptVault } from './swept-vault.ts';

const person = (id: string, more: Partial<KnownToken> = {}): KnownToken => ({
  type: 'USER',
  user_id: id,
  issued_at: START,
  expires_at: START + 60 * DAY,
  data_access_expires_at: START + 90 * DAY,
  ...more,
});

/** Sweeps day after day, three times a day, up to the given one. */
async function live(vault: SweptVault, until: number, act?: (day: number) => void | Promise<void>): Promise<void> {
  const sweeper = vault.sweeper();
  const first = Math.ceil((vault.now() - START) / DAY);
  for (let day = first; day <= until; day++) {
    await vault.moveTo(START + day * DAY);
    await act?.(day);
    for (const minutes of [0, 10, 20, 480, 960]) {
      await vault.moveTo(START + day * DAY + minutes * 60);
      await sweeper.sweep();
    }
  }
}

const kinds = async (vault: SweptVault, id?: string): Promise<string[]> =>
  (await vault.events(id)).map(({ kind }) => kind);

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

test('VT-06: an extension that answers with another person or app is refused, told, and the old token kept', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1'));
  const held = await vault.hold(text);
  const other = vault.graph.issue(person('2', { expires_at: START + 120 * DAY }));
  vault.graph.instead = ({ path }) =>
    path === '/oauth/access_token' ? { body: { access_token: other, token_type: 'bearer' } } : undefined;
  await live(vault, 32);
  assert.deepEqual(await kinds(vault, held.id), ['identity_mismatch']);
  assert.equal(await vault.stored(held.id), text);
  assert.equal((await vault.row(held.id)).state, 'healthy');
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

test('VT-06: a refreshed Instagram token of another account is refused, and the old one kept', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1', { data_access_expires_at: 0 }));
  const held = await vault.hold(text, { kind: 'instagram_long' });
  const other = vault.graph.issue(person('9', { expires_at: START + 120 * DAY }));
  vault.graph.instead = ({ path }) =>
    path === '/refresh_access_token' ? { body: { access_token: other, expires_in: 60 * DAY } } : undefined;
  await live(vault, 32);
  assert.deepEqual(await kinds(vault, held.id), ['identity_mismatch']);
  assert.equal(await vault.stored(held.id), text);
  await vault.close();
});

const strange: [string, unknown, number?][] = [
  ['an error 1', { error: { message: 'An unknown error occurred', type: 'OAuthException', code: 1 } }, 500],
  ['an error 2', { error: { message: 'Service temporarily unavailable', type: 'OAuthException', code: 2 } }, 503],
  ['200 with HTML', '<html>Sorry, something went wrong.</html>'],
  ['502 with HTML', '<html>Bad gateway</html>', 502],
  ['an empty object', {}],
  ['an empty access_token', { access_token: '', token_type: 'bearer' }],
  ['no access_token', { token_type: 'bearer', expires_in: 5_184_000 }],
  ['an access_token that is no text', { access_token: 7 }],
  ['a list', []],
  ['null', null],
];

for (const [name, body, status = 200] of strange)
  test(`VT-04: an extension that is answered with ${name} changes nothing, and is tried again until it works`, async () => {
    const vault = await sweptVault();
    const text = vault.graph.issue(person('1', { data_access_expires_at: 0 }));
    const held = await vault.hold(text);
    let broken = true;
    vault.graph.instead = ({ path }) => (broken && path === '/oauth/access_token' ? { status, body } : undefined);
    await live(vault, 33);
    assert.equal(await vault.stored(held.id), text);
    assert.equal((await vault.row(held.id)).state, 'healthy');
    const tries = vault.graph.calls.filter(({ path }) => path === '/oauth/access_token').length;
    assert.ok(tries >= 4 && tries <= 20, `${tries} tries in three days`);
    broken = false;
    await live(vault, 34);
    assert.deepEqual(await kinds(vault, held.id), ['extended']);
    await vault.close();
  });

test('VT-04: a new token that ends sooner than the one that is there does not take its place', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1'));
  const held = await vault.hold(text);
  vault.graph.instead = ({ path }) =>
    path === '/oauth/access_token'
      ? { body: { access_token: vault.graph.issue(person('1', { expires_at: vault.now() + 7200 })) } }
      : undefined;
  await live(vault, 35);
  assert.equal(await vault.stored(held.id), text);
  assert.deepEqual(await kinds(vault, held.id), []);
  await vault.close();
});

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
    ...Array<string>(3).fill('blocked fix_app'),
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
  vault.graph.instead = () => 'hang';
  const sweeping = vault.sweeper().sweep();
  for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve));
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
  const rows = await vault.parts.db.read.selectFrom('connections').select(['failures', 'checked_at']).execute();
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
