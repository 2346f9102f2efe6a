// These cases are about system users at work: for the clients of an agency, without a dialog, and through what ends the
// tokens of people.
import assert from 'node:assert/strict';
import { systemTokenForAds, town } from '../../src/stage/ads.ts';
import {
  adAccounts,
  apps,
  business,
  configurations,
  pages,
  people,
  world as cast,
  worldWithApp,
} from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { codeOf, exchange, inspect, longToken, pageToken, redeem, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { changePassword, logOutEverywhereElse, removeApp, signIn } from '../../src/stage/settings-pages.ts';
import { administrator, generate, newSystemUser, proofOf } from '../../src/stage/system-users.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const newer = citing('000');
const guide = citing('002');
const marketing = citing('003');
const earlier = citing('004');
const { market, rival } = apps;
const DAY = 86_400;
const scope = 'business_management,pages_show_list,pages_read_engagement,pages_manage_posts,ads_management,ads_read';

/** Cleo's app may have system users. */
const rivalAdvertises = worldWithApp('rival', { marketingTier: 'standard' });
/** Besides, Cleo runs the business together with Ana. */
const cleoInside = {
  ...rivalAdvertises,
  businesses:
    cast.businesses?.map((one) => ({
      ...one,
      people: [...(one.people ?? []), { person: people.cleo.id, role: 'ADMIN' as const }],
    })) ?? [],
};

/** A business of `cleo` that owns the app Rival, with her long-lived token of it. */
async function agencyOfCleo(world: ConformanceWorld): Promise<{ id: string; token: string }> {
  const token = await longToken(world, 'cleo', rival, { scope });
  const { id } = succeeded(
    await world.post('/me/businesses', { name: 'Cats and Co', vertical: 'RETAIL', access_token: token }),
  ).body;
  succeeded(await world.post(`/${id}/owned_apps`, { app_id: rival.id, access_token: token }));
  return { id, token };
}

/** The calls of a world, written down; a browser is not to be had. */
function withoutBrowser(world: ConformanceWorld, asked: string[]): ConformanceWorld {
  const noting =
    <Rest extends unknown[], Answer>(call: (path: string, ...rest: Rest) => Answer) =>
    (path: string, ...rest: Rest): Answer => {
      asked.push(path);
      return call(path, ...rest);
    };
  return {
    ...world,
    get: noting(world.get),
    post: noting(world.post),
    delete: noting(world.delete),
    browser: () => assert.fail('a dialog was opened'),
  };
}

export const cases: Case[] = [
  newer.documented(
    ['000:21.1', '000:21.2'],
    'A system user of an agency posts as a client’s Page and changes a campaign in the client’s ad account, until the client ends the partnership.',
    async (world) => {
      const owner = await userToken(world, 'ana', market, { scope });
      const agency = await agencyOfCleo(world);
      const wanted = {
        page_id: pages.garden.id,
        permitted_tasks: 'CREATE_CONTENT,ANALYZE',
        access_token: agency.token,
      };
      const { request_id } = succeeded(await world.post(`/${agency.id}/client_pages`, wanted)).body;
      succeeded(
        await world.post(`/${business.id}/page_requests`, { request_id, decision: 'accept', access_token: owner }),
      );
      succeeded(
        await world.post(`/${town}/agencies`, {
          business: agency.id,
          permitted_tasks: 'ADVERTISE,ANALYZE',
          access_token: owner,
        }),
      );
      const mine = await systemUserOf(world, agency);
      const page = await pageToken(world, mine, 'garden');
      assert.match(
        succeeded(await world.post(`/${pages.garden.id}/feed`, { message: 'From the agency', access_token: page })).body
          .id,
        /^\d+_\d+$/,
      );
      const { campaign } = adAccounts.town;
      succeeded(await world.post(`/${campaign.id}`, { status: 'PAUSED', access_token: mine }));
      assert.equal(
        succeeded(await world.get(`/${campaign.id}`, { fields: 'status', access_token: mine })).body.status,
        'PAUSED',
      );
      refused(await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: mine }), 10);
      succeeded(await world.delete(`/${business.id}/agencies`, { business: agency.id, access_token: owner }));
      refused(await world.get('/me', { access_token: page }), 190, 492);
      refused(await world.post(`/${campaign.id}`, { status: 'ACTIVE', access_token: mine }), 100, 33);
    },
    { seed: rivalAdvertises },
  ),
  marketing.documented(
    ['003:25.1', '003:25.2', '004:45.1', '004:45.2'],
    'From creating the system user to its first calls nobody opens a dialog or logs in: the calls of an administrator’s program are enough.',
    async (world) => {
      const caller = await longToken(world, 'ana', market, { scope });
      const asked: string[] = [];
      const program = withoutBrowser(world, asked);
      const id = await newSystemUser(program, caller);
      const { access_token } = succeeded(
        await generate(program, caller, id, { scope: 'pages_show_list,pages_read_engagement' }),
      ).body;
      assert.equal(succeeded(await program.get('/me', { fields: 'id', access_token })).body.id, id);
      assert.equal((await inspect(world, access_token as string, market)).type, 'SYSTEM_USER');
      assert.ok(asked.length >= 5);
      assert.deepEqual(
        asked.filter((path) => /dialog|login|device|oauth/.test(path)),
        [],
      );
    },
  ),
  earlier.documented(
    '004:45.3',
    'It reads the business, its people and reports, and creates, changes and deletes a campaign.',
    async (world) => {
      const { token: access_token } = await systemTokenForAds(world);
      assert.equal(
        succeeded(await world.get(`/${town}`, { fields: 'name', access_token })).body.name,
        adAccounts.town.name,
      );
      succeeded(await world.get(`/${town}/insights`, { date_preset: 'last_7d', access_token }));
      const wanted = {
        name: 'Tulips',
        objective: 'OUTCOME_SALES',
        status: 'PAUSED',
        special_ad_categories: '[]',
        is_adset_budget_sharing_enabled: false,
        access_token,
      };
      const { id } = succeeded(await world.post(`/${town}/campaigns`, wanted)).body;
      succeeded(await world.post(`/${id}`, { name: 'Tulips and daffodils', access_token }));
      assert.equal(
        succeeded(await world.get(`/${id}`, { fields: 'name', access_token })).body.name,
        'Tulips and daffodils',
      );
      succeeded(await world.delete(`/${id}`, { access_token }));
      assert.equal(succeeded(await world.get(`/${id}`, { fields: 'status', access_token })).body.status, 'DELETED');
    },
  ),
  earlier.documented(
    ['004:49', '003:27'],
    'A changed password, logging out elsewhere, removing the app and sixty days end the long-lived token of a person, and none of them that of a system user.',
    async (world) => {
      const { token, caller } = await systemTokenForAds(world);
      const lives = async () => succeeded(await world.get('/me/adaccounts', { access_token: token }));
      const browser = await signIn(world, 'ana');
      await logOutEverywhereElse(browser);
      refused(await world.get('/me', { access_token: caller }), 190, 467);
      await lives();
      const second = await longToken(world, 'ana', apps.shop);
      await changePassword(browser, 'ana', 'a-much-better-password-9');
      refused(await world.get('/me', { access_token: second }), 190, 460);
      await lives();
      await removeApp(browser, market.name);
      await lives();
      const ben = await longToken(world, 'ben', apps.shop);
      await world.clock.advance(61 * DAY);
      refused(await world.get('/me', { access_token: ben }), 190, 463);
      await lives();
    },
  ),
  guide.documented(
    '002:36.4',
    'When a business gives up another business’s app, all its system users’ tokens for the app end, with their Page tokens.',
    async (world) => {
      const id = await newSystemUser(world, await administrator(world));
      const cleo = await longToken(world, 'cleo', rival, { scope });
      succeeded(await world.post(`/${business.id}/client_apps`, { app_id: rival.id, access_token: cleo }));
      const known = succeeded(await world.get(`/${business.id}/system_users`, { fields: 'id', access_token: cleo }))
        .body.data as { id: string }[];
      const mine = known[0]?.id ?? id;
      succeeded(await world.post(`/${mine}/applications`, { business_app: rival.id, access_token: cleo }));
      const token = await tokenOfRival(world, cleo, mine, 'pages_show_list,pages_read_engagement');
      const page = await pageToken(world, token, 'garden');
      for (const alive of [token, page]) succeeded(await world.get('/me', { access_token: alive }));
      succeeded(await world.delete(`/${business.id}/client_apps`, { app_id: rival.id, access_token: cleo }));
      for (const dead of [token, page]) refused(await world.get('/me', { access_token: dead }), 190, 466);
      assert.equal((await inspect(world, token, rival)).error.subcode, 466);
    },
    { seed: cleoInside },
  ),
  guide.documented(
    '002:36.4',
    'When a business removes an app that it connected by a log-in, its tokens and their Page tokens end.',
    async (world) => {
      const code = await codeOf(world, 'ana', apps.fair, { params: { config_id: configurations.businesses } });
      const token = succeeded(await redeem(world, apps.fair, code)).body.access_token as string;
      const page = await pageToken(world, token, 'garden');
      const ana = await longToken(world, 'ana', apps.shop, { scope: 'business_management' });
      succeeded(await world.delete(`/${business.id}/connected_apps`, { app_id: apps.fair.id, access_token: ana }));
      for (const dead of [token, page])
        assert.equal((await world.get('/me', { access_token: dead })).body.error.code, 190);
      assert.equal((await inspect(world, token, apps.fair)).is_valid, false);
    },
  ),
  ...marketing.each(['003:45', '004:81'] as const, (key) =>
    marketing.documented(
      key,
      `A persistent token keeps working when one permission is taken back, and ends when all are (line ${key.slice(4)}).`,
      async (world) => {
        const { body } = succeeded(
          await exchange(world, market, await userToken(world, 'ana', market, { scope: 'email,ads_read' })),
        );
        const access_token = body.access_token as string;
        assert.equal((await inspect(world, access_token, market)).expires_at, 0);
        assert.equal((await world.delete('/me/permissions/email', { access_token })).text, 'true');
        const after = await inspect(world, access_token, market);
        assert.deepEqual([after.is_valid, after.expires_at, after.scopes], [true, 0, ['public_profile', 'ads_read']]);
        assert.equal(succeeded(await world.get('/me', { fields: 'email', access_token })).body.email, undefined);
        succeeded(await world.get('/me/adaccounts', { access_token }));
        assert.equal((await world.delete('/me/permissions', { access_token })).text, 'true');
        refused(await world.get('/me', { access_token }), 190, 458);
        assert.equal((await inspect(world, access_token, market)).error.subcode, 458);
      },
    ),
  ),
];

