// These tests are about the emulator as its users see it: a world that is the same at each start, a clock that moves,
// and what it refuses.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { EmulatorRefused, readSeed } from '../src/index.ts';
import { ask, control, emulator, testUser } from './outside.ts';

const DAY = 86_400;

function temporary(t: { after(task: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test('an app token of a seeded app works at once, and says which app it is', async () => {
  const world = await emulator();
  const [app] = world.seed.world.apps;
  const { status, body } = await ask(
    world.url,
    `/debug_token?input_token=${app?.id}|${app?.secret}&access_token=${app?.id}|${app?.secret}`,
  );
  assert.deepEqual([status, body.data.app_id, body.data.is_valid], [200, app?.id, true]);
  await world.close();
});

test('apps know people by the same ids at every start, and tokens of one run open in no other', async () => {
  const idsIn = async (world: Awaited<ReturnType<typeof emulator>>): Promise<unknown> =>
    world.server.installation.db.read
      .selectFrom('app_people')
      .select(['app_id', 'person_id', 'scoped_id'])
      .orderBy('app_id')
      .orderBy('person_id')
      .execute();
  const first = await emulator();
  const ids = await idsIn(first);
  const { token } = await testUser(first);
  await first.close();
  const second = await emulator();
  assert.deepEqual(await idsIn(second), ids);
  const { status, body } = await ask(second.url, `/me?access_token=${token}`);
  assert.deepEqual([status, body.error.code], [400, 190]);
  await second.close();
});

test('a world begins at the moment it is told, and its tokens expire when the clock is moved', async () => {
  const world = await emulator({ at: 1_800_000_000 });
  const { token } = await testUser(world);
  assert.equal((await ask(world.url, `/me?access_token=${token}`)).status, 200);
  const { body } = await control(world, 'clock', { advance: '61d' });
  assert.ok(body.now >= 1_800_000_000 + 61 * DAY);
  assert.equal((await ask(world.url, `/me?access_token=${token}`)).body.error.error_subcode, 463);
  await world.close();
});

test('a frozen clock stands still, and can be set to a moment', async () => {
  const world = await emulator();
  await control(world, 'clock', { freeze: 'true' });
  const { body } = await control(world, 'clock', { set: '2027-01-01T00:00:00Z' });
  assert.deepEqual([body.time, body.frozen], ['2027-01-01T00:00:00.000Z', true]);
  assert.equal((await control(world, 'clock')).body.now, Date.parse('2027-01-01T00:00:00Z') / 1000);
  await world.close();
});

test('reset brings the world back as it was, and ends every token of before', async () => {
  const world = await emulator({ at: 1_800_000_000 });
  const { id, token } = await testUser(world);
  await world.clock.advance(DAY);
  assert.equal((await control(world, 'reset', {})).status, 200);
  assert.ok(world.clock.now() < 1_800_000_000 + 60);
  assert.equal((await ask(world.url, `/me?access_token=${token}`)).body.error.code, 190);
  const [app] = world.seed.world.apps;
  const { body } = await ask(world.url, `/${app?.id}/accounts/test-users?access_token=${app?.id}|${app?.secret}`);
  assert.ok(!body.data.some((user: { id: string }) => user.id === id));
  await world.close();
});

test('a world in a directory is there again at the next start, with its tokens and its clock', async (t) => {
  const state = join(temporary(t), 'world');
  const first = await emulator({ state });
  const { token } = await testUser(first);
  await control(first, 'clock', { advance: '10m' });
  const then = first.clock.now();
  await first.close();
  const second = await emulator({ state });
  assert.ok(second.clock.now() >= then);
  assert.equal((await ask(second.url, `/me?access_token=${token}`)).status, 200);
  await control(second, 'reset', {});
  assert.equal((await ask(second.url, `/me?access_token=${token}`)).body.error.code, 190);
  await second.close();
});

test('ST-03: the directory of a world is private, its key and database too, and one that is open to others is refused', async (t) => {
  const state = join(temporary(t), 'world');
  await (await emulator({ state })).close();
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  assert.deepEqual([state, join(state, 'world.key'), join(state, 'world.db')].map(modeOf), [0o700, 0o600, 0o600]);
  chmodSync(join(state, 'world.key'), 0o644);
  await assert.rejects(emulator({ state }), /open to others/);
  chmodSync(join(state, 'world.key'), 0o600);
  chmodSync(state, 0o755);
  await assert.rejects(emulator({ state }), /open to others/);
});

test('a directory holds one world: another one is refused', async (t) => {
  const state = join(temporary(t), 'world');
  await (await emulator({ state })).close();
  await assert.rejects(emulator({ state, seed: await readSeed('name: other', 'other.yaml') }), EmulatorRefused);
});

test('EM-03: another address than this machine, production, and the data of a platform are refused', async (t) => {
  await assert.rejects(emulator({ host: '0.0.0.0' }), /--i-know-this-is-unsafe/);
  await assert.rejects(emulator({ environment: 'production' }), EmulatorRefused);
  await assert.rejects(emulator({ environment: 'production', unsafe: true }), EmulatorRefused);
  const state = join(temporary(t), 'platform');
  mkdirSync(state, { mode: 0o700 });
  writeFileSync(join(state, 'root.key'), '', { mode: 0o600 });
  await assert.rejects(emulator({ state }), /belongs to a platform/);
  const open = await emulator({ host: '0.0.0.0', unsafe: true });
  assert.ok(open.port > 0);
  await open.close();
});

test('EM-04: the control interface wants its token and refuses whatever comes from a web page', async () => {
  const world = await emulator();
  const status = async (headers: Record<string, string>, path = 'state') =>
    (await control(world, path, undefined, headers)).status;
  assert.equal(await status({}), 200);
  assert.equal(await status({ authorization: '' }), 401);
  assert.equal(await status({ authorization: `Bearer ${'0'.repeat(32)}` }), 401);
  assert.equal(await status({ origin: world.url }), 403);
  assert.equal(await status({ origin: 'null' }), 403);
  assert.equal((await fetch(`${world.url}/_/emulator/clock`, { method: 'POST', body: 'advance=1d' })).status, 401);
  assert.equal(await statusForHost(world.url, 'evil.example'), 421);
  await world.close();
});

/** fetch does not send another Host. */
function statusForHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/_/emulator/state`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('what the control interface does not understand it says, and changes nothing', async () => {
  const world = await emulator();
  const before = world.clock.now();
  for (const form of [
    {},
    { advance: 'soon' },
    { advance: '-1' },
    { advance: '99999d' },
    { set: 'yesterday' },
    { freeze: 'maybe' },
    { jump: '1' },
  ] as Record<string, string>[]) {
    const { status, body } = await control(world, 'clock', form);
    assert.equal(status, 400, JSON.stringify(form));
    assert.match(body.error.message, /\w/);
  }
  assert.equal((await control(world, 'nothing')).status, 404);
  assert.equal((await control(world, 'state', {})).status, 405);
  assert.ok(world.clock.now() - before < 10);
  await world.close();
});

test('localhost answers on both of its addresses', async (t) => {
  const world = await emulator();
  assert.equal((await fetch(`http://127.0.0.1:${world.port}/_/health`)).status, 200);
  const six = await fetch(`http://[::1]:${world.port}/_/health`).catch(() => undefined);
  if (six === undefined) t.diagnostic('this machine has no IPv6');
  else assert.equal(six.status, 200);
  await world.close();
});
