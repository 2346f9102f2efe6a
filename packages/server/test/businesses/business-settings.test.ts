// Business settings in the dashboard: system users and their tokens without any token at hand, what an act would end
// before it is done, and a rule that nobody locks themselves out with.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { desk } from '../dashboard.ts';
import { cast, type Reply } from '../world.ts';
import { businessScene, clerk, code, lantern } from './business-scene.ts';

const { shop, rival, garden, ana, ben } = cast;

async function scene(t: TestContext, options: Parameters<typeof businessScene>[1] = {}) {
  const all = await businessScene(t, options);
  const at = await desk(all.world, ana);
  const users = (await at.get(`/${lantern.id}/system_users?fields=id,name,role`)).body.data;
  const idOf = (name: string): string => users.find((one: { name: string }) => one.name === name).id;
  return { ...all, at, clerkAtDesk: idOf(clerk.name) };
}

const worked = (reply: Reply): Reply => {
  assert.equal(reply.status, 200, reply.text);
  return reply;
};
const wouldEnd = async (at: Awaited<ReturnType<typeof desk>>, call_method: string, call: string) =>
  worked(await at.post('/would_end', { call, call_method })).body;

test('an administrator makes a system user in the dashboard, gives it an app and a Page, and gets a token for it after the password', async (t) => {
  const { world, at } = await scene(t);
  const { id } = worked(await at.post(`/${lantern.id}/system_users`, { name: 'Night Shift', role: 'EMPLOYEE' })).body;
  const token = {
    business_app: shop.id,
    scope: 'pages_show_list,business_management',
    set_token_expires_in_60_days: 'true',
  };
  assert.deepEqual(code(await at.post(`/${id}/access_tokens`, token)), [400, 100], 'the password is asked for first');
  await at.confirm(ana.password);
  assert.match((await at.post(`/${id}/access_tokens`, token)).text, /must be installed/);
  worked(await at.post(`/${id}/applications`, { business_app: shop.id }));
  worked(await at.post(`/${garden.id}/assigned_users`, { user: id, tasks: 'CREATE_CONTENT', business: lantern.id }));
  const { access_token } = worked(await at.post(`/${id}/access_tokens`, token)).body;
  const me = await world.get(`/me/accounts?fields=id&access_token=${access_token}`);
  assert.deepEqual(me.body.data, [{ id: garden.id }]);
  const [app] = (await at.get(`/${id}/installed_apps`)).body.data;
  assert.deepEqual([app.id, app.name, app.living_tokens], [shop.id, 'Shop', 1]);
  const [row] = (await at.get(`/${id}/issued_tokens`)).body.data;
  assert.deepEqual(row.app, { id: shop.id, name: 'Shop' });
  assert.equal(row.is_valid, true);
  worked(await at.delete(`/${id}/issued_tokens?token_id=${row.id}`));
  assert.equal((await world.get(`/me?access_token=${access_token}`)).body.error.code, 190);
  assert.equal((await at.get(`/${id}/issued_tokens`)).body.data[0].is_valid, false);
});

test('PR-12: the dashboard makes no token for an app of somebody else, nor for one without access to the Marketing API', async (t) => {
  const { at, clerkAtDesk } = await scene(t);
  await at.confirm(ana.password);
  const ask = (business_app: string) =>
    at.post(`/${clerkAtDesk}/access_tokens`, { business_app, scope: 'business_management' });
  assert.deepEqual(code(await ask(rival.id)), [400, 100]);
  assert.deepEqual(code(await at.post(`/${clerkAtDesk}/applications`, { business_app: rival.id })), [400, 100]);
  assert.deepEqual(code(await at.delete(`/${clerkAtDesk}/access_tokens?business_app=${rival.id}`)), [400, 100]);
  assert.deepEqual(code(await at.delete(`/${clerkAtDesk}/access_tokens`)), [400, 100]);
  const none = await scene(t, { tier: 'none' });
  await none.at.confirm(ana.password);
  const refused = await none.at.post(`/${none.clerkAtDesk}/access_tokens`, {
    business_app: shop.id,
    scope: 'business_management',
  });
  assert.deepEqual(code(refused), [400, 3]);
  assert.deepEqual(code(await none.at.post(`/${lantern.id}/system_users`, { name: 'x' })), [400, 3]);
});

