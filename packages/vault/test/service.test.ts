// These tests are about the REST interface of a vault, through its own typed client: who may do what, what is never
// shown, and what happens while the vault is sealed.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { calls, createVaultClient, type Right, rights, VaultError, type VaultClient } from '@hallpass/vault/client';
import { places } from '../../db/test/databases.ts';
import { MasterKeyUnavailable, type MasterKeySource } from '../src/index.ts';
import { addApiKey, listApiKeys, removeApiKey } from '../src/service/api-keys.ts';
import { openApi } from '../src/service/openapi.ts';
import { REVEALS } from '../src/service/reveal.ts';
import { createService, type Service } from '../src/service/service.ts';
import { tokenPlace } from '../src/store/keys/places.ts';
import { dies, peopleScene, type PeopleScene } from './people-scene.ts';
import { openVault, testKey, testWorld } from './vaults.ts';

const newPlace = places['SQLite in memory'] ?? assert.fail('There is no such place.');
const base = 'https://vault.example';
const token = 'EAAcanaryTokenOfTheVault0123456789';

interface Scene extends PeopleScene {
  service: Service;
  client(...granted: Right[]): Promise<VaultClient>;
}

async function scene(t: TestContext): Promise<Scene> {
  const people = await peopleScene(t, newPlace());
  const { parts } = people.vault;
  const service = createService({ vault: people.vault });
  return {
    ...people,
    service,
    async client(...granted) {
      const key = await addApiKey(parts, 'main', { name: 'test', rights: granted });
      return createVaultClient({ base, key, fetch: (url, init) => service.fetch(new Request(url, init)) });
    },
  };
}

const refusal = (status: number, reason: string) => (error: unknown) => {
  assert.ok(error instanceof VaultError, String(error));
  assert.deepEqual([error.status, error.reason], [status, reason]);
  return true;
};

const ask = (service: Service, path: string, init: RequestInit = {}): Promise<Response> =>
  service.fetch(new Request(`${base}${path}`, init));

test('every call needs a key with its right, and none is answered without', async (t) => {
  const { client, service } = await scene(t);
  for (const [name, { method, path, right }] of Object.entries(calls)) {
    const at = path.replace(/\{\w+\}/g, 'x');
    const without = await ask(service, at, { method });
    assert.equal(without.status, 401, name);
    const others = Object.keys(rights).filter((one): one is Right => one !== right);
    const weak = await client(...others);
    const run = Object.entries(weak).find(([one]) => one === name)?.[1] as (input: object) => Promise<unknown>;
    await assert.rejects(run({ id: 'x', url: 'x', to: 'x' }), refusal(403, 'no_right'), name);
  }
  for (const key of ['', 'Bearer', 'Bearer x', `Bearer hpv_${'0'.repeat(16)}_${'A'.repeat(43)}`, 'Basic eDp5'])
    assert.equal((await ask(service, '/v1/connections', { headers: { authorization: key } })).status, 401, key);
  assert.equal((await ask(service, '/v1/connections?access_token=x')).status, 401);
  assert.equal((await ask(service, '/v1/nothing')).status, 404);
});

test('a key that was removed is refused at once, and what is stored of a key opens nothing', async (t) => {
  const { vault, service } = await scene(t);
  const key = await addApiKey(vault.parts, 'main', { name: 'gone', rights: ['read'] });
  const list = () => ask(service, '/v1/connections', { headers: { authorization: `Bearer ${key}` } });
  assert.equal((await list()).status, 200);
  const [stored] = await vault.parts.db.read.selectFrom('api_keys').selectAll().execute();
  assert.ok(stored && !JSON.stringify(stored).includes(key.slice(21)));
  const [known] = await listApiKeys(vault.parts, 'main');
  assert.deepEqual([known?.name, known?.rights], ['gone', ['read']]);
  assert.equal(await removeApiKey(vault.parts, 'other', known?.id ?? ''), false, 'VT-07');
  assert.equal(await removeApiKey(vault.parts, 'main', known?.id ?? ''), true);
  assert.equal((await list()).status, 401);
});

async function withToken({ vault, connection }: Scene): Promise<void> {
  const { keys } = vault.parts;
  const place = tokenPlace({ tenant: 'main', id: 'shop', token_version: 1 });
  const fingerprint = keys.hash('token', token);
  await connection('shop', { token: await keys.seal(token, place), token_version: 1, fingerprint });
}

