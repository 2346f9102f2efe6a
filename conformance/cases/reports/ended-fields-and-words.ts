// These cases are about fields, endpoints and words that versions of the Graph have ended. Each names the report that its
// kind is known by.
import assert from 'node:assert/strict';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { anasToken, bakeryToken, idAndSecret } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented, each } = citing('reports');
const { shop } = apps;
const bakery = `/v25.0/${pages.bakery.id}`;

/** A post of the Page by the app, with a web address. */
async function posted(world: ConformanceWorld, access_token: string): Promise<string> {
  const link = 'https://bakery.example/rye';
  return succeeded(await world.post(`${bakery}/feed`, { message: 'Rye', link, access_token })).body.id;
}

export const cases: Case[] = [
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
          const access_token = await bakeryToken(world);
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
      const access_token = await bakeryToken(world);
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
  documented(
    'restfb/restfb#1150: "(#200) This endpoint is deprecated since the required permission publish_actions is deprecated".',
    'me/feed and me/photos with the token of a person, and photos of a Page; with the token of the Page they work.',
    async (world) => {
      const [owner, own] = [await anasToken(world), await bakeryToken(world)];
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
        await world.post(`/v3.1/${pages.bakery.id}/feed`, { message: 'x', access_token: await anasToken(world) }),
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
];
