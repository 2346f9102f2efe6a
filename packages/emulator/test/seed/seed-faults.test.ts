// Faults and a clock that stands still are part of a seed file: each world begins with them, and an export writes them.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { BadSeed, createEmulator, readSeed } from '@hallpass/emulator';

const head = `
name: faulty
at: 2026-11-21T12:00:00Z
people:
  - { key: anna, name: Anna Berg, email: anna@example.com, password: correct horse }
apps:
  - { id: 42, name: Shop, mode: live, secret: '0123456789abcdef0123456789abcdef' }
`;
const faults = `
frozen: true
faults:
  - { fault: server.away, path: app, times: 2 }
  - { fault: LIMIT_DATA, attributes: { bytes: 4 }, header: x-cut }
  - { fault: token.password_changed, step: dialog.opened, person: anna, after: 2d, status: 500 }
`;

async function started(t: TestContext, text: string) {
  const emulator = await createEmulator({ seed: await readSeed(text, 'seed.yaml') });
  t.after(() => emulator.close());
  return emulator;
}

const token = '42|0123456789abcdef0123456789abcdef';
const statusOf = async (url: string, path = `/v25.0/app?access_token=${token}`, headers = {}) => {
  const response = await fetch(`${url}${path}`, { headers });
  await response.arrayBuffer();
  return response.status;
};

test('a fault of the seed is met from the first request on, as often as it says', async (t) => {
  const { url, faults: orders } = await started(t, head + faults);
  assert.deepEqual([await statusOf(url), await statusOf(url), await statusOf(url)], [503, 503, 200]);
  await assert.rejects(statusOf(url, undefined, { 'x-cut': '1' }), TypeError);
  assert.deepEqual(
    orders.list().map((order) => ('error' in order ? order.error : 'connection' in order && order.connection.name)),
    ['limit_data', 'token.password_changed'],
  );
});

test('a length of time counts from the beginning of the world, and people are ids', async (t) => {
  const { clock, seed, faults: orders } = await started(t, head + faults);
  const order = orders.list()[2];
  assert.deepEqual([order?.from, order?.person], [clock.now() + 2 * 86_400, seed.world.people[0]?.id]);
});

test('a world that is planted anew has them anew, another one has its own, and a snapshot keeps what is left', async (t) => {
  const emulator = await started(t, head + faults);
  const { url, worlds, faults: orders } = emulator;
  await statusOf(url);
  const snapshot = await worlds.main.snapshot();
  await statusOf(url);
  assert.equal(await statusOf(url), 200);
  await worlds.main.restore(snapshot);
  assert.deepEqual([await statusOf(url), await statusOf(url)], [503, 200]);
  await emulator.reset();
  assert.equal(orders.list().length, 3);
  const other = await worlds.create('other', {
    ownApps: true,
    seed: await readSeed(head + faults.replace('path: app', "app: '42'"), 's'),
  });
  const [app] = other.seed.world.apps;
  assert.equal(other.faults.list()[0]?.app, app?.id);
  assert.notEqual(app?.id, '42');
});

test('a frozen clock stands still from the beginning, also after a reset', async (t) => {
  const emulator = await started(t, head + faults);
  assert.deepEqual([emulator.clock.frozen, emulator.clock.now()], [true, Date.UTC(2026, 10, 21, 12) / 1000]);
  emulator.clock.freeze(false);
  await emulator.reset();
  assert.equal(emulator.clock.frozen, true);
});

test('an export has the orders in force and what is left of them, and can be planted', async (t) => {
  const emulator = await started(t, head + faults);
  await statusOf(emulator.url);
  await emulator.clock.advance(86_400);
  emulator.faults.add({ step: 'graph.authenticated', error: 'token.logged_out', token });
  const text = await emulator.exportSeed();
  const { faults: read, frozen } = await readSeed(text, 'export');
  assert.equal(frozen, true);
  const [app, cut, changed, ...more] = read ?? [];
  assert.deepEqual(more, [], 'what is about one token is left out');
  assert.deepEqual(app?.order, { step: 'graph.authorised', error: 'server.away', params: {}, path: 'app', times: 1 });
  assert.deepEqual(cut?.order, { connection: { name: 'limit_data', attributes: { bytes: 4 } }, header: 'x-cut' });
  assert.equal(changed?.after, 86_400);
});

test('mistakes in a fault are told with their places', async () => {
  const wrong = `${head}faults:
  - { fault: server.awy }
  - { fault: latency, attributes: { latncy: 1 } }
  - { fault: 401-once }
  - { fault: server.away, person: bert, share: 2 }
  - { fault: server.away, tims: 2 }
`;
  await assert.rejects(readSeed(wrong, 'seed.yaml'), (error) => {
    assert.ok(error instanceof BadSeed);
    assert.deepEqual(
      error.message.split('\n').map((line) => line.replace(/^seed\.yaml:/, '')),
      [
        '9:7 faults[0].fault: there is no fault server.awy: hallpass fault list --available (GET faults/available) lists all',
        '10:23 faults[1].attributes: latency has latency, jitter, and not latncy',
        '11:5 faults[2].token: 401-once is about one token',
        '12:27 faults[3].person: there is no person "bert"',
        '12:41 faults[3].share: must be 1 or less',
        '13:27 faults[4].tims: there is no such key; did you mean times?',
      ],
    );
    return true;
  });
});
