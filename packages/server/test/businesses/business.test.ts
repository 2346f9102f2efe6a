// These tests are about businesses: making one, who is in it, what belongs to it, what it assigns, and what ends when
// somebody or something leaves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BusinessScene, businessScene, code, idFor, lantern, tokenOf } from './business-scene.ts';
import { Browser } from '../browser.ts';
import { turnOn } from '../people/second-factor.ts';
import { cast } from '../world.ts';

const tasksOn = async ({ world }: BusinessScene, page: string, token: string) =>
  (await world.get(`/${page}?fields=tasks&access_token=${token}`)).body.tasks;

test('a person makes a business, is its administrator, and reads and changes its settings', async (t) => {
  const { world, cleo } = await businessScene(t);
  const made = await world.post('/me/businesses', {
    name: '  Fern   Ltd ',
    vertical: 'RETAIL',
    timezone_id: '57',
    access_token: cleo,
  });
  assert.match(made.body.id, /^\d+$/);
  const { id } = made.body;
  assert.deepEqual((await world.get(`/me/businesses?access_token=${cleo}`)).body.data, [{ name: 'Fern Ltd', id }]);
  assert.deepEqual(
    (await world.post(`/${id}`, { name: 'Fern', two_factor_type: 'all_required', access_token: cleo })).body,
    { success: true },
  );
  // A person who asks for a second factor is asked for one, too.
  const browser = new Browser(world);
  await browser.logIn(cast.cleo);
  await turnOn(browser, cast.cleo);
  const read = await world.get(
    `/${id}?fields=name,vertical,timezone_id,two_factor_type,created_by&access_token=${cleo}`,
  );
  assert.deepEqual(read.body, {
    name: 'Fern',
    vertical: 'RETAIL',
    timezone_id: 57,
    two_factor_type: 'all_required',
    created_by: { id: await idFor(world, cleo), name: 'Cleo Dupont' },
    id,
  });
  assert.deepEqual(code(await world.post(`/${id}`, { two_factor_type: 'sometimes', access_token: cleo })), [400, 100]);
});

test('nobody outside knows of a business, and an employee sees it and changes nothing', async (t) => {
  const { world, ben, cleo } = await businessScene(t);
  const outside = await world.get(`/${lantern.id}?access_token=${cleo}`);
  const nothing = await world.get(`/799999?access_token=${cleo}`);
  assert.equal(outside.status, nothing.status);
  assert.deepEqual([outside.body.error.code, outside.body.error.error_subcode], [100, 33]);
  assert.equal((await world.get(`/${lantern.id}?access_token=${ben}`)).body.name, lantern.name);
  const tries = [
    world.post(`/${lantern.id}`, { name: 'Mine', access_token: ben }),
    world.post(`/${lantern.id}/business_users`, { email: cast.cleo.email, role: 'ADMIN', access_token: ben }),
    world.post(`/${lantern.id}/owned_pages`, { page_id: cast.bakery.id, access_token: ben }),
    world.post(`/${lantern.id}/owned_apps`, { app_id: cast.phone.id, access_token: ben }),
    world.delete(`/${lantern.id}/pages?page_id=${cast.garden.id}&access_token=${ben}`),
  ];
  for (const answer of await Promise.all(tries)) assert.deepEqual(code(answer), [403, 200], answer.text);
  assert.equal((await world.get(`/${lantern.id}?access_token=${ben}`)).body.name, lantern.name);
  assert.ok(world.log.some(({ message }) => message === 'business.refused'));
});

test('business_management is needed for everything about businesses', async (t) => {
  const { world } = await businessScene(t);
  const token = await world.login(cast.shop.id, cast.ana.id, { permissions: ['email'] });
  // The grant of the pair was replaced: it holds no longer for the old token either.
  assert.deepEqual(code(await world.get(`/me/businesses?access_token=${token}`)), [403, 200]);
  assert.deepEqual(code(await world.get(`/${lantern.id}?access_token=${token}`)), [403, 200]);
});

