// These cases are about long lists of fields, and lists that are turned page by page. Each names the report that its kind
// is known by.
import assert from 'node:assert/strict';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { anasToken, bakeryToken, idAndSecret } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const { documented } = citing('reports');
const { shop, market } = apps;
const bakery = `/v25.0/${pages.bakery.id}`;

export const cases: Case[] = [
  documented(
    'sns-sdks/python-facebook, its default fields of a Page; keboola/ex-facebook-graph-api#29: one field that is not known fails the whole list.',
    'The fields of the Page, user and application references are known: those without a value are left out; made-up ones are refused.',
    async (world) => {
      const [owner, own] = [await anasToken(world), await bakeryToken(world)];
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
  documented(
    'PipedreamHQ/pipedream#20845, restfb/restfb#214: cursors.after is on every page, next on all but the last, with the token in it.',
    'A list that is walked by next ends, and has every row once.',
    async (world) => {
      const access_token = await bakeryToken(world);
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
      const access_token = await anasToken(world);
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
    'abjerner/Skybrud.Social#6: limit=0 gives no rows and the total.',
    'Also figures of Pages and of apps, which are no nodes.',
    async (world) => {
      const metric = { metric: 'page_impressions,page_fans', access_token: await bakeryToken(world) };
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
      const access_token = await anasToken(world);
      const asked = { redirect: false, width: 9999, access_token };
      const { data } = succeeded(await world.get('/v25.0/me/picture', asked)).body;
      assert.deepEqual([data.width, data.height], [2048, 2048]);
      const { picture } = succeeded(await world.get('/v25.0/me', { fields: 'picture.width(9999)', access_token })).body;
      assert.deepEqual(picture.data, data);
    },
  ),
];
