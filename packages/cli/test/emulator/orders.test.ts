// `hallpass clock`, `fault`, `story`, `listen` and `trigger`: orders to an emulator that runs, found by the note that it leaves, or by the variables
// of `hallpass exec`.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { commandLine } from '../command-line.ts';
import { hallpass, running, type Running, start, stopped, temporary } from '../command.ts';

let server: Running;
let env: Record<string, string>;
const cleaned: (() => void)[] = [];
before(async () => {
  env = { XDG_DATA_HOME: temporary({ after: (task) => void cleaned.push(task) }) };
  server = await running(['dev', '--port', '0'], { env });
});
after(async () => {
  await stopped(server);
  for (const task of cleaned) task();
});

async function ordered(args: readonly string[], input?: string) {
  const { code, out, err } = await hallpass([...args, '--url', server.ready.url], { env, ...(input ? { input } : {}) });
  assert.deepEqual([code, err], [0, ''], args.join(' '));
  return out;
}

test('the clock is looked at, set, advanced and frozen, and says what happened in that time', async () => {
  assert.match(await ordered(['clock', 'show']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n$/);
  assert.equal(
    await ordered(['clock', 'set', '2027-06-01T08:00:00Z', '--json']).then((out) => JSON.parse(out).time.slice(0, 19)),
    '2027-06-01T08:00:00',
  );
  assert.match(await ordered(['clock', 'freeze']), /^2027-06-01T08:\d\d:\d\dZ, and the clock is stopped\n$/);
  const [app] = server.ready.apps;
  const query = new URLSearchParams({
    access_token: `${app.id}|${app.secret}`,
    permissions: 'email',
    installed: 'true',
  });
  await fetch(`${server.ready.url}/${app.id}/accounts/test-users?${query}`, { method: 'POST' });
  const moved = await ordered(['clock', 'run-to', 'next-expiry']);
  assert.match(moved, /AT +WHAT HAPPENED +ABOUT\n.*token\.expired +token EAA\S+…\S+, kind user, app \d+, person \d+/s);
  assert.match(await ordered(['clock', 'unfreeze']), /^\S+Z\n$/);
  const { time } = JSON.parse(await ordered(['clock', 'advance', '61d', '--json'])) as { time: string };
  assert.ok(Date.parse(time) > Date.parse('2027-08-01T00:00:00Z'));
});

test('a fault is added, listed and cleared', async () => {
  assert.equal(await ordered(['fault', 'list']), 'No active faults.\n');
  assert.match(
    await ordered([
      'fault',
      'add',
      'server.away',
      '--path',
      'me/accounts',
      '--times',
      '2',
      '--app',
      '1384720956120447',
    ]),
    /^ID +FAULT +GIVEN +LEFT +FOR\nf1 +server\.away at graph\.authorised +0 +2 +app 1384720956120447, path me\/accounts\n$/,
  );
  await ordered(['fault', 'add', 'latency', '--set', 'latency=20', '--share', '0.5']);
  const token = 'EAAnot-a-token-of-anybody';
  const added = await ordered(['fault', 'add', '401-once', '--token', '-'], token);
  assert.match(added, /token\.logged_out at graph\.authenticated, status 401 +0 +1 +one token\n$/);
  assert.equal(added.includes(token), false);
  const { faults } = JSON.parse(await ordered(['fault', 'list', '--json'])) as { faults: { id: string }[] };
  assert.deepEqual(
    faults.map(({ id }) => id),
    ['f1', 'f2', 'f3'],
  );
  assert.equal(await ordered(['fault', 'clear', 'f2']), '1 fault cleared.\n');
  assert.equal(await ordered(['fault', 'clear']), '2 faults cleared.\n');
  assert.match(
    await ordered(['fault', 'list', '--available']),
    /401-once .*RANDOM_DATA_THEN_CLOSE .*token\.password_changed /s,
  );
});

test('a story is listed, shown, played and undone', async () => {
  assert.match(await ordered(['story', 'list']), /^STORY +WHAT HAPPENS +ANSWER AFTERWARDS\npassword-changed /);
  assert.match(
    await ordered(['story', 'show', 'checkpoint']),
    /^what happens +The platform locks .*\na good app +Keep the token/s,
  );
  const out = await ordered(['story', 'play', 'checkpoint', '--person', 'Ben', '--app', 'Fern Scheduler']);
  assert.match(
    out,
    /^done +Ben Okafor logs in to Fern Scheduler\n +checkpoint: Ben Okafor\n.*undone +hallpass story undo\n$/s,
  );
  assert.equal(await ordered(['story', 'undo']), 'Undone: checkpoint.\n');
  assert.equal(await ordered(['story', 'undo']), 'There is nothing to undo.\n');
});

test('calls to an app are led here while hallpass listen runs, shown, and sent again', async (t) => {
  const paths: string[] = [];
  const app = createServer((request, response) => {
    paths.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    app.close();
    app.closeAllConnections();
  });
  const to = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const listening = start(['listen', '--forward-to', to, '--url', server.ready.url], { env });
  t.after(() => listening.child.kill('SIGKILL'));
  await new Promise<void>((resolve) => listening.child.stderr?.on('data', () => resolve()));
  const triggered = await ordered(['trigger', 'deauthorize', '--person', 'Ben']);
  assert.match(
    triggered,
    /^Ben Okafor .*removes Fern Scheduler\n\S+Z {2}1 {2}POST http\S+\/facebook\/deauthorize {2}200 {2}\d+ ms\n$/s,
  );
  await listening.said(/ {2}1 {2}POST \S+\/facebook\/deauthorize {2}200 /);
  assert.match(await ordered(['listen', '--replay', '1']), / {2}2 {2}POST \S+\/facebook\/deauthorize {2}200 /);
  listening.child.kill('SIGTERM');
  assert.equal((await listening.ended).code, 0);
  assert.deepEqual(paths, ['/facebook/deauthorize', '/facebook/deauthorize']);
  const { token, url } = server.ready.control;
  const ended = await fetch(`${url}/forward`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
  assert.deepEqual(await ended.json(), { to: '' }, 'calls go where the app has said, once nobody listens');
});

test('a name that is none, a world that is none and an emulator that is not there are told in a sentence', async () => {
  const refused = async (args: readonly string[]) => {
    const { code, out, err } = await hallpass(args, { env });
    assert.equal(out, '');
    return [code, err];
  };
  const here = ['--url', server.ready.url];
  assert.deepEqual(await refused(['fault', 'add', 'nothing', ...here]), [
    1,
    'fault: there is no fault nothing: hallpass fault list --available (GET faults/available) lists all\n',
  ]);
  assert.deepEqual(await refused(['clock', 'show', '--world', 'none', ...here]), [
    1,
    'There is no world called none.\n',
  ]);
  assert.deepEqual(await refused(['clock', 'show', '--url', 'http://localhost:9']), [
    3,
    `No emulator answers at http://localhost:9: start one with \`hallpass dev\`, or name another with --url. Running on this machine: ${server.ready.url}.\n`,
  ]);
  const [code, err] = await refused(['clock', 'advance', 'soon', ...here]);
  assert.equal(code, 1);
  assert.match(String(err), /^advance: must be seconds, or a length of time such as 90m, 2h or 61d\n$/);
});

test('EM-04: without the note and without the token nothing is ordered', async (t) => {
  const { code, err } = await hallpass(['clock', 'advance', '1d', '--url', server.ready.url], {
    env: { XDG_DATA_HOME: temporary(t) },
  });
  assert.equal(code, 1);
  assert.match(err, /requires its control token/);
});

test('below hallpass exec the commands find the emulator of that run', async () => {
  const command = [process.execPath, ...commandLine, 'clock', 'advance', '61d'];
  const { code, out, err } = await hallpass(['exec', '--quiet', '--env-only', '--', ...command], { env });
  assert.equal(code, 0, err);
  assert.ok(Date.parse(out.trim().split('\n')[0] ?? '') > Date.now() + 60 * 86_400_000);
});
