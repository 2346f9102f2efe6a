// These tests are about long calls to a vault that runs elsewhere, over a real socket: large lists, and what is seen while
// one waits.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { listen } from '@hallpass/server';
import { addApiKey, createService, type Right } from '@hallpass/vault';
import { createVaultClient } from '@hallpass/vault/client';
import { nodeWorld } from '@hallpass/world';
import { memoryPlace } from '../../../db/test/databases.ts';
import { documentedVault } from '../../../vault/test/documented-vault.ts';
import { servedBy } from '../../src/vault/served-by.ts';

async function served(t: TestContext) {
  const { vault, graph } = await documentedVault(t, memoryPlace());
  const { wall } = nodeWorld();
  const bugs: unknown[] = [];
  const door = await listen({
    ...servedBy(createService({ vault })),
    host: '127.0.0.1',
    port: 0,
    wall,
    traceId: () => '-',
    onBug: (error) => void bugs.push(error),
  });
  t.after(async () => {
    await door.close();
    assert.deepEqual(bugs, []);
  });
  const keyWith = (...rights: Right[]) => addApiKey(vault.parts, 'main', { name: 'test', rights });
  return { graph, url: door.url, keyWith };
}

test('a list of several megabytes is imported through a service, and one sees how far it is', async (t) => {
  const { graph, url, keyWith } = await served(t);
  const seen: number[] = [];
  const client = createVaultClient({
    base: url,
    key: await keyWith('manage'),
    progress: (done) => void seen.push(done),
  });
  const rows = Array.from({ length: 120 }, (_, n) => {
    const token = graph.issue({ type: 'PAGE', user_id: '1', profile_id: String(1000 + n), expires_at: 0 });
    return `Page ${n},${token},${'n'.repeat(20_000)}`;
  });
  const text = ['name,token,note', ...rows].join('\n');
  assert.ok(text.length > 2_000_000);
  const { rows: kept } = await client.import({ text, appId: graph.app.id });
  assert.equal(kept.filter(({ outcome }) => outcome === 'new').length, 120);
  assert.ok(seen.length > 0 && seen.at(-1) === 120, `${seen}`);
});

test('a refusal at the end of a long call is the refusal of the call', async (t) => {
  const { url, keyWith } = await served(t);
  const client = createVaultClient({ base: url, key: await keyWith('manage'), progress: () => undefined });
  await assert.rejects(client.discoverPages({ id: 'c0' }), { status: 404, reason: 'unknown_connection' });
});

test('IV-16: strangers, and keys that may not import, send nothing long; what is too large is told with its limit', async (t) => {
  const { url, keyWith } = await served(t);
  const long = JSON.stringify({ text: 'x'.repeat(2 * 1024 * 1024) });
  const statusOf = async (path: string, key: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return (await fetch(`${url}${path}`, { method: 'POST', headers, body: long })).status;
  };
  assert.equal(await statusOf('/v1/import', `hpv_${'0'.repeat(16)}_${'A'.repeat(43)}`), 413);
  assert.equal(await statusOf('/v1/import', await keyWith('read')), 413);
  assert.equal(await statusOf('/v1/connections', await keyWith('manage', 'connect')), 413);
  assert.notEqual(await statusOf('/v1/import', await keyWith('manage')), 413);
  const client = createVaultClient({ base: url, key: await keyWith('connect') });
  const tooMuch = client.connect({ appId: '1', name: 'x'.repeat(100_001) });
  await assert.rejects(tooMuch, { reason: 'bad_input', message: /may have 100000: send it in parts/ });
});
