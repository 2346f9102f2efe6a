// The tables of the vault, on both databases: every query names its tenant, and a newer token is never overwritten.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { SealError } from '@hallpass/db';
import { recordEvent } from '../src/events/record-event.ts';
import { type AppRow, appById, appsOf, deleteApp, putApp } from '../src/store/apps/apps.ts';
import {
  childrenOf,
  connectionById,
  type ConnectionFacts,
  connectionOfSubject,
  connectionOfToken,
  countByState,
  deleteConnection,
  insertConnection,
  listConnections,
  type NewConnection,
  replaceToken,
  updateConnection,
} from '../src/store/connections.ts';
import {
  deleteOldEvents,
  type EventFilter,
  type EventRow,
  listEvents,
  markHandled,
  unhandledEvents,
} from '../src/store/events.ts';
import {
  deleteOldLogins,
  finishLogin,
  insertLogin,
  loginByState,
  type LoginRow,
  takeLogin,
} from '../src/store/logins.ts';
import { appSecretPlace, tokenPlace, verifierPlace, webhookSecretPlace } from '../src/store/keys/places.ts';
import type { VaultParts } from '../src/parts.ts';
import { onEachDatabase, openVault } from './vaults.ts';

const now = 1_795_264_496;

const connection = (over: Partial<NewConnection> = {}): NewConnection => ({
  tenant: 'a',
  id: 'c1',
  name: 'Shop',
  app_id: '100',
  state: 'healthy',
  created_at: now,
  ...over,
});

