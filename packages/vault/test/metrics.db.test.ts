// The figures of a vault, and the rules and the dashboard that name them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf } from '@hallpass/protocol';
import { alertFile, alertRules, dashboardFile } from '@hallpass/vault';
import { type MetricName, metricOf, metrics, PREFIX } from '../src/monitoring/metrics.ts';
import { addApiKey } from '../src/service/api-keys.ts';
import { createService } from '../src/service/service.ts';
import { updateConnection } from '../src/store/connections.ts';
import { fillVault, idOf } from './filled-vault.ts';
import { onEachDatabase, openVault, testKey, testWorld } from './vaults.ts';
import { MasterKeyUnavailable } from '../src/keys/master-key.ts';

const named = new RegExp(`${PREFIX}([a-z_]+)(?:\\{([^}]*)\\})?`, 'g');

/** The metrics that a text names, each with the labels that it asks for. */
function namesIn(text: string): { name: string; labels: [string, string][] }[] {
  return [...text.matchAll(named)].map(([, name = '', inside = '']) => ({
    name,
    labels: [...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => [label, value]),
  }));
}

const isName = (name: string): name is MetricName => Object.hasOwn(metrics, name);

/** Fails for a name, a label or a value that the table does not have. */
function assertKnown(text: string, where: string): Set<MetricName> {
  const found = new Set<MetricName>();
  for (const { name, labels } of namesIn(text)) {
    assert.ok(isName(name), `${where} names ${name}`);
    found.add(name);
    for (const [label, value] of labels)
      assert.ok(metricOf(name).labels?.[label]?.includes(value), `${where}: ${name} has no ${label}="${value}"`);
  }
  return found;
}

test('every alert and every panel names figures that there are, with labels and values that they have', () => {
  const rules: string[] = Object.values(alertRules).map(({ expr }) => expr);
  for (const expr of rules) assert.ok(assertKnown(expr, expr).size > 0, expr);
  const { panels } = JSON.parse(dashboardFile()) as { panels: { title: string; targets: { expr: string }[] }[] };
  const shown = panels.flatMap(({ title, targets }) => targets.flatMap(({ expr }) => [...assertKnown(expr, title)]));
  // The dashboard shows every figure, so that each alert has its picture.
  assert.deepEqual([...new Set(shown)].sort(), keysOf(metrics).toSorted());
});

test('the file of rules names each alert once, with its expression and what to do', () => {
  const lines = alertFile().split('\n');
  for (const [name, { expr, action }] of Object.entries(alertRules)) {
    assert.equal(lines.filter((line) => line === `      - alert: ${name}`).length, 1, name);
    assert.ok(lines.includes(`        expr: ${JSON.stringify(expr)}`), name);
    assert.ok(lines.includes(`          description: ${JSON.stringify(action)}`), name);
  }
  assert.doesNotMatch(alertFile(), /\t/);
});

onEachDatabase('the figures of a vault', (newPlace) => {
  test('say what the table describes and nothing else, and no label names anything of a connection', async (t) => {
    const world = testWorld();
    const { vault } = await openVault(newPlace(), { world });
    t.after(() => vault.close());
    await fillVault(vault.parts, 30);
    const now = world.clock.now();
    await vault.parts.db.act(async ({ tx }) => {
      const soon = { expires_at: now + 86_000, due_at: now - 600 };
      await updateConnection(tx, { tenant: 'main', id: idOf(0) }, undefined, soon);
    });
    const text = await figures(vault, createService({ vault }));
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of lines) {
      const [one] = namesIn(line);
      assert.ok(one && isName(one.name), line);
      const described = metricOf(one.name).labels ?? {};
      assert.deepEqual(one.labels.map(([label]) => label).sort(), Object.keys(described).sort(), line);
      for (const [label, value] of one.labels) assert.ok(described[label]?.includes(value), line);
      assert.match(line, / -?\d+(?:\.\d+)?$/);
    }
    for (const name of keysOf(metrics)) assert.match(text, new RegExp(`^# TYPE ${PREFIX}${name} `, 'm'));
    for (const one of [
      'connections{state="healthy",kind="user_long"} 30',
      'connections_ending{within="1d"} 1',
      'connections_ending{within="30d"} 1',
      'next_end_seconds 86000',
      'looks_due 1',
      'look_lag_seconds 600',
      'sealed 0',
      'keys{status="active"} 1',
      'looks_total{outcome="extended"} 0',
    ])
      assert.ok(lines.includes(`${PREFIX}${one}`), one);
    assert.ok(lines.length < 150, `${lines.length} samples, whatever the number of connections`);
  });

  test('VT-01: a sealed vault says that it is sealed, stores nothing, and shows figures to no stranger', async (t) => {
    const world = testWorld();
    const place = newPlace();
    const first = await openVault(place, { world });
    const key = await addApiKey(first.vault.parts, 'main', { name: 'x', rights: ['operate'] });
    await first.vault.close();
    const away = async (): Promise<never> => {
      throw new MasterKeyUnavailable('The key service is away.');
    };
    const { vault } = await openVault(place, { world, masterKey: { ...testKey(world), wrap: away, unwrap: away } });
    t.after(() => vault.close());
    const service = createService({ vault });
    const ask = (headers: Record<string, string>) =>
      service.fetch(new Request('https://vault.example/metrics', { headers }));
    assert.equal((await ask({})).status, 401);
    const answer = await ask({ authorization: `Bearer ${key}` });
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /^hallpass_vault_sealed 1$/m);
    const [stored] = await vault.parts.db.read.selectFrom('api_keys').select('used_at').execute();
    assert.equal(stored?.used_at, null);
  });
});

async function figures(
  vault: Awaited<ReturnType<typeof openVault>>['vault'],
  service: ReturnType<typeof createService>,
) {
  const key = await addApiKey(vault.parts, 'main', { name: 'x', rights: ['operate'] });
  const headers = { authorization: `Bearer ${key}` };
  return (await service.fetch(new Request('https://vault.example/metrics', { headers }))).text();
}
