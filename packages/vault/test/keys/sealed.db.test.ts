// VT-01: a vault without its master key is sealed, writes nothing, and opens without a restart.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Secret } from '@hallpass/protocol';
import { MasterKeyUnavailable, type MasterKeySource, VaultSealed } from '@hallpass/vault';
import { allKeys, deleteKey, retireSealingKeys, rewrapKey } from '../../src/store/keys/keys.ts';
import { tokenPlace } from '../../src/store/keys/places.ts';
import { onEachDatabase, openVault, testKey, testWorld } from '../vaults.ts';

onEachDatabase('The seal of a vault', (newPlace) => {
  it('VT-01: is not opened without its key, by a wrong one, or while the key service is away, and opens by itself', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const world = testWorld();
    const service: { source?: MasterKeySource } = {};
    const present = (): MasterKeySource => {
      if (service.source === undefined) throw new MasterKeyUnavailable('The key service is away.');
      return service.source;
    };
    const masterKey: MasterKeySource = {
      label: 'a key that comes and goes',
      wrap: async (plain) => present().wrap(plain),
      unwrap: async (wrapped) => present().unwrap(wrapped),
    };
    const { vault } = await openVault(place, { world, masterKey });
    t.after(() => vault.close());
    const token = new Secret('EAAcanary'.repeat(8));
    const calls = [
      () => vault.get('c1'),
      () => vault.list(),
      () => vault.use('c1', () => 0),
      () => vault.apps.set({ appId: '17', secret: new Secret('0123456789abcdef') }),
      () => vault.apps.list(),
      () => vault.apps.remove('17'),
      () => vault.connect({ appId: '17', redirectUri: 'https://vault.example/callback' }),
      () => vault.reconnect('c1'),
      () => vault.finishConnect({ state: `main.${'s'.repeat(43)}`, code: 'AQcanary' }),
      () => vault.import(token.open()),
      () => vault.discoverPages('c1'),
      () => vault.update('c1', { name: 'x' }),
      () => vault.handOver('c1', token),
      () => vault.remove('c1'),
      () => vault.rotateKeys(),
      () => vault.changeMasterKey(),
      () => vault.backup().next(),
    ];
    for (const call of calls)
      await assert.rejects(
        call,
        (error) => error instanceof VaultSealed && error.code === 2 && error.reason === 'sealed',
      );
    assert.match(vault.sealedBecause ?? '', /key service is away/);
    assert.deepEqual(await allKeys(vault.parts.db.read), []);
    for (const table of ['apps', 'connections', 'logins', 'events', 'deliveries', 'settings'] as const)
      assert.deepEqual(await vault.parts.db.read.selectFrom(table).selectAll().execute(), []);

    service.source = testKey(world, 'right');
    world.wall.advance(5000);
    await vault.unseal();
    assert.equal(vault.sealedBecause, undefined);
    const { keys } = vault.parts;
    const place1 = tokenPlace({ tenant: 'main', id: 'c1', token_version: 1 });
    const sealed = await keys.seal('EAAcanary', place1);
    assert.equal(await keys.open(sealed, place1), 'EAAcanary');
    assert.equal((await vault.list()).connections.length, 0);
  });

  it('VT-01: stays sealed with another key than the one that it was made with, and says so', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const world = testWorld();
    const first = await openVault(place, { world, masterKey: testKey(world, 'right') });
    await first.vault.close();
    const { vault } = await openVault(place, { world, masterKey: testKey(world, 'wrong') });
    t.after(() => vault.close());
    assert.match(vault.sealedBecause ?? '', /isn't the one this vault was created with/);
    assert.equal(await vault.unseal(), false);
    assert.doesNotMatch(world.lines.join('\n'), new RegExp(Buffer.alloc(32, 'right').toString('base64url')));
  });

  it('does not believe a wrapped key that was put in the place of another', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const { vault } = await openVault(place);
    t.after(() => vault.close());
    const { db, keys } = vault.parts;
    const [one, two] = await allKeys(db.read);
    assert.ok(one && two);
    await db.act(async ({ tx }) => {
      await rewrapKey(tx, one.id, two.wrapped);
      await rewrapKey(tx, two.id, one.wrapped);
    });
    await assert.rejects(keys.unwrap({ ...one, wrapped: two.wrapped }), MasterKeyUnavailable);
    await db.act(async ({ tx }) => {
      await retireSealingKeys(tx, '', 0);
      await deleteKey(tx, 'nothing');
    });
  });
});
