// These cases replay what callers of the Marketing API report: reports and lists of advertising, businesses and their
// ad accounts.
import assert from 'node:assert/strict';
import { owner, systemTokenForAds, town } from '../../src/stage/ads.ts';
import { adAccounts, apps, business } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { idAndSecret, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { generate, newSystemUser } from '../../src/stage/system-users.ts';

const { documented, each } = citing('reports');
const { market } = apps;
const { campaign } = adAccounts.town;
const insights = `/v25.0/${town}/insights`;
const valid =
  'not valid for fields param. please check https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values';

export const cases: Case[] = [
  ...each(
    [
      [
        'spend,foo,bar',
        'foo, bar are',
        'facebook/facebook-nodejs-business-sdk#98, facebook/facebook-php-business-sdk#481',
      ],
      ['foo', 'foo is', 'facebook/facebook-java-business-sdk#110'],
      ['age', 'age is', 'lucasrcosta/facebook-js-ads-sdk#47'],
    ] as const,
    ([fields, names, source]) =>
      documented(
        `${source}: (#100) ${names} not valid for fields param.`,
        `Insights with fields=${fields}: all wrong names at once.`,
        async (world) => {
          refused(
            await world.get(insights, { fields, access_token: await owner(world) }),
            100,
            undefined,
            `(#100) ${names} ${valid}`,
          );
        },
      ),
  ),
  documented(
    'airbytehq/airbyte#35334: (#100) age_targeting, labels are not valid for fields param after V19.0.',
    'Fields that a version has ended are refused in it and later, and left out before.',
    async (world) => {
      const token = await owner(world);
      const words = '(#100) age_targeting, labels are not valid for fields param after V19.0';
      refused(
        await world.get(insights, { fields: 'spend,age_targeting,labels', access_token: token }),
        100,
        undefined,
        words,
      );
      succeeded(await world.get(`/v18.0/${town}/insights`, { fields: 'spend,labels', access_token: token }));
    },
  ),
  documented(
    'facebook/facebook-python-business-sdk#380, facebook/facebook-java-business-sdk#110: filtering by effective_status IN ["ACTIVE"].',
    'Only matching campaigns and reports are listed.',
    async (world) => {
      const token = await owner(world);
      const filtering = (status: string) =>
        JSON.stringify([{ field: 'effective_status', operator: 'IN', value: [status] }]);
      const count = async (path: string, status: string) =>
        succeeded(
          await world.get(path, {
            filtering: filtering(status),
            date_preset: path === insights ? 'maximum' : undefined,
            access_token: token,
          }),
        ).body.data.length;
      for (const path of [insights, `/v25.0/${town}/campaigns`])
        assert.deepEqual([await count(path, 'ACTIVE'), await count(path, 'ARCHIVED')], [1, 0]);
    },
  ),
  ...each(
    [
      ['x', '(#100) param filtering must be an array.', 'fredericharnois/facebook-ads-reporting-google-apps-script#6'],
      [
        '[{"field":"delivery_info","operator":"IN","value":["active"]}]',
        '(#100) Filtering field delivery_info is invalid',
        'facebook/facebook-php-business-sdk#379',
      ],
      [
        '[{"field":"campaign_name","operator":"CONTAIN","value":"a"}]',
        '(#100) Filter campaign_name is not valid any more, please use campaign.name instead',
        'facebook/facebook-php-business-sdk#370',
      ],
    ] as const,
    ([filtering, words, source]) =>
      documented(`${source}: ${words}`, `filtering=${filtering} is refused, never ignored.`, async (world) => {
        refused(await world.get(insights, { filtering, access_token: await owner(world) }), 100, undefined, words);
      }),
  ),
  documented(
    'fredericharnois/facebook-ads-reporting-google-apps-script#6: filtering with single quotes works.',
    'Single quotes are read where JSON has double ones.',
    async (world) => {
      const filtering = `[{'field':'campaign.id','operator':'EQUAL','value':'${campaign.id}'}]`;
      const { data } = succeeded(
        await world.get(insights, {
          filtering,
          level: 'campaign',
          date_preset: 'maximum',
          access_token: await owner(world),
        }),
      ).body;
      assert.deepEqual(
        data.map((row: { campaign_id: string }) => row.campaign_id),
        [campaign.id],
      );
    },
  ),
  documented(
    'daroczig/fbRads#120, facebook/facebook-php-business-sdk#288: POST insights gives report_run_id, the run async_status, too early 2601/1815107.',
    'A run starts, runs and completes with the clock; its rows are those of GET insights.',
    async (world) => {
      const token = await owner(world);
      const ask = { fields: 'spend', date_preset: 'last_7d', level: 'campaign', access_token: token };
      const { report_run_id: id } = succeeded(await world.post(insights, ask)).body;
      refused(
        await world.get(`/${id}/insights`, { access_token: token }),
        2601,
        1815107,
        'Error accessing adreport job.',
      );
      await world.clock.advance(10);
      const run = succeeded(await world.get(`/${id}`, { access_token: token })).body;
      assert.deepEqual(
        [run.async_status, run.async_percent_completion, run.account_id],
        ['Job Completed', 100, adAccounts.town.id],
      );
      const rows = succeeded(await world.get(`/${id}/insights`, { access_token: token })).body.data;
      assert.deepEqual(rows, succeeded(await world.get(insights, ask)).body.data);
    },
    { difference: 'A run takes five seconds of the clock.' },
  ),
  documented(
    'bikeindex/bike_index#3693: 100/4834011, "Must specify True or False in is_adset_budget_sharing_enabled field".',
    'A campaign without a budget is refused so from v24.0 on, and made before.',
    async (world) => {
      const wanted = {
        name: 'Roses',
        objective: 'OUTCOME_LEADS',
        special_ad_categories: '[]',
        access_token: await owner(world),
      };
      const { body } = await world.post(`/v25.0/${town}/campaigns`, wanted);
      assert.deepEqual(
        [body.error.code, body.error.error_subcode, body.error.message],
        [100, 4834011, 'Invalid parameter'],
      );
      assert.equal(body.error.error_user_title, 'Must specify True or False in is_adset_budget_sharing_enabled field');
      succeeded(await world.post(`/v25.0/${town}/campaigns`, { ...wanted, is_adset_budget_sharing_enabled: false }));
      succeeded(await world.post(`/v23.0/${town}/campaigns`, wanted));
    },
  ),
  documented(
    'airbytehq/airbyte, source-facebook-marketing: (#200) Requires business_management permission for the field owner.',
    'owner and business of an ad account are refused without business_management.',
    async (world) => {
      const token = await userToken(world, 'ana', market, { scope: 'ads_read' });
      for (const fields of ['owner', 'business'])
        refused(
          await world.get(`/v25.0/${town}`, { fields, access_token: token }),
          200,
          undefined,
          /^\(#200\) Requires business_management permission/,
        );
    },
  ),
  documented(
    'byadsco/meta-ads-mcp#35: GET /me/businesses with a system-user token.',
    'The list is returned with its business.',
    async (world) => {
      const caller = await owner(world);
      const { body } = await generate(world, caller, await newSystemUser(world, caller), {
        scope: 'business_management',
      });
      const { data } = succeeded(
        await world.get('/v25.0/me/businesses', { fields: 'id', access_token: body.access_token }),
      ).body;
      assert.deepEqual(data, [{ id: business.id }]);
    },
  ),
  documented(
    'Public tools for assignments, measured in 2026: tasks and permitted_tasks come with assigned_ad_accounts.',
    'Rows have both: the tasks of whom the list is about.',
    async (world) => {
      const { id, caller } = await systemTokenForAds(world, 'ANALYZE');
      const { data } = succeeded(
        await world.get(`/v25.0/${id}/assigned_ad_accounts`, {
          fields: 'id,tasks,permitted_tasks',
          access_token: caller,
        }),
      ).body;
      assert.deepEqual([data[0].id, data[0].tasks], [town, ['ANALYZE']]);
      assert.ok(data[0].permitted_tasks.includes('MANAGE'));
    },
  ),
  documented(
    'sns-sdks/python-facebook, recorded answers of a business: link, profile_picture_uri.',
    'Unknown fields are left out, and the call succeeds.',
    async (world) => {
      const fields = 'name,link,profile_picture_uri,primary_page,permitted_roles';
      const { body } = succeeded(
        await world.get(`/v25.0/${business.id}`, { fields, access_token: await owner(world) }),
      );
      assert.deepEqual(body, { name: business.name, id: business.id });
    },
    { difference: 'Businesses have no picture and no address here.' },
  ),
  documented(
    'daroczig/fbRads#137, maiha/facebook.cr#2: the common read list of an ad account.',
    'The call is answered without the missing item.',
    async (world) => {
      const fields = 'age,users,business_name,min_daily_budget,is_prepay_account,end_advertiser_name';
      const { body } = succeeded(await world.get(`/v25.0/${town}`, { fields, access_token: await owner(world) }));
      assert.deepEqual(Object.keys(body), ['age', 'min_daily_budget', 'is_prepay_account', 'id']);
    },
  ),
  documented(
    'facebook/facebook-php-business-sdk#434: an ad account with an app token is refused: A user access token is required.',
    'It is refused like an ad account that doesn’t exist.',
    async (world) => {
      refused(await world.get(`/v25.0/${town}`, { access_token: idAndSecret(market) }), 100, 33);
    },
    { difference: 'The report gives no number, and nothing may tell an app that there is such an account.' },
  ),
  documented(
    'facebookarchive/php-graph-sdk#1116: me?fields=adaccounts{…} without an ads permission is error 200.',
    'The edge is left out with a debug message, as the page on debug mode says; by its own path it is error 200.',
    async (world) => {
      const token = await userToken(world, 'ana', market);
      const { body } = succeeded(
        await world.get('/v25.0/me', { fields: 'id,adaccounts{id}', debug: 'all', access_token: token }),
      );
      assert.equal(body.adaccounts, undefined);
      assert.match(JSON.stringify(body.__debug__.messages), /adaccounts is left out/);
      refused(await world.get('/v25.0/me/adaccounts', { access_token: token }), 200);
    },
    { difference: 'The report says error 200 also inside a field expansion.' },
  ),
  documented(
    'Marketing API version deprecation (April 2024) and recorded headers: X-Ad-Api-Version-Warning.',
    'If the setting says so, a version that has ended is served by the oldest current one, which moves on with the clock.',
    async (world) => {
      const token = await owner(world);
      const { headers } = succeeded(await world.get(`/v3.3/${town}`, { access_token: token }));
      assert.equal(headers['facebook-api-version'], 'v21.0');
      const warning = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-ad-api-version-warning')?.[1];
      assert.equal(warning, 'The call has been auto-upgraded to v21.0 as v3.3 has been deprecated.');
    },
    { settings: { endedVersions: 'upgrade' } },
  ),
  documented(
    'janu-software/facebook-php-sdk#17 and the notes of two programs: "date_preset must be one of the following values: today, yesterday, …".',
    'A preset and a level that reports do not have are told as a breakdown is.',
    async (world) => {
      const access_token = await userToken(world, 'ana', market, { scope: 'ads_read' });
      const presets =
        /^\(#100\) date_preset must be one of the following values: today, yesterday, this_month, last_month, this_quarter, maximum, data_maximum, last_3d, /;
      refused(await world.get(insights, { date_preset: 'last_7_days', access_token }), 100, undefined, presets);
      refused(
        await world.get(insights, { level: 'foo', access_token }),
        100,
        undefined,
        /^\(#100\) level must be one of the following values: account, campaign/,
      );
    },
  ),
];
