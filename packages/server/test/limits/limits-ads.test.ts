// Calls on ad accounts have limits of their own, by what they are and by the access tier of the app.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adScene, type AdScene, cleosAds, lanternAds, outcome, spring } from '../ads/ad-scene.ts';
import { cast, type Reply } from '../world.ts';
import { AdAccountId } from '../../src/store/ids.ts';

const on = { settings: { rateLimits: true, usersAtLeast: 1 } };
const usage = (reply: Reply, name = 'x-business-use-case-usage') => JSON.parse(String(reply.headers[name] ?? 'null'));
const useUp = async ({ world: { server } }: AdScene, account: string) => {
  const app = await server.installation.facts.app(cast.shop.id);
  assert.ok(app);
  await server.installation.usage.pretend(app, { account: AdAccountId.of(account) }, 100);
};

test('an ad account, its edges and its campaigns count together to the account, and not to the app', async (t) => {
  const low = { ...on, tier: 'development' } as const;
  const scene = await adScene(t, low);
  const { get, ana } = scene;
  const before = usage(await get('/me', ana), 'x-app-usage');
  for (const path of [`/${lanternAds.node}`, `/${lanternAds.node}/campaigns`, `/${spring.id}`]) {
    const reply = await get(path, ana);
    assert.equal(reply.status, 200, reply.text);
    const [entry] = usage(reply)[lanternAds.id];
    assert.deepEqual(
      [entry.type, entry.ads_api_access_tier],
      ['ads_management', usage(reply, 'x-ad-account-usage').ads_api_access_tier],
    );
    assert.deepEqual(usage(reply, 'x-app-usage').call_count, before.call_count);
  }
  const counted = usage(await get(`/${lanternAds.node}`, ana), 'x-ad-account-usage');
  assert.ok(counted.acc_id_util_pct > 0 && counted.reset_time_duration > 0);
});

test('beyond the limit every call on the account is error 80004 with subcode 2446079, and reports and other accounts go on', async (t) => {
  const scene = await adScene(t, on);
  const { get, ana, cleo, world } = scene;
  await useUp(scene, lanternAds.id);
  for (const path of [`/${lanternAds.node}`, `/${lanternAds.node}/campaigns`, `/${spring.id}`]) {
    const reply = await get(path, ana);
    assert.equal(outcome(reply), 'E80004/2446079', path);
    assert.match(reply.body.error.message, /^\(#80004\) There have been too many calls to this ad-account\./);
    assert.ok(Number(reply.headers['retry-after']) > 0);
    assert.ok(usage(reply)[lanternAds.id][0].estimated_time_to_regain_access > 50);
  }
  const paused = await world.post(`/${spring.id}`, { status: 'PAUSED', access_token: ana });
  assert.equal(outcome(paused), 'E80004/2446079');
  const report = await get(`/${lanternAds.node}/insights?date_preset=maximum`, ana);
  assert.equal(report.status, 200, report.text);
  assert.equal(usage(report)[lanternAds.id][0].type, 'ads_insights');
  assert.equal((await get(`/${cleosAds.node}`, cleo)).status, 200);
  await world.clock.advance(3600);
  assert.equal((await get(`/${spring.id}?fields=status`, ana)).body.status, 'ACTIVE', 'nothing was changed');
});

test('advertising calls bring an app nearer to the higher tier', async (t) => {
  const scene = await adScene(t, on);
  const { get, ana, world } = scene;
  for (let i = 0; i < 3; i++) await get(`/${lanternAds.node}`, ana);
  await get(`/${lanternAds.node}?fields=nonsense`, ana);
  const own = encodeURIComponent(`${cast.shop.id}|${cast.shop.secret}`);
  const { marketing_api_calls: told } = (
    await world.get(`/${cast.shop.id}?fields=marketing_api_calls&access_token=${own}`)
  ).body;
  assert.deepEqual([told.calls_in_15_days, told.error_rate_of_last_500, told.qualifies], [4, 25, false]);
});
