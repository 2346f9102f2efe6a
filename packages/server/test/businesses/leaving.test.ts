// These tests are about leaving a business in every way, and what it comes to for the business when an account is
// deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personActs } from '../../src/entries/operator.ts';
import { adScene, lanternAds, outcome } from '../ads/ad-scene.ts';
import { businessScene, idFor, lantern, tokenOf } from './business-scene.ts';
import { leavingTable } from './leaving.ts';
import { cast } from '../world.ts';

leavingTable();

test('a deleted account leaves as the last administrator, too: nobody is promoted, and an administrator among the system users goes on', async (t) => {
  const scene = await businessScene(t);
  const { world, ben, officeId } = scene;
  const system = await tokenOf(scene, officeId);
  assert.ok(await personActs.delete.run(world.server.installation, cast.ana.id, { kind: 'operator' }));
  const { data } = (await world.get(`/${lantern.id}/business_users?fields=name,role&access_token=${system}`)).body;
  assert.deepEqual(
    data.map(({ name, role }: { name: string; role: string }) => [name, role]),
    [[cast.ben.name, 'EMPLOYEE']],
  );
  assert.equal((await world.post(`/${lantern.id}`, { name: 'Mine', access_token: ben })).status, 403);
  const invited = await world.post(`/${lantern.id}/business_users`, {
    email: cast.cleo.email,
    role: 'ADMIN',
    access_token: system,
  });
  assert.match(invited.body.invite_link, /^http/);
});

test('RR-03: whoever is removed while a Page is assigned has none of it after both have answered', async (t) => {
  const { world, ana, ben } = await businessScene(t);
  const user = await idFor(world, ben);
  const { data } = (await world.get(`/${lantern.id}/business_users?fields=name&access_token=${ana}`)).body;
  const member = data.find(({ name }: { name: string }) => name === cast.ben.name).id;
  await Promise.all([
    world.post(`/${cast.garden.id}/assigned_users`, {
      user,
      tasks: 'ANALYZE',
      business: lantern.id,
      access_token: ana,
    }),
    world.delete(`/${member}?access_token=${ana}`),
  ]);
  const { read } = world.server.installation.db;
  assert.deepEqual(await read.selectFrom('page_roles').selectAll().where('business_id', '=', lantern.id).execute(), []);
});

test('a business that requires a second factor asks for it on the ad accounts that it owns', async (t) => {
  const scene = await adScene(t);
  const { world, ana, ben, cleo, get } = scene;
  await scene.hold(cast.ben.id, ['ADVERTISE'], lantern.id);
  assert.equal(outcome(await get(`/${lanternAds.node}?fields=name`, ben)), '200');
  assert.equal(
    (await world.post(`/${lantern.id}`, { two_factor_type: 'all_required', access_token: ana })).status,
    200,
  );
  for (const reply of [
    await get(`/${lanternAds.node}?fields=name`, ben),
    await get(`/${lanternAds.node}/campaigns`, ana),
    await world.post(`/${lanternAds.node}/campaigns`, {
      name: 'X',
      objective: 'OUTCOME_TRAFFIC',
      special_ad_categories: '[]',
      daily_budget: '1500',
      access_token: ana,
    }),
    await get(`/${lanternAds.node}/agencies`, ana),
  ]) {
    assert.deepEqual([reply.body.error?.code, reply.body.error?.error_subcode], [415, 2_859_009], reply.text);
  }
  assert.equal(outcome(await get('/act_8002?fields=name', cleo)), '200', 'nobody owns it but a person');
});
