// `hallpass exec --world`: commands beside each other in one emulator, each in an isolated world.
import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hallpass, running, type Running, stopped, temporary } from '../command.ts';
import { modes } from './exec-modes.ts';

let server: Running;
let data: string;
const cleaned: (() => void)[] = [];
before(async () => {
  data = temporary({ after: (task) => void cleaned.push(task) });
  server = await running(['dev', '--port', '0'], { env: { XDG_DATA_HOME: data } });
});
after(async () => {
  await stopped(server);
  for (const task of cleaned) task();
});

async function exec(options: readonly string[], line: string) {
  const env = { XDG_DATA_HOME: data };
  const ended = await hallpass(['exec', '--join', server.ready.url, ...options, '--json', '--', 'sh', '-c', line], {
    env,
  });
  return { ...ended, summary: JSON.parse(ended.err.trim().split('\n').at(-1) ?? '') };
}

async function worlds(): Promise<string[]> {
  const { url, token } = server.ready.control;
  const response = await fetch(`${url}/worlds`, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { worlds: { name: string }[] }).worlds.map(({ name }) => name);
}

const control = 'curl -sS -H "Authorization: Bearer $HALLPASS_CONTROL_TOKEN"';
const clock = `${control} "$HALLPASS_EMULATOR_URL/_/emulator/clock"`;

for (const { name, options, skip } of modes)
  test(`a command in a world of its own moves its clock alone, and the world ends with it (${name})`, {
    skip,
  }, async () => {
    const { out, summary } = await exec(
      [...options, '--world', 'run-1'],
      `${clock} -d advance=61d; echo; echo "$HALLPASS_WORLD"`,
    );
    assert.match(out, /\nrun-1\n$/);
    const moved = (JSON.parse(out.split('\n')[0] ?? '') as { now: number }).now;
    assert.ok(moved - Date.now() / 1000 > 60 * 86_400);
    assert.equal(summary.exit_code, 0);
    const { out: main } = await exec(options, clock);
    assert.ok(Math.abs((JSON.parse(main) as { now: number }).now - Date.now() / 1000) < 86_400);
    assert.deepEqual(await worlds(), ['main']);
  });

test('two at the same time do not meet: a person deletes an app in one of them', async () => {
  const [app] = server.ready.apps;
  const ask = `curl -sS 'https://graph.facebook.com/v25.0/app?access_token=${app.id}|${app.secret}'`;
  const [deleted, other] = await Promise.all([
    exec(
      ['--env-only', '--world', 'first'],
      `${control} "$HALLPASS_EMULATOR_URL/_/emulator/app" -d who=${app.id} -d act=delete >/dev/null; ${ask}`,
    ),
    exec(['--env-only', '--world', 'second'], ask),
  ]);
  assert.match(deleted.out, /"code":190/);
  assert.match(other.out, new RegExp(`"id":"${app.id}"`));
  assert.equal(other.summary.tokens[0].valid, true, 'the fate of a token is known in a world that was joined');
});

test('a seed file is for the world that is made', async (t) => {
  const file = join(temporary(t), 'seed.yaml');
  writeFileSync(
    file,
    "name: mine\napps:\n  - { id: 42, name: Shop, mode: live, secret: '0123456789abcdef0123456789abcdef' }\n",
  );
  const ask = "curl -sS 'https://graph.facebook.com/v25.0/42?access_token=42|0123456789abcdef0123456789abcdef'";
  const { out } = await exec(['--env-only', '--seed', file, '--world', 'seeded'], ask);
  assert.match(out, /"id":"42"/);
});

test('a world that was there stays, and one with another seed is told', async (t) => {
  const { url, token } = server.ready.control;
  await fetch(`${url}/worlds`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams({ name: 'kept' }),
  });
  assert.equal((await exec(['--env-only', '--world', 'kept'], 'true')).code, 0);
  assert.deepEqual(await worlds(), ['main', 'kept']);
  const file = join(temporary(t), 'seed.yaml');
  writeFileSync(file, 'name: mine\n');
  const env = { XDG_DATA_HOME: data };
  const args = ['exec', '--join', server.ready.url, '--world', 'kept', '--seed', file, '--', 'true'];
  const { code, err } = await hallpass(args, { env });
  assert.deepEqual([code, err], [2, '--seed: the world kept already exists and has its own seed.\n']);
});

test('where nobody answers, the name is none, or the token is not known, nothing is started', async (t) => {
  const refused = async (args: readonly string[], env: Record<string, string>) => {
    const { code, out, err } = await hallpass(['exec', ...args, '--', 'echo', 'started'], { env });
    assert.equal(out, '');
    return [code, err];
  };
  const here = { XDG_DATA_HOME: data };
  assert.deepEqual(await refused(['--join', 'http://localhost:9', '--world', 'x'], here), [
    3,
    `No emulator answers at http://localhost:9: start one with \`hallpass dev\`, or name another with --join. Running on this machine: ${server.ready.url}.\n`,
  ]);
  assert.deepEqual(await refused(['--join', server.ready.url, '--world', 'Not A Name'], here), [
    1,
    'Not A Name is no name of a world: lower-case letters, digits and hyphens, at most 40.\n',
  ]);
  const [code, err] = await refused(['--join', server.ready.url, '--world', 'x'], { XDG_DATA_HOME: temporary(t) });
  assert.equal(code, 3);
  assert.match(String(err), /^--world needs the control token of the emulator at \S+: set HALLPASS_CONTROL_TOKEN/);
});

test('EM-04: the note of an emulator that runs can be read by its person alone, and goes with the emulator', async (t) => {
  const folder = temporary(t);
  const one = await running(['dev', '--port', '0'], { env: { XDG_DATA_HOME: folder } });
  t.after(() => stopped(one));
  const file = join(folder, 'hallpass/running', `${new URL(one.ready.url).port}.json`);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700);
  await stopped(one);
  assert.throws(() => statSync(file), /ENOENT/);
});