/** A token of a new system user of the agency, with the client's Page and ad account assigned. */
async function systemUserOf(world: ConformanceWorld, agency: { id: string; token: string }): Promise<string> {
  const access_token = agency.token;
  const { id } = succeeded(
    await world.post(`/${agency.id}/system_users`, { name: 'Automatic', role: 'EMPLOYEE', access_token }),
  ).body;
  succeeded(await world.post(`/${id}/applications`, { business_app: rival.id, access_token }));
  succeeded(
    await world.post(`/${pages.garden.id}/assigned_users`, {
      user: id,
      business: agency.id,
      tasks: 'CREATE_CONTENT,ANALYZE',
      access_token,
    }),
  );
  succeeded(
    await world.post(`/${town}/assigned_users`, {
      user: id,
      business: agency.id,
      tasks: 'ADVERTISE,ANALYZE',
      access_token,
    }),
  );
  return tokenOfRival(
    world,
    access_token,
    id,
    'pages_show_list,pages_read_engagement,pages_manage_posts,ads_management,ads_read',
  );
}

async function tokenOfRival(
  world: ConformanceWorld,
  caller: string,
  systemUser: string,
  permissions: string,
): Promise<string> {
  const params = { business_app: rival.id, scope: permissions, appsecret_proof: proofOf(caller, rival) };
  return succeeded(await generate(world, caller, systemUser, params)).body.access_token as string;
}
