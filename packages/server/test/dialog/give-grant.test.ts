// Only some people may let an app do something at the end of a change, by what is in the database then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveAppRole, takeAppRole } from '../../src/apps/app-admin.ts';
import { Overtaken, withConsent } from '../../src/consent/give-grant.ts';
import { appActs } from '../../src/entries/operator.ts';
import { change } from '../../src/liveness/change.ts';
import { cast, testWorld } from '../world.ts';

const { shop, rival, ana } = cast;

test('RR-13: the test user of another app lets an app do something while it is shared, also an app that is live', async (t) => {
  const world = await testWorld();
  t.after(() => world.close());
  const { installation } = world.server;
  const guest = { id: ana.id, testUserOf: rival.id };
  const consents = () =>
    change(installation, (making) =>
      withConsent(installation, making, { appId: shop.id, person: guest, session: undefined }, async () => 'done'),
    );
  const role = { appId: shop.id, by: { kind: 'operator' as const }, personId: guest.id, role: 'testers' as const };
  await assert.rejects(consents, Overtaken);
  await change(installation, (making) => giveAppRole(making, role, world.clock.now()));
  assert.equal(await consents(), 'done');
  await change(installation, (making) => takeAppRole(installation, making, role));
  await assert.rejects(consents, Overtaken);
});

test('RR-13: nobody lets an app do something that was disabled meanwhile, and nothing of the change stays', async (t) => {
  const world = await testWorld();
  t.after(() => world.close());
  const { installation } = world.server;
  await appActs.disable.run(installation, shop.id, { kind: 'operator' });
  const events = async () =>
    (await installation.db.read.selectFrom('events').select('name').where('name', '=', 'dialog.granted').execute())
      .length;
  await assert.rejects(
    change(installation, (making) =>
      withConsent(
        installation,
        making,
        { appId: shop.id, person: { id: ana.id, testUserOf: null }, session: undefined },
        async () => making.event({ name: 'dialog.granted', outcome: 'ok' }),
      ),
    ),
    Overtaken,
  );
  assert.equal(await events(), 0);
});
