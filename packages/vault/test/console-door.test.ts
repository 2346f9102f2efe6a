// These tests are about the door of the console: a browser that shows a key gets a session, which only pages of this vault
// can use, which has the rights of the key at each call, and which ends with it.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { calls, type Right, rights } from '@hallpass/vault/client';
import { memoryPlace } from '../../db/test/databases.ts';
import type { Call } from '../src/client/calls/call.ts';
import type { Vault } from '../src/index.ts';
import { addApiKey, listApiKeys, removeApiKey } from '../src/service/api-keys.ts';
import { SESSION_LIFE, SESSIONS_OF_KEY } from '../src/service/console/sessions.ts';
import { REVEALS } from '../src/service/reveal.ts';
import { createService, type Service } from '../src/service/service.ts';
import { fillVault, idOf, tokenOf } from './filled-vault.ts';
import { openVault } from './vaults.ts';

const base = 'https://vault.example';
const ours = { origin: base, 'sec-fetch-site': 'same-origin' };

interface Scene {
  vault: Vault;
  world: Awaited<ReturnType<typeof openVault>>['world'];
  service: Service;
  /** A browser that is signed in by a key with these rights. */
  browser(...granted: Right[]): Promise<Browser>;
}

interface Browser {
  /** `__Host-…=…`, as it is sent. */
  cookie: string;
  key: string;
  ask(path: string, init?: Pick<RequestInit, 'method'>): Promise<Response>;
}

async function scene(t: TestContext, tenant = 'main'): Promise<Scene> {
  const { vault, world } = await openVault(memoryPlace());
  t.after(() => vault.close());
  await fillVault(vault.parts, 3);
  const service = createService({
    vault,
    console: {
      html: (nonce) => `<script nonce="${nonce}"></script>`,
      assets: new Map([
        ['assets/a.js', { type: 'text/javascript', body: Buffer.from('plain'), brotli: Buffer.from('small') }],
      ]),
    },
  });
  return {
    vault,
    world,
    service,
    async browser(...granted) {
      const key = await addApiKey(vault.parts, tenant, { name: 'desk', rights: granted });
      const { cookie } = await signIn(service, key);
      const asking = (path: string, init: Pick<RequestInit, 'method'> = {}) =>
        service.fetch(new Request(`${base}${path}`, { ...init, headers: { ...ours, cookie } }));
      return { cookie, key, ask: asking };
    },
  };
}

async function signIn(service: Service, key: string, headers: Record<string, string> = ours) {
  const body = JSON.stringify({ key });
  const answer = await service.fetch(new Request(`${base}/console/session`, { method: 'POST', headers, body }));
  const line = answer.headers.get('set-cookie') ?? '';
  return { answer, line, cookie: line.split(';')[0] ?? '' };
}

test('a key is exchanged for a cookie that no script and no other site can use, and that holds no part of the key', async (t) => {
  const { vault, service } = await scene(t);
  const key = await addApiKey(vault.parts, 'main', { name: 'desk', rights: ['read'] });
  const { answer, line } = await signIn(service, key);
  assert.equal(answer.status, 200);
  assert.match(line, /^__Host-hp_vault=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=28800$/);
  const session = (await answer.json()) as { tenant: string; rights: string[]; key: { name: string } };
  assert.deepEqual([session.tenant, session.rights, session.key.name], ['main', ['read'], 'desk']);
  assert.ok(!`${line}${JSON.stringify(session)}`.includes(key.slice(21)));
  const value = /=([\w-]{43});/.exec(line)?.[1] ?? assert.fail();
  const stored = JSON.stringify(await vault.parts.db.read.selectFrom('console_sessions').selectAll().execute());
  assert.ok(!stored.includes(value), 'what is stored of a session opens nothing');
});

