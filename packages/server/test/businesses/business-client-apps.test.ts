// A business works with an app of somebody else: who may take it up, what its system users may do with it, and how that
// ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BusinessScene, businessScene, code, lantern, proofOf } from './business-scene.ts';
import { join } from './joining.ts';
import { cast } from '../world.ts';

const { cleo, rival } = cast;
const permissions = ['business_management', 'pages_show_list', 'pages_read_engagement'];

/** Cleo, administrator of Rival, runs Lantern too. @returns her token for Rival, and how Rival knows the clerk */
async function cleoInside(scene: BusinessScene): Promise<{ token: string; clerkId: string }> {
  const { world, ana } = scene;
  await join(world, lantern.id, cleo, 'ADMIN', ana);
  const token = await world.login(rival.id, cleo.id, { permissions, longLived: true });
  const known: { id: string; name: string }[] = (await world.get(`/${lantern.id}/system_users?access_token=${token}`))
    .body.data;
  return { token, clerkId: known.find(({ name }) => name === 'Clerk')?.id ?? '' };
}

test('an app of others is taken up by who runs both, and then its system users may have it, until the business gives it up', async (t) => {
  const scene = await businessScene(t);
  const { world } = scene;
  const { token, clerkId } = await cleoInside(scene);
  const install = () => world.post(`/${clerkId}/applications`, { business_app: rival.id, access_token: token });
  assert.deepEqual(code(await install()), [400, 100]);
  assert.deepEqual((await world.post(`/${lantern.id}/client_apps`, { app_id: rival.id, access_token: token })).body, {
    success: true,
  });
  const listed = await world.get(`/${lantern.id}/client_apps?fields=name&access_token=${token}`);
  assert.deepEqual(listed.body.data, [{ name: 'Rival', id: rival.id }]);
  assert.deepEqual(
    (await world.get(`/${lantern.id}/owned_apps?access_token=${token}`)).body.data.map(({ id }: { id: string }) => id),
    [cast.shop.id],
  );
  assert.deepEqual((await install()).body, { success: true });
  const made = await world.post(`/${clerkId}/access_tokens`, {
    business_app: rival.id,
    scope: 'pages_show_list',
    appsecret_proof: proofOf(token, rival.secret),
    access_token: token,
  });
  assert.equal(made.status, 200, made.text);
  const systemToken = made.body.access_token as string;
  assert.equal((await world.get(`/me?access_token=${systemToken}`)).status, 200);
  assert.deepEqual((await world.delete(`/${lantern.id}/client_apps?app_id=${rival.id}&access_token=${token}`)).body, {
    success: true,
  });
  assert.deepEqual((await world.get(`/me?access_token=${systemToken}`)).body.error.error_subcode, 466);
  assert.deepEqual(code(await install()), [400, 100]);
  assert.deepEqual((await world.get(`/${lantern.id}/client_apps?access_token=${token}`)).body.data, []);
  assert.deepEqual(
    code(await world.delete(`/${lantern.id}/client_apps?app_id=${rival.id}&access_token=${token}`)),
    [400, 100],
  );
});

test('PR-05: an app of others stands on its own review: what it may ask of strangers, its tokens for the business may do', async (t) => {
  const scene = await businessScene(t);
  const { world } = scene;
  const { token, clerkId } = await cleoInside(scene);
  await world.post(`/${lantern.id}/client_apps`, { app_id: rival.id, access_token: token });
  await world.post(`/${clerkId}/applications`, { business_app: rival.id, access_token: token });
  const asked = {
    business_app: rival.id,
    scope: 'catalog_management',
    appsecret_proof: proofOf(token, rival.secret),
    access_token: token,
  };
  assert.deepEqual(code(await world.post(`/${clerkId}/access_tokens`, asked)), [400, 100]);
});

test('PR-05: nobody takes up an app that is not theirs to give, nor for a business that they do not run', async (t) => {
  const scene = await businessScene(t);
  const { world, ana, ben: bens, cleo: cleos } = scene;
  const ask = (app: string, caller: string) =>
    world.post(`/${lantern.id}/client_apps`, { app_id: app, access_token: caller });
  assert.deepEqual(code(await ask(rival.id, ana)), [403, 200], 'runs the business, has no role on the app');
  assert.deepEqual(code(await ask(rival.id, cleos)), [400, 100], 'has the app, knows nothing of the business');
  assert.deepEqual(code(await ask(cast.shop.id, bens)), [403, 200], 'an employee');
  assert.deepEqual((await world.get(`/${lantern.id}/client_apps?access_token=${ana}`)).body.data, []);
});
