// CR-06 for a vault: its key is changed while it is used, stopped and gone on with, and nothing is refused or lost.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { changeMasterKey, rotateKeys } from '../../src/operations/rotate-keys.ts';
import { allKeys } from '../../src/store/keys/keys.ts';
import { countSealedBy, type SealedValue, sealedColumns, valuesSealedBy } from '../../src/store/keys/sealed-columns.ts';
import { fillVault, idOf, tokenOf } from '../filled-vault.ts';
import { onEachDatabase, openVault, testKey, testWorld } from '../vaults.ts';

const everybody = { notOf: [] };

onEachDatabase('The rotation of the key', (newPlace) => {
  it('CR-06, P-9: goes on where it was stopped, refuses nobody meanwhile, and deletes the old key at its end', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const { vault, world } = await openVault(place);
    t.after(() => vault.close());
    const other = place.kind === 'postgres' ? (await openVault(place)).vault : vault;
    if (other !== vault) t.after(() => other.close());
    const ids = await fillVault(vault.parts, 1200);
    const [before] = (await allKeys(vault.parts.db.read)).filter(({ purpose }) => purpose === 'seal');

    const dry = await rotateKeys(vault.parts, { dryRun: true });
    assert.deepEqual([dry.left, dry.resealed, dry.deleted], [1200, 0, []]);

    const stop = new AbortController();
    const stopped = await rotateKeys(vault.parts, { signal: stop.signal, progress: () => stop.abort() });
    assert.deepEqual([stopped.resealed, stopped.left, stopped.deleted], [500, 700, []]);

    let running = true;
    let used = 0;
    const user = async (): Promise<void> => {
      while (running) {
        const id = ids[used++ % ids.length] ?? '';
        assert.equal(await other.use(id, (token) => token.open()), tokenOf(id));
        // Real time goes on for leases and keys, here by command: a little for each answer of the database, so that on
        // a busy machine no change is older than it took.
        await allKeys(vault.parts.db.read);
        world.wall.advance(20);
        await new Promise(setImmediate);
      }
    };
    const using = user();
    const seen: number[] = [];
    const done = await rotateKeys(vault.parts, { progress: ({ resealed }) => void seen.push(resealed) });
    running = false;
    await using;
    assert.deepEqual(seen.slice(0, 2), [500, 700]);
    assert.deepEqual([done.resealed, done.left, done.unreadable, done.deleted], [700, 0, 0, [before?.id]]);
    assert.notEqual(done.activeKey, before?.id);
    assert.ok(used > 20, `${used} tokens were used meanwhile`);
    await other.parts.keys.reload();
    for (const id of ids.slice(0, 100)) assert.equal(await other.use(id, (token) => token.open()), tokenOf(id));
    for (const column of sealedColumns)
      assert.equal(await countSealedBy(vault.parts.db.read, column, { notWith: done.activeKey, of: everybody }), 0);
  });

  it('leaves a value as it is that no key opens, keeps the old key, and says so', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const { vault, world } = await openVault(place);
    t.after(() => vault.close());
    await fillVault(vault.parts, 2);
    const moved = (
      await vault.parts.db.read.selectFrom('connections').selectAll().where('id', '=', idOf(0)).execute()
    )[0];
    await vault.parts.db.act(({ tx }) =>
      tx
        .updateTable('connections')
        .set({ token: moved?.token ?? '' })
        .where('id', '=', idOf(1))
        .execute(),
    );
    const rotating = rotateKeys(vault.parts, { grace: 0 });
    const result = await rotating;
    assert.deepEqual([result.resealed, result.left, result.unreadable], [1, 1, 1]);
    const [column] = sealedColumns;
    assert.ok(column);
    const left: SealedValue[] = await valuesSealedBy(
      vault.parts.db.read,
      column,
      { notWith: result.activeKey, of: everybody },
      { limit: 9 },
    );
    assert.deepEqual(
      left.map(({ id }) => id),
      [idOf(1)],
    );
    assert.match(world.lines.join('\n'), /does not open/);
  });

  it('CR-06: wraps the keys with another master key, and from then on that one opens the vault', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const world = testWorld();
    const { vault } = await openVault(place, { world, masterKey: testKey(world, 'old') });
    const [id = ''] = await fillVault(vault.parts, 1);
    assert.equal(await changeMasterKey(vault.parts, testKey(world, 'new')), 2);
    assert.equal(await vault.use(id, (token) => token.open()), tokenOf(id));
    await vault.close();
    const old = await openVault(place, { world, masterKey: testKey(world, 'old') });
    assert.match(old.vault.sealedBecause ?? '', /isn.t the one/);
    await old.vault.close();
    const { vault: again } = await openVault(place, { world, masterKey: testKey(world, 'new') });
    t.after(() => again.close());
    assert.equal(await again.use(id, (token) => token.open()), tokenOf(id));
  });
});
