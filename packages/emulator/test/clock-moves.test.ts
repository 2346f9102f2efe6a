// Moving the clock of a world: what falls due runs first, and the answer tells what happened in that time.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type Emulator, readSeed } from '../src/index.ts';
import { ask, control, emulator } from './outside.ts';

interface Happened {
  time: string;
  what: string;
  token?: string;
  kind?: string;
}

async function opened(t: { after(task: () => Promise<void>): void }, options = {}): Promise<Emulator> {
  const world = await emulator(options);
  t.after(() => world.close());
  return world;
}

async function moved(world: Emulator, order: Record<string, string>, headers = {}) {
  const { status, body } = await control(world, 'clock', order, headers);
  assert.equal(status, 200, JSON.stringify(body));
  return body as { now: number; happened: Happened[] };
}

test('the token of an app that was seen expires on the way, and the answer says which and when', async (t) => {
  const world = await opened(t);
  const token = await world.people.get('Ana').accessToken({ scope: 'email' });
  const before = await ask(world.url, `/debug_token?input_token=${token}&access_token=${appToken(world)}`);
  const { happened } = await moved(world, { advance: '1d' });
  const expired = happened.filter(({ what }) => what === 'token.expired');
  assert.deepEqual(
    expired.map(({ token: shown, kind, time }) => [shown, kind, Date.parse(time) / 1000]),
    [[`${token.slice(0, 6)}…${token.slice(-4)}`, 'user', before.body.data.expires_at]],
  );
  assert.equal(JSON.stringify(happened).includes(token), false, 'no token is repeated');
});

const appToken = ({ seed }: Emulator): string => {
  const [app] = seed.world.apps;
  return `${app?.id}|${app?.secret}`;
};

test('run_to=next-expiry stops at the very moment: the token is refused then, and was alive a second before', async (t) => {
  const world = await opened(t);
  await moved(world, { freeze: 'true' });
  const token = await world.people.get('Ana').accessToken();
  const { body } = await ask(world.url, `/debug_token?input_token=${token}&access_token=${appToken(world)}`);
  const { now, happened } = await moved(world, { run_to: 'next-expiry' });
  assert.equal(now, body.data.expires_at);
  assert.equal(happened.at(-1)?.what, 'token.expired');
  assert.equal((await ask(world.url, `/me?access_token=${token}`)).body.error.error_subcode, 463);
  await moved(world, { set: new Date((now - 1) * 1000).toISOString().replace('.000', '') });
  assert.equal((await ask(world.url, `/me?access_token=${token}`)).status, 200);
});

test('the end of the access to data is among what ends, in its order', async (t) => {
  const world = await opened(t);
  await world.people.get('Elif').accessToken();
  const { happened } = await moved(world, { advance: '100d' });
  assert.ok(happened.some(({ what }) => what === 'data_access.ended'));
  assert.deepEqual(
    happened.map(({ time }) => time),
    happened.map(({ time }) => time).toSorted(),
  );
});

test('calls to the server of an app that wait are sent on the way, and the answer lists them', async (t) => {
  const asked = { times: 0 };
  const app = createServer((_request, response) => response.writeHead(asked.times++ === 0 ? 500 : 200).end());
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  t.after(async () => void app.close());
  const { port } = app.address() as AddressInfo;
  const world = await opened(t, { seed: await seedCalling(`http://127.0.0.1:${port}/gone`) });
  const kim = world.people.get('Kim');
  await kim.accessToken();
  await kim.removeApp();
  // The first try is made beside the form: it ends before the clock is moved, and the second one falls due on the way.
  const { happened } = await moved(world, { advance: '1h' });
  assert.deepEqual(
    [asked.times, happened.filter(({ what }) => what.startsWith('callback.')).map(({ what }) => what)],
    [2, ['callback.sent']],
  );
});

const seedCalling = (address: string) =>
  readSeed(
    `
name: calls
people:
  - { key: kim, name: Kim Park, email: kim@example.com, password: kim-in-my-world }
apps:
  - name: Shop
    mode: live
    enforce_https: false
    redirect_uris: ['http://localhost:3000/callback']
    advanced_access: [public_profile]
    deauth_callback_url: '${address}'
`,
    'calls.yaml',
  );

test('each world has its own clock and its own endings', async (t) => {
  const world = await opened(t);
  const other = await world.worlds.create('other');
  await other.people.get('Ana').accessToken();
  assert.deepEqual(
    (await moved(world, { advance: '1d' })).happened.filter(({ what }) => what === 'token.expired'),
    [],
  );
  const { happened } = await moved(world, { advance: '1d' }, { 'x-hallpass-world': 'other' });
  assert.equal(happened.filter(({ what }) => what === 'token.expired').length, 1);
});

test('where nothing ends, run_to says so and moves nothing; a world that begins anew has forgotten its tokens', async (t) => {
  const world = await opened(t, { seed: await readSeed('name: empty\n', 'empty.yaml') });
  const { status, body } = await control(world, 'clock', { run_to: 'next-expiry' });
  assert.equal(status, 409);
  assert.match(body.error.message, /^run_to: nothing to run to/);
  assert.equal((await control(world, 'clock', { run_to: 'tomorrow' })).status, 400);
});
