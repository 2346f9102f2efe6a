// These tests are about several workers on one database: each connection is somebody's alone while something is asked for
// it, and what came too late changes nothing. They run on both databases.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Place } from '../../../db/test/databases.ts';
import { replaceToken } from '../../src/store/connections.ts';
import { claimDue } from '../../src/store/due-connections.ts';
import { wholeConnections } from '../../src/store/looks.ts';
import { tokenPlace } from '../../src/store/keys/places.ts';
import { DAY, DocumentedGraph } from '../documented-graph.ts';
import { START, sweptVault, type SweptVault, tenant } from './swept-vault.ts';
import { onEachDatabase, testWorld } from '../vaults.ts';

const person = (id: string) => ({
  type: 'USER' as const,
  user_id: id,
  issued_at: START - 31 * DAY,
  expires_at: START + 29 * DAY,
  data_access_expires_at: 0,
});

onEachDatabase('workers', (newPlace) => {
  let place: Place | undefined;
  const opened: SweptVault[] = [];
  after(async () => {
    for (const vault of opened) await vault.close();
    await place?.remove();
  });
  const world = testWorld();
  const { clock, wall } = world;
  const graph = new DocumentedGraph(() => clock.now());
  /** Another process on the same database: PostgreSQL has many, SQLite has one with many workers. */
  const node = async (): Promise<SweptVault> => {
    const [first] = opened;
    place ??= newPlace();
    if (place.kind === 'sqlite' && first) return first;
    const vault = await sweptVault({ place, world, graph });
    opened.push(vault);
    return vault;
  };

  test('VT-03, P-11: twenty workers of four nodes find one connection due while its server takes long: it is asked once', async () => {
    const nodes = [await node(), await node(), await node(), await node()];
    const [first] = nodes;
    assert.ok(first);
    const old = graph.issue(person('1'));
    const held = await first.hold(old);
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const answering = graph.fetch;
    let exchanges = 0;
    for (const { parts } of nodes)
      parts.fetch = async (url, init) => {
        if (url.includes('/oauth/access_token')) {
          exchanges++;
          await waiting;
        }
        return answering(url, init);
      };
    const sweepers = Array.from({ length: 20 }, (_, n) => (nodes[n % 4] ?? first).sweeper());
    let idle = 0;
    const sweeps = Promise.all(sweepers.map((sweeper) => sweeper.sweep().then(() => idle++)));
    while (exchanges === 0 || idle < 19) await new Promise((resolve) => setImmediate(resolve));
    // Thirty seconds later everybody looks again, and the old token is still in use.
    wall.advance(30_000);
    await Promise.all(Array.from({ length: 10 }, (_, n) => (nodes[n % 4] ?? first).sweeper().sweep()));
    assert.equal(await first.stored(held.id), old);
    answer();
    await sweeps;
    assert.equal(exchanges, 1);
    assert.notEqual(await first.stored(held.id), old);
    assert.equal((await first.row(held.id)).token_version, 2);
    assert.deepEqual(
      (await first.events(held.id)).map(({ kind }) => kind),
      ['extended'],
    );
    assert.equal((await first.row(held.id)).lease_owner, null);
  });

  test('VT-04: a worker that comes too late never overwrites a newer token, nor marks it dead', async () => {
    const vault = await node();
    const held = await vault.hold(graph.issue(person('2')));
    const newer = graph.issue({ ...person('2'), expires_at: START + 60 * DAY });
    const { db, keys } = vault.parts;
    let exchanged = false;
    const answering = graph.fetch;
    vault.parts.fetch = async (url, init) => {
      const answer = await answering(url, init);
      // The person connects again just while the old token is extended.
      if (!exchanged && url.includes('/oauth/access_token')) {
        exchanged = true;
        const token = await keys.seal(newer, tokenPlace({ ...held, token_version: 2 }));
        const next = { token, fingerprint: keys.hash('token', newer), expires_at: START + 60 * DAY };
        assert.ok(await db.act(({ tx }) => replaceToken(tx, { tenant, id: held.id }, 1, next)));
      }
      return answer;
    };
    await vault.sweeper().sweep();
    assert.ok(exchanged);
    assert.equal(await vault.stored(held.id), newer);
    assert.equal((await vault.row(held.id)).token_version, 2);
    assert.deepEqual(
      (await vault.events(held.id)).map(({ kind }) => kind),
      [],
    );
  });

  test('a worker that dies holds nothing up: its connections are taken again when its lease has ended', async () => {
    const vault = await node();
    const held = await vault.hold(graph.issue({ ...person('3'), expires_at: START + 50 * DAY }));
    const { db } = vault.parts;
    const claim = { owner: 'dead', wall: wall.now(), lease: 300, now: clock.now(), most: 100, paused: [], sealed: [] };
    assert.equal((await db.act(({ tx }) => claimDue(tx, db.kind, claim))).length > 0, true);
    await clock.advance(60);
    await vault.sweeper().sweep();
    assert.equal((await vault.row(held.id)).checked_at, held.checked_at);
    wall.advance(301_000);
    await vault.sweeper().sweep();
    assert.equal((await vault.row(held.id)).checked_at, clock.now());
  });

  test('VT-05: of a backlog the tokens that end first are renewed first', async () => {
    const vault = await node();
    await vault.parts.db.act(async ({ tx }) => {
      await tx.updateTable('looks').set({ due_at: null }).execute();
    });
    const calm = [];
    for (let n = 0; n < 40; n++) calm.push(await vault.hold(graph.issue({ ...person(`c${n}`), expires_at: 0 })));
    const urgent = await vault.hold(graph.issue({ ...person('u'), expires_at: clock.now() + DAY }), {
      due_at: clock.now(),
    });
    const order: string[] = [];
    graph.calls.splice(0);
    await vault.sweeper({ most: 10 }).sweep();
    for (const { path, params } of graph.calls)
      if (path === '/debug_token') order.push(params.get('input_token') ?? '');
    assert.equal(order.length >= 41, true);
    assert.equal((await vault.row(urgent.id)).token_version, 2);
    const at = graph.calls.findIndex(({ path }) => path === '/oauth/access_token');
    assert.ok(at >= 0 && at < 4, `extended as call ${at}`);
  });

  test('VT-05: hundreds of connections due at once keep to a budget, come due apart afterwards, and none ends that could be renewed', async () => {
    const vault = await node();
    const { db, keys } = vault.parts;
    const many = 300;
    await db.act(async ({ tx }) => {
      await tx.updateTable('looks').set({ due_at: null }).execute();
    });
    for (let n = 0; n < many; n++)
      await vault.hold(
        graph.issue({ ...person(`m${n}`), issued_at: clock.now() - 31 * DAY, expires_at: clock.now() + 29 * DAY }),
      );
    assert.ok(keys);
    const sweeper = vault.sweeper({ callsPerMinute: 60 });
    let minutes = 0;
    for (; minutes < 200; minutes++) {
      graph.calls.splice(0);
      await sweeper.sweep();
      const items = graph.calls.filter(({ path }) => path !== '/').length;
      assert.ok(items <= 130, `${items} calls in one minute`);
      wall.advance(60_000);
      await clock.advance(60);
      const { n } = await db.read
        .selectFrom('connections')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('token_version', '=', 2)
        .where('id', 'like', 'c%')
        .executeTakeFirstOrThrow();
      if (Number(n) >= many) break;
    }
    assert.ok(minutes < 200, `${minutes} minutes`);
    const rows = await wholeConnections(db.read).where('due_at', 'is not', null).execute();
    assert.ok(rows.every(({ state }) => state === 'healthy'));
    const byMinute = Map.groupBy(rows, ({ due_at }) => Math.floor((due_at ?? 0) / 60));
    assert.ok([...byMinute.values()].every((one) => one.length < many / 5));
  });
});