test('a wrong key, a withdrawn key and a body that is none begin no session', async (t) => {
  const { vault, service } = await scene(t);
  const gone = await addApiKey(vault.parts, 'main', { name: 'gone', rights: ['read'] });
  const [known] = await listApiKeys(vault.parts, 'main');
  await removeApiKey(vault.parts, 'main', known?.id ?? '');
  for (const key of ['', 'x', gone, `hpv_${'0'.repeat(16)}_${'A'.repeat(43)}`, 'x'.repeat(5000)]) {
    const { answer, line } = await signIn(service, key);
    assert.deepEqual([answer.status, line, answer.headers.get('www-authenticate')], [401, '', null], key.slice(0, 30));
  }
  const none = await service.fetch(
    new Request(`${base}/console/session`, { method: 'POST', headers: ours, body: '[' }),
  );
  assert.equal(none.status, 401);
  assert.deepEqual(await vault.parts.db.read.selectFrom('console_sessions').selectAll().execute(), []);
});

test('WP-03: with the cookie of a session, pages of other sites and other ports make no call, begin none and end none', async (t) => {
  const { service, browser } = await scene(t);
  const { cookie, key, ask } = await browser('read', 'manage', 'operate', 'reveal');
  const strange: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://other.vault.example', 'sec-fetch-site': 'same-site' },
    { origin: 'https://vault.example:8443', 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'null' },
    { origin: base, 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of strange) {
    for (const [name, { method, path }] of Object.entries(calls)) {
      const at = `${base}/console${path.replace(/\{\w+\}/g, idOf(0))}`;
      const answer = await service.fetch(new Request(at, { method, headers: { ...headers, cookie } }));
      assert.equal(answer.status, 403, `${name} ${JSON.stringify(headers)}`);
    }
    for (const method of ['GET', 'DELETE'])
      assert.equal(
        (await service.fetch(new Request(`${base}/console/session`, { method, headers: { ...headers, cookie } })))
          .status,
        403,
      );
    assert.equal((await signIn(service, key, headers)).answer.status, 403);
  }
  assert.equal((await ask('/console/v1/connections')).status, 200);
});

test('below /v1 no cookie opens anything, and below /console no key does', async (t) => {
  const { service, browser } = await scene(t);
  const { cookie, key } = await browser('read');
  const plain = await service.fetch(new Request(`${base}/v1/connections`, { headers: { ...ours, cookie } }));
  assert.equal(plain.status, 401);
  const authorization = `Bearer ${key}`;
  const door = await service.fetch(
    new Request(`${base}/console/v1/connections`, { headers: { ...ours, authorization } }),
  );
  assert.equal(door.status, 401);
});

test('a session has the rights that its key has at each call, and no others', async (t) => {
  const { vault, browser } = await scene(t);
  for (const [name, { method, path, right }] of Object.entries(calls)) {
    const others = Object.keys(rights).filter((one): one is Right => one !== right);
    const { ask } = await browser(...others);
    const answer = await ask(`/console${path.replace(/\{\w+\}/g, 'x')}`, { method });
    assert.equal(answer.status, 403, name);
    assert.match(await answer.text(), /no_right/, name);
  }
  const { ask } = await browser('read');
  assert.equal((await ask('/console/v1/connections')).status, 200);
  await vault.parts.db.act(({ tx }) => tx.updateTable('api_keys').set({ rights: '[]' }).execute());
  assert.equal((await ask('/console/v1/connections')).status, 403);
});

test('a session ends when its browser signs out, with its key, and after eight hours', async (t) => {
  const { vault, world, browser } = await scene(t);
  const list = ({ ask }: Browser) => ask('/console/v1/connections').then(({ status }) => status);
  const [out, withdrawn, long] = [await browser('read'), await browser('read'), await browser('read')];
  const ended = await out.ask('/console/session', { method: 'DELETE' });
  assert.match(ended.headers.get('set-cookie') ?? '', /^__Host-hp_vault=; .*Max-Age=0$/);
  assert.equal(await list(out), 401, 'also a copy of its cookie');
  await removeApiKey(vault.parts, 'main', withdrawn.key.slice(4, 20));
  assert.equal(await list(withdrawn), 401);
  await world.clock.advance(SESSION_LIFE - 1);
  assert.equal(await list(long), 200);
  await world.clock.advance(1);
  assert.equal(await list(long), 401);
});

