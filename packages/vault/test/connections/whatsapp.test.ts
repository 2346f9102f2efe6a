// A temporary token of WhatsApp lives for 24 hours and cannot be extended: somebody is told in time, and nothing is tried.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importTokens } from '../../src/connections/import.ts';
import { DAY } from '../documented-graph.ts';
import { kinds, START, sweptVault, tenant } from '../sweep/swept-vault.ts';

test('a temporary WhatsApp token is kept as what it is, is warned of, ends on its day, and is never extended', async (t) => {
  const vault = await sweptVault();
  t.after(() => vault.close());
  const { graph, parts } = vault;
  const token = graph.issue({
    type: 'USER',
    user_id: '1',
    expires_at: START + DAY,
    scopes: ['whatsapp_business_messaging'],
  });
  // Another token of the app works, so that the end of this one is no outage.
  await vault.hold(graph.issue({ type: 'SYSTEM_USER', user_id: '9', expires_at: 0 }), { kind: 'system_user_never' });
  const text = `name,token,kind,owner_email\nShop chat,${token},whatsapp_temporary,ana@example.com`;
  const [row] = await importTokens(parts, tenant, text);
  assert.deepEqual([row?.outcome, row?.kind, row?.until], ['new', 'whatsapp_temporary', START + DAY]);
  const sweeper = vault.sweeper();
  for (let hours = 0; hours <= 30; hours++) {
    await vault.moveTo(START + hours * 3600);
    await sweeper.sweep();
  }
  assert.deepEqual(await kinds(vault, row?.id), ['imported', 'warned', 'died']);
  const [, warned, died] = await vault.events(row?.id);
  assert.deepEqual(warned?.facts, { days: 1, until: START + DAY, of: 'token' });
  assert.ok(died && died.at >= START + DAY && died.at < START + DAY + 2 * 3600);
  assert.deepEqual([died.facts['state'], died.facts['advice']], ['needs_person', 'log_in_again']);
  assert.deepEqual(
    graph.calls.filter(({ path }) => path.includes('access_token')),
    [],
  );
  assert.equal((await vault.row(row?.id ?? '')).kind, 'whatsapp_temporary');
});
