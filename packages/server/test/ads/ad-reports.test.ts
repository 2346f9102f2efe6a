// These tests are about reports about advertising: what is asked is obeyed or refused, and nothing that changes a
// figure is ignored in silence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adScene, type AdScene, autumn, lanternAds, outcome, spring } from './ad-scene.ts';

const DAY = 86_400;
const account = `/${lanternAds.node}`;
const query = (params: Record<string, string>) => new URLSearchParams(params).toString();
const ask = ({ get, ana }: AdScene, params: Record<string, string>, path = `${account}/insights`) =>
  get(`${path}?${query(params)}`, ana);

interface Row {
  spend: string;
  impressions: string;
  clicks: string;
  campaign_name?: string;
  date_start: string;
  [name: string]: string | undefined;
}

const rows = async (scene: AdScene, params: Record<string, string>, path?: string): Promise<Row[]> => {
  const { status, body, text } = await ask(scene, params, path);
  assert.equal(status, 200, text);
  return body.data;
};

/** Both campaigns have run. */
async function withTwo(t: Parameters<typeof adScene>[0]): Promise<AdScene> {
  const scene = await adScene(t);
  await scene.world.post(`/${autumn.id}`, { status: 'ACTIVE', access_token: scene.ana });
  await scene.world.clock.advance(3 * DAY);
  return scene;
}

const whole = { date_preset: 'maximum', level: 'campaign', fields: 'campaign_name,spend,impressions,clicks' };

test('wrong fields are named all at once, in the words of the reports; real ones without a value are left out', async (t) => {
  const scene = await adScene(t);
  const words = (names: string) =>
    `(#100) ${names} not valid for fields param. please check https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values`;
  const message = async (params: Record<string, string>, path?: string) =>
    (await ask(scene, params, path)).body.error.message;
  assert.equal(await message({ fields: 'spend,foo,bar' }), words('foo, bar are'));
  assert.equal(await message({ fields: 'foo' }), words('foo is'));
  assert.equal(await message({ fields: 'age' }), words('age is'));
  // Also where there is no row, inside a field expansion, and in the summary.
  assert.equal(await message({ fields: 'moon', date_preset: 'last_year' }, `/${autumn.id}/insights`), words('moon is'));
  assert.equal(await message({ fields: 'insights{moon}' }, account), words('moon is'));
  assert.equal(await message({ fields: 'spend', summary: 'moon' }), words('moon is'));
  assert.equal(
    await message({ fields: 'labels,spend,location' }),
    '(#100) labels, location are not valid for fields param after V19.0',
  );
  assert.equal(
    outcome(await scene.world.get(`/v18.0${account}/insights?fields=labels,spend&access_token=${scene.ana}`)),
    '200',
  );
  const [row] = await rows(scene, { fields: 'spend,actions,inline_link_clicks,purchase_roas,adset_id' });
  assert.deepEqual(Object.keys(row ?? {}), ['spend', 'date_start', 'date_stop']);
});

test('filtering keeps what fits, by campaign and by figure, and never anything else', async (t) => {
  const scene = await withTwo(t);
  const all = await rows(scene, whole);
  assert.deepEqual(all.map((row) => row.campaign_name).toSorted(), [autumn.name, spring.name]);
  const names = async (filters: unknown) =>
    (await rows(scene, { ...whole, filtering: JSON.stringify(filters) })).map((row) => row.campaign_name);
  assert.deepEqual(await names([{ field: 'campaign.name', operator: 'CONTAIN', value: 'SPR' }]), [spring.name]);
  assert.deepEqual(await names([{ field: 'campaign.id', operator: 'IN', value: [autumn.id] }]), [autumn.name]);
  assert.deepEqual(await names([{ field: 'campaign.id', operator: 'NOT_IN', value: [autumn.id] }]), [spring.name]);
  const spends = all.map((row) => Number(row.spend));
  assert.deepEqual((await names([{ field: 'spend', operator: 'GREATER_THAN', value: Math.min(...spends) }])).length, 1);
  assert.deepEqual(await names([{ field: 'impressions', operator: 'LESS_THAN', value: '1' }]), []);
  await scene.world.post(`/${spring.id}`, { status: 'PAUSED', access_token: scene.ana });
  assert.deepEqual(await names([{ field: 'campaign.effective_status', operator: 'IN', value: ['PAUSED'] }]), [
    spring.name,
  ]);
  assert.deepEqual(await names([{ field: 'effective_status', operator: 'IN', value: ['ACTIVE'] }]), [autumn.name]);
  // A whole account is added up from the campaigns that fit.
  const filtering = "[{'field':'campaign.id','operator':'EQUAL','value':'8101'}]";
  const [sum] = await rows(scene, { ...whole, level: 'account', filtering });
  assert.equal(sum?.spend, all.find((row) => row.campaign_name === spring.name)?.spend);
});

