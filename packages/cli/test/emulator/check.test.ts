// `hallpass check` as it is called: what it prints and writes, how it ends, and that nothing of it is left.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, temporary } from '../command.ts';

const careful = 'examples/health/careful.mjs';
const careless = 'examples/health/careless.mjs';
const ours = (): string[] => readdirSync(tmpdir()).filter((name) => /^hallpass-(?:check|exec)-/.test(name));

test('a careless command fails: the report says why in words, as a page, for JUnit and as data, and holds no token', async (t) => {
  const folder = temporary(t);
  const before = ours();
  const store = join(folder, 'store');
  const file = (name: string): string => join(folder, name);
  const { code, out } = await hallpass([
    'check',
    ...['--story', 'password-changed,unknown-error'],
    ...['--report', `html=${file('report.html')}`],
    ...['--report', `junit=${file('report.xml')}`],
    ...['--report', `json=${file('report.json')}`],
    ...['--env', `HEALTH_STORE=${store}`, '--put-back', store],
    ...['--', 'node', careless],
  ]);
  assert.equal(code, 1);
  assert.match(out, /^hallpass check: 2 stories, 2 failed /);
  assert.match(out, /GET \/me was answered 190\/460, and tried again 4 times\./);
  assert.match(out, /error connection-lost: .*\n +It still fails: exit code 1\./);
  const [page, junit, data] = ['report.html', 'report.xml', 'report.json'].map((name) =>
    readFileSync(file(name), 'utf8'),
  );
  assert.match(page ?? '', /<style>/);
  assert.doesNotMatch(page ?? '', /<script|<link rel="stylesheet"|src="http/);
  assert.match(junit ?? '', /<failure type="error" message="GET \/me was answered 190\/460/);
  const { modules } = JSON.parse(data ?? '') as { modules: { story: string; state: string }[] };
  assert.deepEqual(
    modules.map(({ story, state }) => [story, state]),
    [
      ['password-changed', 'failed'],
      ['unknown-error', 'failed'],
    ],
  );
  for (const text of [out, page, junit, data]) assert.doesNotMatch(text ?? '', /EAA[A-Za-z0-9]{40}|8f1c5be29d7340a6/);
  assert.deepEqual(
    readdirSync(folder).toSorted(),
    ['report.html', 'report.json', 'report.xml'],
    'the store is as it was',
  );
  assert.deepEqual(
    ours().filter((name) => !before.includes(name)),
    [],
  );
});

test('an app that keeps its token in a file works: it is there before each story, and put back after it', async (t) => {
  const folder = temporary(t);
  const token = join(folder, 'token');
  // It logs somebody in, keeps the token, and reads it from there from then on; where it dies, the file is removed.
  writeFileSync(
    join(folder, 'log-in.mjs'),
    `import { writeFileSync } from 'node:fs';
const { HALLPASS_APP_ID: id, HALLPASS_APP_SECRET: secret } = process.env;
const form = new URLSearchParams({ access_token: id + '|' + secret, installed: 'true', permissions: 'email' });
const made = await fetch('https://graph.facebook.com/v25.0/' + id + '/accounts/test-users', { method: 'POST', body: form });
writeFileSync(${JSON.stringify(token)}, (await made.json()).access_token);`,
  );
  writeFileSync(
    join(folder, 'health.mjs'),
    `import { readFileSync, rmSync } from 'node:fs';
const me = await fetch('https://graph.facebook.com/v25.0/me?access_token=' + readFileSync(${JSON.stringify(token)}));
const { error } = await me.json();
if (error?.code === 190) rmSync(${JSON.stringify(token)});
console.log(error ? 'log in again' : 'ok');
process.exitCode = error ? 1 : 0;`,
  );
  const { code, out, err } = await hallpass([
    'check',
    ...['--story', 'app-deleted,test-user-deleted'],
    ...['--setup', `node ${join(folder, 'log-in.mjs')}`, '--put-back', token],
    ...['--', 'node', join(folder, 'health.mjs')],
  ]);
  assert.equal(code, 0, `${out}${err}`);
  assert.match(out, /2 stories, 2 passed/);
  assert.deepEqual(readdirSync(folder).toSorted(), ['health.mjs', 'log-in.mjs'], 'there was no token before');
});

test('--sunset tells versions and when they end, and --scopes which permissions the calls need', async () => {
  // One after the other: the command waits two seconds for an answer, which is little where three share a busy machine.
  const late = await hallpass(['check', '--sunset', '1', '--', 'node', careful]);
  const soon = await hallpass(['check', '--sunset', '99999', '--json', '--', 'node', careful]);
  const scopes = await hallpass(['check', '--scopes', '--json', '--', 'node', careful]);
  assert.equal(late.code, 0, late.err);
  assert.match(
    late.out,
    /^VERSION +CALLS +ENDS +LEFT +OF\nv25\.0 +2 +2028-07-29 +\d+ days +GET \/me, GET \/me\/accounts/,
  );
  assert.equal(soon.code, 1);
  assert.equal((JSON.parse(soon.out) as { versions: { soon: boolean }[] }).versions[0]?.soon, true);
  assert.equal(scopes.code, 0);
  const { needed, unused, missing, review } = JSON.parse(scopes.out) as {
    needed: { permission: string; calls: { call: string }[] }[];
    unused: string[];
    missing: string[];
    review: string;
  };
  assert.deepEqual(
    needed.map(({ permission, calls }) => [permission, calls.map(({ call }) => call)]),
    [
      ['public_profile', ['GET /me']],
      ['email', ['GET /me']],
      ['pages_show_list', ['GET /me/accounts']],
    ],
  );
  assert.deepEqual([unused, missing], [['pages_read_engagement', 'pages_manage_posts'], []]);
  assert.match(review, /^email: See your e-mail address\. The app needs it for GET \/me\./);
});

test('what cannot be checked ends with a sentence', async () => {
  const [unknown, silent, absent] = await Promise.all([
    hallpass(['check', '--story', 'chekpoint', '--', 'true']),
    hallpass(['check', '--story', 'checkpoint', '--', 'true']),
    hallpass(['check', '--', 'no-such-program']),
  ]);
  assert.deepEqual([unknown.code, silent.code, absent.code], [2, 1, 127]);
  assert.match(unknown.err, /^There is no story chekpoint; did you mean checkpoint\? hallpass story list has all\./);
  assert.match(silent.out, /not checked +checkpoint\n +The command makes no call to the Graph\./);
  assert.match(absent.err, /There is no program no-such-program\./);
});
