// A tenant may have keys of its own, wrapped by a master key of its own: without it that tenant is sealed and no other.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { SealError } from '@hallpass/db';
import { Secret } from '@hallpass/protocol';
import { createVaultClient, VaultError } from '@hallpass/vault/client';
import {
  addApiKey,
  createHandle,
  createProxy,
  createService,
  type MasterKeySource,
  MasterKeyUnavailable,
  type Vault,
  VaultRefusal,
  VaultSealed,
} from '@hallpass/vault';
import { withdrawKey } from '../../src/operations/withdraw-key.ts';
import { deliverOnce } from '../../src/people/deliver.ts';
import { connectionById } from '../../src/store/connections.ts';
import { queueDelivery } from '../../src/store/people/deliveries.ts';
import { allKeys } from '../../src/store/keys/keys.ts';
import { DAY, DocumentedGraph } from '../documented-graph.ts';
import { onEachDatabase, openVault, testKey, testWorld } from '../vaults.ts';

const isSealed = (error: unknown): boolean =>
  error instanceof VaultSealed && error.code === 2 && error.reason === 'sealed';

/** Master keys of tenants by name; one that is taken out is not to be had. */
class TenantMasters {
  readonly there = new Map<string, MasterKeySource>();

  source = (name: string): MasterKeySource => {
    const present = (): MasterKeySource => {
      const source = this.there.get(name);
      if (source === undefined) throw new MasterKeyUnavailable(`The master key ${name} is away.`);
      return source;
    };
    return {
      label: name,
      wrap: async (plain) => present().wrap(plain),
      unwrap: async (wrapped) => present().unwrap(wrapped),
    };
  };
}

