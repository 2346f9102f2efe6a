// Commands of the operator act on a platform that runs on SQLite through a socket in its data directory.
import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { hallpass, running, stopped, temporary } from '../command.ts';

const secret = '5'.repeat(32);
const seed = `name: small
people:
  - { key: ana, name: Ana Lopes, email: ana@example.com, password: ana-and-her-bread }
apps:
  - { id: "4001", name: Shop, mode: development, secret: "${secret}", client_token: "${'6'.repeat(32)}", roles: { ana: administrators } }
`;

/** Sends these bytes, and reads the answer until the server ends the connection. */
function said(path: string, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(path);
    socket.on('data', (part) => {
      text += part.toString();
    });
    // A server that cuts the connection while more is written.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
    socket.write(bytes);
  });
}

test('the operator works on a running platform: it obeys at once, and its trail names the user who ordered it', async (t) => {
  const directory = temporary(t);
  const data = join(directory, 'data');
  const file = join(directory, 'small.yaml');
  writeFileSync(file, seed);
  const server = await running(['serve', '--data', data, '--port', '0']);
  t.after(() => server.signal('SIGKILL'));
  const run = (...args: string[]) => hallpass([...args, '--data', data]);
  const answered = async (): Promise<number> =>
    (
      await fetch(
        `${server.ready.url}/oauth/access_token?grant_type=client_credentials&client_id=4001&client_secret=${secret}`,
      )
    ).status;

  const planted = await run('seed', 'plant', file);
  assert.equal(planted.out, 'Planted: 1 person, 1 app, 0 Pages, 0 grants.\n', planted.err);
  assert.equal(await answered(), 200);
  assert.equal((await run('app', 'disable', '4001')).out, 'Disabled Shop.\n');
  assert.equal(await answered(), 400, 'the app is disabled at once');
  const live = await run('app', 'live', '4001');
  assert.equal(live.code, 1);
  assert.match(live.err, /\n {2}a privacy policy: hallpass app set 4001 privacy_policy_url=https/);
  const wrong = await run('app', 'set', '4001', 'require_pkce=perhaps', 'sdk_domain=x');
  assert.deepEqual([wrong.code, wrong.err.trim().split('\n').length], [2, 2], wrong.err);
  const link = await run('person', 'reset-password', 'ana@example.com');
  const address = link.out.trim().split('\n').at(-1) ?? '';
  assert.ok(address.startsWith(`${server.ready.url}/reset?key=`), link.out);
  assert.equal((await fetch(address)).status, 200);

  await t.test('ST-08: its socket answers the owner of the data alone, and nothing but orders', async () => {
    const path = join(data, 'operator.sock');
    assert.deepEqual([statSync(data).mode & 0o777, statSync(path).mode & 0o777], [0o700, 0o600]);
    assert.equal(await said(path, 'GET /me HTTP/1.1\r\nHost: localhost\r\n\r\n'), '');
    assert.equal(await said(path, '{"act":"app.list"}\n'), '');
    const ask = async (request: object) => JSON.parse(await said(path, `${JSON.stringify(request)}\n`));
    for (const request of [
      { act: 'constructor', input: {}, by: 'ana' },
      { act: 'app.set', input: { id: 4001, settings: {} }, by: 'ana' },
      { act: 'app.list', input: {}, by: 'ana\n{"level":"info"}' },
    ])
      assert.match((await ask(request)).refusal.message, /different version/);
    assert.equal((await ask({ act: 'app.list', input: {}, by: 'ana' })).output.json.apps.length, 1);
    assert.equal(await said(path, Buffer.alloc(17 * 1024 * 1024, 'x')), '', 'more than a request may have is cut');
    const many = await Promise.all(Array.from({ length: 40 }, () => said(path, '\n')));
    assert.deepEqual(new Set(many), new Set(['']));
    assert.equal((await ask({ act: 'app.list', input: {}, by: 'ana' })).output.json.apps.length, 1);
  });

  const { err: log } = await stopped(server);
  assert.match(log, /"act":"seed\.plant","by":"[\w.-]+","outcome":"ok","msg":"operator\.act"/);
  for (const hidden of [secret, 'ana-and-her-bread', 'ana@example.com', address.split('=')[1] ?? ''])
    assert.ok(!log.includes(hidden), `${hidden} is not in the log`);
  const trail = new DatabaseSync(join(data, 'hallpass.db'), { readOnly: true });
  const lines = trail.prepare("SELECT name, actor_id FROM events WHERE actor_kind = 'operator'").all();
  trail.close();
  assert.ok(lines.length >= 3);
  for (const { name, actor_id: by } of lines) assert.match(String(by), /^[\w.-]+( \(sudo [\w.-]+\))?$/, String(name));
});

test('the socket that a killed server left is told from that of a living one', async (t) => {
  const data = join(temporary(t), 'data');
  const killed = await running(['serve', '--data', data, '--port', '0']);
  killed.signal('SIGKILL');
  await killed.ended;
  assert.ok(existsSync(join(data, 'operator.sock')));
  const keys = ['keys', 'list', '--data', data, '--json'];
  const offline = await hallpass(keys);
  assert.equal(JSON.parse(offline.out).keys.length, 1, offline.err);
  const server = await running(['serve', '--data', data, '--port', '0']);
  t.after(() => server.signal('SIGKILL'));
  assert.equal(JSON.parse((await hallpass([...keys.slice(0, 1), 'rotate', ...keys.slice(2)])).out).active, 2);
});