onEachDatabase('The store of a vault', (newPlace) => {
  const open = async (t: TestContext): Promise<VaultParts> => {
    const place = newPlace();
    const { vault } = await openVault(place);
    t.after(async () => {
      await vault.close();
      await place.remove();
    });
    return vault.parts;
  };

  it('VT-07: shows a tenant nothing of another, whatever is asked by its very id', async (t) => {
    const { db } = await open(t);
    const app: AppRow = {
      tenant: 'a',
      app_id: '100',
      service: 'facebook',
      graph_base: 'https://graph.facebook.com',
      dialog_base: 'https://www.facebook.com/dialog/oauth',
      version: null,
      secret: null,
      secret_version: 0,
      changed_at: now,
    };
    await db.act(async ({ tx }) => {
      await putApp(tx, app);
      await insertConnection(
        tx,
        connection({ subject_type: 'user', subject_id: '7', fingerprint: 'f', parent_id: 'p' }),
      );
      await recordEvent({ tx }, { tenant: 'a', connectionId: 'c1', kind: 'connected', at: now });
    });
    const subject = { app_id: '100', subject_type: 'user', subject_id: '7' } as const;
    const seen = async (tenant: string): Promise<boolean[]> => [
      (await appById(db.read, tenant, '100')) !== undefined,
      (await appsOf(db.read, tenant)).length > 0,
      (await connectionById(db.read, { tenant, id: 'c1' })) !== undefined,
      (await connectionOfSubject(db.read, tenant, subject)) !== undefined,
      (await connectionOfToken(db.read, tenant, 'f')) !== undefined,
      (await childrenOf(db.read, { tenant, id: 'p' })).length > 0,
      (await listConnections(db.read, tenant, { limit: 10 })).length > 0,
      (await countByState(db.read, tenant)).healthy === 1,
      (await listEvents(db.read, tenant, { limit: 10 })).length > 0,
    ];
    assert.deepEqual(await seen('a'), Array(9).fill(true));
    assert.deepEqual(await seen('b'), Array(9).fill(false));
    const key = { tenant: 'b', id: 'c1' };
    const changes = await db.act(async ({ tx }) => [
      await updateConnection(tx, key, undefined, { state: 'dead' }),
      await replaceToken(tx, key, 0, { token: 's', fingerprint: 'g' }),
      await deleteConnection(tx, key),
      await deleteApp(tx, 'b', '100'),
    ]);
    assert.deepEqual(changes, [false, false, false, false]);
    const facts: ConnectionFacts = { state: 'expiring' };
    await db.act(({ tx }) => updateConnection(tx, { tenant: 'a', id: 'c1' }, 0, facts));
    assert.equal((await connectionById(db.read, { tenant: 'a', id: 'c1' }))?.state, 'expiring');
    await db.act(async ({ tx }) => {
      assert.equal(await deleteConnection(tx, { tenant: 'a', id: 'c1' }), true);
      assert.equal(await deleteApp(tx, 'a', '100'), true);
    });
  });

  it('VT-04: lets a worker that was slower neither overwrite a newer token nor tell of an older one', async (t) => {
    const { db } = await open(t);
    const key = { tenant: 'a', id: 'c1' };
    await db.act(({ tx }) => insertConnection(tx, connection()));
    const wrote = await Promise.all(
      ['one', 'two', 'three'].map((token) =>
        db.act(({ tx }) => replaceToken(tx, key, 0, { token, fingerprint: token, state: 'healthy' })),
      ),
    );
    assert.equal(wrote.filter(Boolean).length, 1);
    assert.equal(await db.act(({ tx }) => updateConnection(tx, key, 0, { state: 'dead' })), false);
    const row = await connectionById(db.read, key);
    assert.deepEqual([row?.token_version, row?.state], [1, 'healthy']);
  });

  it('lists by name, page after page, and takes what is searched for as text', async (t) => {
    const { db } = await open(t);
    await db.act(async ({ tx }) => {
      for (const [id, name] of [
        ['c1', '100% Shop'],
        ['c2', 'Anna_B'],
        ['c3', 'AnnaXB'],
        ['c4', 'Zoo'],
        ['c5', 'Zoo'],
        ['c6', 'Ärger'],
      ] as const)
        await insertConnection(tx, connection({ id, name, state: id === 'c4' ? 'dead' : 'healthy' }));
    });
    const names = async (filter: Partial<Parameters<typeof listConnections>[2]>): Promise<string[]> =>
      (await listConnections(db.read, 'a', { limit: 10, ...filter })).map(({ id }) => id);
    assert.deepEqual(await names({ search: '%' }), ['c1']);
    assert.deepEqual(await names({ search: 'anna_b' }), ['c2']);
    assert.deepEqual(await names({ search: 'Ärg' }), ['c6']);
    assert.deepEqual(await names({ search: "'; drop table connections; --" }), []);
    assert.deepEqual(await names({ state: 'dead' }), ['c4']);
    assert.deepEqual(await names({ limit: 2, after: { name: 'Zoo', id: 'c4' } }), ['c5', 'c6']);
    assert.deepEqual(await countByState(db.read, 'a'), { healthy: 5, dead: 1 });
  });

  it('takes a state for one code, and for the same code again', async (t) => {
    const { db } = await open(t);
    const login: Omit<LoginRow, 'code_hash' | 'result_id'> = {
      tenant: 'a',
      state_hash: 's',
      purpose: 'connect',
      app_id: '100',
      connection_id: null,
      expected_subject: null,
      verifier: 'v',
      redirect: 'https://vault.example/callback',
      wanted: '{}',
      expires_at: now + 60,
    };
    await db.act(({ tx }) => insertLogin(tx, login));
    const take = (tenant: string, code: string) => db.act(({ tx }) => takeLogin(tx, tenant, 's', code));
    assert.deepEqual([await take('b', 'one'), await take('a', 'one')], ['another', 'first']);
    assert.deepEqual([await take('a', 'two'), await take('a', 'one')], ['another', 'again']);
    await db.act(({ tx }) => finishLogin(tx, 'a', 's', 'c1'));
    assert.equal((await loginByState(db.read, 'a', 's'))?.result_id, 'c1');
    assert.equal(await db.act(({ tx }) => deleteOldLogins(tx, now, 100)), 0);
    assert.equal(await db.act(({ tx }) => deleteOldLogins(tx, now + 61, 100)), 1);
  });

  it('CR-05: binds each sealed value to its table, column, tenant, row and version', async (t) => {
    const { keys } = await open(t);
    const places = [
      tokenPlace({ tenant: 'a', id: 'c1', token_version: 1 }),
      tokenPlace({ tenant: 'a', id: 'c1', token_version: 2 }),
      tokenPlace({ tenant: 'b', id: 'c1', token_version: 1 }),
      tokenPlace({ tenant: 'a', id: 'c2', token_version: 1 }),
      appSecretPlace({ tenant: 'a', app_id: 'c1', secret_version: 1 }),
      webhookSecretPlace({ tenant: 'a', id: 'c1', secret_version: 1 }),
      verifierPlace({ tenant: 'a', state_hash: 'c1' }),
    ];
    for (const place of places) {
      const sealed = await keys.seal('EAAcanary', place);
      assert.equal(await keys.open(sealed, place), 'EAAcanary');
      for (const other of places) if (other !== place) await assert.rejects(keys.open(sealed, other), SealError);
    }
  });

  it('writes events in their order, without credentials, and lets one worker handle each', async (t) => {
    const { db } = await open(t);
    await db.act(async ({ tx }) => {
      await recordEvent({ tx }, { tenant: 'a', connectionId: 'c1', kind: 'connected', at: now });
      const facts = { reason: 'Error at https://x/?access_token=EAAcanary12345678' };
      await recordEvent({ tx }, { tenant: 'a', connectionId: 'c1', kind: 'died', at: now, facts });
    });
    const filter: EventFilter = { connection_id: 'c1', kinds: ['died', 'connected'], limit: 10 };
    const events: EventRow[] = await listEvents(db.read, 'a', filter);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['died', 'connected'],
    );
    assert.doesNotMatch(events[0]?.facts ?? '', /canary/);
    const [oldest] = await unhandledEvents(db.read, 1, []);
    assert.equal(oldest?.kind, 'connected');
    const id = oldest?.id ?? 0;
    const handled = await Promise.all([1, 2].map(() => db.act(({ tx }) => markHandled(tx, id, now))));
    assert.deepEqual(handled.sort(), [false, true]);
    assert.equal((await unhandledEvents(db.read, 10, [])).length, 1);
    assert.deepEqual(await unhandledEvents(db.read, 10, ['a']), []);
    assert.equal((await listEvents(db.read, 'a', { limit: 10, before: id + 1 })).length, 1);
    // An event that nobody has handled stays, however old it is.
    assert.equal(await db.act(({ tx }) => deleteOldEvents(tx, now, 100)), 0);
    assert.equal(await db.act(({ tx }) => deleteOldEvents(tx, now + 1, 100)), 1);
    assert.equal((await unhandledEvents(db.read, 10, [])).length, 1);
  });
});
