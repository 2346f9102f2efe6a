// These cases replay what callers of the real platform report about desktop apps, ids, pictures, lists and the pages of the
// dialog. Each case names the report that it follows, or the documented sentence where a report led to a neighbour of it.
import assert from 'node:assert/strict';
import { apps, business, callback, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  dialog,
  idAndSecret,
  logIn,
  longToken,
  openDialog,
  pageScope,
  pageToken,
  tokenInFragment,
  userToken,
} from '../../src/stage/deeds.ts';
import { blocked, refused, succeeded } from '../../src/expect.ts';
import { administrator, newSystemUser } from '../../src/stage/system-users.ts';
import type { ConformanceWorld, Reply } from '../../src/stage/world.ts';

const { documented } = citing('reports');
const { shop, market, phone, draft } = apps;
const desktop = 'The request is invalid because the app is configured as a desktop app';
const scope = 'pages_show_list,pages_read_engagement,pages_manage_posts';

const answered = (reply: Reply, status: number, code: number, words: RegExp | string): void => {
  refused(reply, code, undefined, words);
  assert.equal(reply.status, status, reply.text);
};

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
    'The page names what is not a permission; someone without a role continues without it.',
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
    'It says "the final slash"; to someone without a role on the app only where the platform is the emulator.',
    async (world) => {
      const browser = world.browser();
      await openDialog(browser, dialog(shop), 'ben');
      const page = await browser.open(dialog(shop, { redirect_uri: `${callback}/` }));
      blocked(page, /https:\/\/app\.example\/cb\/ .*Difference: the final slash/s);
      const stranger = await world.browser().open(dialog(shop, { redirect_uri: `${callback}/` }));
      blocked(stranger, /URL Blocked/);
      const isEmulator = stranger.innerText.includes('Emulator: nothing here is real');
      assert.equal(stranger.innerText.includes('Difference:'), isEmulator);
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
    { difference: 'Addresses are not shared or commented on here: the counts are 0.' },
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
