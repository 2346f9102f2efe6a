// These cases replay what callers of the real platform report about Pages, pictures, ids, desktop apps and the pages of
// the dialog. Each case names the report that it follows, or the documented sentence where a report led to a neighbour
// of it.
import assert from 'node:assert/strict';
import { apps, business, callback, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  dialog,
  idAndSecret,
  inspect,
  logIn,
  longToken,
  openDialog,
  pageScope,
  pageToken,
  tokenInFragment,
  userToken,
} from '../../src/stage/deeds.ts';
import { blocked, refused, succeeded } from '../../src/expect.ts';
import { administrator, generate, newSystemUser } from '../../src/stage/system-users.ts';
import type { ConformanceWorld, Reply } from '../../src/stage/world.ts';

const { documented } = citing('reports');
const { shop, market, phone, draft } = apps;
const desktop = 'The request is invalid because the app is configured as a desktop app';
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
  // Desktop and native apps.
  documented(
    'heartcombo/devise#2367, laravel/socialite#334, angular/angularfire#2359: a code exchanged with the secret of an app that is set to native or desktop.',
    'Code, long exchange, client_credentials, client code, revocation and introspection are refused alike, for a right secret and a wrong one.',
    async (world) => {
      const user = await tokenInFragment(world, 'ana', phone);
      const code = (await logIn(world, 'ana', phone)).query.get('code') ?? '';
      for (const client_secret of [phone.secret, 'wrong']) {
        const shown = { client_id: phone.id, client_secret };
        for (const reply of [
          await world.get('/oauth/access_token', { ...shown, redirect_uri: callback, code }),
          await world.get('/oauth/access_token', {
            ...shown,
            grant_type: 'fb_exchange_token',
            fb_exchange_token: user,
          }),
          await world.get('/oauth/access_token', { ...shown, grant_type: 'client_credentials' }),
          await world.get('/oauth/client_code', { ...shown, redirect_uri: callback, access_token: user }),
          await world.get('/oauth/revoke', { ...shown, revoke_token: user, access_token: user }),
        ])
          answered(reply, 400, 1, desktop);
        assert.equal((await world.post('/oauth/introspect', { ...shown, token: user })).body.error, 'invalid_client');
      }
      succeeded(await world.get('/me', { access_token: user }));
    },
  ),
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
  // Ids.
  documented(
    'docs.rs "late" (AssignPageUserRequest), the page "Business User Assigned Pages": POST /{page}/assigned_users with the id of business_users.',
    'The id of the membership is taken and listed, the id that the app knows is taken too, and lists may have single quotes.',
    async (world) => {
      const token = await administrator(world);
      const member = await inBusiness(world, token, 'ben');
      const edge = `/${pages.garden.id}/assigned_users`;
      const listed = async () => idsOf(await world.get(edge, { business: business.id, access_token: token }));
      succeeded(
        await world.post(edge, { user: member.id, business: business.id, tasks: "['ANALYZE']", access_token: token }),
      );
      assert.deepEqual(await listed(), [member.id]);
      const ben = succeeded(await world.get('/me', { access_token: await longToken(world, 'ben', market, { scope }) }))
        .body.id;
      succeeded(
        await world.post(edge, {
          user: ben,
          business: business.id,
          tasks: 'ANALYZE,CREATE_CONTENT',
          access_token: token,
        }),
      );
      assert.deepEqual(await listed(), [member.id]);
      succeeded(await world.delete(edge, { user: member.id, business: business.id, access_token: token }));
      assert.deepEqual(await listed(), []);
    },
  ),
  documented(
    'The same of ad accounts and of system users: an id that one edge gives is taken by the next.',
    'assigned_users of an ad account takes and lists the id of the membership, and that of system_users.',
    async (world) => {
      const owner = await longToken(world, 'ana', market, { scope: `${scope},business_management,ads_management` });
      const [account] = succeeded(await world.get('/me/adaccounts', { access_token: owner })).body.data;
      const [member, system] = [await inBusiness(world, owner, 'ben'), await newSystemUser(world, owner)];
      const edge = `/${account.id}/assigned_users`;
      for (const user of [member.id, system])
        succeeded(await world.post(edge, { user, business: business.id, tasks: "['ANALYZE']", access_token: owner }));
      assert.deepEqual(
        new Set(idsOf(await world.get(edge, { business: business.id, access_token: owner }))),
        new Set([member.id, system]),
      );
      refused(
        await world.post(edge, { user: '999', business: business.id, tasks: 'ANALYZE', access_token: owner }),
        100,
      );
    },
  ),
  // Pictures.
  documented(
    'laravel/socialite#750, pow-auth/assent#195, the page "User Picture": GET /{app-scoped-id}/picture without a token.',
    'A redirect to an image, or with redirect=false the address, the size and is_silhouette; fields chooses among them; alike for ids of nobody.',
    async (world) => {
      const { id } = succeeded(await world.get('/me', { access_token: await userToken(world, 'ana', shop) })).body;
      const led = await world.get(`/${id}/picture`, { type: 'large' });
      assert.equal(led.status, 302);
      assert.equal((await world.send({ path: String(led.headers['location']).replace(world.url, '') })).status, 200);
      for (const [params, size] of [
        [{ type: 'small' }, [50, 50]],
        [{ type: 'normal' }, [100, 100]],
        [{ type: 'large' }, [200, 200]],
        [{ type: 'square' }, [50, 50]],
        [{ width: 320, height: 240 }, [320, 240]],
      ] as const) {
        const { data } = succeeded(await world.get(`/${id}/picture`, { redirect: 'false', ...params })).body;
        assert.deepEqual([data.width, data.height, data.is_silhouette, typeof data.url], [...size, true, 'string']);
      }
      const { data } = succeeded(
        await world.get(`/v25.0/${id}/picture`, { redirect: 0, fields: 'url,is_silhouette' }),
      ).body;
      assert.deepEqual(Object.keys(data), ['url', 'is_silhouette']);
      assert.equal((await world.get('/1234567/picture')).status, 302);
      refused(await world.get('/me/picture'), 2500);
    },
  ),
  documented(
    'The picture of a Page, and the picture claim of an id_token, are such addresses too.',
    'Both open without a token.',
    async (world) => {
      assert.equal((await world.get(`/${pages.bakery.id}/picture`)).status, 302);
      const { fragment } = await logIn(world, 'ana', shop, {
        scope: 'openid',
        params: { response_type: 'id_token', nonce: 'n-1' },
      });
      const claims = JSON.parse(
        Buffer.from((fragment.get('id_token') ?? '').split('.')[1] ?? '', 'base64url').toString(),
      );
      assert.equal((await world.send({ path: claims.picture.replace(world.url, '') })).status, 302);
    },
  ),
  // Pages for developers.
  documented(
    'Automattic/fb-instant-articles#102, socioboard/Socioboard-5.0#84: the dialog with publish_actions and user_about_me in scope, by a developer of the app.',
    'The page names what is no permission; somebody without a role goes on without it.',
    async (world) => {
      const opened = async (person: 'ana' | 'ben') => {
        const browser = world.browser();
        return openDialog(browser, dialog(shop, { scope: 'email,publish_actions,user_about_me' }), person);
      };
      blocked(
        await opened('ben'),
        /Invalid Scopes: publish_actions, user_about_me\. This message is only shown to developers/,
      );
      assert.ok((await opened('ana')).left?.startsWith(callback));
    },
  ),
  documented(
    'The same of addresses: the page for a developer names the one that was sent, the nearest that is registered, and what differs.',
    'It says "the final slash"; somebody without a role, or not logged in, reads neither address.',
    async (world) => {
      const browser = world.browser();
      await openDialog(browser, dialog(shop), 'ben');
      const page = await browser.open(dialog(shop, { redirect_uri: `${callback}/` }));
      blocked(page, /https:\/\/app\.example\/cb\/ .*What differs: the final slash/s);
      const stranger = await world.browser().open(dialog(shop, { redirect_uri: `${callback}/` }));
      blocked(stranger, /URL Blocked/);
      assert.ok(!stranger.innerText.includes('What differs'));
    },
  ),
  // Lists, test users.
  documented(
    'Items of lists that are no nodes keep their id whatever fields are asked.',
    'subscribed_apps and agencies with fields=name have name and id.',
    async (world) => {
      const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
      succeeded(
        await world.post(`/${pages.bakery.id}/subscribed_apps`, { subscribed_fields: 'feed', access_token: token }),
      );
      const { data } = succeeded(
        await world.get(`/${pages.bakery.id}/subscribed_apps`, { fields: 'name', access_token: token }),
      ).body;
      assert.deepEqual(data, [{ name: shop.name, id: shop.id }]);
      const users = succeeded(await world.get(`/${pages.bakery.id}/roles`, { fields: 'name', access_token: token }))
        .body.data;
      for (const one of users) assert.deepEqual(Object.keys(one), ['name', 'id']);
    },
  ),
  documented(
    'A test user that two apps share is taken out of the app that deletes it.',
    'It goes on in the other one; the last app that has it deletes it.',
    async (world) => {
      const [own, other] = [idAndSecret(draft), idAndSecret(shop)];
      const made = succeeded(
        await world.post(`/${draft.id}/accounts/test-users`, { installed: true, access_token: own }),
      ).body;
      const given = { uid: made.id, owner_access_token: own, installed: true, access_token: other };
      const shared = succeeded(await world.post(`/${shop.id}/accounts/test-users`, given)).body;
      succeeded(await world.delete(`/${shared.id}`, { access_token: other }));
      succeeded(await world.get('/me', { access_token: made.access_token }));
      succeeded(await world.delete(`/${made.id}`, { access_token: own }));
      refused(await world.get(`/${made.id}`, { access_token: own }), 100, 33);
    },
  ),
  // These calls stopped people at the first try.
  documented(
    'airyhq/airy#328, jgorset/facebook-messenger#231: subscribed_apps with messages, messaging_postbacks, leadgen, mention, name.',
    'They are accepted and listed; a field that Pages do not have is refused.',
    async (world) => {
      const access_token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
      const edge = `/${pages.bakery.id}/subscribed_apps`;
      const fields = ['messages', 'messaging_postbacks', 'leadgen', 'mention', 'name'];
      assert.deepEqual(succeeded(await world.post(edge, { subscribed_fields: fields.join(','), access_token })).body, {
        success: true,
      });
      assert.deepEqual((await world.get(edge, { access_token })).body.data[0].subscribed_fields, fields);
      refused(
        await world.post(edge, { subscribed_fields: 'mesages', access_token }),
        100,
        undefined,
        /subscribed_fields\[0\] must be one of \{affiliation, /,
      );
    },
  ),
  documented(
    'keboola/ex-facebook-graph-api#29, restfb/restfb#1379: me/accounts with instagram_business_account{id,username}.',
    'The list is answered, and the field is absent where no account is connected; likewise connected_instagram_account.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const fields = 'id,instagram_business_account{id,username},connected_instagram_account';
      for (const row of succeeded(await world.get('/me/accounts', { fields, access_token: token })).body.data)
        assert.deepEqual(Object.keys(row), ['id']);
      const page = await pageToken(world, token, 'bakery');
      assert.deepEqual(
        succeeded(await world.get('/me', { fields: 'instagram_business_account', access_token: page })).body,
        { id: pages.bakery.id },
      );
    },
  ),
  documented(
    'facebook/facebook-ios-sdk#2421: token_for_business of a person, with an app token; ids_for_business beside it.',
    'The same text in all apps of the business, none in other apps; the ids are those of the apps of the business.',
    async (world) => {
      const id = succeeded(await world.get('/me', { access_token: await userToken(world, 'ana', market) })).body
        .id as string;
      const read = async (path: string, params = {}) =>
        succeeded(await world.get(path, { access_token: idAndSecret(market), ...params })).body;
      const first = (await read(`/${id}`, { fields: 'token_for_business' })).token_for_business;
      assert.match(first, /^\S{20,}$/);
      assert.equal((await read(`/${id}`, { fields: 'token_for_business' })).token_for_business, first);
      for (const edge of ['ids_for_business', 'ids_for_apps'])
        assert.deepEqual((await read(`/${id}/${edge}`)).data, [{ id, app: { id: market.id, name: market.name } }]);
      assert.deepEqual((await read(`/${id}/ids_for_pages`)).data, []);
      const elsewhere = await userToken(world, 'ana', shop);
      assert.equal(
        succeeded(await world.get('/me', { fields: 'token_for_business', access_token: elsewhere })).body
          .token_for_business,
        undefined,
      );
    },
  ),
  documented(
    'restfb/restfb#1002: GET /feed?ids=A,B, an edge for several ids.',
    'An object keyed by id, each with the list of the edge; one that may not be read fails the call.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const ids = [pages.bakery.id, pages.garden.id];
      const { body } = succeeded(await world.get('/v25.0/feed', { ids: ids.join(','), access_token: token }));
      assert.deepEqual(Object.keys(body).sort(), ids);
      assert.ok(Array.isArray(body[pages.bakery.id].data) && body[pages.bakery.id].data.length > 0);
      refused(await world.get('/v25.0/feed', { ids: `${pages.bakery.id},${pages.cats.id}`, access_token: token }), 10);
    },
  ),
  documented(
    'restfb/restfb#265: a batch item with an empty relative_url and the id among its parameters.',
    'It is the call about that id; also outside a batch.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const item = { method: 'GET', relative_url: `?id=${pages.bakery.id}&fields=name` };
      const [slot] = succeeded(await world.post('/', { batch: JSON.stringify([item]), access_token: token })).body;
      assert.deepEqual([slot.code, JSON.parse(slot.body)], [200, { name: pages.bakery.name, id: pages.bakery.id }]);
      assert.equal(
        succeeded(await world.get('/', { id: pages.bakery.id, access_token: token })).body.id,
        pages.bakery.id,
      );
    },
  ),
  documented(
    'restfb/restfb#265: a batch item with an empty relative_url and the address of a web page, with scrape=true.',
    'It is answered with what is known of the address; also with "/" and "?" in place of nothing, and outside a batch.',
    async (world) => {
      const access_token = idAndSecret(shop);
      const id = 'https://bread.example/rye?x=1&y=ä';
      const body = new URLSearchParams({ id, scrape: 'true' }).toString();
      const items = ['', '/', '?'].map((relative_url) => ({ method: 'POST', relative_url, body }));
      const slots = succeeded(await world.post('/v25.0', { batch: JSON.stringify(items), access_token })).body;
      const alone = succeeded(await world.post('/v25.0/', { id, scrape: true, access_token })).body;
      assert.deepEqual([alone.id, alone.url, alone.type], [id, id, 'website']);
      for (const slot of slots) assert.deepEqual([slot.code, JSON.parse(slot.body)], [200, alone]);
      refused(
        await world.post('/v25.0/', { id, access_token }),
        100,
        undefined,
        '(#100) The parameter scrape is required',
      );
    },
    {
      difference: 'The emulator calls this machine alone, so a page that is elsewhere is answered without being read.',
    },
  ),
  documented(
    'jaredatch/Shared-Counts#117, restfb/restfb#716, #898: web addresses read by id and ids, with fields=engagement.',
    'An address alone is its id; engagement has four counts; ids gives an object keyed by address; no token is 104.',
    async (world) => {
      const access_token = idAndSecret(shop);
      const [one, two] = ['http://cnn.example', 'https://abc.example/a'];
      assert.deepEqual(succeeded(await world.get('/v25.0/', { id: one, access_token })).body, { id: one });
      const counts = { reaction_count: 0, comment_count: 0, share_count: 0, comment_plugin_count: 0 };
      const many = await world.get('/v3.0/', { fields: 'engagement', ids: `${one},${two}`, access_token });
      assert.deepEqual(succeeded(many).body, {
        [one]: { engagement: counts, id: one },
        [two]: { engagement: counts, id: two },
      });
      const chosen = await world.get('/v25.0/', {
        id: two,
        fields: 'og_object{title},engagement{share_count}',
        access_token,
      });
      assert.deepEqual(succeeded(chosen).body, { engagement: { share_count: 0 }, id: two });
      refused(await world.get('/v25.0/', { id: one }), 104);
    },
    { difference: 'Nobody shares or comments addresses here: the counts are 0.' },
  ),
  documented(
    'nov/fb_graph#204, facebook/facebook-android-sdk#23: graph…/oauth/authorize as the address of the dialog.',
    'It leads to the dialog with the same parameters, and a secret that was put among them is dropped.',
    async (world) => {
      const led = await world.get('/oauth/authorize', {
        client_id: shop.id,
        redirect_uri: callback,
        scope: 'email',
        state: 'a b',
        client_secret: shop.secret,
      });
      assert.equal(led.status, 302);
      const to = new URL(String(led.headers['location']));
      assert.equal(to.pathname, '/dialog/oauth');
      assert.deepEqual(Object.fromEntries(to.searchParams), {
        client_id: shop.id,
        redirect_uri: callback,
        scope: 'email',
        state: 'a b',
      });
    },
  ),
];
