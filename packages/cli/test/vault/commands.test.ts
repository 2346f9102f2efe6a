// These tests are about the commands of a vault as a newcomer uses them, from an empty folder: an app, tokens, a service
// with a key, a reveal that is written down, a backup and its way back.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { createVaultClient } from '@hallpass/vault/client';
import { hallpass, running, stopped, temporary } from '../command.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';

let server: DevServer;
before(async () => {
  server = await startDevServer();
});
after(() => server.close());

/** A server that calls every token dead, as one that errs does. */
async function faultyGraph(t: TestContext): Promise<string> {
  const body = JSON.stringify({ data: { is_valid: false, scopes: [], error: { code: 190, message: 'Ended.' } } });
  const graph = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
  await once(graph, 'listening');
  t.after(() => graph.close());
  return `http://127.0.0.1:${(graph.address() as AddressInfo).port}`;
}

const canary = /EA[A-Za-z]|[0-9a-f]{32}/;

test('a vault goes from an empty folder to a service, a backup and back, and no file of it holds a token', async (t) => {
  const folder = temporary(t);
  const { app, url } = server;
  const [data, secret, list, backup] = ['vault', 'secret', 'tokens.csv', 'backup.jsonl'].map((name) =>
    join(folder, name),
  );
  assert.ok(data && secret && list && backup);
  writeFileSync(secret, app.secret, { mode: 0o600 });
  const token = await server.newToken('email');
  writeFileSync(list, `name,token,owner_email\nAna,${token},ana@example.com\nbroken,EAAnothing,x@example.com\n`);
  const vault = async (...args: string[]) => {
    const ended = await hallpass(['vault', ...args, '--data', data]);
    return ended;
  };

  const none = await vault('backup', backup);
  assert.deepEqual([none.code, none.err.startsWith('There is no vault in ')], [3, true]);
  const base = ['--secret-file', secret, '--graph-base', url, '--dialog-base', `${url}/dialog/oauth`];
  assert.equal((await vault('apps', 'set', app.id, ...base)).code, 0);
  assert.equal(statSync(join(data, 'master.key')).mode & 0o777, 0o600);
  const dry = await vault('import', list, '--dry-run');
  assert.match(dry.out, /^line 2 +Ana +new/m);
  assert.match(dry.out, /^line 3 +broken +refused/m);
  assert.equal((await vault('list')).out, 'There are no connections.\n');
  assert.equal(dry.code, 1, 'a row of the file has to be mended');
  assert.equal((await vault('import', list)).code, 1);
  const { connections } = JSON.parse((await vault('list', '--json')).out) as {
    connections: { id: string; name: string }[];
  };
  assert.deepEqual(
    connections.map(({ name }) => name),
    ['Ana'],
  );
  const id = connections[0]?.id ?? '';
  const doctor = await vault('doctor');
  assert.match(doctor.out, /^MEND {2}mail server: No mail server is set/m);
  assert.equal(doctor.code, 1);

  const key = (await vault('api-keys', 'add', 'test', '--rights', 'read,reveal,operate')).out.trim();
  const service = await running(['vault', 'serve', '--data', data, '--port', '0', '--sweep-every', '0']);
  const client = createVaultClient({ base: service.ready.url, key });
  assert.equal((await client.get({ id })).name, 'Ana');
  assert.equal((await fetch(`${service.ready.url}/health`)).status, 200);
  assert.equal((await fetch(`${service.ready.url}/v1/connections`)).status, 401);
  const far = { HALLPASS_VAULT_URL: service.ready.url, HALLPASS_VAULT_API_KEY: key };
  const shown = await hallpass(['vault', 'reveal', id], { env: far });
  assert.ok(shown.out.trim().startsWith('EAA') && shown.out.trim() !== token, 'it was exchanged for a long-lived one');
  const refused = await hallpass(['vault', 'remove', id, '--json'], { env: far });
  assert.deepEqual([refused.code, JSON.parse(refused.out).error.reason], [1, 'no_right']);
  const { err } = await stopped(service);
  assert.match(err, /"msg":"vault\.revealed"/);
  assert.doesNotMatch(err, canary);

  assert.match((await vault('history', id)).out, /^\S+Z {2}revealed +had its token shown to someone/m);
  assert.equal((await vault('keys', 'rotate', '--dry-run')).code, 0);
  assert.match((await vault('backup', backup)).out, /The master key isn't in it/);
  assert.equal(statSync(backup).mode & 0o777, 0o600);
  for (const file of [backup, join(data, 'vault.db')]) {
    const text = readFileSync(file, 'latin1');
    for (const secretText of [token, shown.out.trim(), app.secret, key.slice(-43)])
      assert.ok(!text.includes(secretText), file);
  }
  const restored = ['--data', join(folder, 'restored'), '--key-file', join(data, 'master.key')];
  const cut = join(folder, 'cut.jsonl');
  writeFileSync(cut, readFileSync(backup, 'utf8').slice(0, -200));
  const broken = await hallpass(['vault', 'restore', cut, ...restored]);
  assert.deepEqual([broken.code, /no whole backup of a vault/.test(broken.err)], [3, true]);
  assert.equal((await hallpass(['vault', 'restore', backup, ...restored])).code, 0);
  assert.equal((await hallpass(['vault', 'reveal', id, ...restored])).out, shown.out);
  const twice = await hallpass(['vault', 'restore', backup, ...restored]);
  assert.match(twice.err, /This vault holds connections: a backup is restored into an empty one/);
  const wrong = await hallpass(['vault', 'list', '--data', join(folder, 'restored')]);
  assert.match(wrong.err, /master key|key file/);
});

test('words of the operator for mails are checked when the service starts', async (t) => {
  const folder = temporary(t);
  const texts = join(folder, 'texts.json');
  for (const [text, words] of [
    ['{', /must hold JSON/],
    ['{"xx":{"subject_died":"{name}"}}', /xx lacks sentences: subject_warned, subject_blocked/],
    ['{"x y":{}}', /x y is no tag of a language/],
    ['{"en":{"subject_dead":"x"}}', /there is no sentence subject_dead/],
  ] as const) {
    writeFileSync(texts, text);
    const ended = await hallpass(['vault', 'serve', '--data', join(folder, 'v'), '--port', '0', '--mail-texts', texts]);
    assert.equal(ended.code, 3, ended.err);
    assert.match(ended.err, words);
  }
  const template = join(folder, 'mail.mjs');
  for (const [text, words] of [
    ['export const mail = 1;', /must export a function as its default/],
    ['export default () => ({ text: "x" });', /must make a subject and a text/],
    ['export default (', /cannot be read/],
  ] as const) {
    writeFileSync(template, text);
    const args = ['vault', 'serve', '--data', join(folder, 'v'), '--port', '0', '--mail-template', template];
    const ended = await hallpass(args);
    assert.deepEqual([ended.code, words.test(ended.err)], [3, true], ended.err);
    renameSync(template, `${template}.${text.length}`);
  }
});

test('a command that needs something of a vault makes none in a directory that was mistyped', async (t) => {
  const folder = join(temporary(t), 'mistyped');
  for (const args of [
    ['list'],
    ['get', '0123456789abcdef'],
    ['doctor'],
    ['keys', 'list'],
    ['remove', 'x'],
    ['sweep'],
  ]) {
    const { code, err } = await hallpass(['vault', ...args, '--data', folder]);
    assert.deepEqual([code, err.includes(`There is no vault in ${folder}.`)], [3, true], err);
  }
  assert.equal(existsSync(folder), false);
});

test('files and services that are not there are told in plain words, and nothing is shown for them', async (t) => {
  const folder = temporary(t);
  const { app, url } = server;
  const secret = join(folder, 'secret');
  writeFileSync(secret, app.secret, { mode: 0o600 });
  const data = join(folder, 'vault');
  const base = ['--secret-file', secret, '--graph-base', url, '--dialog-base', `${url}/dialog/oauth`];
  assert.equal((await hallpass(['vault', 'apps', 'set', app.id, ...base, '--data', data])).code, 0);
  const nowhere = join(folder, 'none', 'file');
  const list = join(folder, 'list.csv');
  writeFileSync(list, `name,token\nApp,${app.id}|${app.secret}\n`);
  assert.equal((await hallpass(['vault', 'import', list, '--data', data])).code, 0);
  for (const [args, code, words] of [
    [['backup', nowhere], 1, /file\.new can't be used: it isn't there, or its directory isn't\./],
    [['export', nowhere], 1, /file\.new can't be used/],
    [['rehearse', '--html', nowhere], 1, /file can't be used/],
    [['restore', folder], 2, /is a directory: name a file in it/],
    [['serve', '--port', '0', '--sweep-every', 'often'], 2, /Write whole seconds, at most 86400/],
    [['connect', app.id, '--owner-email', 'ann', '--public-url', 'http://localhost:1'], 1, /is one address, such as/],
  ] as const) {
    const ended = await hallpass(['vault', ...args, '--data', data]);
    assert.deepEqual([ended.code, words.test(ended.err)], [code, true], ended.err);
    assert.doesNotMatch(ended.err, /Unexpected|ENOENT|EISDIR/);
  }
  // This server says of every token that it has ended: nothing speaks for it, so nobody is told yet.
  const faulty = await faultyGraph(t);
  const moved = ['--secret-file', secret, '--graph-base', faulty, '--dialog-base', `${faulty}/dialog`];
  assert.equal((await hallpass(['vault', 'apps', 'set', app.id, ...moved, '--data', data])).code, 0);
  const id = (await hallpass(['vault', 'list', '--data', data])).out.split('\n')[1]?.split(' ')[0] ?? '';
  const checked = await hallpass(['vault', 'check', id, '--data', data]);
  assert.match(checked.out, /^state +healthy$[^]*^note +This check has changed nothing yet: /m, checked.err);
  const told = await hallpass(['vault', 'history', id, '--data', data]);
  assert.doesNotMatch(told.out, /exported/, 'no token was shown for a file that could not be written');
  const far = { HALLPASS_VAULT_URL: 'http://127.0.0.1:9', HALLPASS_VAULT_API_KEY: 'x' };
  const away = await hallpass(['vault', 'list', '--json'], { env: far });
  assert.deepEqual([away.code, JSON.parse(away.out).error.reason], [1, 'no_answer']);
});
