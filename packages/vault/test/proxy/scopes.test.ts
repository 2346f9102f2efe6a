// The least-scope report, from calls that programs really made through the proxy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVaultClient } from '@hallpass/vault/client';
import { createService } from '@hallpass/vault';
import { app, proxiedVault } from './proxied-vault.ts';

test('permissions are carried, used or missing by the calls through the proxy, with the text for a review', async (t) => {
  const scene = await proxiedVault({ scopes: ['pages_show_list', 'email', 'user_birthday'] });
  t.after(() => scene.close());
  const handle = await scene.handle('GET /me, GET /me/accounts, GET /me/businesses, POST /*/feed');
  for (const target of ['/me/accounts', '/me/accounts?limit=1', '/me?fields=id,email', '/me/businesses', '/me/likes'])
    await scene.ask(handle, target);
  const service = createService({ vault: scene.vault });
  const client = createVaultClient({
    base: 'http://vault.localhost',
    key: '-',
    fetch: (url, init) => service.fetchAsOperator(new Request(url, init), 'main'),
  });
  const { apps } = await client.scopes({ connectionId: scene.id });
  const [report] = apps;
  assert.equal(report?.appId, app.id);
  assert.equal(report?.calls, 4, 'what the proxy itself refused is no call');
  assert.deepEqual(report?.carried, ['email', 'pages_show_list', 'public_profile', 'user_birthday']);
  assert.deepEqual(report?.used, ['email', 'pages_show_list']);
  assert.deepEqual(report?.unused, ['user_birthday']);
  assert.deepEqual(report?.missing, ['business_management']);
  assert.deepEqual(
    report?.permissions.map(({ permission, state }) => `${permission} ${state}`),
    ['business_management missing', 'email used', 'pages_show_list used'],
  );
  const pages = report?.permissions.find(({ permission }) => permission === 'pages_show_list');
  assert.deepEqual(pages?.calls, [{ call: 'GET /me/accounts', count: 2 }]);
  assert.match(
    pages?.review ?? '',
    /^Our app needs pages_show_list \(.+\)\. It is used for GET \/me\/accounts \(2 calls\)\./,
  );
  assert.deepEqual((await client.scopes({ appId: app.id })).apps, apps);
  assert.deepEqual((await client.scopes()).apps, apps);
  await assert.rejects(client.scopes({ connectionId: 'ffffffffffffffff' }), /There is no connection/);
});
