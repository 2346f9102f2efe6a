// These cases replay what callers of the real platform report about Pages: who may ask, what is said where a permission is
// missing, and Pages of a business. Each case names the report that it follows, or the documented sentence where a report
// led to a neighbour of it.
import assert from 'node:assert/strict';
import { apps, business, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  bakeryToken,
  idAndSecret,
  inspect,
  longToken,
  pageScope,
  pageToken,
  userToken,
} from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { administrator, generate, newSystemUser } from '../../src/stage/system-users.ts';
import type { ConformanceWorld, Reply } from '../../src/stage/world.ts';

const { documented } = citing('reports');
const { shop, market } = apps;
const scope = 'pages_show_list,pages_read_engagement,pages_manage_posts';

const answered = (reply: Reply, status: number, code: number, words: RegExp | string): void => {
  refused(reply, code, undefined, words);
  assert.equal(reply.status, status, reply.text);
};

/** A Page token of Ana's that carries one permission alone. */
async function weakPageToken(world: ConformanceWorld, only = 'pages_show_list'): Promise<string> {
  return pageToken(world, await userToken(world, 'ana', shop, { scope: only }), 'bakery');
}

/**
 * The garden of the business, given to Cleo by it and by nobody else. @returns a token of hers with these permissions
 */
async function giftedPage(world: ConformanceWorld, permissions: string): Promise<string> {
  const owner = await administrator(world);
  const { id: member } = await inBusiness(world, owner, 'ben');
  const given = { user: member, business: business.id, tasks: "['CREATE_CONTENT','ANALYZE']", access_token: owner };
  succeeded(await world.post(`/${pages.garden.id}/assigned_users`, given));
  return longToken(world, 'ben', market, { scope: permissions });
}

/** Somebody by the id that business_users lists. */
async function inBusiness(world: ConformanceWorld, token: string, person: 'ana' | 'ben'): Promise<{ id: string }> {
  const { data } = succeeded(
    await world.get(`/${business.id}/business_users`, { fields: 'id,name', access_token: token }),
  ).body;
  return data.find(({ name }: { name: string }) => name === people[person].name);
}

const idsOf = (reply: Reply): string[] => succeeded(reply).body.data.map(({ id }: { id: string }) => id);