onEachDatabase('The keys of a tenant', (newPlace) => {
  async function scene(t: TestContext) {
    const world = testWorld();
    const graph = new DocumentedGraph(() => world.clock.now());
    const masters = new TenantMasters();
    for (const name of ['of acme', 'of acme, later', 'of bolt'])
      masters.there.set(name, testKey(world, name.replace(/\W/g, '')));
    const open = async (): Promise<Vault> => {
      const place = newPlace();
      const { vault } = await openVault(place, {
        world,
        tenantKeys: masters.source,
        fetch: (url, init) => graph.fetch(url, init),
      });
      t.after(async () => {
        await vault.close();
        await place.remove();
      });
      return vault;
    };
    const vault = await open();
    /** Gives a tenant an app and a connection, and answers with its id and token. */
    async function connection(tenant: string, person: string): Promise<{ id: string; token: string }> {
      const { apps, import: bring } = vault.forTenant(tenant);
      await apps.set({
        appId: graph.app.id,
        secret: new Secret(graph.app.secret),
        graphBase: 'https://graph.example.com',
      });
      const token = graph.issue({
        type: 'USER',
        user_id: person,
        issued_at: world.clock.now(),
        expires_at: world.clock.now() + 60 * DAY,
      });
      const [row] = await bring(`name,token\n${tenant},${token}`);
      return { id: row?.id ?? '', token };
    }
    /** Lets real time pass until every key has been proved anew. */
    async function passes(): Promise<void> {
      world.wall.advance(20_000);
      await vault.parts.keys.reload();
    }
    return { world, graph, masters, vault, open, connection, passes };
  }

  const openedBy = (vault: Vault, tenant: string, id: string): Promise<string> =>
    vault.forTenant(tenant).use(id, (token) => token.open());

  it('CR-05: seal its values alone, and no value of it stays sealed with a shared key', async (t) => {
    const { vault, connection } = await scene(t);
    const [acme, main] = [await connection('acme', '1'), await connection('main', '2')];
    const change = await vault.tenants.create('acme', { source: 'of acme', grace: 0 });
    assert.deepEqual(change, { name: 'acme', keySource: 'of acme', resealed: 2, unreadable: 0 });
    await assert.rejects(vault.tenants.create('acme'), (error) => error instanceof VaultRefusal);
    const own = (await allKeys(vault.parts.db.read)).filter(({ tenant }) => tenant === 'acme');
    assert.equal(own.length, 1);
    for (const table of ['apps', 'connections'] as const) {
      const column = table === 'apps' ? 'secret' : 'token';
      for (const row of await vault.parts.db.read
        .selectFrom(table)
        .select(['tenant', `${column} as sealed`])
        .execute())
        assert.equal(row.sealed?.startsWith(`s2.${own[0]?.id}.`), row.tenant === 'acme', `${table} of ${row.tenant}`);
    }
    assert.equal(await openedBy(vault, 'acme', acme.id), acme.token);
    assert.equal(await openedBy(vault, 'main', main.id), main.token);
  });

  it('VT-07: a value of one tenant opens nowhere in another, by whatever key', async (t) => {
    const { vault, connection } = await scene(t);
    await vault.tenants.create('acme', { source: 'of acme', grace: 0 });
    await vault.tenants.create('bolt', { source: 'of bolt', grace: 0 });
    const [acme, bolt] = [await connection('acme', '1'), await connection('bolt', '2')];
    const { db, keys } = vault.parts;
    const row = await connectionById(db.read, { tenant: 'acme', id: acme.id });
    const moved = { table: 'connections', column: 'token', row: `bolt/${bolt.id}/1`, tenant: 'bolt' };
    await assert.rejects(keys.open(row?.token ?? '', moved), SealError);
    // A place that names another tenant than it says is refused too.
    await assert.rejects(keys.open(row?.token ?? '', { ...moved, row: `acme/${acme.id}/1` }), SealError);
    await assert.rejects(openedBy(vault, 'bolt', acme.id), (error) => error instanceof VaultRefusal);
  });

  it('VT-01: a withdrawn master key seals its tenant and no other, and the tenant catches up when it is back', async (t) => {
    const { vault, world, masters, connection, passes } = await scene(t);
    const [acme, main] = [await connection('acme', '1'), await connection('main', '2')];
    await vault.tenants.create('acme', { source: 'of acme', grace: 0 });
    const service = createService({ vault });
    const clientOf = async (tenant: string) =>
      createVaultClient({
        base: 'https://vault.example',
        key: await addApiKey(vault.parts, tenant, { name: 'test', rights: ['read', 'operate', 'reveal', 'manage'] }),
        fetch: (url, init) => service.fetch(new Request(url, init)),
      });
    const [ofAcme, ofMain] = [await clientOf('acme'), await clientOf('main')];
    const master = masters.there.get('of acme');
    masters.there.delete('of acme');
    await passes();

    const sealed = (error: unknown): boolean =>
      error instanceof VaultError && error.status === 503 && error.reason === 'sealed' && /acme/.test(error.message);
    for (const call of [
      () => ofAcme.list(),
      () => ofAcme.get({ id: acme.id }),
      () => ofAcme.history({ id: acme.id }),
      () => ofAcme.reveal({ id: acme.id }),
      () => ofAcme.import({ text: acme.token }),
      () => ofAcme.update({ id: acme.id, name: 'x' }),
      () => ofAcme.remove({ id: acme.id }),
      () => ofAcme.listApps(),
      () => ofAcme.addWebhook({ url: 'https://hooks.example.com' }),
      () => ofAcme.rotateKeys(),
      () => ofAcme.listKeys(),
    ])
      await assert.rejects(call, sealed);
    await assert.rejects(vault.forTenant('acme').list(), isSealed);
    assert.deepEqual(
      (await ofAcme.doctor()).findings.find(({ check }) => check === 'own key'),
      { check: 'own key', ok: false, message: 'The tenant acme is sealed: The master key of acme is away.' },
    );
    assert.match((await ofMain.doctor()).findings.find(({ check }) => check === 'tenants')?.message ?? '', /sealed: 1/);
    assert.doesNotMatch(JSON.stringify(await ofMain.doctor()), /acme/);
    const health = await service.fetch(new Request('https://vault.example/health'));
    assert.deepEqual([health.status, await health.json()], [200, { status: 'ok', sealedTenants: 1 }]);

    assert.equal((await ofMain.reveal({ id: main.id })).token, main.token);
    const checked = async (tenant: string, id: string) =>
      (await connectionById(vault.parts.db.read, { tenant, id }))?.checked_at ?? 0;
    await world.clock.advance(3 * DAY);
    await vault.sweeper().sweep();
    await deliverOnce(vault.parts);
    assert.equal(await checked('main', main.id), world.clock.now());
    assert.equal(await checked('acme', acme.id), world.clock.now() - 3 * DAY);
    const waiting = await vault.parts.db.read
      .selectFrom('events')
      .select('tenant')
      .where('handled_at', 'is', null)
      .execute();
    assert.ok(waiting.length > 0 && waiting.every(({ tenant }) => tenant === 'acme'));

    if (master) masters.there.set('of acme', master);
    await passes();
    assert.equal(await openedBy(vault, 'acme', acme.id), acme.token);
    await vault.sweeper().sweep();
    assert.equal(await checked('acme', acme.id), world.clock.now());
    assert.match(world.lines.join('\n'), /vault tenant is sealed.*acme[\s\S]*vault tenant is open again/);
  });

  it('VT-11: a handle of a sealed tenant leads nowhere, and nothing is written of the call', async (t) => {
    const { vault, graph, masters, connection, passes } = await scene(t);
    const { id } = await connection('acme', '1');
    await vault.tenants.create('acme', { source: 'of acme', grace: 0 });
    const { handle } = await createHandle(vault.parts, 'acme', { connectionId: id, allow: 'GET /me' });
    const proxy = createProxy({ vault, publicUrl: () => 'http://proxy.localhost' });
    const ask = () =>
      proxy.handle({
        method: 'GET',
        path: '/me',
        query: '',
        headers: { authorization: `Bearer ${handle}` },
        body: new Uint8Array(),
      });
    assert.equal((await ask()).status, 200);
    const lines = () => vault.parts.db.read.selectFrom('handle_calls').select('id').execute();
    const [asked, written] = [graph.calls.length, (await lines()).length];
    masters.there.delete('of acme');
    await passes();
    const refused = await ask();
    assert.deepEqual([refused.status, graph.calls.length, (await lines()).length], [503, asked, written]);
  });

  it('what waits to be sent for a sealed tenant waits on, and keeps nobody else waiting', async (t) => {
    const { vault, world, masters, connection, passes } = await scene(t);
    const { id } = await connection('acme', '1');
    await vault.tenants.create('acme', { source: 'of acme', grace: 0 });
    const now = world.clock.now();
    const { db } = vault.parts;
    const delivery = { channel: 'webhook', event: 'died', payload: '{}', created_at: now, due_at: now } as const;
    for (const tenant of ['acme', 'main'])
      await db.act(({ tx }) =>
        queueDelivery(tx, { ...delivery, id: tenant, tenant, key: 'k', receiver: 'gone', connection_id: id }),
      );
    const master = masters.there.get('of acme');
    masters.there.delete('of acme');
    await passes();
    await deliverOnce(vault.parts);
    const states = async () =>
      (await db.read.selectFrom('deliveries').select(['id', 'state', 'due_at']).orderBy('id').execute()).map(
        ({ id: name, state, due_at }) => [name, state, due_at - now],
      );
    // The other tenant has no such webhook any more, so its delivery is over.
    assert.deepEqual(await states(), [
      ['acme', 'waiting', 60],
      ['main', 'failed', 0],
    ]);
    if (master) masters.there.set('of acme', master);
    await passes();
    await world.clock.advance(60);
    await deliverOnce(vault.parts);
    assert.deepEqual((await states())[0], ['acme', 'failed', 60]);
  });

  it('CR-06: rotate by themselves, and by another master key without sealing anything anew', async (t) => {
    const { vault, masters, connection, passes } = await scene(t);
    const [acme, main] = [await connection('acme', '1'), await connection('main', '2')];
    await vault.tenants.create('acme', { source: 'of acme', grace: 0 });
    const shared = vault.parts.keys.activeId;
    const before = vault.parts.keys.activeIdOf('acme');
    const rotated = await vault.rotateKeys({ tenant: 'acme', grace: 0 });
    assert.deepEqual([rotated.resealed, rotated.left, rotated.deleted], [2, 0, [before]]);
    assert.equal(vault.parts.keys.activeId, shared);
    const whole = await vault.rotateKeys({ grace: 0 });
    assert.deepEqual([whole.resealed, whole.deleted], [2, [shared]]);
    assert.equal(vault.parts.keys.activeIdOf('acme'), rotated.activeKey);
    await assert.rejects(withdrawKey(vault.parts, rotated.activeKey, { tenant: 'main' }), VaultRefusal);
    await assert.rejects(withdrawKey(vault.parts, whole.activeKey, { tenant: 'acme' }), VaultRefusal);

    const moved = await vault.tenants.setKey('acme', { source: 'of acme, later' });
    assert.deepEqual([moved.keySource, moved.resealed], ['of acme, later', 0]);
    masters.there.delete('of acme');
    await vault.changeMasterKey();
    await passes();
    assert.equal(await openedBy(vault, 'acme', acme.id), acme.token);
    assert.equal(await openedBy(vault, 'main', main.id), main.token);
    masters.there.delete('of acme, later');
    await passes();
    await assert.rejects(vault.tenants.setKey('acme', { source: 'of bolt' }), isSealed);
    assert.deepEqual(
      (await vault.tenants.list()).map(({ name, connections, keySource, sealedBecause }) => [
        name,
        connections,
        keySource,
        sealedBecause,
      ]),
      [
        ['acme', 1, 'of acme, later', 'The master key of acme, later is away.'],
        ['main', 1, undefined, undefined],
      ],
    );
  });

  it('a master key that is not there, or gives back something else, is given to no tenant', async (t) => {
    const { vault, masters } = await scene(t);
    await assert.rejects(vault.tenants.create('acme', { source: 'nobody' }), MasterKeyUnavailable);
    masters.there.set('liar', { label: 'liar', wrap: async () => 'x', unwrap: async () => new Uint8Array(48) });
    await assert.rejects(vault.tenants.create('acme', { source: 'liar' }), MasterKeyUnavailable);
    assert.deepEqual(await vault.tenants.list(), []);
    await assert.rejects(vault.tenants.create('../x', {}), VaultRefusal);
  });

  it('does not open with the key of another tenant that was put in its place', async (t) => {
    const { vault, connection, passes } = await scene(t);
    await vault.tenants.create('acme');
    await vault.tenants.create('bolt');
    const { id } = await connection('acme', '1');
    await vault.parts.db.act(async ({ tx }) => {
      await tx.deleteFrom('keys').where('tenant', '=', 'acme').execute();
      await tx.updateTable('keys').set({ tenant: 'acme' }).where('tenant', '=', 'bolt').execute();
    });
    await passes();
    await assert.rejects(openedBy(vault, 'acme', id), isSealed);
    assert.match(vault.parts.keys.tenantSealedBecause('acme') ?? '', /was changed in its database/);
  });

  it('are in a backup, and open after it is restored once their master key is there', async (t) => {
    const { vault, masters, open, connection, passes } = await scene(t);
    const [acme, main] = [await connection('acme', '1'), await connection('main', '2')];
    await vault.tenants.create('acme', { source: 'of acme', grace: 0 });
    const master = masters.there.get('of acme');
    masters.there.delete('of acme');
    await passes();
    const lines: string[] = [];
    for await (const line of vault.backup()) lines.push(line.trimEnd());
    for (const { token } of [acme, main]) assert.ok(!lines.join('\n').includes(token));
    const other = await open();
    await other.restore(async function* () {
      yield* lines;
    });
    assert.equal(await openedBy(other, 'main', main.id), main.token);
    await assert.rejects(openedBy(other, 'acme', acme.id), isSealed);
    if (master) masters.there.set('of acme', master);
    await passes();
    await other.parts.keys.reload();
    assert.equal(await openedBy(other, 'acme', acme.id), acme.token);
  });

  it('ST-07: are destroyed with their tenant, of which nothing is left and nothing opens', async (t) => {
    const { vault, connection } = await scene(t);
    const [acme, main] = [await connection('acme', '1'), await connection('main', '2')];
    await vault.tenants.create('acme', { source: 'of acme', grace: 0 });
    const key = await addApiKey(vault.parts, 'acme', { name: 'test', rights: ['read'] });
    const { db, keys } = vault.parts;
    const row = await connectionById(db.read, { tenant: 'acme', id: acme.id });
    const removed = await vault.tenants.remove('acme');
    assert.equal(removed.keys, 1);
    assert.ok(removed.rows >= 3);
    for (const table of ['apps', 'connections', 'events', 'api_keys', 'settings', 'keys', 'logins'] as const)
      assert.deepEqual(await db.read.selectFrom(table).select('tenant').where('tenant', '=', 'acme').execute(), []);
    const place = { table: 'connections', column: 'token', row: `acme/${acme.id}/1`, tenant: 'acme' };
    await assert.rejects(keys.open(row?.token ?? '', place), SealError);
    const answered = await createService({ vault }).fetch(
      new Request('https://vault.example/v1/connections', { headers: { authorization: `Bearer ${key}` } }),
    );
    assert.equal(answered.status, 401);
    await assert.rejects(vault.tenants.remove('acme'), VaultRefusal);
    assert.equal(await openedBy(vault, 'main', main.id), main.token);
  });
});
