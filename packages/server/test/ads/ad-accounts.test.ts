// These tests are about ad accounts: what they tell, who has them and through what, and that what is lost is lost at
// the next call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deletePersonIn } from '../../src/operator/delete-person.ts';
import { change } from '../../src/liveness/change.ts';
import { adScene, cleosAds, fern, lanternAds, outcome } from './ad-scene.ts';
import { lantern } from '../businesses/business-scene.ts';
import { join } from '../businesses/joining.ts';
import { cast } from '../world.ts';

const { shop } = cast;
const idsOf = (body: { data: { id: string }[] }): string[] => body.data.map(({ id }) => id);

test('an ad account is found as act_ and its number, by ids= and in a batch, and not by the number alone', async (t) => {
  const { world, ana, get } = await adScene(t);
  assert.deepEqual((await get(`/${lanternAds.node}`, ana)).body, { account_id: lanternAds.id, id: lanternAds.node });
  assert.equal(outcome(await get(`/${lanternAds.id}`, ana)), 'E100/33');
  assert.deepEqual((await get(`/?ids=${lanternAds.node}&fields=name`, ana)).body, {
    [lanternAds.node]: { name: lanternAds.name, id: lanternAds.node },
  });
  const batch = JSON.stringify([{ method: 'GET', relative_url: `${lanternAds.node}?fields=currency` }]);
  assert.deepEqual(JSON.parse((await world.post('/', { batch, access_token: ana })).body[0].body), {
    currency: 'EUR',
    id: lanternAds.node,
  });
  for (const id of ['act_', 'act_0', 'act_x', 'ACT_8001', 'act_8001_1', 'act_99999999999999999999', 'act_8003'])
    assert.match(outcome(await get(`/${id}`, ana)), /^E(100\/33|803|2500)$/, id);
});

test('its fields tell what it is, whose it is, what it spent and what the bearer may do', async (t) => {
  const { ana, cleo, ids, get } = await adScene(t);
  const fields =
    'name,account_status,disable_reason,currency,timezone_id,owner,owner_business,user_tasks,amount_spent,capabilities,is_personal';
  const { amount_spent, ...read } = (await get(`/${lanternAds.node}?fields=${fields}`, ana)).body;
  assert.deepEqual(read, {
    name: lanternAds.name,
    account_status: 1,
    disable_reason: 0,
    currency: 'EUR',
    timezone_id: 1,
    owner: lantern.id,
    owner_business: lantern,
    user_tasks: ['MANAGE', 'ADVERTISE', 'ANALYZE', 'DRAFT', 'AA_ANALYZE'],
    capabilities: [],
    is_personal: 0,
    id: lanternAds.node,
  });
  assert.match(amount_spent, /^\d{5}$/);
  const own = (await get(`/${cleosAds.node}?fields=owner,owner_business,is_personal,amount_spent`, cleo)).body;
  assert.deepEqual(own, { owner: ids.cleo, is_personal: 1, amount_spent: '0', id: cleosAds.node });
});

