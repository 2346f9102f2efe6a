// These cases are about Facebook Login for Business: configurations, the dialog of each, tokens of business integration
// system users.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { adAccounts, apps, business, configurations, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  codeOf,
  dialog,
  idAndSecret,
  inspect,
  logIn,
  longToken,
  openDialog,
  pageToken,
  redeem,
} from '../../src/stage/deeds.ts';
import { blocked, refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld, Params, Reply } from '../../src/stage/world.ts';

const guide = citing('business login');
const { fair, shop } = apps;
const DAY = 86_400;

const connected = async (world: ConformanceWorld, config_id: string = configurations.businesses): Promise<string> =>
  (await redeem(world, fair, await codeOf(world, 'ana', fair, { params: { config_id } }))).body.access_token as string;

/** Ana, by a token of another app. */
const administrator = (world: ConformanceWorld): Promise<string> =>
  longToken(world, 'ana', shop, { scope: 'business_management' });

const narrow = (world: ConformanceWorld, caller: string, params: Params = {}): Promise<Reply> =>
  world.post(`/${business.id}/system_user_access_tokens`, {
    access_token: caller,
    appsecret_proof: createHmac('sha256', fair.secret).update(caller).digest('hex'),
    ...params,
  });

export const cases: Case[] = [
  guide.documented(
    'config_id replaces scope.',
    'A dialog asks for what the configuration names, and not for what scope does.',
    async (world) => {
      const token = (
        await redeem(
          world,
          fair,
          await codeOf(world, 'ana', fair, { scope: 'user_birthday', params: { config_id: configurations.people } }),
        )
      ).body.access_token as string;
      const { scopes, type } = await inspect(world, token, fair);
      assert.equal(type, 'USER');
      assert.deepEqual(scopes, ['public_profile', 'email', 'pages_show_list']);
    },
  ),
  ...guide.each(
    [
      [
        'An invalid configuration id is shown to the person.',
        'An unknown config_id is told on the page.',
        { config_id: '999' },
        /Invalid configuration/,
      ],
      [
        'A system-user configuration works with the authorization-code grant only.',
        'response_type=token is refused on the page.',
        { config_id: configurations.businesses, response_type: 'token' },
        /Invalid response type/,
      ],
      [
        'A system-user configuration is not for mobile.',
        'display=touch is refused on the page.',
        { config_id: configurations.businesses, display: 'touch' },
        /Not available on phones/,
      ],
      [
        'At least one supported permission besides email and public_profile is needed.',
        'A dialog for the e-mail address alone is refused on the page.',
        { scope: 'email' },
        /Permission needed/,
      ],
    ] as const,
    ([sentence, behaviour, params, words]) =>
      guide.documented(sentence, behaviour, async (world) =>
        blocked(await world.browser().open(dialog(fair, params)), words),
      ),
  ),
  guide.documented(
    'The configuration of another app cannot be used.',
    'It is treated like one that doesn’t exist.',
    async (world) =>
      blocked(await world.browser().open(dialog(shop, { config_id: configurations.people })), /Invalid configuration/),
  ),
  guide.documented(
    'Permissions are granted all or nothing.',
    'No permission of the dialog can be unticked.',
    async (world) => {
      const browser = world.browser();
      const first = await browser.open(dialog(fair, { config_id: configurations.people }));
      const login = first.forms.find(({ fields }) => fields.some(({ name }) => name === 'password'));
      assert.ok(login);
      const page = await browser.submit(login, {
        fill: { email: 'ana@example.com', password: 'ana-and-her-bread' },
      });
      assert.match(page.innerText, /Needed by this app/);
      assert.ok(!page.forms.some(({ fields }) => fields.some(({ name }) => name === 'permissions')));
    },
  ),
  guide.documented(
    'The person must own, or make, a business portfolio.',
    'A person without a business is asked to create one; an employee of a business cannot choose it.',
    async (world) => {
      for (const person of ['ben', 'dan'] as const) {
        const browser = world.browser();
        const page = await openDialog(browser, dialog(fair, { config_id: configurations.businesses }), person);
        assert.match(page.innerText, /You don’t run a business here/);
        const form = page.forms.find(({ fields }) => fields.some(({ name }) => name === 'business_name'));
        assert.ok(form);
        const next = await browser.submit(form, { fill: { business_name: 'Weber & Co' } });
        assert.match(next.innerText, /This business has no Page/);
      }
    },
  ),
  guide.documented(
    'Exchange the code with client_id, client_secret and code, and redirect_uri when one was used.',
    'The answer is access_token and token_type bearer; the token has no end.',
    async (world) => {
      const { body } = succeeded(
        await redeem(
          world,
          fair,
          await codeOf(world, 'ana', fair, { params: { config_id: configurations.businesses } }),
        ),
      );
      assert.deepEqual(Object.keys(body), ['access_token', 'token_type']);
      assert.equal(body.token_type, 'bearer');
      await world.clock.advance(400 * DAY);
      succeeded(await world.get('/me', { access_token: body.access_token }));
    },
  ),
  guide.documented(
    'A configuration may give tokens that expire after 60 days.',
    'expires_in says so, and 463 afterwards.',
    async (world) => {
      const code = await codeOf(world, 'ana', fair, { params: { config_id: configurations.ending } });
      const { body } = succeeded(await redeem(world, fair, code));
      assert.equal(body.expires_in, 60 * DAY);
      await world.clock.advance(60 * DAY);
      refused(await world.get('/me', { access_token: body.access_token }), 190, 463);
    },
  ),
  guide.documented(
    'GET /me?fields=client_business_id answers {"client_business_id":"…","id":"…"}.',
    'It does, with the business that connected the app.',
    async (world) => {
      const { body } = succeeded(
        await world.get('/me', { fields: 'client_business_id', access_token: await connected(world) }),
      );
      assert.deepEqual(Object.keys(body), ['client_business_id', 'id']);
      assert.equal(body.client_business_id, business.id);
    },
  ),
  guide.documented(
    'The token belongs to the client’s business and not to the person.',
    'It keeps working when the person logs out everywhere.',
    async (world) => {
      const token = await connected(world);
      const own = await longToken(world, 'ana', fair, { params: { config_id: configurations.people } });
      succeeded(await world.delete('/me/permissions', { access_token: own }));
      refused(await world.get('/me', { access_token: own }), 190, 458);
      succeeded(await world.get('/me', { access_token: token }));
    },
  ),
  guide.documented(
    'The business chooses which of its assets the app may use.',
    'They are target_ids in debug_token, and the Pages of /me/accounts.',
    async (world) => {
      const token = await connected(world);
      const { granular_scopes, type } = await inspect(world, token, fair);
      assert.equal(type, 'SYSTEM_USER');
      assert.deepEqual(granular_scopes[0], { scope: 'pages_show_list', target_ids: [pages.garden.id] });
      const { body } = succeeded(await world.get('/me/accounts', { access_token: token }));
      assert.deepEqual(
        body.data.map((one: { id: string }) => one.id),
        [pages.garden.id],
      );
      succeeded(
        await world.post(`/${pages.garden.id}/feed`, {
          message: 'Hello',
          access_token: await pageToken(world, token, 'garden'),
        }),
      );
    },
  ),
  guide.documented(
    'The assets of a configuration may be ad accounts.',
    'The business chooses them; they are target_ids of the permissions about advertisements, and the list of /me/adaccounts.',
    async (world) => {
      const token = await connected(world, configurations.advertising);
      const town = `act_${adAccounts.town.id}`;
      const listed = succeeded(await world.get('/me/adaccounts', { access_token: token })).body.data;
      assert.deepEqual(listed, [{ account_id: adAccounts.town.id, id: town }]);
      const { granular_scopes } = await inspect(world, token, fair);
      for (const scope of ['ads_management', 'ads_read'])
        assert.deepEqual(granular_scopes.find((one: { scope: string }) => one.scope === scope)?.target_ids, [
          adAccounts.town.id,
        ]);
      succeeded(await world.post(`/${adAccounts.town.campaign.id}`, { status: 'PAUSED', access_token: token }));
      refused(await world.get(`/act_${adAccounts.cats.id}`, { access_token: token }), 100, 33);
      const caller = await administrator(world);
      succeeded(await world.delete(`/${business.id}/connected_apps`, { app_id: fair.id, access_token: caller }));
      refused(await world.get(`/${town}`, { access_token: token }), 190, 458);
    },
    {
      difference:
        'The system user gets every task but MANAGE; the documents do not say which. The ids are those without act_.',
    },
  ),
  guide.documented(
    'POST /{client-business-id}/system_user_access_tokens with asset and scope answers a narrowed {"access_token":"…"}.',
    'It carries those and no more, and cannot be used to get more.',
    async (world) => {
      const token = await connected(world);
      const { body } = succeeded(await narrow(world, token, { scope: 'pages_show_list', asset: pages.garden.id }));
      assert.deepEqual(Object.keys(body), ['access_token']);
      const { scopes } = await inspect(world, body.access_token, fair);
      assert.deepEqual(scopes, ['pages_show_list']);
      refused(await narrow(world, body.access_token, { scope: 'business_management' }), 100);
      refused(await narrow(world, token, { asset: pages.bakery.id }), 100);
    },
  ),
  guide.documented('appsecret_proof is required.', 'Without it there is no token.', async (world) => {
    refused(await narrow(world, await connected(world), { appsecret_proof: undefined }), 100);
  }),
  guide.documented(
    'fetch_only: true returns the existing token.',
    'It answers the same string, and an error where there is none.',
    async (world) => {
      const token = await connected(world);
      refused(await narrow(world, token, { scope: 'pages_show_list', fetch_only: true }), 100);
      const { body } = succeeded(await narrow(world, token, { scope: 'pages_show_list' }));
      assert.equal(
        (await narrow(world, token, { scope: 'pages_show_list', fetch_only: true })).body.access_token,
        body.access_token,
      );
    },
  ),
  guide.documented(
    'The developer revokes the token by GET /oauth/revoke.',
    'It ends at once, with 466.',
    async (world) => {
      const token = await connected(world);
      const revoke = {
        client_id: fair.id,
        client_secret: fair.secret,
        revoke_token: token,
        access_token: idAndSecret(fair),
      };
      assert.deepEqual(succeeded(await world.get('/oauth/revoke', revoke)).body, { success: 'true' });
      refused(await world.get('/me', { access_token: token }), 190, 466);
    },
  ),
  guide.documented(
    'The client removes the app under Business settings, Integrations, Connected apps.',
    'Every token of the integration ends, with 458.',
    async (world) => {
      const token = await connected(world);
      const caller = await administrator(world);
      succeeded(await world.delete(`/${business.id}/connected_apps`, { app_id: fair.id, access_token: caller }));
      refused(await world.get('/me', { access_token: token }), 190, 458);
    },
    {
      difference:
        'An edge of ours (connected_apps); the real platform has a page for it. The subcode is not documented.',
    },
  ),
  guide.documented(
    'User-token configurations work with every response_type.',
    'A token flow gives a user token.',
    async (world) => {
      const { fragment } = await logIn(world, 'ana', fair, {
        params: { config_id: configurations.people, response_type: 'token' },
      });
      assert.ok(fragment.get('access_token'));
    },
  ),
];
