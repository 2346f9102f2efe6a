// These tests are about the sources of the master key, and what each source says when it is not to be had.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Secret } from '@hallpass/protocol';
import {
  keyFromFile,
  keyFromPassphrase,
  keyFromText,
  keyFromTransit,
  type MasterKeySource,
  MasterKeyUnavailable,
  type TransitOptions,
} from '@hallpass/vault';
import { createOutbound, nodeWorld } from '@hallpass/world';
import { startKeyService } from './key-service.ts';

const { random, wall } = nodeWorld();
const plain = new Uint8Array(Buffer.from('a key of the vault, and its id'));

const isUnavailable =
  (words: RegExp) =>
  (error: unknown): boolean =>
    error instanceof MasterKeyUnavailable && words.test(error.message);

async function roundTrip(source: MasterKeySource): Promise<string> {
  const wrapped = await source.wrap(plain);
  assert.deepEqual(Buffer.from(await source.unwrap(wrapped)), Buffer.from(plain));
  assert.doesNotMatch(wrapped, /a key of the vault/);
  assert.doesNotMatch(wrapped, new RegExp(Buffer.from(plain).toString('base64url').slice(0, 12)));
  return wrapped;
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'hallpass-key-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('a key file is made where asked for, read anew at each use, and wraps with its first line', async (t) => {
  const path = join(folder(t), 'key');
  await assert.rejects(keyFromFile(path, { random }).wrap(plain), isUnavailable(/missing/));
  const source = keyFromFile(path, { random, create: true });
  const wrapped = await roundTrip(source);
  const first = readFileSync(path, 'utf8');
  const line = `new1 ${Buffer.alloc(32, 7).toString('base64url')}\n`;
  writeFileSync(path, line + first, { mode: 0o600 });
  assert.deepEqual(Buffer.from(await source.unwrap(wrapped)), Buffer.from(plain));
  assert.match(await source.wrap(plain), /^s2\.new1\./);
  writeFileSync(path, line);
  await assert.rejects(source.unwrap(wrapped), isUnavailable(/isn.t the one/));
  writeFileSync(path, 'nonsense\n');
  await assert.rejects(source.unwrap(wrapped), isUnavailable(/damaged/));
  chmodSync(path, 0o644);
  await assert.rejects(source.unwrap(wrapped), isUnavailable(/open to others/));
});

test('a key as text must be 32 bytes in base64url', async () => {
  const of = (text: string) => keyFromText(new Secret(text), { random, label: 'HALLPASS_VAULT_KEY' });
  const wrapped = await roundTrip(of(Buffer.alloc(32, 1).toString('base64url')));
  await assert.rejects(of(Buffer.alloc(32, 2).toString('base64url')).unwrap(wrapped), isUnavailable(/isn.t the one/));
  for (const bad of ['', 'short', Buffer.alloc(33, 1).toString('base64url'), `${'!'.repeat(43)}`])
    await assert.rejects(of(bad).wrap(plain), isUnavailable(/43 characters/));
});

test('a passphrase is stretched with a salt, means the same in each form of its letters, and may not be short', async () => {
  const of = (text: string) => keyFromPassphrase(new Secret(text), { random });
  const wrapped = await roundTrip(of('correct horse battery st\u00e4ple'));
  assert.deepEqual(Buffer.from(await of('correct horse battery sta\u0308ple').unwrap(wrapped)), Buffer.from(plain));
  await assert.rejects(of('correct horse battery staple').unwrap(wrapped), isUnavailable(/isn.t the one/));
  await assert.rejects(of('short').wrap(plain), isUnavailable(/16 characters/));
  await assert.rejects(
    of('correct horse battery staple').unwrap('s1.x.y.z'),
    isUnavailable(/wasn't created with a passphrase/),
  );
});

test('a key service wraps and unwraps over HTTP, and says why when it does not', async (t) => {
  const service = await startKeyService();
  t.after(() => service.close());
  const options: TransitOptions = {
    address: service.address,
    key: 'hallpass',
    token: new Secret(service.token),
    outbound: createOutbound({ wall }),
  };
  const source = keyFromTransit(options);
  const wrapped = await roundTrip(source);
  assert.match(wrapped, /^vault:v1:/);
  service.status = 503;
  await assert.rejects(source.unwrap(wrapped), isUnavailable(/sealed itself/));
  service.status = 500;
  await assert.rejects(source.unwrap(wrapped), isUnavailable(/status 500/));
  service.status = 200;
  await assert.rejects(source.unwrap(wrapped), isUnavailable(/something unexpected/));
  service.status = undefined;
  const stranger = keyFromTransit({ ...options, token: new Secret('hvs.other') });
  await assert.rejects(stranger.wrap(plain), isUnavailable(/status 403/));
  await assert.rejects(source.unwrap('s1.x.y.z'), isUnavailable(/isn.t the one/));
  const away = keyFromTransit({ ...options, address: 'http://127.0.0.1:1' });
  await assert.rejects(away.unwrap(wrapped), isUnavailable(/can.t be reached/));
  for (const { message } of [await source.unwrap('vault:v1:AAAA').catch((error: Error) => error)] as Error[])
    assert.doesNotMatch(message, /hvs\./);
});
