// The looks at connections stand in a table of their own: older databases and backups, which have them in the rows of
// connections, move on with every moment and every lease.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { migrate, openDatabase } from '@hallpass/db';
import type { Vault } from '@hallpass/vault';
import type { Place } from '../../../db/test/databases.ts';
import { connectionById, deleteConnection, insertConnection, replaceToken } from '../../src/store/connections.ts';
import { claimDue, renewLease, settleConnection } from '../../src/store/due-connections.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { fillVault, idOf } from '../filled-vault.ts';
import { onEachDatabase, openVault, testKey, testWorld } from '../vaults.ts';

const tenant = 'main';

/** These columns stood in the rows of connections before. */
const moments = [
  { id: 'c1', due_at: 500, checked_at: 400, lease_owner: null, lease_until: null },
  { id: 'c2', due_at: 600, checked_at: null, lease_owner: 'w1', lease_until: 9_999_999_999 },
  { id: 'c3', due_at: null, checked_at: 300, lease_owner: null, lease_until: null },
];

onEachDatabase('The looks at connections', (newPlace) => {
  const world = testWorld();
  const masterKey = testKey(world);

  async function open(t: TestContext, place: Place = newPlace()): Promise<Vault> {
    const { vault } = await openVault(place, { world, masterKey });
    t.after(async () => {
      await vault.close();
      await place.remove();
    });
    return vault;
  }

  /** A claim of all that is due, by this worker. */
  const claim = (owner: string, endBefore?: number) => ({
    ...{ owner, wall: world.wall.now(), lease: 300, now: world.clock.now(), most: 100, paused: [], sealed: [] },
    endBefore,
  });

  it('of an older database keep their moments and leases', async (t) => {
    const place = newPlace();
    const old = await openDatabase<Record<string, Record<string, unknown>>>(place.options());
    await migrate(
      old,
      migrations.filter(({ name }) => name < '0008'),
      world.wall,
    );
    const row = { tenant, app_id: '1', state: 'healthy', created_at: 1, changed_at: 1, failures: 0 };
    const lists = { wanted_scopes: '[]', granted_scopes: '[]', token_version: 1 };
    await old.act(({ tx }) =>
      tx
        .insertInto('connections')
        .values(moments.map((moment) => ({ ...row, ...lists, ...moment, name: moment.id })))
        .execute(),
    );
    await old.close();
    const { db } = (await open(t, place)).parts;
    for (const { id, ...moment } of moments) {
      const found = await connectionById(db.read, { tenant, id });
      assert.deepEqual(
        { ...moment },
        {
          due_at: found?.due_at,
          checked_at: found?.checked_at,
          lease_owner: found?.lease_owner,
          lease_until: found?.lease_until,
        },
      );
    }
    // The worker of before still has its connection, and the one that is due is taken.
    const taken = await db.act(({ tx }) => claimDue(tx, db.kind, { ...claim('w2'), now: 1000 }));
    assert.deepEqual(
      taken.map(({ id }) => id),
      ['c1'],
    );
  });

  it('are taken in the order of their moments, or of the ends of their tokens, and each by one worker', async (t) => {
    const { db } = (await open(t)).parts;
    const now = world.clock.now();
    const rows = [
      { id: 'a', due_at: now - 10, expires_at: now + 300 },
      { id: 'b', due_at: now - 30, expires_at: now + 200 },
      { id: 'c', due_at: now - 20, expires_at: null },
      { id: 'd', due_at: now + 1, expires_at: now + 100 },
    ];
    await db.act(async ({ tx }) => {
      for (const row of rows)
        await insertConnection(tx, { tenant, name: row.id, app_id: '1', state: 'healthy', created_at: now, ...row });
    });
    const ids = async (owner: string, endBefore?: number, most = 100): Promise<string[]> => {
      const taken = await db.act(({ tx }) => claimDue(tx, db.kind, { ...claim(owner, endBefore), most }));
      return taken.map(({ id }) => id);
    };
    assert.deepEqual(await ids('w1', now + 1000, 1), ['b']);
    const ofApp = { ...claim('w2'), paused: [{ tenant, app_id: '1' }] };
    assert.deepEqual(await db.act(({ tx }) => claimDue(tx, db.kind, ofApp)), []);
    assert.deepEqual(await db.act(({ tx }) => claimDue(tx, db.kind, { ...ofApp, endBefore: now + 1000 })), []);
    assert.deepEqual(await ids('w2'), ['c', 'a']);
    assert.deepEqual(await ids('w3', now + 1000), []);
    assert.deepEqual(await ids('w3'), []);
    assert.equal((await connectionById(db.read, { tenant, id: 'b' }))?.lease_owner, 'w1');
  });

  it('VT-04: whoever looked at an older token has lost the connection, writes nothing, and gives nothing back', async (t) => {
    const vault = await open(t);
    await fillVault(vault.parts, 1);
    const { db } = vault.parts;
    const key = { tenant, id: idOf(0) };
    const now = world.clock.now();
    await db.act(({ tx }) => tx.updateTable('looks').set({ due_at: now }).execute());
    const [row] = await db.act(({ tx }) => claimDue(tx, db.kind, claim('slow')));
    assert.ok(row);
    await db.act(({ tx }) => replaceToken(tx, key, 1, { token: 's', fingerprint: 'f', due_at: now + 50 }));
    const dead = { state: 'dead', due_at: now + 700, checked_at: now } as const;
    assert.equal(await db.act(({ tx }) => settleConnection(tx, db.kind, row, 'slow', dead)), false);
    const lease = { owner: 'slow', wall: world.wall.now(), lease: 300 };
    assert.equal(await db.act(({ tx }) => renewLease(tx, row, lease)), false);
    const found = await connectionById(db.read, key);
    assert.deepEqual(
      [found?.state, found?.token_version, found?.due_at, found?.checked_at, found?.lease_owner],
      ['healthy', 2, now + 50, null, null],
    );
  });

  it('of a connection that is removed are gone', async (t) => {
    const vault = await open(t);
    await fillVault(vault.parts, 2);
    const { db } = vault.parts;
    assert.equal(await db.act(({ tx }) => deleteConnection(tx, { tenant, id: idOf(0) })), true);
    assert.deepEqual(await db.read.selectFrom('looks').select('id').execute(), [{ id: idOf(1) }]);
  });

  it('are restored from a backup of before, and from one that was made while connections came and went', async (t) => {
    const vault = await open(t);
    await fillVault(vault.parts, 3);
    const checked = { checked_at: 7, lease_owner: 'w', lease_until: 9_999_999_999 };
    await vault.parts.db.act(({ tx }) => tx.updateTable('looks').set(checked).execute());
    const lines: Record<string, unknown>[] = [];
    for await (const line of vault.backup()) lines.push(JSON.parse(line));
    const [header, ...rows] = lines.slice(0, -1);
    const isOf = (table: string) => (line: Record<string, unknown>) => line['table'] === table;
    const rowIn = (line: Record<string, unknown> | undefined) => line?.['row'] as Record<string, unknown>;
    const looks = rows.filter(isOf('looks'));
    const older = rows
      .filter((line) => !isOf('looks')(line))
      .map((line) => {
        if (!isOf('connections')(line)) return line;
        const look = looks.find((one) => rowIn(one)['id'] === rowIn(line)['id']);
        return { ...line, row: { ...rowIn(line), ...rowIn(look) } };
      });
    const lastLook = looks.at(-1);
    // One was removed after its look was read, and one was made after its look could have been.
    const busy = [
      ...rows.filter((line) => line !== lastLook),
      { table: 'looks', row: { ...rowIn(lastLook), id: 'c-removed' } },
    ];
    const migrationsBefore = migrations.flatMap(({ name }) => (name < '0008' ? [name] : []));
    for (const [begin, content, looked] of [
      [{ ...header, migrations: migrationsBefore }, older, [7, 7, 7]],
      [header, busy, [7, 7, null]],
    ] as const) {
      const proof = vault.parts.keys.backupProof();
      const texts = [begin, ...content].map((line) => JSON.stringify(line));
      for (const text of texts) proof.update(text);
      const end = JSON.stringify({ rows: content.length, proof: proof.digest('base64url') });
      const other = await open(t);
      await other.restore(async function* () {
        yield* [...texts, end];
      });
      const { db } = other.parts;
      const found = await db.read.selectFrom('looks').selectAll().orderBy('id').execute();
      const free = { tenant, due_at: world.clock.now(), lease_owner: null, lease_until: null };
      assert.deepEqual(
        found.map((row) => ({ ...row })),
        looked.map((checked_at, at) => ({ ...free, id: idOf(at), checked_at })),
      );
      assert.equal((await db.act(({ tx }) => claimDue(tx, db.kind, claim('w')))).length, 3);
    }
  });
});
