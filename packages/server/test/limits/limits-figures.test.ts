// An app reads figures about its use: people, calls and errors day by day, its place, and how near the higher tier of
// the Marketing API is. And the usage headers of advertising calls.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { App } from '../../src/store/apps/apps.ts';
import { marketingCallsOf } from '../../src/usage/figures.ts';
import { cast, type Reply, testWorld, type TestWorld } from '../world.ts';

const { ana, ben, cleo, shop, rival } = cast;
const appToken = encodeURIComponent(`${shop.id}|${shop.secret}`);
const values = (reply: Reply): number[] => reply.body.data[0].values.map((one: { value: number }) => one.value);

async function opened(t: TestContext): Promise<TestWorld> {
  const world = await testWorld({ settings: { rateLimits: true, usersAtLeast: 1 } });
  t.after(() => world.close());
  return world;
}

async function appOf(world: TestWorld): Promise<App> {
  const app = await world.server.installation.facts.app(shop.id);
  assert.ok(app);
  return app;
}

/** An advertising call on an ad account, as the Graph makes one. */
async function adsCall(
  world: TestWorld,
  { failed = false, account = '77' } = {},
): Promise<Record<string, string | string[]>> {
  const { usage } = world.server.installation;
  const tab = usage.open();
  const headers: Record<string, string | string[]> = {};
  const caller = { app: await appOf(world), kind: 'user', person: undefined } as const;
  try {
    await usage.charge(tab, caller, { useCase: 'ads_management', id: account });
  } finally {
    usage.close(tab, failed ? { code: 1, subcode: undefined } : undefined, 100, 'v25.0');
    usage.write(headers, tab);
  }
  return headers;
}

test('calls, errors and the share of errors are told day by day, days without calls too, before and after they are stored', async (t) => {
  const world = await opened(t);
  const token = await world.login(shop.id, ana.id, { longLived: true });
  for (let i = 0; i < 3; i++) await world.get(`/me?access_token=${token}`);
  await world.get(`/999999?access_token=${token}`);
  await world.clock.advance(2 * 86_400);
  await world.get(`/me?access_token=${token}`);
  const figure = async (metric: string, more = '') =>
    world.get(`/${shop.id}/app_insights/${metric}?${more}access_token=${appToken}`);
  for (const stored of [false, true]) {
    if (stored) await world.flush();
    assert.deepEqual(values(await figure('api_errors')), [0, 0, 0, 0, 1, 0, 0]);
    assert.deepEqual(values(await figure('api_error_rate')), [0, 0, 0, 0, 25, 0, 0]);
  }
  const calls = await figure('api_calls');
  assert.deepEqual(values(calls), [0, 0, 0, 0, 4, 0, 5], 'its own readings too, but for the one under way');
  assert.equal(calls.body.data[0].values[6].end_time, '2026-11-24T00:00:00+0000');
  const spans = await figure('api_calls', `since=${world.clock.now() - 86_400}&`);
  assert.equal(values(spans).length, 2);
  assert.equal((await figure('api_calls', 'since=1&')).body.error.code, 100);
});

test('app_insights is for the app itself and for people whose role sees insights, with their permission', async (t) => {
  const world = await opened(t);
  const ask = async (token: string, app: string = shop.id) => {
    const { status, body } = await world.get(`/${app}/app_insights/api_calls?access_token=${token}`);
    return [status, body.error?.code];
  };
  assert.deepEqual(await ask(appToken), [200, undefined]);
  assert.deepEqual(await ask(await world.login(shop.id, ben.id, { permissions: ['read_insights'] })), [200, undefined]);
  assert.deepEqual(
    await ask(await world.login(shop.id, ana.id, { permissions: ['read_insights'] })),
    [400, 15],
    'no role on the app',
  );
  assert.deepEqual(await ask(appToken, rival.id), [400, 100]);
  assert.deepEqual(
    await ask(await world.login(rival.id, cleo.id, { permissions: ['read_insights'] })),
    [400, 15],
    'of another app',
  );
});

