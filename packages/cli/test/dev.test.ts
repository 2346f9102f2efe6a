import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, running, runningForPeople, stopped, temporary } from './command.ts';

const dev = ['dev', '--port', '0'];

test('dev --json prints one line with everything that a program needs, and ends with 0 on SIGTERM', async () => {
  const server = await running(dev);
  const { ready } = server;
  assert.equal(ready.ready, true);
  assert.match(ready.url, /^http:\/\/localhost:\d+$/);
  assert.deepEqual([ready.graph_url, ready.www_url, ready.version], [ready.url, ready.url, 'v25.0']);
  assert.deepEqual(Object.keys(ready.apps[0]), ['id', 'name', 'secret', 'client_token', 'mode', 'redirect_uris']);
  assert.deepEqual(Object.keys(ready.people[0]), ['id', 'name', 'email', 'password']);
  assert.deepEqual(Object.keys(ready.pages[0]), ['id', 'name']);
  assert.deepEqual(
    ready.businesses.map(({ system_users, ad_accounts }: { system_users: object[]; ad_accounts: string[] }) => [
      system_users.length,
      ad_accounts,
    ]),
    [[2, ['act_1083562294710358']]],
  );
  assert.equal((await fetch(`${ready.url}/_/health`)).status, 200);
  assert.equal((await fetch(`${ready.url}/_/ready`)).status, 200);
  const { code, out, err } = await stopped(server);
  assert.equal(code, 0);
  assert.equal(out.trimEnd().split('\n').length, 1);
  assert.equal(err, '');
});

test('ids, secrets and passwords are the same at two starts', async () => {
  const [one, two] = await Promise.all([running(dev), running(dev)]);
  for (const part of ['apps', 'people', 'pages']) assert.deepEqual(one.ready[part], two.ready[part]);
  assert.notEqual(one.ready.control.token, two.ready.control.token);
  await Promise.all([stopped(one), stopped(two)]);
});

test('a person gets an app, two people, two Pages and five things to try, and they work', async () => {
  const server = await runningForPeople(dev);
  for (const word of [
    'Fern Scheduler',
    'ana@demo.example',
    'ben@demo.example',
    'Corner Bakery',
    'Lantern Books',
    'client token',
  ])
    assert.ok(server.out.includes(word), word);
  const commands = [...server.out.matchAll(/^ {3}(curl .*|http.*)$/gm)].map(([, command = '']) => command);
  assert.equal(commands.length, 5);
  const [appToken, debug, testUser, dialog] = await Promise.all(commands.slice(0, 4).map((command) => asCurl(command)));
  assert.match(JSON.parse(appToken ?? '').access_token, /^\d+\|/);
  assert.equal(JSON.parse(debug ?? '').data.type, 'APP');
  assert.match(JSON.parse(testUser ?? '').access_token, /^EAA/);
  assert.match(dialog ?? '', /<form/);
  assert.equal((await stopped(server)).code, 0);
});

/** Does what curl would do with one line of the banner. */
async function asCurl(command: string): Promise<string> {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  if (words[0] !== 'curl') return (await fetch(command)).text();
  const form = new URLSearchParams();
  for (const [at, word] of words.entries())
    if (word === '-d' || word === '--data-urlencode') {
      const pair = words[at + 1] ?? '';
      form.append(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
  const url = words[1] ?? '';
  if (words.includes('-G')) return (await fetch(`${url}?${form}`)).text();
  return (await fetch(url, form.size > 0 ? { method: 'POST', body: form } : {})).text();
}

test('a taken port is told in one sentence, with exit code 3', async (t) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  t.after(() => taken.close());
  const { port } = taken.address() as { port: number };
  const { code, out, err } = await hallpass(['dev', '--port', String(port)]);
  assert.equal(code, 3);
  assert.equal(out, '');
  assert.equal(
    err,
    `Port ${port} is in use by another program: stop that one, or choose another with --port or PORT (0 takes any free one).\n`,
  );
});

test('a wrong seed file is told line by line, and nothing starts', async (t) => {
  const file = join(temporary(t), 'seed.yaml');
  writeFileSync(file, 'name: mine\napps:\n  - name: Shop\n    mode: livee\n    redirect_uri: []\n');
  const expected = `${file}:4:5 apps[0].mode: must be live or development\n${file}:5:5 apps[0].redirect_uri: there is no such key; did you mean redirect_uris?\n`;
  const start = await hallpass(['dev', '--port', '0', '--seed', file]);
  assert.deepEqual([start.code, start.out, start.err], [3, '', expected]);
  const check = await hallpass(['seed', 'check', file]);
  assert.deepEqual([check.code, check.out, check.err], [1, '', expected]);
  const json = await hallpass(['seed', 'check', file, '--json']);
  assert.equal(json.code, 1);
  assert.deepEqual(
    JSON.parse(json.out).problems.map((problem: { line: number; path: string }) => [problem.line, problem.path]),
    [
      [4, 'apps[0].mode'],
      [5, 'apps[0].redirect_uri'],
    ],
  );
});

test("a world of one's own starts at the moment that was given", async (t) => {
  const file = join(temporary(t), 'seed.yaml');
  writeFileSync(
    file,
    "name: mine\napps:\n  - { id: 42, name: Shop, mode: live, secret: '0123456789abcdef0123456789abcdef' }\n",
  );
  const server = await running([...dev, '--seed', file, '--at', '2030-01-01T00:00:00Z']);
  const { url, control, apps, people } = server.ready;
  assert.deepEqual([apps.length, apps[0].id, people], [1, '42', []]);
  const state = await fetch(`${control.url}/state`, { headers: { authorization: `Bearer ${control.token}` } });
  assert.match(((await state.json()) as { clock: { time: string } }).clock.time, /^2030-01-01T00:00/);
  assert.ok(url);
  await stopped(server);
});

test('EM-03: dev refuses another address without the flag, and production altogether', async () => {
  const bound = await hallpass(['dev', '--port', '0', '--host', '0.0.0.0']);
  assert.deepEqual([bound.code, bound.out], [3, '']);
  assert.match(bound.err, /--i-know-this-is-unsafe/);
  const production = await hallpass(['dev', '--port', '0', '--i-know-this-is-unsafe'], {
    env: { NODE_ENV: 'production' },
  });
  assert.equal(production.code, 3);
  assert.match(production.err, /^The emulator doesn't run with NODE_ENV=production[^\n]*\n$/);
});