test('an administrator has every ad account of the business, an employee what was assigned, people outside nothing', async (t) => {
  const { world, ana, ben, cleo, ids, get, systemToken, delete: remove } = await adScene(t);
  const [office, clerk] = [await systemToken('office'), await systemToken('clerk')];
  assert.deepEqual(idsOf((await get('/me/adaccounts', ana)).body), [lanternAds.node]);
  assert.deepEqual((await get('/me/adaccounts', office)).body.data, [
    { account_id: lanternAds.id, id: lanternAds.node },
  ]);
  assert.deepEqual(idsOf((await get('/me/assigned_ad_accounts', office)).body), [lanternAds.node]);
  for (const token of [ben, clerk]) {
    assert.deepEqual((await get('/me/adaccounts', token)).body, { data: [] });
    assert.equal(outcome(await get(`/${lanternAds.node}`, token)), 'E100/33');
  }
  assert.deepEqual(idsOf((await get('/me/adaccounts', cleo)).body), [cleosAds.node]);
  assert.equal(outcome(await get(`/${lanternAds.node}`, cleo)), 'E100/33');
  assert.equal(outcome(await get(`/${cleosAds.node}`, ana)), 'E100/33');
  // Assigned by the call, and taken back.
  const edge = `/${lanternAds.node}/assigned_users`;
  for (const [user, token] of [
    [ids.ben, ben],
    [ids.clerk, clerk],
  ] as const) {
    const given = await world.post(edge, { user, business: lantern.id, tasks: '["ANALYZE"]', access_token: ana });
    assert.deepEqual(given.body, { success: true }, given.text);
    assert.deepEqual((await get(`/${lanternAds.node}?fields=user_tasks`, token)).body.user_tasks, ['ANALYZE']);
    assert.deepEqual(idsOf((await get('/me/adaccounts', token)).body), [lanternAds.node]);
  }
  const bens = (await get(`/${lantern.id}/business_users`, ana)).body.data.find(
    ({ name }: { name: string }) => name === cast.ben.name,
  ).id;
  assert.deepEqual((await get(`${edge}?business=${lantern.id}`, ana)).body.data, [
    { id: bens, name: cast.ben.name, tasks: ['ANALYZE'], business: lantern, user_type: 'BUSINESS_USER' },
    { id: ids.clerk, name: 'Clerk', tasks: ['ANALYZE'], business: lantern, user_type: 'SYSTEM_USER' },
  ]);
  assert.deepEqual(idsOf((await get(`/${ids.clerk}/assigned_ad_accounts`, ana)).body), [lanternAds.node]);
  assert.deepEqual(idsOf((await get(`/${bens}/assigned_ad_accounts`, ana)).body), [lanternAds.node]);
  assert.deepEqual((await remove(`${edge}?user=${ids.ben}&business=${lantern.id}`, ana)).body, { success: true });
  assert.equal(outcome(await get(`/${lanternAds.node}`, ben)), 'E100/33');
  assert.equal(outcome(await remove(`${edge}?user=${ids.ben}&business=${lantern.id}`, ana)), 'E100');
});

test('I-6: whoever loses the role in the business loses its ad accounts with the next call', async (t) => {
  const { world, ana, ben, get, hold, delete: remove } = await adScene(t);
  await hold(cast.ben.id, ['ADVERTISE'], lantern.id);
  assert.equal(outcome(await get(`/${lanternAds.node}`, ben)), '200');
  const members = (await get(`/${lantern.id}/business_users`, ana)).body.data;
  const bens = members.find(({ name }: { name: string }) => name === cast.ben.name).id;
  await world.post(`/${bens}`, { role: 'ADMIN', access_token: ana });
  assert.equal((await get(`/${lanternAds.node}?fields=user_tasks`, ben)).body.user_tasks.length, 5);
  await world.post(`/${bens}`, { role: 'EMPLOYEE', access_token: ana });
  assert.deepEqual((await get(`/${lanternAds.node}?fields=user_tasks`, ben)).body.user_tasks, [
    'ADVERTISE',
    'ANALYZE',
    'DRAFT',
  ]);
  await remove(`/${bens}`, ana);
  assert.equal(outcome(await get(`/${lanternAds.node}`, ben)), 'E100/33');
  // Coming back brings nothing back.
  await join(world, lantern.id, cast.ben, 'EMPLOYEE', ana);
  assert.equal(outcome(await get(`/${lanternAds.node}`, ben)), 'E100/33');
});

