// These tests are about steps that come after others at which an emulator may order a refusal: a dialog that was
// decided, a call to an app.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FaultPoint, type FaultStep, OrderedFault } from '../../src/wire/faults.ts';
import { settings } from '../acts.ts';
import { answerOf, Browser } from '../browser.ts';
import { allowAll, rows, shopDialog } from '../dialog-journey.ts';
import { receiver, settled } from '../apps/receiver.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, shop } = cast;

/** Orders one error at one step until `world.faults` is taken away. @returns the points at which it was given */
function orderAt(world: TestWorld, wanted: FaultStep): FaultPoint[] {
  const given: FaultPoint[] = [];
  world.server.installation.world.faults = {
    take(step, point) {
      if (step !== wanted) return undefined;
      given.push(point);
      return new OrderedFault('f1', 'server.away', {});
    },
  };
  return given;
}

test('a dialog that fails by order after everything was decided records nothing, and goes on when it is asked again', async (t) => {
  const world = await testWorld();
  t.after(() => world.close());
  const given = orderAt(world, 'dialog.decided');
  const browser = new Browser(world);
  const { location } = await allowAll(browser, ana, shopDialog({ scope: 'email' }));
  assert.deepEqual([answerOf(location).query.get('error'), await rows(world, 'grants')], ['server_error', 0]);
  assert.deepEqual(
    given.map(({ app, person }) => [app, person]),
    [[shop.id, ana.id]],
  );
  assert.ok(world.log.some(({ message, facts }) => message === 'fault.ordered' && facts?.order === 'f1'));
  world.server.installation.world.faults = undefined;
  const again = await allowAll(browser, ana, shopDialog({ scope: 'email' }));
  assert.ok(answerOf(again.location).query.has('code'));
});

test('a call to an app that fails by order is not sent, and is tried again like any that failed', async (t) => {
  const app = await receiver();
  const world = await testWorld({ settings: { callbackReceivers: 'local' }, world: { outbound: app.outbound } });
  t.after(async () => {
    await world.close();
    await app.close();
  });
  await settings(world, shop.id, { deauthCallbackUrl: `${app.url}/deauthorize` });
  const given = orderAt(world, 'callback');
  const token = await world.login(shop.id, ana.id);
  await world.delete(`/me/permissions?access_token=${token}`);
  await settled(world);
  assert.deepEqual([app.got.length, given.map(({ path, app: id }) => [path, id])], [0, [['deauthorize', shop.id]]]);
  world.server.installation.world.faults = undefined;
  await world.clock.advance(120);
  const [got] = await app.received(1);
  assert.equal(got?.path, '/deauthorize');
});
