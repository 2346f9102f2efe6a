// CR-06 for one key: it is withdrawn by itself, what it sealed is sealed anew first, and other keys stay.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { VaultRefusal } from '@hallpass/vault';
import { rotateKeys } from '../../src/operations/rotate-keys.ts';
import { listSealingKeys, withdrawKey } from '../../src/operations/withdraw-key.ts';
import { allKeys } from '../../src/store/keys/keys.ts';
import { fillVault, tokenOf } from '../filled-vault.ts';
import { onEachDatabase, openVault } from '../vaults.ts';

onEachDatabase('A key that is withdrawn', (newPlace) => {
  it('CR-06: is gone once all that it sealed is sealed anew; a run that was stopped goes on, and other keys stay', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const { vault } = await openVault(place);
    t.after(() => vault.close());
    const { parts } = vault;
    const ids = await fillVault(parts, 700);
    const [first] = await listSealingKeys(parts);
    assert.ok(first);
    assert.deepEqual([first.status, first.values], ['active', 700]);

    // A change of all keys was begun, so that there are two, each with values of its own.
    const begun = new AbortController();
    await rotateKeys(parts, { signal: begun.signal, progress: () => begun.abort() });
    const [second] = await listSealingKeys(parts);
    assert.ok(second);
    assert.deepEqual([second.status, second.values], ['active', 500]);
    assert.equal((await withdrawKey(parts, second.id, { dryRun: true })).left, 500);

    const stop = new AbortController();
    const stopped = await withdrawKey(parts, second.id, {
      grace: 0,
      signal: stop.signal,
      progress: () => stop.abort(),
    });
    assert.deepEqual([stopped.withdrawn, stopped.resealed], [false, 500]);
    const done = await withdrawKey(parts, second.id, { grace: 0 });
    assert.deepEqual([done.withdrawn, done.left], [true, 0]);

    const left = await listSealingKeys(parts);
    assert.deepEqual(
      left.map(({ id, values }) => [id, values]),
      [
        [done.activeKey, 500],
        [first.id, 200],
      ],
    );
    for (const id of [ids[0] ?? '', ids[699] ?? ''])
      assert.equal(await vault.use(id, (token) => token.open()), tokenOf(id));
  });

  it('CR-06: is refused where it is none that seals, and stays while something that it sealed does not open', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const { vault } = await openVault(place);
    t.after(() => vault.close());
    const { parts } = vault;
    const [id = ''] = await fillVault(parts, 1);
    const hash = (await allKeys(parts.db.read)).find(({ purpose }) => purpose === 'hash');
    for (const one of ['0123456789abcdef', hash?.id ?? ''])
      await assert.rejects(
        withdrawKey(parts, one),
        (error) => error instanceof VaultRefusal && error.reason === 'unknown_key',
      );
    const [key] = await listSealingKeys(parts);
    assert.ok(key);
    // It is sealed for another version of its row.
    await parts.db.act(({ tx }) =>
      tx.updateTable('connections').set({ token_version: 9 }).where('id', '=', id).execute(),
    );
    const kept = await withdrawKey(parts, key.id, { grace: 0 });
    assert.deepEqual([kept.withdrawn, kept.left], [false, 1]);
    assert.equal((await listSealingKeys(parts)).length, 2);
  });
});
