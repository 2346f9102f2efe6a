// A handle has so many calls under way at a time, and a body and an answer have their sizes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '@hallpass/protocol';
import { createHandle, createProxy, createVault, type ProxyAnswer } from '@hallpass/vault';
import { fillVault } from '../filled-vault.ts';
import { testKey, testWorld } from '../vaults.ts';

test('calls of one handle beyond its limit are told to wait, and the others go on', async (t) => {
  const world = testWorld();
  const gate = Promise.withResolvers<void>();
  let large = false;
  const vault = await createVault({
    database: { kind: 'sqlite', file: ':memory:' },
    masterKey: testKey(world),
    world,
    fetch: async () => {
      await gate.promise;
      return large ? new Response(`"${'x'.repeat(5 * 1024 * 1024)}"`) : Response.json({ id: '1' });
    },
  });
  t.after(() => vault.close());
  await vault.apps.set({ appId: '1384720956120447', secret: new Secret('s'.repeat(32)) });
  const [connectionId = ''] = await fillVault(vault.parts, 1);
  const { handle } = await createHandle(vault.parts, 'main', { connectionId, allow: 'GET /me, POST /me/feed' });
  const proxy = createProxy({ vault, publicUrl: () => 'http://proxy.localhost' });
  const headers = { authorization: `Bearer ${handle}` };
  const ask = (body = new Uint8Array()): Promise<ProxyAnswer> =>
    proxy.handle({ method: body.length === 0 ? 'GET' : 'POST', path: '/me', query: '', headers, body });

  const under = Array.from({ length: 16 }, () => ask());
  const busy = await ask();
  assert.deepEqual([busy.status, busy.headers['retry-after'], JSON.parse(busy.body).error.code], [400, '1', 613]);
  gate.resolve();
  assert.deepEqual(
    (await Promise.all(under)).map(({ status }) => status),
    under.map(() => 200),
  );
  assert.equal((await ask()).status, 200, 'there is room again');

  const tooLarge = await ask(new Uint8Array(1024 * 1024 + 1));
  assert.equal(tooLarge.status, 413);
  large = true;
  assert.equal((await ask()).status, 503, 'an answer without end is none');
});