test('an agency has the tasks it was permitted, gives its people no more, and all ends with the agency', async (t) => {
  const { world, ana, cleo, ids, get, delete: remove } = await adScene(t);
  const agencies = `/${lanternAds.node}/agencies`;
  assert.equal(
    outcome(await world.post(agencies, { business: lantern.id, permitted_tasks: 'ANALYZE', access_token: ana })),
    'E100',
  );
  assert.equal(
    outcome(await world.post(agencies, { business: fern.id, permitted_tasks: 'CREATE_CONTENT', access_token: ana })),
    'E100',
  );
  assert.equal(
    outcome(await world.post(agencies, { business: '7999', permitted_tasks: 'ANALYZE', access_token: ana })),
    'E100',
  );
  assert.deepEqual(
    (await world.post(agencies, { business: fern.id, permitted_tasks: '["ADVERTISE"]', access_token: ana })).body,
    { success: true },
  );
  assert.deepEqual((await get(agencies, ana)).body.data, [
    { ...fern, permitted_tasks: ['ADVERTISE', 'ANALYZE', 'DRAFT'] },
  ]);
  assert.deepEqual((await get(`/${lanternAds.node}?fields=user_tasks`, cleo)).body.user_tasks, [
    'ADVERTISE',
    'ANALYZE',
    'DRAFT',
  ]);
  assert.deepEqual(idsOf((await get(`/${fern.id}/client_ad_accounts`, cleo)).body), [lanternAds.node]);
  assert.deepEqual(idsOf((await get(`/${fern.id}/owned_ad_accounts`, cleo)).body), []);
  // Cleo's colleague gets what Fern may pass on, and nothing beyond it.
  await join(world, fern.id, cast.ben, 'EMPLOYEE', cleo);
  const assign = (tasks: string) =>
    world.post(`/${lanternAds.node}/assigned_users`, { user: ids.ben, business: fern.id, tasks, access_token: cleo });
  assert.equal(outcome(await assign('MANAGE')), 'E100');
  assert.equal(outcome(await assign('ADVERTISE')), '200');
  // People of the owner are not for an agency to give tasks to, nor is the list of them its business.
  const others = { user: ids.ben, business: lantern.id, tasks: 'ANALYZE', access_token: cleo };
  assert.equal(outcome(await world.post(`/${lanternAds.node}/assigned_users`, others)), 'E273');
  assert.equal(outcome(await get(`/${lanternAds.node}/assigned_users?business=${lantern.id}`, cleo)), 'E273');
  const ben = await world.login(shop.id, cast.ben.id, { permissions: ['ads_read'] });
  assert.deepEqual((await get(`/${lanternAds.node}?fields=user_tasks`, ben)).body.user_tasks, [
    'ADVERTISE',
    'ANALYZE',
    'DRAFT',
  ]);
  await world.post(agencies, { business: fern.id, permitted_tasks: 'ANALYZE', access_token: ana });
  assert.deepEqual((await get(`/${lanternAds.node}?fields=user_tasks`, ben)).body.user_tasks, ['ANALYZE']);
  assert.deepEqual((await remove(`${agencies}?business=${fern.id}`, ana)).body, { success: true });
  for (const token of [ben, cleo]) assert.equal(outcome(await get(`/${lanternAds.node}`, token)), 'E100/33');
  assert.equal(outcome(await remove(`${agencies}?business=${fern.id}`, ana)), 'E100');
  assert.equal(outcome(await remove(`${agencies}?business=${lantern.id}`, ana)), 'E100');
});

