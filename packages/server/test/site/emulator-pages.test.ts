// The pages about an emulator are there in an emulator alone: a platform serves none of them, and has no door behind them.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { emulatorPlaces } from '@hallpass/pages/places';
import { type TestWorld, testWorld } from '../world.ts';

const console = {
  html: (nonce: string) => `<!doctype html><title>The console</title>${nonce}`,
  assets: new Map<string, never>(),
};
const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';

async function opened(t: TestContext, more: Parameters<typeof testWorld>[0] = {}): Promise<TestWorld> {
  const world = await testWorld(more);
  t.after(() => world.close());
  return world;
}

const ask = (world: TestWorld, path: string, headers: Record<string, string> = {}) =>
  world.send({ path, query: '', headers: { host: 'localhost', accept, ...headers } });

test('a platform has none of them, allows no frame in its console, and tells its pages of none', async (t) => {
  const world = await opened(t, { world: { console } });
  for (const { path } of emulatorPlaces) {
    const { status, body } = await ask(world, path);
    assert.deepEqual([status, String(body).includes('The console')], [404, false], path);
  }
  const { headers } = await ask(world, '/console/apps');
  assert.doesNotMatch(String(headers['content-security-policy']), /frame-src/);
  const start = await ask(world, '/console/start', { 'sec-fetch-site': 'same-origin' });
  assert.equal(JSON.parse(String(start.body)).demo, undefined);
});

test('EM-07: a platform has no door for orders', async (t) => {
  const world = await opened(t, { world: { console } });
  for (const path of ['/console/control/clock', '/console/control/open', '/_/emulator/state']) {
    const { status } = await ask(world, path, { 'sec-fetch-site': 'same-origin', accept: 'application/json' });
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
  }
});

test('an emulator serves them, and lets its console show mails in frames of its own origin alone', async (t) => {
  const world = await opened(t, { world: { console, demo: { people: [], apps: [] } } });
  for (const { path } of emulatorPlaces) {
    const { status, headers } = await ask(world, path);
    assert.equal(status, 200, path);
    assert.match(String(headers['content-security-policy']), /frame-src 'self'/);
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
  }
});