export const cases: Case[] = [
  // These cases are about who may ask.
  documented(
    'nyaruka/rapidpro#3734, TomGrill/gdx-facebook#7 and three more: debug_token of its own token by a person without a role on the app.',
    'It is refused; a developer of the app and the app itself are answered.',
    async (world) => {
      const words =
        '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app';
      const [ana, ben] = [await userToken(world, 'ana', shop), await userToken(world, 'ben', shop)];
      answered(await world.get('/debug_token', { input_token: ana, access_token: ana }), 400, 100, words);
      assert.equal(
        succeeded(await world.get('/debug_token', { input_token: ana, access_token: ben })).body.data.is_valid,
        true,
      );
      assert.equal((await inspect(world, ana)).is_valid, true);
    },
  ),
  documented(
    'mureo#744: a system-user token cannot inspect itself.',
    'debug_token by the token of a system user about itself is refused; the app inspects it.',
    async (world) => {
      const owner = await administrator(world);
      const token = succeeded(await generate(world, owner, await newSystemUser(world, owner))).body
        .access_token as string;
      refused(await world.get('/debug_token', { input_token: token, access_token: token }), 100);
      assert.equal((await inspect(world, token, market)).type, 'SYSTEM_USER');
    },
  ),
  documented(
    'facebook/facebook-java-business-sdk#437, #438: an administrator whose business requires two-factor authentication.',
    'Code 415 with subcode 2859009, error_data.hash, a title, and is_transient false.',
    async (world) => {
      const token = await administrator(world);
      succeeded(await world.post(`/${business.id}`, { two_factor_type: 'all_required', access_token: token }));
      const { body } = await world.get(`/${business.id}/system_users`, { access_token: token });
      const { error } = body;
      assert.deepEqual([error.code, error.error_subcode, error.is_transient], [415, 2_859_009, false]);
      assert.deepEqual(
        [error.error_user_title, /^\d+$/.test(error.error_data.hash)],
        ['Two-factor authentication required', true],
      );
    },
  ),
  documented(
    'airbytehq/airbyte, its connector (pull request 31132): fields=owner of an ad account by a token without business_management.',
    'Owner and business of the account are refused with the permission that they need, its name is not; with the permission they are there.',
    async (world) => {
      const token = await longToken(world, 'ana', market, { scope: 'ads_read' });
      const [account] = succeeded(await world.get('/me/adaccounts', { access_token: token })).body.data;
      for (const fields of ['owner', 'business', 'owner_business'])
        answered(
          await world.get(`/${account.id}`, { fields, access_token: token }),
          403,
          200,
          '(#200) Requires business_management permission to manage the object',
        );
      succeeded(await world.get(`/${account.id}`, { fields: 'name', access_token: token }));
      const more = await longToken(world, 'ana', market, { scope: 'ads_read,business_management' });
      assert.equal(
        succeeded(await world.get(`/${account.id}`, { fields: 'owner', access_token: more })).body.owner,
        business.id,
      );
    },
  ),
  // These cases check the words for a missing permission.
  documented(
    'pdir/social-feed-bundle#184, strohne/Facepager#190: GET /{page}/feed by a Page token without pages_read_engagement, and with an app token.',
    'Code 10 with status 400, and the words of the edge: /feed names pages_read_engagement, /posts pages_read_user_content.',
    async (world) => {
      const weak = await weakPageToken(world);
      for (const [edge, name] of [
        ['feed', 'pages_read_engagement'],
        ['posts', 'pages_read_user_content'],
        ['published_posts', 'pages_read_engagement'],
      ] as const)
        for (const access_token of [weak, idAndSecret(shop)])
          answered(
            await world.get(`/${pages.bakery.id}/${edge}`, { access_token }),
            400,
            10,
            new RegExp(
              `^\\(#10\\) This endpoint requires the '${name}' permission or the 'Page Public Content Access' feature\\. Refer to `,
            ),
          );
    },
  ),
  documented(
    'restfb/restfb#1190, strohne/Facepager#139: GET /{page}?fields=name,fan_count by a token without access to the Page.',
    'Code 10 with status 400, and the text that names three ways.',
    async (world) => {
      for (const access_token of [idAndSecret(shop), await userToken(world, 'cleo', shop, { scope: pageScope })])
        answered(
          await world.get(`/${pages.bakery.id}`, { fields: 'name,fan_count', access_token }),
          400,
          10,
          /^\(#10\) .* feature or the 'Page Public Metadata Access' feature\. Refer to /,
        );
    },
  ),
  documented(
    'halsandr/Facebook_Connector#1: GET /{page}/insights with a user token; 000 and 001 read insights with a Page token.',
    'Code 190 without a subcode for tokens of people and apps, also in a batch; the Page token reads them.',
    async (world) => {
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      const words = '(#190) This method must be called with a Page Access Token';
      const edge = `${pages.bakery.id}/insights?metric=page_fans`;
      for (const access_token of [user, idAndSecret(shop)])
        answered(await world.get(`/${edge}`, { access_token }), 400, 190, words);
      const [slot] = succeeded(
        await world.post('/', { batch: JSON.stringify([{ relative_url: edge }]), access_token: user }),
      ).body;
      assert.deepEqual([slot.code, JSON.parse(slot.body).error.message], [400, words]);
      succeeded(await world.get(`/${edge}`, { access_token: await pageToken(world, user, 'bakery') }));
    },
  ),
  documented(
    'jgorset/facebook-messenger#280: subscribed_apps by a Page token without pages_manage_metadata, with several fields.',
    'A sentence for each field, all in one message; without fields the object is named.',
    async (world) => {
      const access_token = await weakPageToken(world);
      const edge = `/${pages.bakery.id}/subscribed_apps`;
      const sentence = (field: string) =>
        `To subscribe to the ${field} field, one of these permissions is needed: pages_manage_metadata`;
      refused(
        await world.post(edge, { subscribed_fields: 'feed,mention', access_token }),
        200,
        undefined,
        `(#200) ${['feed', 'mention'].map(sentence).join('.\n')}`,
      );
      refused(
        await world.get(edge, { access_token }),
        200,
        undefined,
        '(#200) Requires pages_manage_metadata permission to manage the object',
      );
      refused(
        await world.post(edge, {
          subscribed_fields: 'feed',
          access_token: await userToken(world, 'ana', shop, { scope: pageScope }),
        }),
        210,
      );
    },
  ),
  documented(
    'PipedreamHQ/pipedream#7581, Codeinwp/tweet-old-post#649: posting on a Page without one of its permissions.',
    'Without pages_read_engagement 283 with status 400; without pages_manage_posts, or by a user token, the long text of 200.',
    async (world) => {
      const post = (access_token: string) => world.post(`/${pages.bakery.id}/feed`, { message: 'Hello', access_token });
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      const token = await pageToken(world, user, 'bakery');
      answered(await post(user), 403, 200, /^\(#200\) If posting to a group, /);
      succeeded(await world.delete('/me/permissions/pages_manage_posts', { access_token: user }));
      answered(await post(token), 403, 200, /requires both pages_read_engagement and pages_manage_posts as an admin/);
    },
  ),
  // Pages through a business.
  documented(
    'trypostit/trypost#301, getopenpost/openpost#216, zammad/zammad#6069: /me/accounts is empty for a Page that a business gave.',
    'Without business_management it is not listed, though granular_scopes names it and it can be read by its id; with it, it is.',
    async (world) => {
      const less = await giftedPage(world, scope);
      const listed = (access_token: string) => world.get('/me/accounts', { fields: 'id', access_token });
      assert.ok(!idsOf(await listed(less)).includes(pages.garden.id));
      const { granular_scopes } = await inspect(world, less, market);
      assert.ok(
        granular_scopes
          .find((one: { scope: string }) => one.scope === 'pages_show_list')
          .target_ids.includes(pages.garden.id),
      );
      const one = succeeded(
        await world.get(`/${pages.garden.id}`, { fields: 'name,access_token', access_token: less }),
      ).body;
      assert.equal(succeeded(await world.get('/me', { access_token: one.access_token })).body.id, pages.garden.id);
      const more = await longToken(world, 'ben', market, { scope: `${scope},business_management` });
      assert.ok(idsOf(await listed(more)).includes(pages.garden.id));
      assert.deepEqual(idsOf(await world.get(`/${business.id}/owned_pages`, { access_token: more })), [
        pages.garden.id,
      ]);
    },
  ),
  documented(
    'restfb/restfb#461: the fields business and owner_business of a Page.',
    'The business that owns it, as {id, name}; absent where nobody does, and without business_management.',
    async (world) => {
      const of = async (page: string, access_token: string) =>
        succeeded(await world.get(`/${page}`, { fields: 'business,owner_business', access_token })).body;
      const token = await administrator(world);
      assert.deepEqual(await of(pages.garden.id, token), { business, owner_business: business, id: pages.garden.id });
      assert.deepEqual(await of(pages.bakery.id, token), { id: pages.bakery.id });
      assert.deepEqual(await of(pages.garden.id, await longToken(world, 'ana', shop, { scope })), {
        id: pages.garden.id,
      });
    },
  ),
  documented(
    'Codeinwp/tweet-old-post#649: posting with a token that is not the one of the Page.',
    'The token of another Page gets the same words.',
    async (world) => {
      refused(
        await world.post(`/v25.0/${pages.garden.id}/feed`, {
          message: 'x',
          access_token: await bakeryToken(world),
        }),
        200,
        undefined,
        /^\(#200\) If posting to a group, requires app being installed in the group/,
      );
    },
  ),
];