test('a business makes an ad account, claims one that its administrator manages, and gives that one up again', async (t) => {
  const { world, ana, ben, cleo, get, hold, delete: remove } = await adScene(t);
  const all = {
    name: 'Second',
    currency: 'EUR',
    timezone_id: '57',
    end_advertiser: cast.garden.id,
    media_agency: 'NONE',
    partner: 'UNFOUND',
  };
  for (const name of Object.keys(all)) {
    const { [name as keyof typeof all]: _, ...rest } = all;
    assert.equal(
      (await world.post(`/${lantern.id}/adaccount`, { ...rest, access_token: ana })).body.error.message,
      `(#100) The parameter ${name} is required`,
    );
  }
  for (const wrong of [
    { currency: 'XYZZY' },
    { timezone_id: 'Berlin' },
    { end_advertiser: 'somebody' },
    { name: '\u0007' },
  ])
    assert.equal(
      outcome(await world.post(`/${lantern.id}/adaccount`, { ...all, ...wrong, access_token: ana })),
      'E100',
      JSON.stringify(wrong),
    );
  assert.equal(outcome(await world.post(`/${lantern.id}/adaccount`, { ...all, access_token: ben })), 'E200');
  const made = (await world.post(`/${lantern.id}/adaccount`, { ...all, access_token: ana })).body;
  assert.match(made.id, /^act_\d+$/);
  assert.deepEqual([made.account_id, made.business_id], [made.id.slice(4), lantern.id]);
  const owned = idsOf((await get(`/${lantern.id}/owned_ad_accounts`, ana)).body);
  assert.deepEqual(owned.toSorted(), [lanternAds.node, made.id].toSorted());
  assert.deepEqual(idsOf((await get(`/${lantern.id}/owned_ad_accounts?search_query=second`, ana)).body), [made.id]);
  assert.equal(outcome(await remove(`/${lantern.id}/ad_accounts?adaccount_id=${made.id}`, ana)), 'E100');
  assert.equal(outcome(await get(`/${made.id}`, ana)), '200');

  const claim = (token: string, business: string) =>
    world.post(`/${business}/owned_ad_accounts`, { adaccount_id: cleosAds.node, access_token: token });
  assert.equal(outcome(await claim(ana, lantern.id)), 'E100');
  await hold(cast.ana.id, ['ADVERTISE'], undefined, cleosAds.id);
  assert.equal(outcome(await claim(ana, lantern.id)), 'E273');
  assert.deepEqual((await claim(cleo, fern.id)).body, { access_status: 'CONFIRMED' });
  await hold(cast.ana.id, ['MANAGE'], undefined, cleosAds.id);
  assert.equal(outcome(await claim(ana, lantern.id)), 'E100');
  assert.equal((await get(`/${cleosAds.node}?fields=owner`, cleo)).body.owner, fern.id);
  assert.deepEqual((await remove(`/${fern.id}/ad_accounts?adaccount_id=${cleosAds.id}`, cleo)).body, { success: true });
  assert.equal((await get(`/${cleosAds.node}?fields=is_personal`, cleo)).body.is_personal, 1);
  assert.equal(outcome(await remove(`/${fern.id}/ad_accounts?adaccount_id=${cleosAds.id}`, cleo)), 'E100');
});

test('what a business had assigned ends when it gives the account up', async (t) => {
  const { world, ben, cleo, ids, get, delete: remove } = await adScene(t);
  await world.post(`/${fern.id}/owned_ad_accounts`, { adaccount_id: cleosAds.id, access_token: cleo });
  await join(world, fern.id, cast.ben, 'EMPLOYEE', cleo);
  await world.post(`/${cleosAds.node}/assigned_users`, {
    user: ids.ben,
    business: fern.id,
    tasks: 'ADVERTISE',
    access_token: cleo,
  });
  assert.equal(outcome(await get(`/${cleosAds.node}`, ben)), '200');
  await remove(`/${fern.id}/ad_accounts?adaccount_id=${cleosAds.id}`, cleo);
  assert.equal(outcome(await get(`/${cleosAds.node}`, ben)), 'E100/33');
  await world.post(`/${fern.id}/owned_ad_accounts`, { adaccount_id: cleosAds.id, access_token: cleo });
  assert.equal(outcome(await get(`/${cleosAds.node}`, ben)), 'E100/33');
});

