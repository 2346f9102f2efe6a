// Siblings of reports that nobody printed: other edges, versions, batches and extremes of a kind that a report showed.
// Each names the report that the kind is known by.
import assert from 'node:assert/strict';
import { adAccounts, apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { idAndSecret, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented, each } = citing('reports');
const { shop, market } = apps;
const bakery = `/v25.0/${pages.bakery.id}`;
const town = `/v25.0/act_${adAccounts.town.id}`;

const person = (world: ConformanceWorld, scope = pageScope): Promise<string> =>
  userToken(world, 'ana', shop, { scope });
const page = async (world: ConformanceWorld): Promise<string> => pageToken(world, await person(world), 'bakery');

/** A post of the Page by the app, with a web address. */
async function posted(world: ConformanceWorld, access_token: string): Promise<string> {
  const link = 'https://bakery.example/rye';
  return succeeded(await world.post(`${bakery}/feed`, { message: 'Rye', link, access_token })).body.id;
}

export const cases: Case[] = [
  // Fields that versions have ended.
  ...each(
    [
      ['v3.3', 'strohne/Facepager#147', 'type', 'type field'],
      ['v3.3', 'rezozero/mixedfeed#21', 'link', 'link field'],
      ['v10.0', 'rezozero/mixedfeed#21', 'source', 'source field'],
      ['v25.0', 'FriendsOfREDAXO/feeds#179', 'type', 'deprecate_post_aggregated_fields_for_attachement'],
      ['v25.0', 'FriendsOfREDAXO/feeds#179', 'link', 'deprecate_post_aggregated_fields_for_attachement'],
      ['v25.0', 'restfb/restfb#990', 'object_id', 'deprecate_post_aggregated_fields_for_attachement'],
    ] as const,
    ([version, from, field, feature]) =>
      documented(
        `${from}: "(#12) ${feature} is deprecated for versions v3.3 and higher".`,
        `${field} of posts in ${version}: of the post, in the feed, inside the Page, in a batch.`,
        async (world) => {
          const access_token = await page(world);
          const id = await posted(world, access_token);
          const words = `(#12) ${feature} is deprecated for versions v3.3 and higher`;
          const ask = (path: string, fields: string) => world.get(`/${version}/${path}`, { fields, access_token });
          for (const reply of [
            await ask(id, `id,${field}`),
            await ask(`${pages.bakery.id}/feed`, `message,${field}`),
            await ask(pages.bakery.id, `feed.limit(1){${field}}`),
          ])
            refused(reply, 12, undefined, words);
          const batch = JSON.stringify([{ method: 'GET', relative_url: `${version}/${id}?fields=${field}` }]);
          const [slot] = succeeded(await world.post('/', { batch, access_token })).body;
          assert.deepEqual([slot.code, JSON.parse(slot.body).error.message], [400, words]);
        },
      ),
  ),
  documented(
    'restfb/restfb#990: "link maps to attachment/unshimmed_url", media_type for type.',
    'Before v3.3 link is the address; today attachments holds it, and nothing of it in a post of words alone.',
    async (world) => {
      const access_token = await page(world);
      const id = await posted(world, access_token);
      const link = 'https://bakery.example/rye';
      assert.equal(succeeded(await world.get(`/v3.2/${id}`, { fields: 'link', access_token })).body.link, link);
      const { attachments } = succeeded(
        await world.get(`/v25.0/${id}`, { fields: 'attachments{media_type,unshimmed_url}', access_token }),
      ).body;
      assert.deepEqual(attachments, { data: [{ media_type: 'link', unshimmed_url: link }] });
      const words = succeeded(await world.post(`${bakery}/feed`, { message: 'Words', access_token })).body.id;
      const alone = succeeded(await world.get(`/v25.0/${words}`, { fields: 'attachments', access_token })).body;
      assert.deepEqual(alone, { id: words });
      const shown = { url: 'https://bakery.example/rye.jpg', access_token };
      const photo = succeeded(await world.post(`${bakery}/photos`, shown)).body;
      const of = succeeded(await world.get(`/v25.0/${photo.post_id}`, { fields: 'attachments', access_token })).body;
      assert.deepEqual(
        [of.attachments.data[0].media_type, of.attachments.data[0].target.id, of.attachments.data[0].media.image.src],
        ['photo', photo.id, shown.url],
      );
    },
  ),
  documented(
    'Answers that counters of shares have kept: "(#12) share field is deprecated for versions v2.9 and higher".',
    'share of a web address.',
    async (world) => {
      const asked = { id: 'https://bakery.example/', fields: 'share', access_token: idAndSecret(shop) };
      refused(
        await world.get('/v25.0/', asked),
        12,
        undefined,
        '(#12) share field is deprecated for versions v2.9 and higher',
      );
      assert.deepEqual(succeeded(await world.get('/v2.8/', asked)).body, { id: asked.id });
    },
  ),

  // Methods and roots.
  documented(
    'mediacloud/backend#810: "Unsupported request - method type: …".',
    'A method that a parameter or an item of a batch names and that there is not is refused with 400 too.',
    async (world) => {
      const access_token = await person(world);
      for (const method of ['foo', 'patch', 'options', 'trace']) {
        const reply = await world.get('/v25.0/me', { method, access_token });
        refused(reply, 100, undefined, `Unsupported request - method type: ${method}`);
        assert.deepEqual([reply.status, reply.body.error.type], [400, 'GraphMethodException']);
        const batch = JSON.stringify([{ method: method.toUpperCase(), relative_url: 'me' }]);
        const [slot] = succeeded(await world.post('/v25.0/', { batch, access_token })).body;
        assert.deepEqual([slot.code, JSON.parse(slot.body).error.message], [400, reply.body.error.message]);
      }
    },
  ),
  documented(
    'facebook/facebook-ios-sdk#1087: "Top level app id is invalid", type GraphBatchException.',
    'batch_app_id that is the id of no app refuses the batch; that of an app does not.',
    async (world) => {
      const access_token = await person(world);
      const batch = '[{"method":"GET","relative_url":"me?fields=id"}]';
      for (const batch_app_id of ['190000000000099', 'abc', '{app_id}']) {
        const { status, body } = await world.post('/v25.0/', { batch, batch_app_id, access_token });
        assert.deepEqual(
          [status, body.error.message, body.error.type, body.error.code],
          [400, 'Top level app id is invalid', 'GraphBatchException', undefined],
        );
      }
      for (const batch_app_id of [shop.id, '', undefined])
        assert.equal(succeeded(await world.post('/v25.0/', { batch, batch_app_id, access_token })).body[0].code, 200);
    },
  ),
  documented(
    'omniauth/omniauth#377, ruby-oauth/oauth2#70, #188: "client_secret should not be passed to /oauth/token".',
    'oauth/token is no token endpoint: with the secret it says so, without it the path is unknown.',
    async (world) => {
      const asked = { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' };
      for (const reply of [await world.post('/oauth/token', asked), await world.get('/v25.0/oauth/token', asked)]) {
        refused(reply, 1, undefined, 'client_secret should not be passed to /oauth/token');
        assert.equal(
          reply.headers['www-authenticate'],
          'OAuth "Facebook Platform" "invalid_request" "client_secret should not be passed to /oauth/token"',
        );
      }
      refused(await world.post('/oauth/token', { client_id: shop.id }), 2500);
    },
  ),

  // Posting with the token of a person.
  documented(
    'restfb/restfb#1150: "(#200) This endpoint is deprecated since the required permission publish_actions is deprecated".',
    'me/feed and me/photos with the token of a person, and photos of a Page; with the token of the Page they work.',
    async (world) => {
      const [owner, own] = [await person(world), await page(world)];
      const shown = { url: 'https://bakery.example/rye.jpg', message: 'Rye' };
      const words = '(#200) This endpoint is deprecated since the required permission publish_actions is deprecated';
      for (const path of ['/v25.0/me/feed', '/v25.0/me/photos', `${bakery}/photos`]) {
        const reply = await world.post(path, { ...shown, access_token: owner });
        refused(reply, 200, undefined, words);
        assert.equal(reply.status, 403);
        succeeded(await world.post(path, { ...shown, message: path, access_token: own }));
      }
    },
  ),
  documented(
    'restfb/restfb-examples#8, of 2018: "(#200) Requires either publish_to_groups permission and app being installed in the group, or manage_pages and publish_pages …".',
    'Before v7.0 posting with the token of a person is refused in these words.',
    async (world) =>
      refused(
        await world.post(`/v3.1/${pages.bakery.id}/feed`, { message: 'x', access_token: await person(world) }),
        200,
        undefined,
        '(#200) Requires either publish_to_groups permission and app being installed in the group, or manage_pages and publish_pages as an admin with sufficient administrative permission',
      ),
  ),
  ...each(
    [
      ['daroczig/fbRads#74', 'v2.10', 'list(token = 1)'],
      ['hellowearemito/dataconnector-facebook#13', 'v2.10', '<ACCESS_TOKEN>'],
      ['roundrop/facebook4j-oauth-example#3', 'v2.8', 'nonsense'],
    ] as const,
    ([from, version, access_token]) =>
      documented(
        `${from}: "Invalid OAuth access token."`,
        `${access_token} in ${version}; today the words go on.`,
        async (world) => {
          const old = await world.get(`/${version}/me`, { access_token });
          refused(old, 190, undefined, 'Invalid OAuth access token.');
          assert.equal(
            old.headers['www-authenticate'],
            'OAuth "Facebook Platform" "invalid_token" "Invalid OAuth access token."',
          );
          const words = 'Invalid OAuth access token - Cannot parse access token';
          refused(await world.get('/v25.0/me', { access_token }), 190, undefined, words);
        },
      ),
  ),

  // Long lists of fields, as tools read them in one call.
  documented(
    'sns-sdks/python-facebook, its default fields of a Page; keboola/ex-facebook-graph-api#29: one field that is not known fails the whole list.',
    'The fields of the Page, user and application references are known: those without a value are left out; made-up ones are refused.',
    async (world) => {
      const [owner, own] = [await person(world), await page(world)];
      const lists = [
        [
          bakery,
          own,
          'id,about,birthday,category,category_list,cover,current_location,description,display_subtext,emails,engagement,fan_count,features,founded,general_info,global_brand_page_name,hours,is_owned,is_permanently_closed,is_published,is_webhooks_subscribed,link,location,mission,name,name_with_location_descriptor,overall_star_rating,page_token,app_id,parent_page,phone,price_range,products,rating_count,single_line_address,start_info,store_location_descriptor,store_number,talking_about_count,user_access_expire_time,username,verification_status,website,were_here_count,whatsapp_number',
        ],
        [
          '/v25.0/me',
          owner,
          'id,name,first_name,last_name,middle_name,name_format,short_name,email,picture,birthday,age_range,gender,hometown,location,link,install_type,installed,is_guest_user,third_party_id,token_for_business,client_business_id,security_settings,video_upload_limits,test_group,payment_pricepoints,profile_pic',
        ],
        [
          `/v25.0/${shop.id}`,
          idAndSecret(shop),
          'id,name,app_name,app_type,namespace,category,company,description,link,icon_url,logo_url,photo_url,created_time,creator_uid,business,owner_business,supported_platforms,object_store_urls,hosting_url,subcategory,daily_active_users,monthly_active_users_rank,supports_attribution',
        ],
      ] as const;
      for (const [path, access_token, fields] of lists) {
        assert.ok(Object.keys(succeeded(await world.get(path, { fields, access_token })).body).length > 3, path);
        refused(
          await world.get(path, { fields: `${fields},made_up`, access_token }),
          100,
          undefined,
          /^\(#100\) Tried accessing nonexisting field \(made_up\) on node type /,
        );
      }
      const webhooks = async () =>
        succeeded(await world.get(bakery, { fields: 'is_webhooks_subscribed', access_token: own })).body
          .is_webhooks_subscribed;
      assert.equal(await webhooks(), false);
      succeeded(await world.post(`${bakery}/subscribed_apps`, { subscribed_fields: 'feed', access_token: own }));
      assert.equal(await webhooks(), true);
      const { business } = succeeded(
        await world.get(`/v25.0/${market.id}`, { fields: 'business', access_token: idAndSecret(market) }),
      ).body;
      assert.ok(business.id && business.name);
    },
  ),

  // Reports that held as they are.
  ...each(
    [
      ['thephpleague/oauth2-facebook#17', '/v2.5/me'],
      ['sromku/android-simple-facebook#160', '/me/permissions'],
      ['adamwathan/eloquent-oauth-l5#46', '/v2.4/me?fields=email,name,first_name,last_name,age_range'],
      ['Yoctol/bottender#271', '/v25.0/me/accounts'],
      ['scribejava/scribejava#758', '/v2.8/me?fields=id'],
    ] as const,
    ([from, path]) =>
      documented(
        `${from}: "API calls from the server require an appsecret_proof argument", 400, GraphMethodException, 100.`,
        `${path} without a proof, of an app that requires one.`,
        async (world) => {
          const token = await userToken(world, 'ana', apps.proven, { scope: 'email' });
          const reply = await world.get(path, { access_token: token });
          refused(reply, 100, undefined, 'API calls from the server require an appsecret_proof argument');
          assert.deepEqual([reply.status, reply.body.error.type], [400, 'GraphMethodException']);
        },
      ),
  ),
  documented(
    'criso/fbgraph#101: an expired token is exchanged.',
    '190/463 with both moments in Pacific time; it is no way to a longer life.',
    async (world) => {
      const fb_exchange_token = await person(world);
      await world.clock.advance(7201);
      const asked = {
        ...{ client_id: shop.id, client_secret: shop.secret },
        ...{ grant_type: 'fb_exchange_token', fb_exchange_token },
      };
      const moment = '\\w+day, \\d\\d-\\w{3}-\\d\\d \\d\\d:\\d\\d:\\d\\d P[SD]T';
      refused(
        await world.get('/oauth/access_token', asked),
        190,
        463,
        new RegExp(
          `^Error validating access token: Session has expired on ${moment}\\. The current time is ${moment}\\.$`,
        ),
      );
    },
  ),
  documented(
    'fbsamples/messenger-bot-samples#11: a configuration without the token.',
    'An empty access_token is no token: 2500 for me.',
    async (world) => {
      const words = 'An active access token must be used to query information about the current user.';
      for (const access_token of ['', undefined])
        refused(await world.post('/v2.6/me/feed', { message: 'x', access_token }), 2500, undefined, words);
    },
  ),
  documented(
    'PipedreamHQ/pipedream#20845, restfb/restfb#214: cursors.after is on every page, next on all but the last, with the token in it.',
    'A list that is walked by next ends, and has every row once.',
    async (world) => {
      const access_token = await page(world);
      for (const message of ['a', 'b', 'c', 'd'])
        succeeded(await world.post(`${bakery}/feed`, { message, access_token }));
      const seen: string[] = [];
      let path: string | undefined = `${bakery}/feed?fields=id&limit=2&access_token=${access_token}`;
      for (let i = 0; i < 10 && path !== undefined; i++) {
        const { data, paging }: { data: { id: string }[]; paging: { cursors: { after?: string }; next?: string } } =
          succeeded(await world.get(path)).body;
        assert.ok(paging.cursors.after);
        seen.push(...data.map(({ id }) => id));
        path = paging.next?.replace(world.url, '');
        if (path !== undefined) assert.ok(path.includes(`access_token=${access_token}`), path);
      }
      assert.equal(path, undefined);
      assert.equal(new Set(seen).size, seen.length);
      assert.ok(seen.length >= 4);
    },
  ),
  documented(
    'node-facebook/facebook-node-sdk#169: after beside fields=photos{id} of a node turns no page of the list inside.',
    'The list inside the braces has its own after, and begins at its beginning.',
    async (world) => {
      const access_token = await person(world);
      const { accounts } = succeeded(
        await world.get('/v25.0/me', { fields: 'accounts.limit(1){id}', access_token }),
      ).body;
      const { after } = accounts.paging.cursors;
      const ask = async (fields: string, more = {}) =>
        succeeded(await world.get('/v25.0/me', { fields, access_token, ...more })).body.accounts.data[0].id;
      assert.equal(await ask('accounts.limit(1){id}', { after }), accounts.data[0].id);
      assert.notEqual(await ask(`accounts.limit(1).after(${after}){id}`), accounts.data[0].id);
    },
  ),
  documented(
    'mureo, its report 744: a token of a system user inspects itself, and POST debug_token.',
    'Both are refused: debug_token takes an app token or a developer, and GET alone.',
    async (world) => {
      const input_token = await person(world);
      const reply = await world.post('/v25.0/debug_token', { input_token, access_token: idAndSecret(shop) });
      refused(reply, 100, undefined, 'Unsupported request - method type: post');
    },
  ),

  // Lists.
  documented(
    'abjerner/Skybrud.Social#6: limit=0 gives no rows and the total.',
    'Also figures of Pages and of apps, which are no nodes.',
    async (world) => {
      const metric = { metric: 'page_impressions,page_fans', access_token: await page(world) };
      assert.deepEqual(succeeded(await world.get(`${bakery}/insights`, { ...metric, limit: 0 })).body.data, []);
      const one = succeeded(await world.get(`${bakery}/insights`, { ...metric, limit: 1, summary: true })).body;
      assert.deepEqual([one.data.length, one.summary.total_count], [1, 2]);
      const [rest] = succeeded(await world.get(new URL(one.paging.next).pathname + new URL(one.paging.next).search))
        .body.data;
      assert.notEqual(rest.name, one.data[0].name);
      const figure = { metric: 'api_calls', limit: 0, access_token: idAndSecret(shop) };
      assert.deepEqual(succeeded(await world.get(`/v25.0/${shop.id}/app_insights/api_calls`, figure)).body.data, []);
    },
  ),
  documented(
    'Meta, "User Picture": sizes; programs ask for width=9999 to get the largest.',
    'A size beyond the largest is the largest, in the edge and in the field.',
    async (world) => {
      const access_token = await person(world);
      const asked = { redirect: false, width: 9999, access_token };
      const { data } = succeeded(await world.get('/v25.0/me/picture', asked)).body;
      assert.deepEqual([data.width, data.height], [2048, 2048]);
      const { picture } = succeeded(await world.get('/v25.0/me', { fields: 'picture.width(9999)', access_token })).body;
      assert.deepEqual(picture.data, data);
    },
  ),

  // Advertising and Pages.
  documented(
    'janu-software/facebook-php-sdk#17 and the notes of two programs: "date_preset must be one of the following values: today, yesterday, …".',
    'A preset and a level that reports do not have are told as a breakdown is.',
    async (world) => {
      const access_token = await userToken(world, 'ana', market, { scope: 'ads_read' });
      const presets =
        /^\(#100\) date_preset must be one of the following values: today, yesterday, this_month, last_month, this_quarter, maximum, data_maximum, last_3d, /;
      refused(
        await world.get(`${town}/insights`, { date_preset: 'last_7_days', access_token }),
        100,
        undefined,
        presets,
      );
      refused(
        await world.get(`${town}/insights`, { level: 'foo', access_token }),
        100,
        undefined,
        /^\(#100\) level must be one of the following values: account, campaign/,
      );
    },
  ),
  documented(
    'Codeinwp/tweet-old-post#649: posting with a token that is not the one of the Page.',
    'The token of another Page gets the same words.',
    async (world) => {
      refused(
        await world.post(`/v25.0/${pages.garden.id}/feed`, { message: 'x', access_token: await page(world) }),
        200,
        undefined,
        /^\(#200\) If posting to a group, requires app being installed in the group/,
      );
    },
  ),
];