test('people are given roles and taken out; the last administrator stays', async (t) => {
  const { world, ana, ben } = await businessScene(t);
  const listed = (
    await world.get(`/${lantern.id}/business_users?fields=name,role&summary=total_count&access_token=${ana}`)
  ).body;
  assert.deepEqual(listed.data.map(({ name, role }: { name: string; role: string }) => [name, role]).sort(), [
    ['Ana Maria Lopes', 'ADMIN'],
    ['Ben Okafor', 'EMPLOYEE'],
  ]);
  assert.equal(listed.summary.total_count, 2);
  const idOf = (wanted: string) => listed.data.find(({ name }: { name: string }) => name === wanted).id;
  assert.deepEqual(code(await world.delete(`/${idOf(cast.ana.name)}?access_token=${ana}`)), [400, 100]);
  assert.deepEqual(
    code(await world.post(`/${idOf(cast.ana.name)}`, { role: 'EMPLOYEE', access_token: ana })),
    [400, 100],
  );
  assert.deepEqual((await world.post(`/${idOf(cast.ben.name)}`, { role: 'ADMIN', access_token: ana })).body, {
    success: true,
  });
  assert.deepEqual((await world.delete(`/${idOf(cast.ana.name)}?access_token=${ben}`)).body, { success: true });
  assert.deepEqual(code(await world.get(`/${lantern.id}?access_token=${ana}`)), [400, 100]);
  assert.equal((await world.get(`/${lantern.id}?access_token=${ben}`)).status, 200);
});

test('a Page and an app are claimed by who manages them, for one business only', async (t) => {
  const { world, ana, cleo } = await businessScene(t);
  assert.deepEqual(
    (await world.post(`/${lantern.id}/owned_pages`, { page_id: cast.bakery.id, access_token: ana })).body,
    { success: true },
  );
  const pages = (await world.get(`/${lantern.id}/owned_pages?access_token=${ana}`)).body.data;
  assert.deepEqual(pages, [
    { name: 'Corner Bakery', id: cast.bakery.id },
    { name: 'Old Garden', id: cast.garden.id },
  ]);
  const other = (await world.post('/me/businesses', { name: 'Other', access_token: cleo })).body.id;
  assert.deepEqual(
    code(await world.post(`/${other}/owned_pages`, { page_id: cast.bakery.id, access_token: cleo })),
    [403, 200],
  );
  assert.deepEqual(
    code(await world.post(`/${other}/owned_apps`, { app_id: cast.shop.id, access_token: cleo })),
    [403, 200],
  );
  assert.deepEqual((await world.post(`/${other}/owned_apps`, { app_id: cast.rival.id, access_token: cleo })).body, {
    success: true,
  });
  const anas = (await world.post('/me/businesses', { name: 'Second', access_token: ana })).body.id;
  assert.deepEqual(
    code(await world.post(`/${anas}/owned_pages`, { page_id: cast.bakery.id, access_token: ana })),
    [400, 100],
  );
});

test('leaving a business takes what it assigned, and the Page tokens made by it die with 492', async (t) => {
  const scene = await businessScene(t);
  const { world, ana, ben } = scene;
  const user = await idFor(world, ben);
  const given = { business: lantern.id, user, tasks: 'ANALYZE,CREATE_CONTENT', access_token: ana };
  assert.deepEqual((await world.post(`/${cast.garden.id}/assigned_users`, given)).body, { success: true });
  const pageToken = (await world.get(`/${cast.garden.id}?fields=access_token&access_token=${ben}`)).body.access_token;
  assert.equal((await world.get(`/me?access_token=${pageToken}`)).body.name, 'Old Garden');
  const assigned = (await world.get(`/${cast.garden.id}/assigned_users?business=${lantern.id}&access_token=${ana}`))
    .body.data;
  const inIt = (await world.get(`/${lantern.id}/business_users?fields=id,name&access_token=${ana}`)).body.data as {
    id: string;
    name: string;
  }[];
  assert.deepEqual(assigned, [
    {
      id: inIt.find(({ name }) => name === cast.ben.name)?.id,
      name: 'Ben Okafor',
      tasks: ['ANALYZE', 'CREATE_CONTENT'],
      business: { id: lantern.id, name: lantern.name },
      user_type: 'BUSINESS_USER',
    },
  ]);
  const members = (await world.get(`/${lantern.id}/business_users?access_token=${ana}`)).body.data;
  assert.deepEqual(
    (
      await world.delete(
        `/${members.find(({ name }: { name: string }) => name === cast.ben.name).id}?access_token=${ben}`,
      )
    ).body,
    {
      success: true,
    },
  );
  const dead = await world.get(`/me?access_token=${pageToken}`);
  assert.deepEqual([dead.body.error.code, dead.body.error.error_subcode], [190, 492]);
  assert.equal(await tasksOn(scene, cast.garden.id, ben), undefined);
  // A role of one's own is nobody else's to take.
  assert.equal((await world.get(`/${cast.bakery.id}?fields=tasks&access_token=${ben}`)).body.tasks.length, 2);
});

