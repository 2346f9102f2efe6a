// These tests are about campaigns: listed, made, paused and deleted; and reports, whose figures grow only while
// something runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adScene, type AdScene, autumn, cleosAds, lanternAds, outcome, spring } from './ad-scene.ts';

const DAY = 86_400;
const account = `/${lanternAds.node}`;
const make = ({ world, ana }: AdScene, params: Record<string, string> = {}) =>
  world.post(`${account}/campaigns`, {
    name: 'New',
    objective: 'OUTCOME_SALES',
    special_ad_categories: '[]',
    is_adset_budget_sharing_enabled: 'false',
    access_token: ana,
    ...params,
  });
const change = ({ world, ana }: AdScene, id: string, params: Record<string, string>) =>
  world.post(`/${id}`, { access_token: ana, ...params });
const spend = async ({ get, ana }: AdScene, of: string, query = 'date_preset=maximum'): Promise<number> =>
  Number((await get(`/${of}/insights?${query}`, ana)).body.data[0]?.spend ?? 0);

test('campaigns are listed newest first, page by page, and filtered by what they effectively are', async (t) => {
  const scene = await adScene(t);
  const { world, get, ana } = scene;
  for (let n = 1; n <= 3; n++) assert.equal((await make(scene, { name: `New ${n}` })).status, 200);
  const names: string[] = [];
  let next: string | undefined = `${account}/campaigns?fields=name&limit=2&access_token=${ana}`;
  while (next !== undefined) {
    const { data, paging }: { data: { name: string }[]; paging: { next?: string; cursors: { before: string } } } = (
      await world.get(next)
    ).body;
    names.push(...data.map(({ name }) => name));
    next = paging.next?.replace(/^https?:\/\/[^/]+/, '');
  }
  assert.deepEqual(names, ['New 3', 'New 2', 'New 1', autumn.name, spring.name]);
  const only = async (statuses: string) =>
    (await get(`${account}/campaigns?fields=name&effective_status=${encodeURIComponent(statuses)}`, ana)).body.data.map(
      (one: { name: string }) => one.name,
    );
  assert.deepEqual(await only('["ACTIVE"]'), [spring.name]);
  await scene.delete(`/${autumn.id}`, ana);
  assert.deepEqual(await only('DELETED,ACTIVE'), [autumn.name, spring.name]);
  assert.ok(
    !(await get(`${account}/campaigns?fields=name`, ana)).body.data.some(
      ({ name }: { name: string }) => name === autumn.name,
    ),
  );
  assert.equal(outcome(await get(`${account}/campaigns?effective_status=["RUNNING"]`, ana)), 'E100');
  assert.equal(outcome(await get(`${account}/campaigns?after=nonsense`, ana)), 'E100');
});

test('a campaign is made, read, paused, renamed and deleted, and a deleted one is only read', async (t) => {
  const scene = await adScene(t);
  const { world, get, ana } = scene;
  const { id } = (
    await make(scene, {
      name: '  Summer ',
      status: 'ACTIVE',
      daily_budget: '1500',
      special_ad_categories: '["HOUSING"]',
    })
  ).body;
  const fields =
    'name,objective,status,effective_status,account_id,daily_budget,lifetime_budget,special_ad_categories,buying_type,created_time';
  assert.deepEqual((await get(`/${id}?fields=${fields}`, ana)).body, {
    name: 'Summer',
    objective: 'OUTCOME_SALES',
    status: 'ACTIVE',
    effective_status: 'ACTIVE',
    account_id: lanternAds.id,
    daily_budget: '1500',
    special_ad_categories: ['HOUSING'],
    buying_type: 'AUCTION',
    created_time: '2026-11-21T12:34:56+0000',
    id,
  });
  assert.deepEqual((await get(`/${id}`, ana)).body, { id });
  await world.clock.advance(60);
  assert.deepEqual((await change(scene, id, { status: 'PAUSED', name: 'Winter' })).body, { success: true });
  const read = (await get(`/${id}?fields=name,status,updated_time`, ana)).body;
  assert.deepEqual(read, { name: 'Winter', status: 'PAUSED', updated_time: '2026-11-21T12:35:56+0000', id });
  assert.deepEqual((await scene.delete(`/${id}`, ana)).body, { success: true });
  assert.equal((await get(`/${id}?fields=effective_status`, ana)).body.effective_status, 'DELETED');
  assert.match((await change(scene, id, { status: 'ACTIVE' })).body.error.message, /deleted/);
  assert.equal(outcome(await scene.delete(`/${id}`, ana)), 'E100');
});