test('a key is signed in with in few browsers at a time, and the oldest gives way', async (t) => {
  const { world, service, browser } = await scene(t);
  const first = await browser('read');
  for (let n = 0; n < SESSIONS_OF_KEY; n++) {
    await world.clock.advance(1);
    await signIn(service, first.key);
  }
  assert.equal((await first.ask('/console/session')).status, 401);
});

test('VT-07: a session of one tenant sees and reaches nothing of another', async (t) => {
  const { browser } = await scene(t, 'other');
  const { ask } = await browser('read', 'manage', 'operate', 'reveal', 'connect');
  assert.deepEqual(
    ((await (await ask('/console/v1/connections')).json()) as { connections: unknown[] }).connections,
    [],
  );
  for (const [name, { method, path, fields }] of Object.entries<Call>(calls)) {
    if (!path.includes('/connections/{id}')) continue;
    const [theirs, nobodys] = await Promise.all(
      [idOf(0), 'nobody'].map(async (id) => {
        const at = path.replace(/\{(\w+)\}/g, (_, field: string) => fields[field]?.oneOf?.[0] ?? id);
        const answer = await ask(`/console${at}`, { method });
        return [answer.status, (await answer.text()).replaceAll(id, 'ID')];
      }),
    );
    assert.deepEqual(theirs, nobodys, name);
    assert.equal(theirs?.[0], 404, name);
  }
});

test('VT-02: pages get a token by reveal alone, for a key with that right, written down and limited', async (t) => {
  const { world, browser } = await scene(t);
  const id = idOf(0);
  const reader = await browser('read', 'manage', 'operate', 'connect');
  for (const [, { method, path }] of Object.entries(calls)) {
    if (method !== 'GET') continue;
    const answer = await reader.ask(`/console${path.replace('{id}', id)}`);
    assert.ok(!(await answer.text()).includes(tokenOf(id).slice(-40)), path);
  }
  const reveal = ({ ask }: Browser) => ask(`/console/v1/connections/${id}/reveal`, { method: 'POST' });
  assert.equal((await reveal(reader)).status, 403);
  const revealer = await browser('read', 'reveal');
  for (let n = 0; n < REVEALS; n++) assert.deepEqual(await (await reveal(revealer)).json(), { token: tokenOf(id) });
  assert.equal((await reveal(revealer)).status, 429);
  const told = (await (await revealer.ask(`/console/v1/connections/${id}/events?limit=200`)).json()) as {
    events: { kind: string; facts: { by?: string } }[];
  };
  const revealed = told.events.filter(({ kind }) => kind === 'revealed');
  assert.equal(revealed.length, REVEALS);
  assert.equal(revealed[0]?.facts.by, revealer.key.slice(4, 20));
  assert.equal(world.lines.filter((line) => line.includes('"vault.revealed"')).length, REVEALS);
  assert.ok(!JSON.stringify([world.lines, told]).includes(tokenOf(id).slice(-40)));
});

test('the document of every page is sent to everybody under a policy with a new nonce, and its files may be kept', async (t) => {
  const { service } = await scene(t);
  const get = (path: string, headers = {}) => service.fetch(new Request(`${base}${path}`, { headers }));
  const nonces = new Set<string>();
  for (const path of ['/console', '/console/connections/x', '/console/nothing']) {
    const answer = await get(path);
    assert.equal(answer.status, 200, path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? assert.fail(path);
    assert.equal(await answer.text(), `<script nonce="${nonce}"></script>`);
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
    assert.deepEqual(
      [answer.headers.get('x-frame-options'), answer.headers.get('cache-control')],
      ['DENY', 'no-store'],
    );
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 3);
  const small = await get('/console/assets/a.js', { 'accept-encoding': 'gzip, br' });
  assert.deepEqual([small.headers.get('content-encoding'), await small.text()], ['br', 'small']);
  const plain = await get('/console/assets/a.js');
  assert.deepEqual([plain.headers.get('content-encoding'), await plain.text()], [null, 'plain']);
  assert.match(plain.headers.get('cache-control') ?? '', /immutable/);
  assert.equal((await get('/console/v1/nothing', ours)).status, 404);
});
