// These cases are about ad accounts, campaigns and reports, as the references of the Marketing API describe them, and
// what they answer to a caller without the right.
import assert from 'node:assert/strict';
import { owner, systemTokenForAds, town } from '../../src/stage/ads.ts';
import { adAccounts, apps, business } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const { documented, each } = citing('ad accounts');
const tiers = citing('marketing tiers');
const errors = citing('errors');
const { market, shop } = apps;
const { campaign } = adAccounts.town;
const DAY = 86_400;

export const cases: Case[] = [
  documented(
    'The id of an ad account is act_{account_id}.',
    'account_id is the number alone, which is no id of a node.',
    async (world) => {
      const token = await owner(world);
      const { body } = succeeded(
        await world.get(`/${town}`, { fields: 'account_id,account_status,currency', access_token: token }),
      );
      assert.deepEqual(body, { account_id: adAccounts.town.id, account_status: 1, currency: 'EUR', id: town });
      refused(await world.get(`/${adAccounts.town.id}`, { access_token: token }), 100, 33);
    },
  ),
  documented(
    'assigned_users: POST user and tasks, DELETE user, with the business.',
    'Tasks assigned to a system user work at once, and end at once.',
    async (world) => {
      const { token, id, caller } = await systemTokenForAds(world, 'ANALYZE');
      succeeded(await world.get(`/${town}`, { access_token: token }));
      const list = succeeded(
        await world.get(`/${town}/assigned_users`, { business: business.id, access_token: caller }),
      ).body.data;
      assert.deepEqual(list, [{ id, name: 'Reporting', tasks: ['ANALYZE'], business, user_type: 'SYSTEM_USER' }]);
      succeeded(
        await world.delete(`/${town}/assigned_users`, { user: id, business: business.id, access_token: caller }),
      );
      refused(await world.get(`/${town}`, { access_token: token }), 100, 33);
    },
  ),
  documented(
    'POST /act_{id}/campaigns with name, objective, status and special_ad_categories; POST and DELETE /{campaign-id}.',
    'Made, paused, deleted: what is deleted can be read and not changed.',
    async (world) => {
      const token = await owner(world);
      const wanted = {
        name: 'Roses',
        objective: 'OUTCOME_LEADS',
        status: 'ACTIVE',
        special_ad_categories: '["NONE"]',
        daily_budget: '1500',
        access_token: token,
      };
      const { id } = succeeded(await world.post(`/${town}/campaigns`, wanted)).body;
      succeeded(await world.post(`/${id}`, { status: 'PAUSED', access_token: token }));
      succeeded(await world.delete(`/${id}`, { access_token: token }));
      assert.equal((await world.get(`/${id}`, { fields: 'status', access_token: token })).body.status, 'DELETED');
      refused(await world.post(`/${id}`, { status: 'ACTIVE', access_token: token }), 100);
      const unnamed = { ...wanted, special_ad_categories: undefined };
      refused(
        await world.post(`/${town}/campaigns`, unnamed),
        100,
        undefined,
        '(#100) The parameter special_ad_categories is required',
      );
    },
  ),
  documented(
    'insights: date_preset, time_range, time_increment, level; rows with date_start and date_stop.',
    'Figures of a day stay as they were, and grow only while a campaign is active.',
    async (world) => {
      const token = await owner(world);
      const spent = async () =>
        Number(
          (await world.get(`/${town}/insights`, { date_preset: 'maximum', fields: 'spend', access_token: token })).body
            .data[0].spend,
        );
      const ask = {
        time_range: '{"since":"2026-11-10","until":"2026-11-12"}',
        time_increment: 1,
        level: 'campaign',
        access_token: token,
      };
      const rows = succeeded(await world.get(`/${town}/insights`, ask)).body.data;
      assert.deepEqual(
        rows.map((row: { date_start: string; campaign_id: string }) => [row.date_start, row.campaign_id]),
        ['2026-11-10', '2026-11-11', '2026-11-12'].map((day) => [day, campaign.id]),
      );
      await world.clock.advance(DAY);
      assert.deepEqual((await world.get(`/${town}/insights`, ask)).body.data, rows);
      await world.post(`/${campaign.id}`, { status: 'PAUSED', access_token: token });
      const before = await spent();
      await world.clock.advance(DAY);
      assert.equal(await spent(), before);
    },
    { difference: 'Figures are made up, the same at every call; days are those of UTC.' },
  ),
  errors.documented(
    '(#200) Ad account owner has NOT grant ads_management or ads_read permission.',
    'Reading without either of the two.',
    async (world) => {
      const token = await userToken(world, 'ana', market);
      const words = /^\(#200\) Ad account owner has NOT grant ads_management or ads_read permission, refer to /;
      for (const path of ['/me/adaccounts', `/${town}`, `/${town}/insights`])
        refused(await world.get(path, { access_token: token }), 200, undefined, words);
    },
  ),
  errors.documented(
    '294: managing advertisements requires an access token with the extended permission for ads_management.',
    'ads_read makes no campaign.',
    async (world) => {
      const access_token = await userToken(world, 'ana', market, { scope: 'ads_read' });
      refused(
        await world.post(`/${town}/campaigns`, {
          name: 'New',
          objective: 'OUTCOME_TRAFFIC',
          special_ad_categories: '[]',
          daily_budget: '1500',
          access_token,
        }),
        294,
        undefined,
        /ads_management$/,
      );
    },
  ),
  errors.documented(
    '273: the call requires the user to be admin of the ad account.',
    'A token that may advertise cannot give tasks to anyone.',
    async (world) => {
      const { token, id } = await systemTokenForAds(world);
      refused(
        await world.post(`/${town}/assigned_users`, {
          user: id,
          business: business.id,
          tasks: 'MANAGE',
          access_token: token,
        }),
        273,
      );
    },
  ),
  ...each(
    [
      ['an ad account of somebody else', `act_${adAccounts.cats.id}`],
      ['one that nobody has', 'act_460000000000009'],
    ] as const,
    ([what, id]) =>
      errors.documented(
        'Unsupported get request: does not exist, or cannot be loaded.',
        `The answer for ${what} is the same.`,
        async (world) => {
          refused(
            await world.get(`/${id}`, { access_token: await owner(world) }),
            100,
            33,
            new RegExp(`ID '${id}' does not exist`),
          );
        },
      ),
  ),
  tiers.documented(
    'Full access (formerly Advanced access): all business calls; without access none.',
    'An app with access makes an ad account for a business, one without is told that it lacks the capability.',
    async (world) => {
      const wanted = {
        name: 'Second',
        currency: 'EUR',
        timezone_id: 1,
        end_advertiser: 'NONE',
        media_agency: 'NONE',
        partner: 'NONE',
      };
      const [having, lacking] = [
        await owner(world),
        await userToken(world, 'ana', shop, { scope: 'business_management,ads_management' }),
      ];
      assert.match(
        succeeded(await world.post(`/${business.id}/adaccount`, { ...wanted, access_token: having })).body.id,
        /^act_\d+$/,
      );
      refused(await world.post(`/${business.id}/adaccount`, { ...wanted, access_token: lacking }), 3);
    },
  ),
];