test('what a campaign cannot be is refused, and nothing is made', async (t) => {
  const scene = await adScene(t);
  const { world, ana, get } = scene;
  const wrong: Record<string, string>[] = [
    { name: '' },
    { name: ' \t' },
    { name: 'a\u0000b' },
    { objective: '' },
    { objective: 'LINK_CLICKS' },
    { objective: 'outcome_sales' },
    { special_ad_categories: '' },
    { special_ad_categories: '["ALCOHOL"]' },
    { special_ad_categories: '{"a":1}' },
    { status: 'DELETED' },
    { daily_budget: '-5' },
    { daily_budget: '99' },
    { daily_budget: '1e9' },
    { daily_budget: '999999999999999' },
    { daily_budget: '500', lifetime_budget: '5000' },
  ];
  for (const params of wrong) assert.equal(outcome(await make(scene, params)), 'E100', JSON.stringify(params));
  assert.match(
    (await make(scene, { objective: 'LINK_CLICKS' })).body.error.message,
    /must be one of \{OUTCOME_APP_PROMOTION/,
  );
  assert.equal((await get(`${account}/campaigns`, ana)).body.data.length, 2);
  assert.deepEqual((await make(scene, { execution_options: '["validate_only"]' })).body, { success: true });
  assert.equal((await get(`${account}/campaigns`, ana)).body.data.length, 2);
  assert.equal(outcome(await change(scene, spring.id, { lifetime_budget: '5000' })), 'E100');
  assert.equal(outcome(await change(scene, autumn.id, { daily_budget: '5000' })), 'E100');
  assert.equal(outcome(await world.post('/8103', { name: 'x', access_token: ana })), 'E100/33');
});

test('in an ad account that is not active nothing is made or started, and an active campaign has issues', async (t) => {
  const scene = await adScene(t);
  const { installation } = scene.world.server;
  await installation.db.act(async ({ tx }) => {
    const settings = JSON.stringify({ currency: 'EUR', timezoneId: 1, status: 2, disableReason: 1 });
    await tx.updateTable('ad_accounts').set({ settings }).where('id', '=', lanternAds.id).execute();
  });
  installation.facts.cache.clear();
  assert.match((await make(scene)).body.error.message, /account_status 2/);
  assert.match((await change(scene, autumn.id, { status: 'ACTIVE' })).body.error.message, /account_status 2/);
  assert.equal(
    (await scene.get(`/${spring.id}?fields=effective_status`, scene.ana)).body.effective_status,
    'WITH_ISSUES',
  );
  const filtered = await scene.get(`${account}/campaigns?effective_status=WITH_ISSUES`, scene.ana);
  assert.deepEqual(filtered.body.data, [{ id: spring.id }]);
});

test('a report gives the figures of days that are over and of today, for the account and for each campaign', async (t) => {
  const scene = await adScene(t);
  const { get, ana } = scene;
  const rows = (
    await get(
      `${account}/insights?date_preset=last_7d&time_increment=1&fields=spend,impressions,clicks,reach,ctr,cpc`,
      ana,
    )
  ).body.data;
  assert.equal(rows.length, 7);
  assert.deepEqual([rows[0].date_start, rows[6].date_stop], ['2026-11-14', '2026-11-20']);
  for (const row of rows) {
    // Up to twenty euros a day, and never more people than impressions.
    assert.match(row.spend, /^1[89]\.\d\d$|^20\.00$/);
    assert.ok(
      Number(row.clicks) < Number(row.reach) && Number(row.reach) < Number(row.impressions),
      JSON.stringify(row),
    );
    assert.equal(row.cpc, String(Number((Number(row.spend) / Number(row.clicks)).toFixed(6))));
  }
  const whole = (await get(`${account}/insights?date_preset=last_7d&fields=spend`, ana)).body.data;
  assert.equal(whole.length, 1);
  const sum = rows.reduce((total: number, row: { spend: string }) => total + Number(row.spend), 0);
  assert.equal(whole[0].spend, sum.toFixed(2));
  assert.deepEqual(
    (
      await get(
        `${account}/insights?date_preset=last_7d&time_increment=1&fields=spend,impressions,clicks,reach,ctr,cpc`,
        ana,
      )
    ).body.data,
    rows,
  );
  const byCampaign = (await get(`${account}/insights?level=campaign&fields=campaign_name,spend`, ana)).body.data;
  assert.deepEqual(
    byCampaign.map((row: { campaign_name: string }) => row.campaign_name),
    [spring.name],
  );
  const own = (await get(`/${spring.id}/insights`, ana)).body.data[0];
  assert.deepEqual(Object.keys(own), ['account_id', 'campaign_id', 'impressions', 'spend', 'date_start', 'date_stop']);
  assert.deepEqual((await get(`/${autumn.id}/insights`, ana)).body, { data: [] });
  // Inside a field expansion, with a time range as JSON.
  const range = '{"since":"2026-11-15","until":"2026-11-16"}';
  const nested = (await get(`${account}?fields=${encodeURIComponent(`insights.time_range(${range}){spend}`)}`, ana))
    .body;
  assert.deepEqual(
    [nested.insights.data[0].date_start, nested.insights.data[0].date_stop],
    ['2026-11-15', '2026-11-16'],
  );
});

test('spend grows with the clock while a campaign is active, stands still while it is paused, and never goes down', async (t) => {
  const scene = await adScene(t);
  const { world } = scene;
  const first = await spend(scene, spring.id);
  await world.clock.advance(DAY);
  const second = await spend(scene, spring.id);
  assert.ok(second >= first + 17 && second <= first + 20.01, `${first} ${second}`);
  await change(scene, spring.id, { status: 'PAUSED' });
  const atPause = await spend(scene, spring.id);
  await world.clock.advance(5 * DAY);
  assert.equal(await spend(scene, spring.id), atPause);
  await change(scene, spring.id, { status: 'ACTIVE', daily_budget: '100000' });
  assert.equal(await spend(scene, spring.id), atPause);
  await world.clock.advance(DAY);
  assert.ok((await spend(scene, spring.id)) > atPause + 800);
  await scene.delete(`/${spring.id}`, scene.ana);
  const last = await spend(scene, spring.id);
  await world.clock.advance(DAY);
  assert.equal(await spend(scene, spring.id), last);
  assert.equal(
    (await scene.get(`${account}?fields=amount_spent`, scene.ana)).body.amount_spent,
    String(Math.round(last * 100)),
  );
});

test('a lifetime budget is spent once, and what was spent stays when it is raised', async (t) => {
  const scene = await adScene(t);
  const { world } = scene;
  await change(scene, autumn.id, { status: 'ACTIVE' });
  await world.clock.advance(40 * DAY);
  assert.equal(await spend(scene, autumn.id), 300);
  assert.equal((await scene.get(`/${autumn.id}?fields=budget_remaining`, scene.ana)).body.budget_remaining, '0');
  assert.match((await change(scene, autumn.id, { lifetime_budget: '20000' })).body.error.message, /what was spent/);
  await change(scene, autumn.id, { lifetime_budget: '60000' });
  assert.equal(await spend(scene, autumn.id), 300);
  await world.clock.advance(DAY);
  const now = await spend(scene, autumn.id);
  assert.ok(now > 317 && now <= 320, String(now));
});

test('days that cannot be meant are refused', async (t) => {
  const scene = await adScene(t);
  const { get, ana } = scene;
  const ask = (params: Record<string, string>) => get(`${account}/insights?${new URLSearchParams(params)}`, ana);
  const wrong: [Record<string, string>, string][] = [
    [{ date_preset: 'last_5d' }, 'E100'],
    [{ time_range: '{"since":"2026-11-20","until":"2026-11-10"}' }, 'E100'],
    [{ time_range: '{"since":"2026-02-30","until":"2026-03-10"}' }, 'E100'],
    [{ time_range: '{"since":"2026-11-01"}' }, 'E100'],
    [{ time_range: '{"since":1,"until":2}' }, 'E100'],
    [{ time_range: '[]' }, 'E100'],
    [{ time_range: '{' }, 'E100'],
    [{ time_range: 'yesterday' }, 'E100'],
    [{ time_range: '{"since":"2020-01-01","until":"2026-01-01"}' }, 'E3018'],
    [{ time_range: '{"since":"2026-11-01","until":"9999-12-31"}' }, '200'],
    [{ time_range: '{"since":"2027-01-01","until":"2027-01-02"}' }, '200'],
    [{ time_increment: '0' }, 'E100'],
    [{ time_increment: '91' }, 'E100'],
    [{ time_increment: 'weekly' }, 'E100'],
    [{ time_increment: 'monthly', date_preset: 'maximum' }, '200'],
    [{ level: 'ad' }, 'E100'],
    [{ fields: 'spend,moon_phase' }, 'E100'],
  ];
  for (const [params, expected] of wrong) {
    const reply = await ask(params);
    assert.equal(outcome(reply), expected, `${JSON.stringify(params)}: ${reply.text}`);
  }
  for (const preset of 'today yesterday this_month last_month this_quarter last_quarter this_year last_year last_3d last_14d last_28d last_30d last_90d maximum'.split(
    ' ',
  ))
    assert.equal(outcome(await ask({ date_preset: preset })), '200', preset);
  assert.deepEqual((await get(`/${cleosAds.node}/insights`, scene.cleo)).body, { data: [] });
});

test('a campaign without a budget has to say whether its ad sets share theirs, from v24.0 on', async (t) => {
  const scene = await adScene(t);
  const { world, ana, get } = scene;
  const bare = { name: 'New', objective: 'OUTCOME_SALES', special_ad_categories: '[]', access_token: ana };
  const post = (version: string, more: Record<string, string> = {}) =>
    world.post(`/${version}${account}/campaigns`, { ...bare, ...more });
  for (const version of ['v24.0', 'v25.0', 'v26.0']) {
    const { status, body } = await post(version);
    const { code, error_subcode, message, error_user_title } = body.error;
    assert.deepEqual([status, code, error_subcode, message], [400, 100, 4834011, 'Invalid parameter']);
    assert.equal(error_user_title, 'Must specify True or False in is_adset_budget_sharing_enabled field');
    assert.equal(outcome(await post(version, { execution_options: '["validate_only"]' })), 'E100/4834011');
  }
  const ids = [await post('v23.0'), await post('v25.0', { daily_budget: '1500' })].map(({ body }) => body.id);
  for (const id of ids)
    assert.deepEqual((await get(`/${id}?fields=is_adset_budget_sharing_enabled`, ana)).body, { id });
  const { id } = (await post('v25.0', { is_adset_budget_sharing_enabled: 'true' })).body;
  const shares = async () =>
    (await get(`/${id}?fields=is_adset_budget_sharing_enabled`, ana)).body.is_adset_budget_sharing_enabled;
  assert.equal(await shares(), true);
  await change(scene, id, { is_adset_budget_sharing_enabled: 'false' });
  assert.equal(await shares(), false);
});
