// The tests of the route: a person logs in through the real dialog, and every failure is one that can happen.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { emulatorForTests, readSeed } from '@hallpass/emulator';
import { GET } from './route.mjs';

const ROUTE = 'http://localhost:3000/api/profile';
const seed = await readSeed(
  `
name: profile
people:
  - { key: kim, name: Kim Park, email: kim@example.com, password: kim-in-my-profile }
apps:
  - { name: Profile, mode: live, enforce_https: false, redirect_uris: ['${ROUTE}'], advanced_access: [public_profile, email] }
`,
  'profile.yaml',
);
const emulator = emulatorForTests({ before, beforeEach, after }, { seed });

beforeEach(() => {
  const [app] = emulator().seed.world.apps;
  Object.assign(process.env, { GRAPH_URL: emulator().url, APP_ID: app.id, APP_SECRET: app.secret });
});

const comeBack = async (options) => GET(new Request((await emulator().people.get('Kim').logIn(options)).url));

test('a person who logs in is greeted by name', async () => {
  const response = await comeBack({ scope: 'email' });
  assert.deepEqual(await response.json(), { name: 'Kim Park' });
});

test('a person who cancels is told nothing, and nothing is asked of the Graph', async () => {
  const response = await comeBack({ cancel: true });
  assert.deepEqual([response.status, await response.json()], [403, { error: 'access_denied' }]);
});

test('a code that is used twice leads to a new log-in', async () => {
  const { url } = await emulator().people.get('Kim').logIn();
  assert.equal((await GET(new Request(url))).status, 200);
  assert.equal((await GET(new Request(url))).status, 401);
});

test('a Graph that is away leads to a try later', async () => {
  emulator().faults.add({ step: 'graph.authorised', error: 'server.away', path: 'me' });
  assert.equal((await comeBack()).status, 503);
});
