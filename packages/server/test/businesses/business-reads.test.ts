// Programs of businesses read much in one list: fields that are refused, answered or left out, and things with their
// assignment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adScene, lanternAds, outcome } from '../ads/ad-scene.ts';
import { lantern } from './business-scene.ts';
import { cast } from '../world.ts';

const account = `/${lanternAds.node}`;

test('whom an ad account belongs to is refused without business_management, and nothing else is', async (t) => {
  const { world, get, ana } = await adScene(t);
  assert.equal((await get(`${account}?fields=owner`, ana)).body.owner, lantern.id);
  const less = await world.login(cast.shop.id, cast.ana.id, { permissions: ['ads_read'] });
  for (const field of ['owner', 'business', 'owner_business']) {
    const { status, body } = await get(`${account}?fields=name,${field}`, less);
    assert.deepEqual([status, body.error.code], [403, 200]);
    assert.match(body.error.message, /^\(#200\) Requires business_management permission/);
  }
  assert.equal((await get(`${account}?fields=name,account_status`, less)).body.name, lanternAds.name);
});

test('the fields of the common read lists are answered, and left out where there is nothing', async (t) => {
  const scene = await adScene(t);
  const { get, ana } = scene;
  const fields =
    'age,users,business_name,min_daily_budget,is_prepay_account,end_advertiser_name,tax_id_status,funding_source,io_number';
  const { age, ...more } = (await get(`${account}?fields=${fields}`, ana)).body;
  assert.ok(age >= 0);
  assert.deepEqual(more, { min_daily_budget: 100, is_prepay_account: false, id: lanternAds.node });
  const business = (
    await get(`/${lantern.id}?fields=name,link,profile_picture_uri,primary_page,permitted_roles,is_hidden`, ana)
  ).body;
  assert.deepEqual(business, { name: lantern.name, is_hidden: false, id: lantern.id });
  const campaign = (await get('/8101?fields=name,stop_time,bid_strategy,special_ad_category,promoted_object', ana))
    .body;
  assert.deepEqual(Object.keys(campaign), ['name', 'special_ad_category', 'id']);
  await scene.hold(cast.ben.id, ['ANALYZE'], lantern.id);
  const funding = (await get(`${account}?fields=funding_source`, scene.ben)).body.error;
  assert.deepEqual([funding.code, funding.message], [10, '(#10) Permission Denied.']);
  assert.match((await get(`${account}?fields=funding_source_details`, ana)).body.error.message, /^Unsupported .*get/);
  assert.equal(outcome(await get(`${account}?fields=moon`, ana)), 'E100');
});

test('a system user sees its business, and makes none', async (t) => {
  const scene = await adScene(t);
  const token = await scene.systemToken('office');
  assert.deepEqual((await scene.get('/me/businesses', token)).body.data, [{ name: lantern.name, id: lantern.id }]);
  assert.notEqual((await scene.world.post('/me/businesses', { name: 'Mine', access_token: token })).status, 200);
  const less = await scene.systemToken('office', 'ads_read');
  assert.equal((await scene.get('/me/businesses', less)).body.error.code, 200);
});

test('assigned ad accounts and Pages come with the tasks of whom the list is about, and those the business may give', async (t) => {
  const scene = await adScene(t);
  await scene.hold(cast.ben.id, ['ANALYZE'], lantern.id);
  const { data } = (await scene.get(`/${lantern.id}/business_users?fields=id,name`, scene.ana)).body;
  const { id: ben } = data.find(({ name }: { name: string }) => name === cast.ben.name);
  const of = async (path: string) => (await scene.get(`${path}?fields=id,tasks,permitted_tasks`, scene.ana)).body.data;
  const every = ['MANAGE', 'ADVERTISE', 'ANALYZE', 'DRAFT', 'AA_ANALYZE'];
  assert.deepEqual(await of(`/${ben}/assigned_ad_accounts`), [
    { id: lanternAds.node, tasks: ['ANALYZE'], permitted_tasks: every },
  ]);
  assert.deepEqual(await of(`/${scene.ids.office}/assigned_ad_accounts`), [
    { id: lanternAds.node, tasks: every, permitted_tasks: every },
  ]);
  const pages = await of(`/${scene.ids.office}/assigned_pages`);
  for (const page of pages) assert.ok(page.tasks.length > 0 && page.permitted_tasks.length > 0, JSON.stringify(page));
  // Outside such a list an ad account has no such field.
  assert.equal(outcome(await scene.get(`${account}?fields=tasks`, scene.ana)), 'E100');
});

test('ad accounts are filtered and sorted', async (t) => {
  const { get, ana } = await adScene(t);
  const names = async (filtering: string) =>
    (await get(`/me/adaccounts?fields=name&filtering=${encodeURIComponent(filtering)}`, ana)).body.data?.map(
      ({ name }: { name: string }) => name,
    );
  assert.deepEqual(await names('[{"field":"account_status","operator":"EQUAL","value":1}]'), [lanternAds.name]);
  assert.deepEqual(await names('[{"field":"name","operator":"CONTAIN","value":"nothing like it"}]'), []);
  assert.equal(await names('[{"field":"moon","operator":"EQUAL","value":1}]'), undefined);
});
