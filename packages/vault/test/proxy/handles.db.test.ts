// Handles on both databases: whose they are, how long they live, how often they may be used, and what is stored of them.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Fetch } from '@hallpass/client';
import { Secret } from '@hallpass/protocol';
import { createHandle, createProxy, createService, endHandle, listHandles, VaultRefusal } from '@hallpass/vault';
import { deleteOldHandleCalls, deleteOverflow } from '../../src/store/access/handle-calls.ts';
import { fillVault } from '../filled-vault.ts';
import { onEachDatabase, openVault } from '../vaults.ts';

const APP = '1384720956120447';
const allow = 'GET /me';

onEachDatabase('handles', (newPlace) => {
  /** A vault with two connections of the tenant `main`, and a server that answers every call. */
  async function open(t: TestContext, count = 1) {
    const place = newPlace();
    const asked: { url: string; authorization: string | undefined }[] = [];
    const fetch: Fetch = async (url, { headers }) => {
      asked.push({ url, authorization: headers['authorization'] });
      return Response.json({ id: '1' });
    };
    const first = await openVault(place, { fetch });
    const vaults = [first.vault];
    // A file of SQLite has one process: there the proxies share it.
    const shared = place.options().kind === 'sqlite';
    for (let more = 1; more < count; more++)
      vaults.push(shared ? first.vault : (await openVault(place, { fetch, world: first.world })).vault);
    const { vault, world } = first;
    await vault.apps.set({ appId: APP, secret: new Secret('s'.repeat(32)), graphBase: 'https://graph.example.com' });
    const [id = ''] = await fillVault(vault.parts, 2);
    t.after(async () => {
      for (const one of new Set(vaults)) await one.close();
      await place.remove();
    });
    return { vaults, vault, world, id, asked };
  }

  const ask = async (vault: Parameters<typeof createProxy>[0]['vault'], handle: string, path = '/me') => {
    const proxy = createProxy({ vault, publicUrl: () => 'http://proxy.localhost' });
    const headers = { authorization: `Bearer ${handle}` };
    const answer = await proxy.handle({ method: 'GET', path, query: '', headers, body: new Uint8Array() });
    const { error } = JSON.parse(answer.body) as { error?: { code: number } };
    return { status: answer.status, code: error?.code };
  };

  test('a handle opens its own connection, and is stored as a hash alone', async (t) => {
    const { vault, id, asked } = await open(t);
    const { handle, id: handleId } = await createHandle(vault.parts, 'main', { connectionId: id, allow });
    assert.deepEqual(await ask(vault, handle), { status: 200, code: undefined });
    assert.equal(new URL(asked[0]?.url ?? '').origin, 'https://graph.example.com');
    assert.match(asked[0]?.authorization ?? '', new RegExp(`^Bearer EAAcanary${id}`));
    const stored = JSON.stringify(await vault.parts.db.read.selectFrom('handles').selectAll().execute());
    assert.ok(stored.includes(handleId) && !stored.includes(handle.slice(21)));
    assert.ok(!JSON.stringify(await listHandles(vault.parts, 'main')).includes(handle.slice(21)));
    const [line] = await vault.parts.db.read.selectFrom('handle_calls').selectAll().execute();
    assert.deepEqual(
      [line?.handle_id, line?.connection_id, line?.app_id, line?.method, line?.path, line?.status, line?.bytes_out],
      [handleId, id, APP, 'GET', '/me', 200, '{"id":"1"}'.length],
    );
  });

  test('VT-11: a handle of one tenant opens nothing of another, and nobody else lists or withdraws it', async (t) => {
    const { vault, id, asked } = await open(t);
    await assert.rejects(
      createHandle(vault.parts, 'other', { connectionId: id, allow }),
      (error) => error instanceof VaultRefusal && error.reason === 'unknown_connection',
    );
    const { handle, id: handleId } = await createHandle(vault.parts, 'main', { connectionId: id, allow });
    assert.deepEqual(await listHandles(vault.parts, 'other'), []);
    await assert.rejects(
      endHandle(vault.parts, 'other', handleId),
      (error) => error instanceof VaultRefusal && error.reason === 'unknown_handle',
    );
    const service = createService({ vault });
    const request = new Request('http://v/v1/handle-calls');
    assert.deepEqual(await (await service.fetchAsOperator(request, 'other')).json(), { calls: [] });
    await vault.parts.db.act(({ tx }) => tx.updateTable('handles').set({ tenant: 'other' }).execute());
    assert.deepEqual(await ask(vault, handle), { status: 400, code: 190 });
    assert.equal(asked.length, 0);
  });

  test('VT-11: what is no handle, or nearly one, opens nothing and writes nothing', async (t) => {
    const { vault, id, asked } = await open(t);
    const { handle } = await createHandle(vault.parts, 'main', { connectionId: id, allow });
    const last = handle.at(-1) === 'A' ? 'B' : 'A';
    for (const wrong of [
      'x',
      handle.slice(0, -1),
      `${handle}A`,
      `${handle.slice(0, -2)}${last}${last}`,
      `hph_0123456789abcdef_${handle.slice(21)}`,
      handle.toUpperCase(),
      `EAAcanary${id}${'x'.repeat(170)}`,
    ])
      assert.deepEqual(await ask(vault, wrong), { status: 400, code: 190 }, wrong);
    assert.equal(asked.length, 0);
    assert.deepEqual(await vault.parts.db.read.selectFrom('handle_calls').selectAll().execute(), []);
  });

  test('VT-11: a handle that is withdrawn is dead at once in every process, and so is one whose time is over', async (t) => {
    const { vault, vaults, world, id } = await open(t, 2);
    const [, second = vault] = vaults;
    const { handle, id: handleId } = await createHandle(vault.parts, 'main', { connectionId: id, allow });
    assert.equal((await ask(second, handle)).status, 200);
    await endHandle(vault.parts, 'main', handleId);
    for (const one of [vault, second]) assert.deepEqual(await ask(one, handle), { status: 400, code: 190 });
    const until = world.clock.now() + 60;
    const short = await createHandle(second.parts, 'main', { connectionId: id, allow, until });
    assert.equal((await ask(vault, short.handle)).status, 200);
    await world.clock.advance(60);
    for (const one of [vault, second]) assert.deepEqual(await ask(one, short.handle), { status: 400, code: 190 });
  });

  test('VT-11: a handle whose connection was removed opens nothing', async (t) => {
    const { vault, world, id, asked } = await open(t);
    const { handle } = await createHandle(vault.parts, 'main', { connectionId: id, allow });
    await vault.remove(id);
    const [left] = await listHandles(vault.parts, 'main');
    assert.equal(left?.withdrawnAt, world.clock.now());
    assert.deepEqual(await ask(vault, handle), { status: 400, code: 190 });
    assert.equal(asked.length, 0);
  });

  test('the limit of a minute is that of all processes together', async (t) => {
    const { vault, vaults, world, id, asked } = await open(t, 2);
    const [, second = vault] = vaults;
    const { handle } = await createHandle(vault.parts, 'main', { connectionId: id, allow, callsPerMinute: 3 });
    const answers = [vault, second, vault, second, vault].map((one) => () => ask(one, handle));
    const codes: (number | undefined)[] = [];
    for (const next of answers) codes.push((await next()).code);
    assert.deepEqual(codes, [undefined, undefined, undefined, 613, 613]);
    assert.equal(asked.length, 3);
    await world.clock.advance(60);
    assert.equal((await ask(second, handle)).status, 200);
  });

  test('the lines of calls go when they are old, and the oldest where there are too many', async (t) => {
    const { vault, world, id } = await open(t);
    const { handle } = await createHandle(vault.parts, 'main', { connectionId: id, allow });
    const count = async () => (await vault.parts.db.read.selectFrom('handle_calls').select('id').execute()).length;
    for (let call = 0; call < 5; call++) await ask(vault, handle);
    await vault.parts.db.act(({ tx }) => deleteOverflow(tx, 'main', 1000, 3));
    assert.equal(await count(), 3);
    await world.clock.advance(91 * 86_400);
    await ask(vault, handle);
    const moment = world.clock.now() - 90 * 86_400;
    await vault.parts.db.act(({ tx }) => deleteOldHandleCalls(tx, moment, 1000));
    assert.equal(await count(), 1);
  });

  test('rules that cannot be read, or would give tokens, are refused with the reason', async (t) => {
    const { vault, id } = await open(t);
    for (const bad of [
      '',
      'me',
      'GET me',
      'PATCH /me',
      'GET /v25.0/me',
      'GET /me/../x',
      'GET /**/me',
      'GET /oauth/access_token',
      'GET /debug_token',
      'POST /*/access_tokens',
      'GET /*/accounts/test-users',
    ])
      await assert.rejects(
        createHandle(vault.parts, 'main', { connectionId: id, allow: bad }),
        (error) => error instanceof VaultRefusal && error.reason === 'bad_value',
        bad,
      );
  });
});