test('people who make calls are active users, and give an app its place among all', async (t) => {
  const world = await opened(t);
  const tokens = [];
  for (const { id } of [ana, ben, cleo]) tokens.push(await world.login(shop.id, id, { longLived: true }));
  const other = await world.login(rival.id, ana.id, { longLived: true });
  await world.clock.advance(31 * 86_400);
  const read = async () =>
    (
      await world.get(
        `/${shop.id}?fields=daily_active_users,weekly_active_users,monthly_active_users,daily_active_users_rank&access_token=${appToken}`,
      )
    ).body;
  assert.deepEqual(await read(), {
    daily_active_users: '0',
    weekly_active_users: '0',
    monthly_active_users: '0',
    daily_active_users_rank: 1,
    id: shop.id,
  });
  await world.get(`/me?access_token=${other}`);
  await world.flush();
  assert.equal((await read()).daily_active_users_rank, 2);
  for (const token of tokens) for (let i = 0; i < 2; i++) await world.get(`/me?access_token=${token}`);
  await world.flush();
  assert.deepEqual(await read(), {
    daily_active_users: '3',
    weekly_active_users: '3',
    monthly_active_users: '3',
    daily_active_users_rank: 1,
    id: shop.id,
  });
  await world.clock.advance(3 * 86_400);
  assert.deepEqual([(await read()).daily_active_users, (await read()).weekly_active_users], ['0', '3']);
  const outsider = await world.get(
    `/${shop.id}?fields=daily_active_users,marketing_api_calls&access_token=${tokens[0]}`,
  );
  assert.deepEqual(outsider.body, { id: shop.id }, 'no role on the app');
});

test('advertising calls have the limit of the tier, error 80004 with its subcode, and both headers', async (t) => {
  const world = await opened(t);
  for (let i = 1; i < 300; i++) await adsCall(world);
  const headers = await adsCall(world);
  const [{ total_cputime: cpu, total_time: time, ...told }, ...more] = JSON.parse(
    String(headers['x-business-use-case-usage']),
  )['77'];
  assert.deepEqual(told, {
    type: 'ads_management',
    call_count: 100,
    estimated_time_to_regain_access: 56,
    ads_api_access_tier: 'development_access',
  });
  assert.deepEqual([cpu < 100, time < 100, more.length], [true, true, 0]);
  const account = JSON.parse(String(headers['x-ad-account-usage']));
  assert.deepEqual([account.acc_id_util_pct, account.ads_api_access_tier], [100, 'development_access']);
  assert.ok(account.reset_time_duration > 3000 && account.reset_time_duration <= 3600);
  assert.equal(JSON.parse(String(headers['x-app-usage'])).call_count, 0, 'nothing of it counts to the app');
  await assert.rejects(adsCall(world), { key: 'limit.ads_management' });
  await adsCall(world, { account: '78' });
});

test('500 advertising calls in 15 days with fewer than 15 errors in a hundred of the last 500 qualify for the higher tier', async (t) => {
  const world = await opened(t);
  const { usage } = world.server.installation;
  const read = async () =>
    (await world.get(`/${shop.id}?fields=marketing_api_calls&access_token=${appToken}`)).body.marketing_api_calls;
  assert.deepEqual(await read(), { tier: 'none', calls_in_15_days: 0, error_rate_of_last_500: 0, qualifies: false });
  for (let i = 0; i < 250; i++) await adsCall(world, { failed: i < 50, account: '1' });
  await world.flush();
  await world.clock.advance(10 * 86_400);
  for (let i = 0; i < 249; i++) await adsCall(world, { account: '2' });
  assert.deepEqual(await marketingCallsOf(usage, shop.id), { calls: 499, errorRate: 10, qualifies: false });
  await adsCall(world, { account: '3' });
  await world.flush();
  assert.deepEqual(await marketingCallsOf(usage, shop.id), { calls: 500, errorRate: 10, qualifies: true });
  for (let i = 0; i < 100; i++) await adsCall(world, { failed: true, account: '4' });
  assert.deepEqual(await marketingCallsOf(usage, shop.id), { calls: 600, errorRate: 20, qualifies: false });
  await world.clock.advance(6 * 86_400);
  assert.equal((await read()).calls_in_15_days, 350, 'the first ones are too old');
});
