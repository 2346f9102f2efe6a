// Commands on a SQLite vault while its service runs: they ask the service, by a socket that only the owner of the data can
// open, and never write beside it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, running, stopped, temporary } from '../command.ts';

test('a running vault carries out the commands of its operator, and two processes never write to one SQLite vault', async (t) => {
  const folder = temporary(t);
  const [data = '', secret = '', file = ''] = ['vault', 'secret', 'backup.jsonl'].map((name) => join(folder, name));
  writeFileSync(secret, '8f1c5be29d7340a6b1e7c45d02f9a36b', { mode: 0o600 });
  const vault = (...args: string[]) => hallpass(['vault', ...args, '--data', data]);
  assert.equal((await vault('apps', 'set', '1384720956120447', '--secret-file', secret)).code, 0);
  const serve = ['vault', 'serve', '--data', data, '--port', '0', '--sweep-every', '0'];
  const service = await running(serve);
  const socket = join(data, 'operator.sock');
  assert.deepEqual([statSync(data).mode & 0o777, statSync(socket).mode & 0o777], [0o700, 0o600]);

  const { out: key } = await vault('api-keys', 'add', 'trial', '--rights', 'read');
  const far = { HALLPASS_VAULT_URL: service.ready.url, HALLPASS_VAULT_API_KEY: key.trim() };
  assert.equal(
    (await hallpass(['vault', 'apps', 'list'], { env: far })).code,
    0,
    'the service knows the new key at once',
  );
  assert.match((await vault('api-keys', 'list')).out, / trial +read /);
  assert.match((await vault('apps', 'list')).out, /1384720956120447/);
  const backup = await vault('backup', file, '--json');
  assert.equal(backup.code, 0, backup.err);
  const { rows } = JSON.parse(backup.out) as { rows: number };
  assert.equal(readFileSync(file, 'utf8').trimEnd().split('\n').length, rows + 2);
  const second = await hallpass(serve);
  assert.equal(second.code, 3);
  assert.match(second.err, /is in use by another process/);
  const without = await vault('tenants', 'list');
  assert.deepEqual([without.code, /is in use by another process/.test(without.err)], [3, true]);

  await stopped(service);
  assert.equal(existsSync(socket), false);
  assert.match((await vault('api-keys', 'list')).out, / trial +read /, 'afterwards a command opens the vault itself');
  const restored = await hallpass([
    'vault',
    'restore',
    file,
    '--data',
    join(folder, 'restored'),
    '--key-file',
    join(data, 'master.key'),
  ]);
  assert.equal(restored.code, 0, restored.err);
});
