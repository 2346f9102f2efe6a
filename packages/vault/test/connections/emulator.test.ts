// The vault against Hallpass itself, as a holder uses it: people go through the real dialog, and acts of theirs end tokens.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClient } from '@hallpass/client';
import { createEmulator, type Emulator } from '@hallpass/emulator';
import { Secret } from '@hallpass/protocol';
import { createVault, type Vault, VaultRefusal } from '@hallpass/vault';
import { nodeWorld } from '@hallpass/world';
import { testKey } from '../vaults.ts';

/** The first app of the demo world. */
const app = { id: '1384720956120447', secret: '8f1c5be29d7340a6b1e7c45d02f9a36b' };
const redirectUri = 'http://localhost:3000/auth/callback';

async function open(t: TestContext): Promise<{ emulator: Emulator; vault: Vault }> {
  const emulator = await createEmulator({ outbound: false });
  t.after(() => emulator.close());
  const world = { ...nodeWorld(), clock: emulator.clock };
  const vault = await createVault({
    database: { kind: 'sqlite', file: ':memory:' },
    masterKey: testKey(world),
    world,
    settings: { publicUrl: emulator.url },
  });
  t.after(() => vault.close());
  await vault.apps.set({
    appId: app.id,
    secret: new Secret(app.secret),
    graphBase: emulator.url,
    dialogBase: `${emulator.url}/dialog/oauth`,
  });
  return { emulator, vault };
}

const pathOf = (url: string): string => url.slice(new URL(url).origin.length);

test('a person connects through the dialog, their Pages are found, a changed password is noticed, and a link repairs it', async (t) => {
  const { emulator, vault } = await open(t);
  const ana = emulator.people.get('Ana');
  const link = await vault.connect({ appId: app.id, wantedScopes: ['pages_show_list'], redirectUri });
  const { code = '' } = await ana.answerDialog(pathOf(link.url));
  const { id } = await vault.finishConnect({ state: link.state, code });
  const view = await vault.get(id);
  assert.deepEqual([view.kind, view.state, view.missingScopes], ['user_long', 'healthy', []]);
  assert.equal(view.name, ana.name);

  const found = await vault.discoverPages(id);
  assert.equal(found.complete, true);
  const kept = found.pages.filter(({ outcome }) => outcome === 'new');
  assert.ok(kept.length > 0);
  const client = createClient({ base: emulator.url, fetch: (url, init) => fetch(url, init) });
  for (const { id: page, connectionId = '' } of kept) {
    const me = await vault.use(connectionId, (token) =>
      client.get('/me', { token: token.open(), params: { fields: 'id' } }),
    );
    assert.deepEqual(me, { id: page });
  }

  await ana.changePassword('an entirely other password');
  const sweeper = vault.sweeper();
  await emulator.clock.advance(86_400 * 2);
  // Every token of the app is called dead at once: it is asked again for a while before that is believed.
  for (let minutes = 0; minutes <= 30; minutes += 6) {
    await sweeper.sweep();
    await emulator.clock.advance(360);
  }
  const dead = await vault.get(id);
  assert.equal(dead.state, 'needs_person');
  assert.match(dead.reconnectUrl ?? '', /\/reconnect\/main\./);
  await assert.rejects(
    vault.use(id, () => 0),
    (error) => error instanceof VaultRefusal && error.reason === 'not_usable',
  );

  const again = await vault.reconnect(id, { redirectUri });
  const cleo = emulator.people.get('Cleo');
  const other = await cleo.answerDialog(pathOf(again.url));
  await assert.rejects(
    vault.finishConnect({ state: again.state, code: other.code }),
    (error) => error instanceof VaultRefusal && error.reason === 'another_person',
  );
  const third = await vault.reconnect(id, { redirectUri });
  const repaired = await ana.answerDialog(pathOf(third.url));
  assert.equal((await vault.finishConnect({ state: third.state, code: repaired.code })).id, id);
  assert.equal((await vault.get(id)).state, 'healthy');
  await sweeper.sweep();
  for (const { connectionId = '' } of kept) assert.equal((await vault.get(connectionId)).state, 'healthy');
});
