import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, running, stopped, temporary } from '../command.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** A data directory in which the platform has run once. */
async function installation(t: { after(task: () => void): void }): Promise<string> {
  const data = join(temporary(t), 'data');
  const server = await running(['serve', '--data', data, '--port', '0']);
  await stopped(server);
  return data;
}

test('serve answers, leaves in good order, and its data directory is for its own user only', async (t) => {
  const data = join(temporary(t), 'data');
  const server = await running(['serve', '--data', data, '--port', '0']);
  const { url, database, administrator_link: link } = server.ready;
  assert.equal(database, 'sqlite');
  assert.equal((await fetch(`${url}/_/health`)).status, 200);
  assert.equal((await fetch(`${url}/_/ready`)).status, 200);
  assert.deepEqual([data, join(data, 'root.key'), join(data, 'hallpass.db')].map(modeOf), [0o700, 0o600, 0o600]);
  assert.match(link, new RegExp(`^${url}/`));
  assert.match(await (await fetch(link)).text(), /administrator/i);
  server.signal('SIGTERM');
  const { code, err } = await server.ended;
  assert.equal(code, 0);
  assert.doesNotMatch(err, /"level":"(?:error|warn)"/);
});

test('RL-14: no call fails while a server under load is stopped', async (t) => {
  const server = await running(['serve', '--data', join(temporary(t), 'data'), '--port', '0', '--drain', '5']);
  const { port } = new URL(server.ready.url);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  t.after(() => agent.destroy());
  const call = (): Promise<number | string | undefined> =>
    new Promise((resolve) => {
      request({ agent, host: '127.0.0.1', port, path: '/me', headers: { host: `localhost:${port}` } }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
      })
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
        .end();
    });
  const outcomes = new Map<number | string | undefined, number>();
  // As a balancer does it: no more calls once the node says that it is not ready.
  let inRotation = true;
  const caller = async (): Promise<void> => {
    while (inRotation) {
      const outcome = await call();
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  const callers = Array.from({ length: 8 }, caller);
  while ((outcomes.get(400) ?? 0) < 50) await call();
  server.signal('SIGTERM');
  let ready = 200;
  while (ready === 200) ready = (await fetch(`${server.ready.url}/_/ready`)).status;
  assert.equal(ready, 503, 'a balancer sees that it is going');
  for (let more = 0; more < 50; more++) await call();
  inRotation = false;
  await Promise.all(callers);
  assert.deepEqual([...outcomes.keys()], [400], 'every call was answered');
  assert.equal((await server.ended).code, 0);
});

test('a second signal ends it at once', async (t) => {
  const server = await running(['serve', '--data', join(temporary(t), 'data'), '--port', '0', '--drain', '60']);
  server.signal('SIGINT');
  while ((await fetch(`${server.ready.url}/_/ready`)).status === 200);
  server.signal('SIGINT');
  assert.equal((await server.ended).code, 1);
});

test('ST-03: a data directory or key that is open to others is refused, in one line', async (t) => {
  const data = await installation(t);
  const refused = async (): Promise<string> => {
    const { code, out, err } = await hallpass(['serve', '--data', data, '--port', '0']);
    assert.deepEqual([code, out, err.trimEnd().split('\n').length], [3, '', 1], err);
    return err;
  };
  chmodSync(join(data, 'root.key'), 0o644);
  assert.match(await refused(), /key file .* is open to others \(mode 0644\)/);
  chmodSync(join(data, 'root.key'), 0o600);
  chmodSync(data, 0o755);
  assert.match(await refused(), /data directory .* is open to others/);
  chmodSync(data, 0o700);
  rmSync(join(data, 'root.key'));
  assert.match(await refused(), /key file .* is missing: restore it/);
  assert.equal(existsSync(join(data, 'root.key')), false, 'no new key is made for old data');
});

test('a world of the emulator is no platform, nor the reverse', async (t) => {
  const data = join(temporary(t), 'data');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(data, 'world.db'), '', { mode: 0o600 });
  const serve = await hallpass(['serve', '--data', data, '--port', '0']);
  assert.equal(serve.code, 3);
  assert.match(serve.err, /world of the emulator/);
  const dev = await hallpass(['dev', '--state', await installation(t), '--port', '0']);
  assert.equal(dev.code, 3);
  assert.match(dev.err, /belongs to a platform/);
});

test('SC-05: unsafe settings are refused by name, never with their value', async (t) => {
  const data = join(temporary(t), 'data');
  const refused = async (args: string[], env: Record<string, string> = {}): Promise<string> => {
    const { code, err } = await hallpass(['serve', '--data', data, '--port', '0', ...args], { env });
    assert.equal(code, 3);
    return err;
  };
  assert.match(await refused(['--host', '0.0.0.0']), /publicUrl \(HALLPASS_PUBLIC_URL\)/);
  assert.match(
    await refused([], { HALLPASS_PUBLIC_URL: 'http://id.example.com' }),
    /publicUrl \(HALLPASS_PUBLIC_URL\)/,
  );
  assert.match(await refused(['--trusted-proxies', '*']), /trustedProxies/);
  assert.match(await refused([], { HALLPASS_GUESSING_LIMITS: 'false' }), /guessingLimits/);
  const database = await refused([], { DATABASE_URL: 'mysql://user:hidden@example/db' });
  assert.match(database, /DATABASE_URL/);
  assert.doesNotMatch(database, /hidden/);
  assert.equal(existsSync(data), false, 'nothing was made');
});

