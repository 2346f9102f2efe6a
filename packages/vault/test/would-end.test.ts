// These tests are about what an act would end: who hangs on what, and what is not known.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Secret } from '@hallpass/protocol';
import type { ActName } from '@hallpass/vault/client';
import { VaultRefusal } from '@hallpass/vault';
import { places } from '../../db/test/databases.ts';
import { wouldEnd } from '../src/operations/would-end.ts';
import { DAY } from './documented-graph.ts';
import { documentedVault } from './documented-vault.ts';

const newPlace = places['SQLite in memory'] ?? assert.fail('There is no such place.');

async function scene(t: TestContext) {
  const { vault, world, graph } = await documentedVault(t, newPlace());
  const end = world.clock.now() + 60 * DAY;
  const token = (known: Parameters<typeof graph.issue>[0]): string =>
    graph.issue({ issued_at: world.clock.now(), expires_at: end, ...known });
  const keep = async (name: string, text: string, owner = ''): Promise<string> => {
    const [row] = await vault.import(`name,token,owner_email\n${name},${text},${owner}`);
    assert.ok(row?.id, JSON.stringify(row));
    return row.id;
  };
  const names = async (id: string, act: ActName) => {
    const { ends, mayEnd, complete } = await wouldEnd(vault.parts, { tenant: 'main', id }, act);
    assert.equal(complete, true);
    return [ends.map(({ name }) => name).sort(), mayEnd.map(({ connection }) => connection.name).sort()];
  };
  return { vault, graph, world, token, keep, names };
}

test('a password change ends the tokens of its person with their Page tokens, and nobody else’s', async (t) => {
  const { vault, token, keep, names, graph } = await scene(t);
  const ana = await keep('Ana', token({ type: 'USER', user_id: '1', pages: ['91'] }), 'ana@example.com');
  await keep('Ben', token({ type: 'USER', user_id: '2' }));
  await vault.discoverPages(ana);
  const page = await keep('Shop', token({ type: 'PAGE', profile_id: '92', user_id: '1', expires_at: 0 }));
  await keep('Other shop', token({ type: 'PAGE', profile_id: '93', user_id: '2', expires_at: 0 }));
  await keep('Robot', token({ type: 'SYSTEM_USER', user_id: '7', expires_at: 0 }));
  await keep('App', token({ type: 'APP', expires_at: 0 }));
  assert.deepEqual(await names(ana, 'password_changed'), [['Ana', 'Page 91', 'Shop'], []]);
  assert.deepEqual(await names(page, 'password_changed'), [['Ana', 'Page 91', 'Shop'], []]);
  assert.deepEqual(await names(page, 'page_role_lost'), [['Shop'], []]);
  assert.deepEqual(await names(ana, 'revoked'), [['Ana'], ['Page 91', 'Shop']]);
  assert.deepEqual(await names(page, 'page_gone'), [['Shop'], []]);
  const all = ['Ana', 'App', 'Ben', 'Other shop', 'Page 91', 'Robot', 'Shop'];
  assert.deepEqual(await names(ana, 'app_tokens_ended'), [all, []]);
  await assert.rejects(names(ana, 'page_role_lost'), VaultRefusal);
  await assert.rejects(names(ana, 'app_secret_reset'), VaultRefusal);

  // A token that works no more is stopped by nothing; one of the two is read anew from its parent.
  for (const [text, known] of graph.tokens)
    if (known.type === 'PAGE' && known.user_id === '1') graph.kill(text, { code: 190, subcode: 460, message: 'x' });
  await vault.parts.db.act(({ tx }) => tx.updateTable('looks').set({ due_at: 0 }).execute());
  await vault.sweeper().sweep();
  assert.deepEqual(await names(ana, 'password_changed'), [['Ana', 'Page 91'], []]);
});

test('what is not known is told apart: a Page token of an unknown person, and the same owner in another app', async (t) => {
  const { vault, token, keep, names } = await scene(t);
  const ana = await keep('Ana', token({ type: 'USER', user_id: '1' }), 'ana@example.com');
  await keep('Shop', token({ type: 'PAGE', profile_id: '92', expires_at: 0 }));
  await vault.apps.set({ appId: '18', secret: new Secret('0123456789abcdef') });
  const there = await keep('Ana elsewhere', token({ type: 'USER', user_id: '51' }), 'ana@example.com');
  await vault.parts.db.act(({ tx }) =>
    tx.updateTable('connections').set({ app_id: '18' }).where('id', '=', there).execute(),
  );
  assert.deepEqual(await names(ana, 'password_changed'), [['Ana'], ['Ana elsewhere', 'Shop']]);
  assert.deepEqual(await names(ana, 'app_removed'), [['Ana'], ['Shop']]);
});

test('VT-07: a connection of another tenant is not there, and hangs on nothing', async (t) => {
  const { vault, keep, token } = await scene(t);
  const id = await keep('Ana', token({ type: 'USER', user_id: '1' }));
  await assert.rejects(wouldEnd(vault.parts, { tenant: 'other', id }, 'password_changed'), VaultRefusal);
});
