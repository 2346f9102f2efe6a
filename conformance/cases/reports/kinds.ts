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
