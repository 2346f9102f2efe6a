// Two services of one vault on a real PostgreSQL, behind one address that sends each request to the next of them: what one
// of them begins the other ends, and one that is killed is not missed.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { openDatabase } from '@hallpass/db';
import { createEmulator, demoSeed, type Emulator } from '@hallpass/emulator';
import { Secret } from '@hallpass/protocol';
import { addApiKey, createVault, keyFromText, type Vault } from '@hallpass/vault';
import { createVaultClient, type VaultClient, VaultError } from '@hallpass/vault/client';
import { nodeWorld } from '@hallpass/world';
import { fillVault, idOf, tokenOf } from '../../../vault/test/filled-vault.ts';
import { type Running, running, stopped } from '../command.ts';
import { type Balancer, startBalancer } from './balancer.ts';

const app = { id: '1384720956120447', secret: '8f1c5be29d7340a6b1e7c45d02f9a36b' };
const masterKey = randomBytes(32).toString('base64url');
/** Values of a change of keys that takes long enough for one of two processes to be killed in it. */
const MANY = 1500;

suite('two services of one vault, asked in turn', () => {
  let emulator: Emulator;
  let balancer: Balancer;
  let services: Running[];
  /** The same vault in this process, for what an operator does. */
  let operator: Vault;
  let key: string;
  let directory: string;
  let client: VaultClient;

  before(async () => {
    const given = process.env['DATABASE_URL'];
    if (given === undefined) throw new Error('DATABASE_URL is not set: run this suite by `npm test -- db`');
    const schema = `test_${randomBytes(6).toString('hex')}`;
    const world = nodeWorld();
    await (await openDatabase({ kind: 'postgres', url: given, schema, wall: world.wall })).close();
    const url = `${given}${given.includes('?') ? '&' : '?'}options=${encodeURIComponent(`-c search_path=${schema}`)}`;
    emulator = await createEmulator({ seed: demoSeed(), outbound: false });
    balancer = await startBalancer();
    const env = { DATABASE_URL: url, HALLPASS_VAULT_KEY: masterKey };
    directory = mkdtempSync(join(tmpdir(), 'hallpass-'));
    const serve = (name: string) => {
      const place = ['--data', join(directory, name), '--port', '0', '--sweep-every', '0'];
      return running(['vault', 'serve', ...place, '--public-url', balancer.url, '--log-level', 'error'], { env });
    };
    services = await Promise.all([serve('one'), serve('two')]);
    balancer.targets.push(...services.map(({ ready }) => ready.url));
    operator = await createVault({
      database: { kind: 'postgres', url: given, schema },
      masterKey: keyFromText(new Secret(masterKey), { random: world.random, label: 'this test' }),
      world,
    });
    const rights = ['read', 'connect', 'manage', 'reveal', 'operate'] as const;
    key = await addApiKey(operator.parts, 'main', { name: 'test', rights });
    client = createVaultClient({ base: balancer.url, key });
    await client.putApp({
      id: app.id,
      secret: app.secret,
      graphBase: emulator.url,
      dialogBase: `${emulator.url}/dialog/oauth`,
    });
  });
  after(async () => {
    balancer.close();
    await Promise.all(services.map(stopped));
    await operator.close();
    await emulator.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A trip through the dialog, as a browser makes it: the answer goes to the other process than the question. */
  async function throughDialog(url: string): Promise<string> {
    const { code = '' } = await emulator.people.get('Ana').answerDialog(url.slice(emulator.url.length));
    const state = new URL(url).searchParams.get('state') ?? '';
    const page = await fetch(`${balancer.url}/callback?${new URLSearchParams({ state, code })}`);
    assert.equal(page.status, 200);
    return page.text();
  }

  async function connect(): Promise<string> {
    const redirectUri = 'http://localhost:3000/auth/callback';
    const { url } = await client.connect({ appId: app.id, name: 'Ana', wantedScopes: ['email'], redirectUri });
    await throughDialog(url);
    const { connections } = await client.list({ search: 'Ana' });
    return connections[0]?.id ?? '';
  }

  test('a dialog that began at one ends at the other, and a change at one is seen at once at the other', async () => {
    const id = await connect();
    assert.equal(new Set(balancer.asked).size, 2, 'both were asked');
    for (let turn = 0; turn < 6; turn++) {
      await client.get({ id });
      await client.update({ id, name: `Ana ${turn}` });
      // The next call goes to the process that read the old name a moment ago.
      assert.equal((await client.get({ id })).name, `Ana ${turn}`);
      assert.equal((await client.get({ id })).name, `Ana ${turn}`);
    }
    await client.remove({ id });
    for (let turn = 0; turn < 2; turn++) await assert.rejects(client.get({ id }), refusal('unknown_connection'));
  });

  test('a link of a mail opens at one and leads on at the other; used once, it is used at both', async () => {
    const id = await connect();
    await operator.parts.db.act(({ tx }) =>
      tx
        .updateTable('connections')
        .set({ state: 'needs_person', advice: 'log_in_again' })
        .where('id', '=', id)
        .execute(),
    );
    const { reconnectUrl: link = '' } = await client.get({ id });
    assert.ok(link.startsWith(`${balancer.url}/reconnect/`));
    const page = await fetch(link);
    assert.equal(page.status, 200);
    const led = await fetch(link, { method: 'POST', redirect: 'manual' });
    assert.equal(led.status, 303);
    const { url } = await client.reconnect({ id, redirectUri: 'http://localhost:3000/auth/callback' });
    assert.match(await throughDialog(url), /Ana/);
    for (let turn = 0; turn < 2; turn++) assert.doesNotMatch(await (await fetch(link)).text(), /<form/);
    assert.equal((await client.get({ id })).state, 'healthy');
    await client.remove({ id });
  });

  test('a browser that signs in at one is known to the other, and signed out at both', async () => {
    const at = `${balancer.url}/console/session`;
    const own = { origin: balancer.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const signedIn = await fetch(at, { method: 'POST', headers: own, body: JSON.stringify({ key }) });
    assert.equal(signedIn.status, 200);
    const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';');
    for (let turn = 0; turn < 4; turn++) assert.equal((await fetch(at, { headers: { ...own, cookie } })).status, 200);
    await fetch(at, { method: 'DELETE', headers: { ...own, cookie } });
    for (let turn = 0; turn < 2; turn++) assert.equal((await fetch(at, { headers: { ...own, cookie } })).status, 401);
  });

  test('VT-02: the limit of reveals is one for both', async () => {
    await fillVault(operator.parts, MANY);
    const id = idOf(0);
    const shown = Array.from({ length: 30 }, () => client.reveal({ id }));
    for (const { token } of await Promise.all(shown)) assert.equal(token, tokenOf(id));
    for (let turn = 0; turn < 2; turn++) await assert.rejects(client.reveal({ id }), refusal('too_many'));
  });

  test('one is killed while it changes the keys: the other goes on with it, and nobody is refused', async () => {
    const [first] = await client.listKeys().then(({ keys }) => keys);
    let killed: Running | undefined;
    const rotating = createVaultClient({
      base: balancer.url,
      key,
      progress() {
        // The last request that was taken is the one that rotates.
        killed ??= services.find(({ ready }) => ready.url === balancer.asked.at(-1));
        killed?.signal('SIGKILL');
      },
    });
    await assert.rejects(rotating.rotateKeys());
    assert.ok(killed, 'one was killed in the middle');
    await killed.ended;
    for (let turn = 0; turn < 4; turn++) assert.equal((await client.get({ id: idOf(turn) })).state, 'healthy');
    const halfway = await client.listKeys();
    assert.equal(halfway.keys.length, 2, 'the change was not finished');

    const done = await client.rotateKeys();
    assert.deepEqual([done.left, done.unreadable], [0, 0]);
    assert.ok(done.deleted.includes(first?.id ?? ''));
    assert.notEqual(done.activeKey, first?.id);
    assert.equal((await client.list({ limit: 1 })).connections.length, 1);
    await operator.parts.keys.reload();
    assert.equal(await operator.use(idOf(MANY - 1), (token) => token.open()), tokenOf(idOf(MANY - 1)));
  });
});

const refusal = (reason: string) => (error: unknown) => error instanceof VaultError && error.reason === reason;