test('config explain tells where each value comes from, and shows no database password', async (t) => {
  const file = join(temporary(t), 'hallpass.yaml');
  writeFileSync(file, 'platformName: Passes\nport: 8000\nhost: 127.0.0.1\n');
  const { code, out } = await hallpass(['config', 'explain', '--config', file, '--port', '9000', '--json'], {
    env: { HALLPASS_HOST: '::1', DATABASE_URL: 'postgres://user:hidden@example/db' },
  });
  assert.equal(code, 0);
  assert.doesNotMatch(out, /hidden/);
  const rows = new Map(
    (JSON.parse(out).settings as { name: string; value: unknown; from: string }[]).map(({ name, value, from }) => [
      name,
      [value, from],
    ]),
  );
  assert.deepEqual(rows.get('platformName'), ['Passes', `${file}:1`]);
  assert.deepEqual(rows.get('port'), ['9000', '--port']);
  assert.deepEqual(rows.get('host'), ['::1', 'HALLPASS_HOST']);
  assert.deepEqual(rows.get('data'), ['hallpass-data', 'default']);
  writeFileSync(file, 'plattformName: Passes\n');
  const wrong = await hallpass(['config', 'explain', '--config', file]);
  assert.deepEqual(
    [wrong.code, wrong.err],
    [3, `${file}:1:1 plattformName: unknown setting; did you mean platformName?\n`],
  );
});

test('CR-06: keys rotate and are withdrawn on a data directory, and the audit trail tells', async (t) => {
  const data = await installation(t);
  const keys = async (...args: string[]) => hallpass(['keys', ...args, '--data', data, '--json']);
  const listed = async () =>
    JSON.parse((await keys('list')).out).keys.map(
      ({ id, status }: { id: number; status: string }) => `${id} ${status}`,
    );
  assert.deepEqual(await listed(), ['1 active']);
  assert.deepEqual(JSON.parse((await keys('rotate')).out), { active: 2, accepted: 1 });
  const refused = await keys('withdraw', '2');
  assert.equal(refused.code, 1);
  assert.match(refused.err, /keys rotate` first/);
  assert.equal((await keys('withdraw', '1')).code, 0);
  assert.deepEqual(JSON.parse((await keys('withdraw', '2', '--rotate')).out), { withdrawn: 2, active: 3, accepted: 2 });
  assert.deepEqual(await listed(), ['1 withdrawn', '2 withdrawn', '3 active']);
  const audit = JSON.parse((await hallpass(['audit', 'verify', '--data', data, '--json'])).out);
  assert.deepEqual([audit.ok, audit.rows >= 4], [true, true]);
  assert.equal((await hallpass(['audit', 'verify', '--data', data, '--head', audit.head])).code, 0);
  const other = await hallpass(['audit', 'verify', '--data', data, '--head', 'of-another-trail']);
  assert.equal(other.code, 1);
  assert.match(other.err, /cut off/);
});

test('one process has the data: a second server is refused', async (t) => {
  const data = join(temporary(t), 'data');
  const server = await running(['serve', '--data', data, '--port', '0']);
  const second = await hallpass(['serve', '--data', data, '--port', '0']);
  assert.equal(second.code, 3);
  assert.match(second.err, /in use by another process/);
  await stopped(server);
  const nowhere = await hallpass(['keys', 'list', '--data', join(data, 'nothing')]);
  assert.equal(nowhere.code, 3);
  assert.match(nowhere.err, /There is no installation/);
});

test('seed plant brings the apps of a file to a platform once, and serve then gives their tokens', async (t) => {
  const data = await installation(t);
  const file = join(temporary(t), 'apps.yaml');
  const secret = '5'.repeat(32);
  writeFileSync(
    file,
    `name: mine\napps:\n  - id: "4001"\n    name: Mine\n    mode: live\n    secret: "${secret}"\n    client_token: "${'6'.repeat(32)}"\n`,
  );
  const planted = await hallpass(['seed', 'plant', file, '--data', data, '--json']);
  assert.deepEqual([planted.code, JSON.parse(planted.out).planted.apps], [0, 1], planted.err);
  const again = await hallpass(['seed', 'plant', file, '--data', data]);
  assert.equal(again.code, 0);
  assert.match(again.out, /^Already there, and left unchanged: app Mine\.$/m);
  const server = await running(['serve', '--data', data, '--port', '0']);
  const answer = await fetch(
    `${server.ready.url}/oauth/access_token?grant_type=client_credentials&client_id=4001&client_secret=${secret}`,
  );
  assert.match(((await answer.json()) as { access_token: string }).access_token, /^4001\|/);
  await stopped(server);
});