test('on an ad account of one person tasks are given without a business', async (t) => {
  const { world, ana, cleo, ids, get } = await adScene(t);
  const give = (params: Record<string, string>) =>
    world.post(`/${cleosAds.node}/assigned_users`, { ...params, access_token: cleo });
  assert.equal(outcome(await give({ user: ids.ana, tasks: 'ANALYZE' })), '200');
  assert.deepEqual(idsOf((await get('/me/adaccounts', ana)).body), [lanternAds.node, cleosAds.node]);
  assert.equal(outcome(await give({ user: ids.ana, tasks: 'ANALYZE', business: fern.id })), 'E100');
  assert.equal(outcome(await give({ user: ids.clerk, tasks: 'ANALYZE' })), 'E100');
  assert.equal(outcome(await give({ user: '424242', tasks: 'ANALYZE' })), 'E100');
  assert.equal(outcome(await give({ user: ids.ana, tasks: 'OWN' })), 'E100');
  assert.equal(outcome(await give({ user: ids.ana, tasks: '[]' })), 'E100');
  assert.equal(
    outcome(
      await world.post(`/${lanternAds.node}/assigned_users`, { user: ids.ben, tasks: 'ANALYZE', access_token: ana }),
    ),
    'E100',
  );
});

test('PR-08: a test user is given no ad account', async (t) => {
  const { world, cleo } = await adScene(t);
  const made = await world.post(`/${shop.id}/accounts/test-users`, {
    installed: 'true',
    permissions: 'ads_read',
    access_token: `${shop.id}|${shop.secret}`,
  });
  const tried = await world.post(`/${cleosAds.node}/assigned_users`, {
    user: made.body.id,
    tasks: 'ANALYZE',
    access_token: cleo,
  });
  assert.equal(outcome(tried), 'E100');
  assert.deepEqual((await world.get(`/me/adaccounts?access_token=${made.body.access_token}`)).body, { data: [] });
});

test('a deleted account leaves its ad accounts without an owner, and its tasks are gone', async (t) => {
  const { world, ana, get, hold } = await adScene(t);
  await hold(cast.ana.id, ['ANALYZE'], undefined, cleosAds.id);
  const { installation } = world.server;
  await change(installation, (act) => deletePersonIn(act, cast.cleo.id, { kind: 'operator' }, world.clock.now()));
  assert.equal((await get(`/${cleosAds.node}?fields=owner,is_personal`, ana)).body.owner, undefined);
  const left = await installation.db.read
    .selectFrom('ad_account_roles')
    .select('person_id')
    .where('account_id', '=', cleosAds.id)
    .execute();
  assert.deepEqual(left, [{ person_id: cast.ana.id }]);
});

test('an app without access to the Marketing API makes no ad account', async (t) => {
  const { world, ana } = await adScene(t, { tier: 'none' });
  const params = {
    name: 'New',
    currency: 'EUR',
    timezone_id: '1',
    end_advertiser: 'NONE',
    media_agency: 'NONE',
    partner: 'NONE',
  };
  assert.equal(outcome(await world.post(`/${lantern.id}/adaccount`, { ...params, access_token: ana })), 'E3');
});

test('PR-04: a parameter that names another ad account or campaign than the path is refused', async (t) => {
  const { world, ana } = await adScene(t);
  const campaign = {
    name: 'New',
    objective: 'OUTCOME_SALES',
    special_ad_categories: '[]',
    daily_budget: '1500',
    access_token: ana,
  };
  assert.equal(
    outcome(await world.post(`/${lanternAds.node}/campaigns`, { ...campaign, account_id: cleosAds.id })),
    'E100',
  );
  assert.equal(
    outcome(await world.post(`/${lanternAds.node}/campaigns`, { ...campaign, account_id: lanternAds.node })),
    '200',
  );
  assert.equal(
    outcome(await world.post(`/${lanternAds.node}/campaigns`, { ...campaign, account_id: lanternAds.id })),
    '200',
  );
  assert.equal(
    outcome(await world.post('/8101', { status: 'PAUSED', campaign_id: '8102', access_token: ana })),
    'E100',
  );
});
