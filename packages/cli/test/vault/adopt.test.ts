// The commands with which somebody moves from another product into a vault, and back.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { products } from '@hallpass/vault/adopt';
import { addN8nCredential, makeN8n, oldKeys, oldSqlite } from '../../../vault/test/adopt/old-tables.ts';
import { hallpass, temporary } from '../command.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';

let server: DevServer;
before(async () => {
  server = await startDevServer();
});
after(() => server.close());

test('tokens move from the database of n8n into a vault and, once renewed, back into a copy of it', async (t) => {
  const folder = temporary(t);
  const [data, secret, config, sql, csv] = ['vault', 'secret', 'config', 'back.sql', 'tokens.csv'].map((name) =>
    join(folder, name),
  );
  assert.ok(data && secret && config && sql && csv);
  const { app, url } = server;
  const old = oldSqlite();
  t.after(() => old.remove());
  await makeN8n(old);
  const token = await server.newToken('email');
  await addN8nCredential(old, { id: 'Kx1', name: 'Graph', type: 'facebookGraphApi', data: { accessToken: token } });
  await addN8nCredential(old, { id: 'Kx2', name: 'Slack', type: 'slackApi', data: { accessToken: 'xoxb' } });
  writeFileSync(secret, app.secret, { mode: 0o600 });
  writeFileSync(config, JSON.stringify({ encryptionKey: oldKeys.N8N_ENCRYPTION_KEY }));
  const vault = (...args: string[]) => hallpass(['vault', ...args, '--data', data]);
  const base = ['--secret-file', secret, '--graph-base', url, '--dialog-base', `${url}/dialog/oauth`];
  assert.equal((await vault('apps', 'set', app.id, ...base)).code, 0);

  const locked = await vault('adopt', 'n8n', old.file, '--dry-run');
  assert.match(locked.out, /credentials_entity\/Kx1 +Graph +refused +It is encrypted: give N8N_ENCRYPTION_KEY/);
  const taken = await vault('adopt', 'n8n', old.file, '--old-key-file', config);
  assert.match(taken.out, /credentials_entity\/Kx1\/data +Graph +new +c\w+ +It is exchanged for a long-lived token/);
  assert.match(taken.out, /^1 new, 1 left out, because they are of other services or deleted\.$/m);
  const again = await vault('adopt', 'n8n', old.file, '--old-key-file', config, '--json');
  assert.deepEqual(
    again.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { outcome: string }).outcome),
    ['unchanged', 'left_out'],
  );

  const back = ['--back-to', 'n8n', '--from', old.file, '--old-key-file', config];
  assert.match((await vault('export', sql, ...back)).out, /puts tokens into one row/);
  assert.match((await vault('export', csv)).out, /holds one token/);
  assert.match((await vault('export', csv)).err, /already exists: name another file/);
  for (const file of [sql, csv]) assert.equal(statSync(file).mode & 0o777, 0o600);
  const renewed = readFileSync(csv, 'utf8').split('\r\n')[1]?.split(',')[1] ?? '';
  assert.ok(renewed.startsWith('EAA') && renewed !== token, 'the vault has exchanged it');
  const copy = join(folder, 'copy.sqlite');
  copyFileSync(old.file, copy);
  const changed = new DatabaseSync(copy);
  changed.exec(readFileSync(sql, 'utf8'));
  const [row] = changed.prepare("select * from credentials_entity where id = 'Kx1'").all();
  changed.close();
  const [returned] = products.n8n.read({ table: 'credentials_entity', where: '', values: row ?? {} }, oldKeys);
  assert.equal(returned?.token, renewed, 'the row of the copy holds the renewed token, encrypted as n8n does');
});

test('a source that is none ends the command with a sentence, and no secret is an argument', async (t) => {
  const folder = temporary(t);
  const data = join(folder, 'vault');
  const list = join(folder, 'list.csv');
  writeFileSync(list, 'a,b\n1,2\n');
  for (const [source, words] of [
    [list, /names no table of Postiz: it must have the columns internalId/],
    ['postgres://reader:secret@localhost/postiz', /leave the password out and set PGPASSWORD/],
  ] as const) {
    const ended = await hallpass(['vault', 'adopt', 'postiz', source, '--data', data]);
    assert.match(ended.err, words);
    assert.ok(ended.code !== 0 && !ended.err.includes('Unexpected error'));
  }
  const lost = join(folder, 'lost.sql');
  const half = await hallpass(['vault', 'export', lost, '--back-to', 'n8n', '--data', data]);
  assert.match(half.err, /Give --back-to and --from together/);
  assert.equal(existsSync(lost), false);
});
