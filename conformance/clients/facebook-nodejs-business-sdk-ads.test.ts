// These tests run facebook-nodejs-business-sdk 24.0.1 doing what it was made for: a system user of a business looks
// after its ad account.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdAccount, Campaign, FacebookAdsApi, User } from 'facebook-nodejs-business-sdk';
import { systemTokenForAds, town } from '../src/stage/ads.ts';
import { adAccounts, apps, business } from '../src/stage/cast.ts';
import { userToken } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';

interface SdkError {
  name: string;
  message: string;
  status: number;
  response: { code: number; error_subcode?: number; type: string; fbtrace_id: string };
}

describe('facebook-nodejs-business-sdk 24.0.1 with ad accounts', () => {
  let meta: MetaHosts;
  let api: FacebookAdsApi;
  let assigned: Awaited<ReturnType<typeof systemTokenForAds>>;
  // An object that this SDK creates takes the place of its parent: each call has one of its own.
  const account = (id: string = town, by = api) => new AdAccount(id, {}, undefined, by);
  const campaign = (id: string, by = api) => new Campaign(id, {}, undefined, by);
  const apiOf = (token: string): FacebookAdsApi => new FacebookAdsApi(token, 'en_US', false);
  const create = (name: string, status = 'PAUSED') =>
    account().createCampaign(['id'], {
      name,
      objective: 'OUTCOME_TRAFFIC',
      status,
      special_ad_categories: [],
      daily_budget: 1500,
    });

  /** The code, and the subcode where there is one, of what the SDK throws. */
  async function refusal(attempt: Promise<unknown>, code: number, subcode?: number): Promise<SdkError> {
    const error = await attempt.then(
      () => assert.fail('it succeeded'),
      (thrown: unknown) => thrown as SdkError,
    );
    assert.equal(error.name, 'FacebookRequestError');
    assert.deepEqual([error.response.code, error.response.error_subcode], [code, subcode], error.message);
    assert.ok(error.response.fbtrace_id);
    return error;
  }

  before(async () => {
    meta = await openMetaHosts();
    assigned = await systemTokenForAds(meta.world);
    api = apiOf(assigned.token);
  });
  after(() => meta?.close());

  it('lists the ad accounts that were assigned to the system user', async () => {
    const list = await new User('me', {}, undefined, api).getAdAccounts(['name', 'account_status', 'user_tasks']);
    assert.deepEqual(
      list.map(({ id, _data }) => [id, _data['name'], _data['account_status'], _data['user_tasks']]),
      [[town, adAccounts.town.name, 1, ['ADVERTISE', 'ANALYZE', 'DRAFT']]],
    );
    assert.equal(list.hasNext(), false);
  });

  it('reads the ad account, and with business_management the business that owns it', async () => {
    const fields = ['account_id', 'currency', 'timezone_name', 'business'];
    await refusal(account().read(fields), 200);
    const { _data } = await account(town, apiOf(assigned.caller)).read(fields);
    assert.deepEqual(
      [_data['account_id'], _data['currency'], _data['timezone_name'], _data['business']],
      [adAccounts.town.id, 'EUR', 'Etc/UTC', { id: business.id, name: business.name }],
    );
  });

  it('makes campaigns, and pages through all of them by next() and back by previous()', async () => {
    const made: string[] = [];
    for (const name of ['Spring, "early" & {late}', 'Summer', 'Autumn', 'Winter'])
      made.unshift((await create(name)).id);
    const cursor = await account().getCampaigns(['name', 'status', 'daily_budget'], { limit: 2 });
    const seen = [...cursor];
    while (cursor.hasNext()) {
      await cursor.next();
      seen.push(...cursor);
    }
    assert.deepEqual(
      seen.slice(0, 4).map(({ id }) => id),
      made,
    );
    assert.ok(seen.length > 4 && new Set(seen.map(({ id }) => id)).size === seen.length);
    assert.equal(seen.at(-1)?.id, adAccounts.town.campaign.id);
    assert.deepEqual(
      ['name', 'status', 'daily_budget'].map((name) => seen[3]?._data[name]),
      ['Spring, "early" & {late}', 'PAUSED', '1500'],
    );
    await assert.rejects(cursor.next(), RangeError);
    await cursor.previous();
    assert.deepEqual(
      cursor.map(({ id }) => id),
      seen.slice(2, 4).map(({ id }) => id),
    );
  });

  it('starts, renames, pauses and deletes a campaign, which can be read on', async () => {
    const { id } = await create('Night market', 'ACTIVE');
    assert.deepEqual(await campaign(id).update([], { status: 'PAUSED', name: 'Day market' }), { success: true });
    const after = (await campaign(id).read(['name', 'status', 'effective_status']))._data;
    assert.deepEqual([after['name'], after['status'], after['effective_status']], ['Day market', 'PAUSED', 'PAUSED']);
    assert.deepEqual(await campaign(id).delete([]), { success: true });
    assert.equal((await campaign(id).read(['status']))._data['status'], 'DELETED');
    const left = await account().getCampaigns([], { limit: 100 });
    assert.ok(!left.some((one) => one.id === id));
    const deleted = await account().getCampaigns(['status'], { effective_status: ['DELETED'], limit: 100 });
    assert.deepEqual(
      deleted.map((one) => one.id),
      [id],
    );
    await refusal(campaign(id).update([], { status: 'ACTIVE' }), 100);
  });

  it('reports about the account and about a campaign, day by day over several pages', async () => {
    const ask = { time_range: { since: dayBack(7), until: dayBack(1) }, time_increment: 1, limit: 3 };
    const rows = await account().getInsights(['impressions', 'spend'], { ...ask });
    const all = rows.map(({ _data }) => _data);
    while (rows.hasNext()) {
      await rows.next();
      all.push(...rows.map(({ _data }) => _data));
    }
    assert.deepEqual(
      all.map((row) => row['date_start']),
      [7, 6, 5, 4, 3, 2, 1].map(dayBack),
    );
    const one = await campaign(adAccounts.town.campaign.id).getInsights(['impressions', 'spend', 'campaign_name'], {
      time_range: ask.time_range,
    });
    assert.equal(one.length, 1);
    assert.equal(one[0]?._data['campaign_name'], adAccounts.town.campaign.name);
    assert.equal(
      Number(one[0]?._data['impressions']),
      all.reduce((sum, row) => sum + Number(row['impressions']), 0),
    );
    const named = await account().getInsights(['campaign_name'], { level: 'campaign', date_preset: 'last_7d' });
    assert.deepEqual(
      named.map(({ _data }) => _data['campaign_name']),
      [adAccounts.town.campaign.name],
    );
  });

  it('throws FacebookRequestError with the words of the Marketing API', async () => {
    const ungranted = apiOf(await userToken(meta.world, 'ana', apps.shop));
    const missing = await refusal(account(town, ungranted).read(['name']), 200);
    assert.match(missing.message, /Ad account owner has NOT grant ads_management or ads_read permission/);
    assert.deepEqual([missing.status, missing.response.type], [403, 'OAuthException']);

    const reader = apiOf(await userToken(meta.world, 'ana', apps.shop, { scope: 'ads_read' }));
    const reading = await refusal(campaign(adAccounts.town.campaign.id, reader).update([], { status: 'PAUSED' }), 200);
    assert.match(reading.message, /Requires ads_management permission to manage the object/);

    const foreign = await refusal(account(`act_${adAccounts.cats.id}`).read(['name']), 100, 33);
    const unknown = await refusal(account('act_460000000000009').read(['name']), 100, 33);
    assert.equal(foreign.message.replace(adAccounts.cats.id, '…'), unknown.message.replace('460000000000009', '…'));

    const backwards = { time_range: { since: dayBack(1), until: dayBack(5) } };
    assert.match((await refusal(account().getInsights([], backwards), 100)).message, /time_range/);
    await refusal(account().getInsights([], { time_range: { since: '2026-02-30', until: '2026-03-01' } }), 100);
    await refusal(account().getInsights([], { time_range: { since: '2001-01-01', until: '2001-01-02' } }), 3018);
    await refusal(account().createCampaign([], { name: 'Nothing else' }), 100);
  });

  it('is refused with the next call when the assignment ends', async () => {
    const given = { user: assigned.id, business: business.id, access_token: assigned.caller };
    assert.equal((await meta.world.delete(`/${town}/assigned_users`, given)).status, 200);
    await refusal(account().read(['name']), 100, 33);
    assert.equal((await new User('me', {}, undefined, api).getAdAccounts([])).length, 0);
  });

  /** A day as the reports write it, so many days before now. */
  function dayBack(days: number): string {
    return new Date((meta.world.clock.now() - days * 86_400) * 1000).toISOString().slice(0, 10);
  }
});