test('PR-12: an employee of the business manages no system users in the dashboard', async (t) => {
  const { world, clerkAtDesk } = await scene(t);
  const employee = await desk(world, ben);
  await employee.confirm(ben.password);
  for (const reply of [
    await employee.post(`/${clerkAtDesk}/access_tokens`, { business_app: shop.id, scope: 'business_management' }),
    await employee.get(`/${clerkAtDesk}/issued_tokens`),
    await employee.delete(`/${clerkAtDesk}/access_tokens?business_app=${shop.id}`),
    await employee.post(`/${lantern.id}/system_users`, { name: 'Mine' }),
  ])
    assert.equal(reply.status >= 400 && reply.status < 500, true, reply.text);
});

test('before an act the dashboard tells what it would end, and nothing of it is done', async (t) => {
  const { world, at, clerkAtDesk } = await scene(t);
  await at.confirm(ana.password);
  worked(
    await at.post(`/${garden.id}/assigned_users`, { user: clerkAtDesk, tasks: 'CREATE_CONTENT', business: lantern.id }),
  );
  const make = () =>
    at.post(`/${clerkAtDesk}/access_tokens`, { business_app: shop.id, scope: 'pages_show_list,business_management' });
  const [one, two] = [worked(await make()).body.access_token, worked(await make()).body.access_token];
  const uninstall = `${clerkAtDesk}/applications?business_app=${shop.id}`;
  const told = await wouldEnd(at, 'DELETE', uninstall);
  assert.deepEqual([told.system_user_tokens, told.page_tokens, told.user_tokens], [2, 2, 0]);
  assert.deepEqual(told.apps, [{ id: shop.id, name: 'Shop' }]);
  assert.deepEqual(told.pages, [{ id: garden.id, name: garden.name }]);
  for (const token of [one, two]) worked(await world.get(`/me?access_token=${token}`));
  worked(await at.delete(`/${uninstall}`));
  for (const token of [one, two]) assert.equal((await world.get(`/me?access_token=${token}`)).status, 400);
  assert.equal(
    (await wouldEnd(at, 'DELETE', `${clerkAtDesk}/access_tokens?business_app=${shop.id}`)).system_user_tokens,
    0,
  );
});

test('giving up a Page tells of the Page tokens of everybody to whom the business assigned it', async (t) => {
  const { at, world } = await scene(t);
  const users = (await at.get(`/${lantern.id}/business_users?fields=id,name`)).body.data;
  const benId = users.find((one: { name: string }) => one.name === ben.name).id;
  worked(await at.post(`/${garden.id}/assigned_users`, { user: benId, tasks: 'MODERATE', business: lantern.id }));
  const told = await wouldEnd(at, 'DELETE', `${lantern.id}/pages?page_id=${garden.id}`);
  assert.equal(told.page_tokens, 1);
  assert.equal((await wouldEnd(at, 'DELETE', benId)).page_tokens, 1, 'so does taking the person out of the business');
  assert.equal((await at.get(`/${lantern.id}/owned_pages`)).body.data.length, 1);
  assert.ok((await world.get(`/${garden.id}`)).status > 0);
});

test('what would be refused is refused before it is confirmed, in the words of the act', async (t) => {
  const { at } = await scene(t);
  const [admin] = (await at.get(`/${lantern.id}/business_users?fields=id,role`)).body.data.filter(
    ({ role }: { role: string }) => role === 'ADMIN',
  );
  const told = await at.post('/would_end', { call: admin.id, call_method: 'DELETE' });
  assert.deepEqual(code(told), code(await at.delete(`/${admin.id}`)));
});

test('PR-12: no token asks what an act would end', async (t) => {
  const { world, ana: token } = await scene(t);
  const reply = await world.post('/would_end', { call: 'me/permissions', call_method: 'DELETE', access_token: token });
  assert.equal(reply.status, 403);
});

test('in the dashboard nobody without a second factor sets a rule that asks for one; the refusal says how', async (t) => {
  const { at } = await scene(t);
  const refused = await at.post(`/${lantern.id}`, { two_factor_type: 'admin_required' });
  assert.match(refused.body.error.message, /Turn on two-factor authentication in your settings first/);
  worked(await at.post(`/${lantern.id}`, { name: 'Lantern and Sons', two_factor_type: 'none' }));
});
