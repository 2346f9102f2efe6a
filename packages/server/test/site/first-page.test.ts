// These tests are about the first page of a browser, where the console was built: the console, for everybody but those
// whose account is locked.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startCheckpoint } from '../../src/people/lock.ts';
import { Browser } from '../browser.ts';
import { cast, testWorld } from '../world.ts';

const { ana } = cast;

async function withConsole(t: TestContext) {
  const world = await testWorld({
    world: { console: { html: (nonce) => `<!doctype html><title>The console</title>${nonce}`, assets: new Map() } },
  });
  t.after(() => world.close());
  return world;
}

test('a stranger and somebody who has logged in see the console', async (t) => {
  const browser = new Browser(await withConsole(t));
  assert.match((await browser.open('/')).html, /The console/);
  const after = await browser.logIn(ana);
  assert.deepEqual([after.url, after.html.includes('The console')], ['/', true]);
});

test('somebody whose account is locked is led from the log-in to the way out, and not into the console', async (t) => {
  const world = await withConsole(t);
  await startCheckpoint(world.server.installation, ana.id, { kind: 'operator' }, 'operator');
  const browser = new Browser(world);
  for (const page of [await browser.logIn(ana), await browser.open('/')])
    assert.deepEqual([page.url, browser.heading()], ['/checkpoint', 'Unlock your account']);
});

test('an unlocked account leads to the settings, where it says so', async (t) => {
  const world = await withConsole(t);
  await startCheckpoint(world.server.installation, ana.id, { kind: 'operator' }, 'operator');
  const browser = new Browser(world);
  await browser.logIn(ana);
  const page = await browser.send(browser.form('/checkpoint', { password: ana.password }));
  assert.match(page.url, /^\/settings\?done=/);
  assert.match(page.html, /Your account has been unlocked\./);
});