test('VT-02: a token is shown by reveal alone, which is written down and limited; nothing else shows a part of it', async (t) => {
  const world = await scene(t);
  await withToken(world);
  await dies(world, 'shop');
  await world.change('shop', { state: 'healthy', expires_at: null });
  await world.pass(60);
  const reader = await world.client('read', 'operate', 'manage');
  const fingerprint = world.vault.parts.keys.hash('token', token);
  const shown: unknown[] = [
    await reader.list(),
    await reader.list({ search: 'shop' }),
    await reader.get({ id: 'shop' }),
    await reader.history({ id: 'shop' }),
    await reader.listDeliveries(),
    await reader.doctor(),
    world.world.lines,
  ];
  for (const secret of [token, token.slice(-6), fingerprint])
    assert.ok(!JSON.stringify(shown).includes(secret), secret);
  await assert.rejects(reader.reveal({ id: 'shop' }), refusal(403, 'no_right'));
  const revealer = await world.client('reveal', 'read');
  for (let n = 0; n < REVEALS; n++) assert.deepEqual(await revealer.reveal({ id: 'shop' }), { token });
  await assert.rejects(revealer.reveal({ id: 'shop' }), refusal(429, 'too_many'));
  const { events } = await revealer.history({ id: 'shop', limit: 200 });
  assert.equal(events.filter(({ kind }) => kind === 'revealed').length, REVEALS);
  assert.ok(!JSON.stringify([events, world.world.lines]).includes(token));
  await world.world.clock.advance(3601);
  assert.deepEqual(await revealer.reveal({ id: 'shop' }), { token });
});

test('VT-07: what belongs to another tenant is answered as what is not there', async (t) => {
  const world = await scene(t);
  await withToken(world);
  const key = await addApiKey(world.vault.parts, 'other', { name: 'x', rights: ['read', 'reveal', 'manage'] });
  const other = (path: string, method = 'GET') =>
    ask(world.service, path, { method, headers: { authorization: `Bearer ${key}` } });
  for (const [path, method] of [
    ['/v1/connections/ID', 'GET'],
    ['/v1/connections/ID/events', 'GET'],
    ['/v1/connections/ID/reveal', 'POST'],
  ] as const) {
    const [theirs, nobodys] = await Promise.all(
      ['shop', 'none'].map(async (id) => {
        const answer = await other(path.replace('ID', id), method);
        return [answer.status, (await answer.text()).replaceAll(id, 'ID')];
      }),
    );
    assert.deepEqual(theirs, nobodys);
    assert.equal(theirs?.[0], 404);
    assert.match(String(theirs?.[1]), /"code":100,"error_subcode":33/);
  }
});

test('VT-01: a sealed vault answers 503 to everything, and opens without a restart', async (t) => {
  const world = testWorld();
  const held: { source?: MasterKeySource } = {};
  const source = (): MasterKeySource => {
    if (held.source === undefined) throw new MasterKeyUnavailable('The key service is away.');
    return held.source;
  };
  const place = newPlace();
  const { vault } = await openVault(place, {
    world,
    masterKey: { label: 'test', wrap: async (key) => source().wrap(key), unwrap: async (key) => source().unwrap(key) },
    settings: { publicUrl: base },
  });
  t.after(() => vault.close());
  const service = createService({ vault });
  const health = await ask(service, '/health');
  assert.deepEqual([health.status, ((await health.json()) as { status: string }).status], [503, 'sealed']);
  for (const { method, path } of Object.values(calls)) {
    const answer = await ask(service, path.replace(/\{\w+\}/g, 'x'), {
      method,
      headers: { authorization: 'Bearer x' },
    });
    assert.equal(answer.status, 503, path);
    const { error } = (await answer.json()) as { error: { code: number; reason: string } };
    assert.deepEqual([error.code, error.reason], [2, 'sealed']);
  }
  assert.equal((await ask(service, `/mail/main.eA.${'A'.repeat(43)}`)).status, 503);
  held.source = testKey(world);
  world.wall.advance(5000);
  assert.equal(await vault.unseal(), true);
  assert.equal((await ask(service, '/health')).status, 200);
});