test('a business assigns only on its Pages, only to its people, and never in place of a role of their own', async (t) => {
  const { world, ana, ben, cleo } = await businessScene(t);
  const assign = (page: string, user: string, token = ana) =>
    world.post(`/${page}/assigned_users`, { business: lantern.id, user, tasks: 'ANALYZE', access_token: token });
  const [anas, bens, cleos] = [await idFor(world, ana), await idFor(world, ben), await idFor(world, cleo)];
  assert.deepEqual(code(await assign(cast.garden.id, cleos)), [400, 100]);
  assert.deepEqual(code(await assign(cast.bakery.id, bens)), [400, 100]);
  assert.deepEqual(code(await assign(cast.garden.id, anas)), [400, 100]);
  assert.deepEqual(code(await assign(cast.garden.id, bens, ben)), [403, 200]);
  assert.deepEqual(code(await assign(cast.garden.id, cleos, cleo)), [403, 200]);
  assert.equal((await assign(cast.garden.id, bens)).status, 200);
});

test('an agency works within its permitted tasks, and loses everything with the Page', async (t) => {
  const { world, ana, cleo } = await businessScene(t);
  const agency = (await world.post('/me/businesses', { name: 'Agency', access_token: cleo })).body.id;
  const user = await idFor(world, cleo);
  const assign = (tasks: string) =>
    world.post(`/${cast.garden.id}/assigned_users`, { business: agency, user, tasks, access_token: cleo });
  assert.deepEqual(code(await assign('ANALYZE')), [400, 100]);
  const let_in = { business: agency, permitted_tasks: 'ANALYZE,ADVERTISE', access_token: ana };
  assert.deepEqual((await world.post(`/${cast.garden.id}/agencies`, let_in)).body, { success: true });
  assert.deepEqual((await world.get(`/${cast.garden.id}/agencies?access_token=${ana}`)).body.data, [
    { id: agency, name: 'Agency', permitted_tasks: ['ANALYZE', 'ADVERTISE'] },
  ]);
  assert.deepEqual((await world.get(`/${agency}/client_pages?access_token=${cleo}`)).body.data, [
    { name: 'Old Garden', id: cast.garden.id },
  ]);
  assert.deepEqual(code(await assign('MANAGE')), [400, 100]);
  assert.equal((await assign('ANALYZE,ADVERTISE')).status, 200);
  await world.post(`/${cast.garden.id}/agencies`, { ...let_in, permitted_tasks: 'ANALYZE' });
  assert.deepEqual((await world.get(`/${cast.garden.id}?fields=tasks&access_token=${cleo}`)).body.tasks, ['ANALYZE']);
  const pageToken = (await world.get(`/${cast.garden.id}?fields=access_token&access_token=${cleo}`)).body.access_token;
  assert.deepEqual((await world.delete(`/${cast.garden.id}/agencies?business=${agency}&access_token=${ana}`)).body, {
    success: true,
  });
  assert.equal((await world.get(`/me?access_token=${pageToken}`)).body.error.error_subcode, 492);
  assert.deepEqual((await world.get(`/${agency}/client_pages?access_token=${cleo}`)).body.data, []);
});

test('a Page that leaves the business is lost to its system users at once', async (t) => {
  const scene = await businessScene(t);
  const { world, ana, officeId, clerkId } = scene;
  await world.post(`/${cast.garden.id}/assigned_users`, {
    business: lantern.id,
    user: clerkId,
    tasks: 'ANALYZE',
    access_token: ana,
  });
  const tokens = [await tokenOf(scene, officeId), await tokenOf(scene, clerkId)];
  const pageTokens = await Promise.all(
    tokens.map(
      async (token) =>
        (await world.get(`/${cast.garden.id}?fields=access_token&access_token=${token}`)).body.access_token,
    ),
  );
  assert.deepEqual((await world.delete(`/${lantern.id}/pages?page_id=${cast.garden.id}&access_token=${ana}`)).body, {
    success: true,
  });
  for (const token of pageTokens)
    assert.equal((await world.get(`/me?access_token=${token}`)).body.error.error_subcode, 492);
  for (const token of tokens) assert.deepEqual((await world.get(`/me/accounts?access_token=${token}`)).body.data, []);
  await world.post(`/${lantern.id}/owned_pages`, { page_id: cast.garden.id, access_token: ana });
  assert.equal((await world.get(`/me?access_token=${pageTokens[0]}`)).body.error.error_subcode, 492);
  assert.equal((await world.get(`/me/accounts?access_token=${tokens[0]}`)).body.data.length, 1);
});