test('a filter that cannot be obeyed is refused in documented words', async (t) => {
  const scene = await adScene(t);
  const wrong: [string, RegExp][] = [
    ['spend', /^\(#100\) param filtering must be an array\.$/],
    ['{"field":"spend"}', /^\(#100\) param filtering must be an array\.$/],
    [
      '[{"field":"delivery_info","operator":"IN","value":["active"]}]',
      /^\(#100\) Filtering field delivery_info is invalid$/,
    ],
    ['[{"field":"ad.id","operator":"IN","value":["1"]}]', /^\(#100\) Filtering field ad\.id is invalid$/],
    [
      '[{"field":"campaign_name","operator":"CONTAIN","value":"x"}]',
      /^\(#100\) Filter campaign_name is not valid any more, please use campaign\.name/,
    ],
    [
      '[{"field":"spend","operator":"LIKE","value":"x"}]',
      /^\(#100\) Param filtering\[0\]\[operator\] must be one of \{EQUAL, /,
    ],
    [
      '[{"field":"spend","operator":"GREATER_THAN","value":"much"}]',
      /^\(#100\) Param filtering\[0\]\[value\] must be a number$/,
    ],
    ['[{"field":"spend","operator":"CONTAIN","value":"1"}]', /cannot be used with operator CONTAIN$/],
    ['[{"field":"spend","operator":"IN","value":"1"}]', /must be an array$/],
    ['[{"field":"spend","operator":"IN_RANGE","value":[1]}]', /must be an array of two values$/],
    ['[{"field":"spend","operator":"EQUAL"}]', /^\(#100\) The parameter filtering\[0\]\[value\] is required$/],
    [
      '[{"field":"spend","operator":"EQUAL","value":1,"also":2}]',
      /^\(#100\) Invalid parameter: filtering\[0\]\[also\]$/,
    ],
    ['["spend"]', /^\(#100\) Invalid parameter: filtering\[0\]$/],
    ['[{', /^\(#100\) Invalid parameter: filtering$/],
  ];
  for (const [filtering, words] of wrong)
    for (const path of [`${account}/insights`, `/${spring.id}/insights`])
      assert.match((await ask(scene, { filtering }, path)).body.error?.message ?? 'none', words, filtering);
});

test('rows are sorted as asked', async (t) => {
  const scene = await withTwo(t);
  const order = async (sort: string) => (await rows(scene, { ...whole, sort })).map((row) => row.campaign_name);
  const descending = await order('["spend_descending"]');
  assert.deepEqual(await order('spend_ascending'), descending.toReversed());
  assert.deepEqual(await order('["campaign_name_ascending"]'), [autumn.name, spring.name]);
  const days = await rows(scene, {
    ...whole,
    time_increment: '1',
    date_preset: 'last_7d',
    sort: '["date_start_descending"]',
  });
  assert.deepEqual(
    days.map((row) => row.date_start),
    days
      .map((row) => row.date_start)
      .toSorted()
      .toReversed(),
  );
  assert.match(
    (await ask(scene, { sort: '["spend"]' })).body.error.message,
    /^\(#100\) Param sort\[0\] must be one of \{spend_ascending, spend_descending/,
  );
});

test('the rows of a breakdown add up to the report without it, for the account and for each campaign', async (t) => {
  const scene = await withTwo(t);
  for (const level of ['account', 'campaign']) {
    for (const breakdowns of ['age', 'age,gender', '["publisher_platform"]', 'country', 'device_platform']) {
      const [all, parts] = [
        await rows(scene, { ...whole, level }),
        await rows(scene, { ...whole, level, breakdowns, limit: '100' }),
      ];
      assert.ok(parts.length > all.length);
      for (const name of ['spend', 'impressions', 'clicks'] as const) {
        const total = (of: Row[]) => of.reduce((sum, row) => sum + Math.round(Number(row[name]) * 100), 0);
        assert.equal(total(parts), total(all), `${level} ${breakdowns} ${name}`);
      }
    }
  }
  const [row] = await rows(scene, { ...whole, breakdowns: 'age,gender' });
  assert.match(`${row?.age} ${row?.gender}`, /^\d\d[-+]\S* (?:female|male|unknown)$/);
  const { message } = (await ask(scene, { breakdowns: 'age,skan_conversion_id' })).body.error;
  assert.equal(
    message,
    '(#100) breakdowns[1] must be one of the following values: age, country, device_platform, gender, publisher_platform',
  );
  assert.match(
    (await ask(scene, { action_breakdowns: 'mood' })).body.error.message,
    /^\(#100\) action_breakdowns\[0\] must be one of the following values: action_device/,
  );
});

test('pages of a report with breakdowns follow each other without a gap', async (t) => {
  const scene = await withTwo(t);
  const all = await rows(scene, { ...whole, breakdowns: 'age', limit: '100' });
  const seen: Row[] = [];
  let next: string | undefined =
    `${account}/insights?${query({ ...whole, breakdowns: 'age', limit: '5' })}&access_token=${scene.ana}`;
  while (next !== undefined) {
    const { body }: { body: { data: Row[]; paging?: { next?: string } } } = await scene.world.get(next);
    seen.push(...body.data);
    next = body.paging?.next?.replace(/^https?:\/\/[^/]+/, '');
  }
  assert.deepEqual(seen, all);
});

test('spans of weeks and several spans at once', async (t) => {
  const scene = await adScene(t);
  const span = async (date_preset: string) => {
    const found = await rows(scene, { date_preset, time_increment: '1', fields: 'spend' });
    return [found[0]?.date_start, found.at(-1)?.date_start];
  };
  // 2026-11-21 is a Saturday; the campaign began ten days before.
  assert.deepEqual(await span('this_week_mon_today'), ['2026-11-16', '2026-11-21']);
  assert.deepEqual(await span('this_week_sun_today'), ['2026-11-15', '2026-11-21']);
  assert.deepEqual(await span('last_week_mon_sun'), ['2026-11-11', '2026-11-15']);
  assert.deepEqual(await span('last_week_sun_sat'), ['2026-11-11', '2026-11-14']);
  const time_ranges = "[{'since':'2026-11-15','until':'2026-11-16'},{'since':'2026-11-12','until':'2026-11-15'}]";
  assert.deepEqual(
    (await rows(scene, { time_ranges, fields: 'spend' })).map(({ date_start, date_stop }) => [date_start, date_stop]),
    [
      ['2026-11-15', '2026-11-16'],
      ['2026-11-12', '2026-11-15'],
    ],
  );
  for (const wrong of ['{}', '[1]', '[{"since":"2026-11-02","until":"2026-11-01"}]'])
    assert.equal(outcome(await ask(scene, { time_ranges: wrong })), 'E100');
});

test('summary adds the rows up in the fields that it names', async (t) => {
  const scene = await withTwo(t);
  const { data, summary } = (await ask(scene, { ...whole, summary: 'spend,clicks', limit: '1' })).body;
  assert.equal(data.length, 1);
  const [total] = await rows(scene, { ...whole, level: 'account' });
  assert.deepEqual([summary.spend, summary.clicks], [total?.spend, total?.clicks]);
  assert.deepEqual(Object.keys((await ask(scene, { ...whole, default_summary: 'true' })).body.summary), [
    'account_id',
    'impressions',
    'spend',
    'date_start',
    'date_stop',
  ]);
  assert.equal((await ask(scene, whole)).body.summary, undefined);
});

test('IV-05: a report of more than one call can add up is refused, and asks for less', async (t) => {
  const scene = await adScene(t);
  const breakdowns = 'age,country,device_platform,gender,publisher_platform';
  const { status, body } = await ask(scene, { ...whole, breakdowns, time_increment: '1' });
  assert.deepEqual([status, body.error.code], [400, 1]);
  assert.match(body.error.message, /^Please reduce the amount of data/);
});

test('campaigns are filtered, sorted and counted, and filters of other lists are refused', async (t) => {
  const scene = await adScene(t);
  const names = async (params: Record<string, string>) =>
    (await rows(scene, { fields: 'name', ...params }, `${account}/campaigns`)).map((row) => row.name);
  const active = JSON.stringify([{ field: 'effective_status', operator: 'IN', value: ['ACTIVE'] }]);
  assert.deepEqual(await names({ filtering: active }), [spring.name]);
  assert.deepEqual(await names({ sort: 'name_ascending' }), [autumn.name, spring.name]);
  assert.deepEqual(
    await names({ filtering: '[{"field":"created_time","operator":"GREATER_THAN","value":"2026-11-13"}]' }),
    [autumn.name],
  );
  await scene.delete(`/${autumn.id}`, scene.ana);
  assert.deepEqual(await names({ filtering: '[{"field":"effective_status","operator":"IN","value":["DELETED"]}]' }), [
    autumn.name,
  ]);
  assert.deepEqual((await ask(scene, { summary: 'total_count', limit: '1' }, `${account}/campaigns`)).body.summary, {
    total_count: 1,
  });
  for (const name of ['date_preset', 'time_range', 'is_completed', 'level', 'breakdowns', 'since', 'q'])
    assert.equal(
      (await ask(scene, { [name]: 'today' }, `${account}/campaigns`)).body.error.message,
      `(#100) Param ${name} is not supported here`,
    );
});

test('a parameter that changes what is answered is refused where a call does not know it, on edges and nodes, and in field expansion', async (t) => {
  const scene = await adScene(t);
  const refused = async (path: string) => (await scene.get(path, scene.ana)).body.error?.message;
  const words = (name: string) => `(#100) Param ${name} is not supported here`;
  assert.equal(await refused('/me/accounts?filtering=[]'), words('filtering'));
  assert.equal(await refused('/me/businesses?since=2026-01-01'), words('since'));
  assert.equal(await refused(`/${spring.id}?fields=insights{spend}&date_preset=today`), words('date_preset'));
  assert.equal(await refused(`${account}?fields=campaigns.level(ad){name}`), words('level'));
  assert.equal(await refused('/me/adaccounts?offset=25'), words('offset'));
  // A parameter that changes nothing is ignored, as the Graph does.
  for (const path of ['/me/adaccounts?offset=0', '/me/accounts?since=', '/me?nonsense=1', '/me/adaccounts?nonsense=1'])
    assert.equal(await refused(path), undefined, path);
});

test('a report in the background starts, runs and completes with the clock, and its rows are those of the moment it was completed', async (t) => {
  const scene = await adScene(t);
  const { world, ana, get } = scene;
  const params = {
    level: 'campaign',
    date_preset: 'maximum',
    fields: 'campaign_name,spend',
    filtering: '[{"field":"spend","operator":"GREATER_THAN","value":0}]',
  };
  const made = await world.post(`${account}/insights`, { ...params, access_token: ana });
  assert.deepEqual(Object.keys(made.body), ['report_run_id']);
  const id = made.body.report_run_id;
  const run = async () => (await get(`/${id}`, ana)).body;
  assert.deepEqual(await run(), {
    id,
    account_id: lanternAds.id,
    time_ref: world.clock.now(),
    async_status: 'Job Not Started',
    async_percent_completion: 0,
    date_start: '2023-10-21',
    date_stop: '2026-11-21',
  });
  await world.clock.advance(2);
  assert.deepEqual([(await run()).async_status, (await run()).async_percent_completion], ['Job Running', 40]);
  const early = (await get(`/${id}/insights`, ana)).body.error;
  assert.deepEqual(
    [early.code, early.error_subcode, early.message, early.is_transient, early.error_user_title],
    [2601, 1815107, 'Error accessing adreport job.', true, 'Loading Async Ads Report Failed'],
  );
  await world.clock.advance(3);
  const { async_status, async_percent_completion, time_completed } = await run();
  assert.deepEqual([async_status, async_percent_completion, time_completed], ['Job Completed', 100, world.clock.now()]);
  const { data } = (await get(`/${id}/insights`, ana)).body;
  assert.deepEqual(Object.keys(data[0]), ['campaign_name', 'spend', 'date_start', 'date_stop']);
  assert.deepEqual(data, (await ask(scene, params)).body.data);
  assert.deepEqual(Object.keys((await get(`/${id}/insights?fields=clicks`, ana)).body.data[0]), [
    'clicks',
    'date_start',
    'date_stop',
  ]);
  await world.clock.advance(DAY);
  assert.deepEqual((await get(`/${id}/insights`, ana)).body.data, data);
  await world.clock.advance(31 * DAY);
  assert.equal(outcome(await get(`/${id}`, ana)), 'E100/33');
});

test('what a report in the background could not answer is refused when it is asked for, and nobody else may know of a run', async (t) => {
  const scene = await adScene(t);
  const { world, ana, ben, cleo, get } = scene;
  const post = (params: Record<string, string>, path = account) =>
    world.post(`${path}/insights`, { ...params, access_token: ana });
  const wrong = [
    ['fields', 'moon'],
    ['breakdowns', 'moon'],
    ['date_preset', 'moon'],
    ['filtering', 'moon'],
    ['sort', 'moon'],
    ['level', 'ad'],
    ['order', 'x'],
  ];
  for (const [name = '', value = ''] of wrong) assert.equal(outcome(await post({ [name]: value })), 'E100', name);
  assert.equal(outcome(await world.post(`${account}/insights`, { access_token: cleo })), 'E100/33');
  const { report_run_id: id } = (await post({ summary: 'spend' }, `/${spring.id}`)).body;
  await world.clock.advance(10);
  const { data, summary } = (await get(`/${id}/insights`, ana)).body;
  assert.equal(summary.spend, data[0].spend);
  for (const token of [ben, cleo]) assert.equal(outcome(await get(`/${id}`, token)), 'E100/33');
});