test('bad input is refused in one sentence, and nothing is done', async (t) => {
  const { client, service, vault } = await scene(t);
  const key = await addApiKey(vault.parts, 'main', { name: 'x', rights: ['read', 'manage', 'operate'] });
  const send = async (path: string, method: string, body?: string) => {
    const answer = await ask(service, path, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body !== undefined && { body }),
    });
    return [answer.status, ((await answer.json()) as { error?: { message: string } }).error?.message];
  };
  assert.deepEqual(await send('/v1/connections?limit=x', 'GET'), [400, '`limit` must be a whole number.']);
  assert.deepEqual(await send('/v1/connections?limit=1&limit=2', 'GET'), [400, 'A field is given twice.']);
  assert.deepEqual(await send('/v1/connections?state=fine', 'GET').then(([status]) => status), 400);
  assert.deepEqual(await send('/v1/mail', 'PATCH', '{"team":'), [400, 'The body must be an object of JSON.']);
  assert.deepEqual(await send('/v1/mail', 'PATCH', '{"__proto__x":1}'), [400, 'There is no field `__proto__x`.']);
  assert.equal((await send('/v1/mail', 'PATCH', '{"team":["a@b.example\\r\\nBcc: x@y.example"]}'))[0], 400);
  assert.equal((await send('/v1/mail', 'PATCH', '{"timeZone":"Mars/Olympus"}'))[0], 400);
  assert.equal((await send('/v1/webhooks', 'POST', '{"url":"http://10.0.0.1/"}'))[0], 200, 'this one may be local');
  assert.equal((await send('/v1/webhooks', 'POST', '{"url":"https://u:p@h.example/"}'))[0], 400);
  assert.equal((await send('/v1/webhooks', 'POST', `{"url":"${'x'.repeat(33 * 1024 * 1024)}"}`))[0], 413);
  const manager = await client('manage', 'read');
  assert.deepEqual((await manager.setMailSettings({ team: ['team@example.com'], language: 'de' })).team, [
    'team@example.com',
  ]);
  assert.equal((await manager.mailSettings()).language, 'de');
});

test('nobody gets mails any more who says so by the link of a mail, with one click or on its page, and can take it back', async (t) => {
  const world = await scene(t);
  await world.connection('shop');
  await dies(world, 'shop');
  await world.pass(30);
  const { email } = await world.post.next();
  const link = /https:\/\/vault\.example(\/mail\/\S+)/.exec(email.text ?? '')?.[1] ?? '';
  const page = await ask(world.service, link);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
  assert.match(await page.text(), /No more mails to <bdi>ann@example\.com<\/bdi>\?/);
  const post = (body: string) =>
    ask(world.service, link, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  assert.match(await (await post('List-Unsubscribe=One-Click')).text(), /You won’t get any more mails/);
  await world.pass(86_400 * 2);
  await dies(world, 'shop');
  await world.pass(60);
  assert.equal(world.post.waiting(), 0);
  assert.match(await (await post('decision=continue')).text(), /You’ll get mails again/);
  await world.pass(86_400);
  await dies(world, 'shop');
  await world.pass(60);
  assert.equal(world.post.waiting(), 1);
  for (const bad of [link.slice(0, -1), link.replace('main', 'other'), '/mail/x'])
    assert.equal((await ask(world.service, bad)).status, 404, bad);
});

test('the description for machines names every call, its fields and nothing else', () => {
  const { paths } = openApi() as { paths: Record<string, Record<string, { operationId: string }>> };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
  );
  const wanted = Object.entries(calls).map(([name, { method, path }]) => `${name} ${method} ${path}`);
  assert.deepEqual(described.sort(), wanted.sort());
});

test('figures for monitoring count connections and deliveries, by no name', async (t) => {
  const world = await scene(t);
  await world.connection('shop');
  const key = await addApiKey(world.vault.parts, 'main', { name: 'x', rights: ['operate'] });
  const answer = await ask(world.service, '/metrics', { headers: { authorization: `Bearer ${key}` } });
  const text = await answer.text();
  assert.match(text, /^hallpass_vault_connections\{state="healthy",kind="\w+"\} 1$/m);
  assert.doesNotMatch(text, /shop/);
});
