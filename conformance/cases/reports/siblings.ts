// These cases replay more reports of callers of the real platform, looked for by kind after the others were right: Pages,
// posts, kinds of tokens, batches, advertising. Each sentence names its report.
import assert from 'node:assert/strict';
import { adAccounts, apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { clientToken, idAndSecret, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented, each } = citing('reports');
const { shop, market } = apps;
const bakery = `/${pages.bakery.id}`;
const town = `/act_${adAccounts.town.id}`;

const person = (world: ConformanceWorld, scope = pageScope): Promise<string> =>
  userToken(world, 'ana', shop, { scope });
const page = async (world: ConformanceWorld): Promise<string> => pageToken(world, await person(world), 'bakery');
const advertiser = (world: ConformanceWorld): Promise<string> =>
  userToken(world, 'ana', market, { scope: 'ads_read,ads_management' });

export const cases: Case[] = [
  // Pages, posts and their subscriptions.
  documented(
    'jgorset/facebook-messenger#280: feed, mention and name asked for at once without the permission.',
    'Three sentences in one message, with a line end between them.',
    async (world) => {
      const weak = await pageToken(world, await person(world, 'pages_show_list'), 'bakery');
      const sentence = (field: string): string =>
        `To subscribe to the ${field} field, one of these permissions is needed: pages_manage_metadata`;
      refused(
        await world.post(`${bakery}/subscribed_apps`, { subscribed_fields: 'feed,mention,name', access_token: weak }),
        200,
        undefined,
        `(#200) ${sentence('feed')}.\n${sentence('mention')}.\n${sentence('name')}`,
      );
    },
  ),
  ...each(
    [
      ['LiveHelperChat/fbmessenger#9', undefined],
      ['jgorset/facebook-messenger#231', ''],
    ] as const,
    ([from, subscribed_fields]) =>
      documented(
        `${from}: "(#100) The parameter subscribed_fields is required".`,
        `subscribed_apps ${subscribed_fields === undefined ? 'without the parameter' : 'with an empty one'}.`,
        async (world) =>
          refused(
            await world.post(`${bakery}/subscribed_apps`, { subscribed_fields, access_token: await page(world) }),
            100,
            undefined,
            '(#100) The parameter subscribed_fields is required',
          ),
      ),
  ),
  documented(
    'restfb/restfb#1210: "(#100) Param subscribed_fields[2] must be one of {feed, mention, …".',
    'A field that there is not is named by its place, with all that there are.',
    async (world) => {
      const asked = { subscribed_fields: 'feed,messages,messaging_seen', access_token: await page(world) };
      refused(
        await world.post(`${bakery}/subscribed_apps`, asked),
        100,
        undefined,
        /^\(#100\) Param subscribed_fields\[2\] must be one of \{.*\bmessaging_optins\b.*\}$/,
      );
    },
  ),
  documented(
    'airyhq/airy#328: subscribed_fields as a JSON list.',
    'Every name of its list is taken.',
    async (world) => {
      const names = ['messages', 'messaging_postbacks', 'message_deliveries', 'standby', 'messaging_handovers'];
      const access_token = await page(world);
      const asked = { subscribed_fields: JSON.stringify(names), access_token };
      assert.deepEqual(succeeded(await world.post(`${bakery}/subscribed_apps`, asked)).body, { success: true });
      const [row] = succeeded(await world.get(`${bakery}/subscribed_apps`, { access_token })).body.data;
      assert.deepEqual(new Set(row.subscribed_fields), new Set(names));
    },
  ),
  documented(
    'PipedreamHQ/pipedream#7581, #17828, #18935: "(#283) Requires pages_read_engagement permission to manage the object", HTTP 400.',
    'Posting with pages_manage_posts and without pages_read_engagement.',
    async (world) => {
      const weak = await userToken(world, 'ana', shop, { scope: pageScope, untick: ['pages_read_engagement'] });
      const reply = await world.post(`${bakery}/feed`, {
        message: 'x',
        access_token: await pageToken(world, weak, 'bakery'),
      });
      refused(reply, 283, undefined, '(#283) Requires pages_read_engagement permission to manage the object');
      assert.equal(reply.status, 400);
    },
  ),
  documented(
    'jgorset/facepy#149: "(#200) App cannot edit non-app posts".',
    'Changing a post that the app did not make is refused with it.',
    async (world) => {
      const access_token = await page(world);
      const [post] = succeeded(await world.get(`${bakery}/feed`, { access_token })).body.data;
      refused(
        await world.post(`/${post.id}`, { message: 'x', access_token }),
        200,
        undefined,
        '(#200) App cannot edit non-app posts',
      );
    },
  ),
  documented(
    'snarfed/bridgy#596, SammyK/LaravelFacebookSdk#144: "The user must be an administrator of the page in order to impersonate it."',
    'Before v2.9 a Page token whose person lost the role is told so in these words, later in the longer ones.',
    async (world) => {
      const access_token = await page(world);
      const owner = await person(world);
      const { id } = succeeded(await world.get('/me', { fields: 'id', access_token: owner })).body;
      succeeded(await world.delete(`${bakery}/assigned_users`, { user: id, access_token: owner }));
      refused(
        await world.get('/v2.2/me', { access_token }),
        190,
        492,
        'The user must be an administrator of the page in order to impersonate it.',
      );
      refused(await world.get('/v25.0/me', { access_token }), 190, 492, /^The user must be an administrator, editor/);
    },
  ),
  documented(
    'facebook/facebook-python-business-sdk#656: "The value must be a valid insights metric".',
    'One wrong name among right ones is enough.',
    async (world) =>
      refused(
        await world.get(`${bakery}/insights`, {
          metric: 'page_impressions,page_fan_adds_unique_of_yesterday',
          access_token: await page(world),
        }),
        100,
        undefined,
        '(#100) The value must be a valid insights metric',
      ),
  ),

  // Kinds of tokens.
  documented(
    'arsduo/koala#229: "An active access token must be used to query information about the current user."',
    'me with an app token is 2500.',
    async (world) =>
      refused(
        await world.get('/me', { access_token: idAndSecret(shop) }),
        2500,
        undefined,
        'An active access token must be used to query information about the current user.',
      ),
  ),
  documented(
    'restfb/restfb#726: the device calls take {app-id}|{client-token}.',
    'They take no client_id alone.',
    async (world) => {
      succeeded(await world.post('/v25.0/device/login', { access_token: clientToken(shop) }));
      assert.ok((await world.post('/v25.0/device/login', { client_id: shop.id })).body.error);
    },
    { shop: { deviceLogin: true } },
  ),

  // Batches.
  documented(
    'arsduo/koala, the recorded answer in its tests of batches: one error for the whole batch, HTTP 400, without a number.',
    'An unknown name is refused in depends_on, in the address and in the body alike, and nothing is run.',
    async (world) => {
      const access_token = await page(world);
      for (const item of [
        { method: 'POST', relative_url: `${pages.bakery.id}/feed`, body: 'message=x', depends_on: 'f' },
        { method: 'POST', relative_url: `${pages.bakery.id}/feed?a={result=f:$.id}`, body: 'message=x' },
        { method: 'POST', relative_url: `${pages.bakery.id}/feed`, body: 'message={result=f:$.id}' },
      ]) {
        const { status, body } = await world.post('/', { access_token, batch: JSON.stringify([item]) });
        assert.deepEqual(
          [status, body.error.type, body.error.code, body.error.message],
          [
            400,
            'GraphBatchException',
            undefined,
            'Request 0 cannot depend on an  unresolved request with  name f. Requests can only depend on preceding requests',
          ],
        );
      }
      const { data } = succeeded(await world.get(`${bakery}/feed`, { access_token })).body;
      assert.ok(!data.some(({ message }: { message?: string }) => message === 'x'));
    },
  ),
  documented(
    'airbytehq/airbyte#14267: {"method":"GET","relative_url":"123/?fields=a%2Cb"} in a batch.',
    'A final slash before the query, and commas written as %2C, mean the same.',
    async (world) => {
      const batch = JSON.stringify([{ method: 'GET', relative_url: `${pages.bakery.id}/?fields=id%2Cname` }]);
      const [slot] = succeeded(await world.post('/v25.0/', { access_token: await page(world), batch })).body;
      assert.deepEqual(JSON.parse(slot.body), { id: pages.bakery.id, name: pages.bakery.name });
    },
  ),

  // Advertising.
  documented(
    'facebook/facebook-java-business-sdk#292: "(#2642) Invalid cursors values".',
    'A cursor that is none is 2642 on reports of accounts and campaigns and on insights of Pages; elsewhere 100.',
    async (world) => {
      const access_token = await advertiser(world);
      const words = '(#2642) Invalid cursors values';
      for (const name of ['after', 'before']) {
        const garbage = { [name]: 'garbage', access_token };
        refused(await world.get(`${town}/insights`, garbage), 2642, undefined, words);
        refused(await world.get(`/${adAccounts.town.campaign.id}/insights`, garbage), 2642, undefined, words);
        refused(
          await world.get(`${bakery}/insights`, {
            metric: 'page_impressions',
            [name]: 'x',
            access_token: await page(world),
          }),
          2642,
          undefined,
          words,
        );
        refused(await world.get(`${town}/campaigns`, garbage), 100);
      }
    },
  ),
  documented(
    'facebook/facebook-java-business-sdk#223: "Requires ads_management permission to manage the object".',
    'Changing a campaign with ads_read alone; making one is 294.',
    async (world) => {
      const access_token = await userToken(world, 'ana', market, { scope: 'ads_read' });
      const reply = await world.post(`/${adAccounts.town.campaign.id}`, { status: 'PAUSED', access_token });
      refused(reply, 200, undefined, '(#200) Requires ads_management permission to manage the object');
      assert.equal(reply.status, 403);
    },
  ),
  documented(
    'janu-software/facebook-php-sdk#17: "metric[0] must be one of the following values: …".',
    'A breakdown that there is not is named by its place, with all that there are.',
    async (world) =>
      refused(
        await world.get(`${town}/insights`, {
          breakdowns: 'creative_fingerprint',
          access_token: await advertiser(world),
        }),
        100,
        undefined,
        /^\(#100\) breakdowns\[0\] must be one of the following values: age, /,
      ),
  ),
  documented(
    'fredericharnois/facebook-ads-reporting-google-apps-script#12: "date_preset is not valid for fields param. …".',
    'A parameter among the fields is told as a field that there is not.',
    async (world) =>
      refused(
        await world.get(`${town}/insights`, { fields: 'spend,date_preset', access_token: await advertiser(world) }),
        100,
        undefined,
        '(#100) date_preset is not valid for fields param. please check https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values',
      ),
  ),
  documented(
    'facebook/facebook-python-business-sdk#496: breakdowns as one word.',
    'It means what the list of that word means.',
    async (world) => {
      const access_token = await advertiser(world);
      const ask = (breakdowns: string) =>
        world.get(`${town}/insights`, { fields: 'impressions,spend', breakdowns, access_token });
      assert.deepEqual(succeeded(await ask('country')).body.data, succeeded(await ask('["country"]')).body.data);
    },
  ),
  documented(
    'facebook/facebook-python-business-sdk#290: breakdown, written without its s.',
    'It is refused, for it would have changed the figures.',
    async (world) =>
      refused(await world.get(`${town}/insights`, { breakdown: 'age', access_token: await advertiser(world) }), 100),
  ),
  ...each(
    [
      ['facebook/facebook-nodejs-business-sdk#239', 'v14.0'],
      ['facebook/facebook-java-business-sdk#136', 'v2.11'],
      ['a11global/facebook-ads-performance-downloader#33', 'v8.0'],
    ] as const,
    ([from, version]) =>
      documented(
        `${from}: "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: …".`,
        `With endedVersions=refuse ${version} is refused with it.`,
        async (world) =>
          refused(
            await world.get(`/${version}${town}/campaigns`, { access_token: await advertiser(world) }),
            2635,
            undefined,
            /^\(#2635\) You are calling a deprecated version of the Ads API\. Please update to the latest version: v\d+\.0\.$/,
          ),
        { settings: { endedVersions: 'refuse' } },
      ),
  ),
];
