// These tests are about the platform as a process: it does not start where others could read its secrets, and takes
// them from files (SC-05, ST-03).
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, running, temporary } from '../command.ts';

const others: readonly [title: string, env: Record<string, string>, names: RegExp][] = [
  ['certificates that nobody looks at', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /NODE_TLS_REJECT_UNAUTHORIZED/],
  ['a debugger', { NODE_OPTIONS: '--inspect=127.0.0.1:0' }, /--inspect/],
  ['requests that are printed', { NODE_DEBUG: 'http,net' }, /NODE_DEBUG/],
  ['keys of TLS that are written down', { NODE_OPTIONS: '--tls-keylog=/dev/null' }, /--tls-keylog/],
];

for (const [title, env, names] of others)
  test(`SC-05: the platform does not start with ${title}`, async (t) => {
    const data = join(temporary(t), 'data');
    const { code, out, err } = await hallpass(['serve', '--data', data, '--port', '0'], { env });
    assert.equal(code, 3, err);
    assert.equal(out, '');
    assert.match(err, names);
    assert.equal(existsSync(data), false, 'nothing was made');
  });

test('SC-05: a developer may debug a server on a loopback address, and no other', async (t) => {
  const data = join(temporary(t), 'data');
  const env = { NODE_OPTIONS: '--inspect=127.0.0.1:0', HALLPASS_ALLOW_DEBUGGING: 'true' };
  const server = await running(['serve', '--data', data, '--port', '0'], { env });
  server.signal('SIGINT');
  server.signal('SIGTERM');
  await server.ended;
  const open = await hallpass(
    ['serve', '--data', data, '--port', '0', '--host', '0.0.0.0', '--public-url', 'https://id.example.com'],
    { env },
  );
  assert.equal(open.code, 3);
  assert.match(open.err, /--inspect/);
});

test('SC-05: ranges of proxies that are everybody are refused, also as a sum', async (t) => {
  const data = join(temporary(t), 'data');
  for (const ranges of [
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1,128.0.0.0/1',
    '::ffff:0:0/96',
    '2000::/3',
    '10.0.0.1/8',
    'fe80::1%eth0',
  ]) {
    const { code, err } = await hallpass(['serve', '--data', data, '--port', '0', '--trusted-proxies', ranges]);
    assert.equal(code, 3, ranges);
    assert.match(err, /trustedProxies \(HALLPASS_TRUSTED_PROXIES\)/);
    assert.ok(!err.includes(ranges.split(',')[0] ?? ''), err);
  }
  assert.equal(existsSync(data), false, 'nothing was made');
});

test('SC-05: SIGUSR1 opens no debugger', { skip: process.platform === 'win32' }, async (t) => {
  const server = await running(['serve', '--data', join(temporary(t), 'data'), '--port', '0']);
  server.signal('SIGUSR1');
  for (let calls = 0; calls < 20; calls++) assert.equal((await fetch(`${server.ready.url}/_/health`)).status, 200);
  server.signal('SIGINT');
  server.signal('SIGTERM');
  const { err } = await server.ended;
  assert.doesNotMatch(err, /Debugger listening/);
});

test('ST-03: the address of the database is taken from a file that only its owner may read', async (t) => {
  const directory = temporary(t);
  const data = join(directory, 'data');
  const file = join(directory, 'database-url');
  const refused = async (env: Record<string, string> = {}): Promise<string> => {
    const { code, err } = await hallpass(['serve', '--data', data, '--port', '0', '--database-url-file', file], {
      env,
    });
    assert.equal(code, 3, err);
    assert.doesNotMatch(err, /hidden/);
    return err;
  };
  assert.match(await refused(), /There is no file /);
  writeFileSync(file, 'postgres://user:hidden@127.0.0.1:1/db\n', { mode: 0o600 });
  chmodSync(file, 0o640);
  assert.match(await refused(), /is open to others \(mode 0640\)/);
  chmodSync(file, 0o600);
  assert.match(await refused({ DATABASE_URL: 'postgres://other:hidden@127.0.0.1:1/db' }), /DATABASE_URL is set too/);
  assert.doesNotMatch(
    await refused(),
    /open to others|missing|must/,
    'the file is used: only the database cannot be reached',
  );
  writeFileSync(file, 'mysql://user:hidden@127.0.0.1/db');
  assert.match(await refused(), /databaseUrlFile .*must begin with postgres/);
  writeFileSync(file, 'postgres://a\npostgres://hidden');
  assert.match(await refused(), /must hold one line/);
  const explained = await hallpass(['config', 'explain', '--json', '--database-url-file', file]);
  assert.doesNotMatch(explained.out, /hidden/);
  assert.match(explained.out, /"databaseUrlFile"/);
});

test('ST-03: a database file that is open to others is refused', async (t) => {
  const data = join(temporary(t), 'data');
  const server = await running(['serve', '--data', data, '--port', '0']);
  server.signal('SIGINT');
  server.signal('SIGTERM');
  await server.ended;
  const file = join(data, 'hallpass.db');
  chmodSync(file, 0o644);
  const { code, err } = await hallpass(['serve', '--data', data, '--port', '0']);
  assert.equal(code, 3);
  assert.match(err, /database file .* is open to others \(mode 0644\)/);
});

test('ST-03: commands that ask a server take their secrets from files too', async (t) => {
  const directory = join(temporary(t), 'secrets');
  mkdirSync(directory);
  const file = join(directory, 'secret');
  writeFileSync(file, 'hidden\n', { mode: 0o644 });
  const api = await hallpass(['api', 'GET', 'me', '--token-file', file, '--url', 'http://127.0.0.1:1']);
  assert.match(api.err, /is open to others/);
  const exchanged = await hallpass([
    'token',
    'revoke',
    'EAAx',
    '--app-id',
    '1',
    '--app-secret-file',
    file,
    '--url',
    'http://127.0.0.1:1',
  ]);
  assert.match(exchanged.err, /is open to others/);
  assert.doesNotMatch(api.err + exchanged.err, /hidden/);
  assert.equal(readFileSync(file, 'utf8'), 'hidden\n');
});
