// These tests are about Login for Business with ad accounts: a business chooses which of them an app may have, and that
// is looked up at each call.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { createAdAccount, removeAdHolder } from '../../src/businesses/ad-accounts.ts';
import { createBusiness } from '../../src/businesses/businesses.ts';
import { change } from '../../src/liveness/change.ts';
import type { WorldSeed } from '../../src/entries/testing.ts';
import * as adAccounts from '../../src/store/ads/ad-accounts.ts';
import { answerOf, type Browser } from '../browser.ts';
import { desk } from '../dashboard.ts';
import {
  atBusiness,
  BUSINESS,
  businessLogin,
  client,
  codeOf,
  connected,
  debug,
  harbour,
  lantern,
  PAGES,
  redeem,
  said,
  seed as plain,
} from './login-business-scene.ts';
import { cast, type TestWorld } from '../world.ts';
import { AdAccountId, PersonId } from '../../src/store/ids.ts';

const { ana, ben, cleo, garden, shop } = cast;
const by = { kind: 'operator' } as const;
const ads = { id: AdAccountId.of('8001'), node: 'act_8001', campaign: '8101' } as const;
const second = { id: AdAccountId.of('8002'), node: 'act_8002' } as const;
/** Harbour's, and one of Cleo's own. */
const foreign = ['8003', '8004'] as const;
const configuration = { ads: '9005', both: '9006' } as const;

const permissions = ['ads_management', 'ads_read', 'business_management'];
const account = (id: string, name: string, owner: NonNullable<WorldSeed['adAccounts']>[number]['owner']) => ({
  id,
  name,
  currency: 'EUR',
  timezoneId: 1,
  owner,
});
const seed: WorldSeed = {
  ...plain,
  apps: plain.apps.map((app) =>
    app.id === shop.id
      ? {
          ...app,
          settings: { ...app.settings, advancedAccess: [...(app.settings?.advancedAccess ?? []), ...permissions] },
          configurations: [
            ...(app.configurations ?? []),
            {
              id: configuration.ads,
              name: 'For advertising',
              tokenType: 'system_user',
              permissions,
              assets: ['ad_accounts'],
            },
            {
              id: configuration.both,
              name: 'For both',
              tokenType: 'system_user',
              permissions: ['pages_show_list', ...permissions],
              assets: ['pages', 'ad_accounts'],
            },
          ],
        }
      : app,
  ),
  adAccounts: [
    {
      ...account(ads.id, 'Lantern ads', { business: lantern.id }),
      campaigns: [
        {
          id: ads.campaign,
          name: 'Spring',
          objective: 'OUTCOME_TRAFFIC',
          status: 'ACTIVE',
          dailyBudget: 2000,
          secondsAgo: 864_000,
        },
      ],
    },
    account(second.id, 'Second of Lantern', { business: lantern.id }),
    account(foreign[0], 'Of Harbour', { business: harbour.id }),
    account(foreign[1], 'Of Cleo', { person: cleo.id }),
  ],
};

const scene = (t: TestContext): Promise<TestWorld> => businessLogin(t, { seed });

/** At the choice of what the app may have. */
async function atChoice(world: TestWorld, config: string): Promise<Browser> {
  const browser = await atBusiness(world, ana, config);
  await browser.send(browser.form(BUSINESS, { decision: 'continue' }));
  return browser;
}

async function choose(
  world: TestWorld,
  fill: { pages?: string[]; ad_accounts?: string[] },
  config: string = configuration.both,
): Promise<string> {
  const browser = await atChoice(world, config);
  return (await redeem(world, codeOf(await browser.send(browser.form(PAGES, { ...fill, decision: 'continue' }))))).body
    .access_token;
}

/** An ad account of a business that belongs to test users: another world. */
async function accountOfTestUser({ server: { installation }, post }: TestWorld): Promise<string> {
  const made = (
    await post(`/${shop.id}/accounts/test-users`, { installed: 'true', access_token: `${shop.id}|${shop.secret}` })
  ).body;
  const personId = (await installation.facts.personBehind(shop.id, made.id)) ?? PersonId.none;
  const businessId = await createBusiness(installation, { name: 'Pretend', settings: {}, personId, testOf: shop.id });
  const settings = {
    currency: 'EUR',
    timezoneId: 1,
    status: 1,
    disableReason: 0,
    endAdvertiser: 'NONE',
    mediaAgency: 'NONE',
    partner: 'NONE',
  } as const;
  const one: adAccounts.AdAccount = {
    id: AdAccountId.of('8009'),
    name: 'Pretend',
    ownerPerson: null,
    settings,
    createdAt: 0,
  };
  await change(installation, (making) => createAdAccount(making, { businessId, by, now: 0 }, one));
  return one.id;
}

const listed = async (world: TestWorld, token: string): Promise<string[]> =>
  (await world.get(`/me/adaccounts?access_token=${token}`)).body.data.map((one: { id: string }) => one.id);

const targets = async (world: TestWorld, token: string): Promise<Record<string, string[] | undefined>> =>
  Object.fromEntries(
    (await debug(world, token)).granular_scopes.map((one: { scope: string; target_ids?: string[] }) => [
      one.scope,
      one.target_ids,
    ]),
  );

const pause = (world: TestWorld, token: string) =>
  world.post(`/${ads.campaign}`, { status: 'PAUSED', access_token: token });

const integrations = async ({ server }: TestWorld) =>
  server.installation.db.read.selectFrom('integrations').selectAll().execute();

const narrow = (world: TestWorld, token: string, params: Record<string, string>) =>
  world.post(`/${lantern.id}/system_user_access_tokens`, {
    access_token: token,
    appsecret_proof: createHmac('sha256', shop.secret).update(token).digest('hex'),
    ...params,
  });

test('a business gives an app its ad accounts: it lists them, reads reports and pauses campaigns, and decides nothing about people', async (t) => {
  const world = await scene(t);
  const token = await connected(world, ana, configuration.ads);
  assert.deepEqual(await listed(world, token), [ads.node, second.node]);
  const given = await targets(world, token);
  assert.deepEqual(
    [given.ads_read, given.ads_management],
    [
      [ads.id, second.id],
      [ads.id, second.id],
    ],
  );
  assert.equal(given.business_management, undefined);
  const report = (await world.get(`/${ads.node}/insights?access_token=${token}`)).body.data;
  assert.ok(Number(report[0].impressions) > 0);
  assert.equal((await pause(world, token)).status, 200);
  const tasks = (await world.get(`/${ads.node}?fields=user_tasks&access_token=${token}`)).body.user_tasks;
  assert.ok(tasks.includes('ADVERTISE') && !tasks.includes('MANAGE'));
  const me = (await world.get(`/me?fields=id&access_token=${token}`)).body.id;
  const wider = { user: me, business: lantern.id, tasks: 'MANAGE', access_token: token };
  assert.equal(said(await world.post(`/${ads.node}/assigned_users`, wider))[0], 273);
  assert.equal(said(await world.get(`/act_${foreign[0]}?access_token=${token}`))[1], 33);
});

test('what was not chosen is not there, and what is not chosen again is gone with the next call', async (t) => {
  const world = await scene(t);
  const token = await choose(world, { pages: [garden.id], ad_accounts: [ads.id] });
  assert.deepEqual(await listed(world, token), [ads.node]);
  assert.deepEqual(said(await world.get(`/${second.node}?access_token=${token}`)), [100, 33]);
  const before = await targets(world, token);
  assert.deepEqual([before.pages_show_list, before.ads_read], [[garden.id], [ads.id]]);

  const again = await choose(world, { pages: [], ad_accounts: [second.id] });
  assert.deepEqual(await listed(world, again), [second.node]);
  assert.deepEqual(said(await pause(world, token)), [100, 33]);
  assert.deepEqual(await listed(world, token), []);
  // The choice of last time is ticked.
  const browser = await atChoice(world, configuration.both);
  const ticked = browser.form(PAGES).fields.filter(([name]) => name === 'pages' || name === 'ad_accounts');
  assert.deepEqual(ticked, [['ad_accounts', second.id]]);
});

test('I-6: connecting again with more does not widen a token of before', async (t) => {
  const world = await scene(t);
  const token = await choose(world, { pages: [garden.id], ad_accounts: [ads.id] });
  const wide = await choose(world, { pages: [garden.id], ad_accounts: [ads.id, second.id] });
  assert.deepEqual(await listed(world, wide), [ads.node, second.node]);
  assert.deepEqual(await listed(world, token), [ads.node]);
  assert.equal(said(await world.get(`/${second.node}?fields=name&access_token=${token}`))[0], 200);
});

test('a configuration of another kind gives no ad account, and takes away those of before', async (t) => {
  const world = await scene(t);
  const token = await connected(world, ana, configuration.ads);
  await connected(world, ana);
  assert.deepEqual(said(await world.get(`/me/adaccounts?access_token=${token}`))[0], 200);
  assert.deepEqual(said(await world.get(`/${ads.node}?access_token=${token}`)), [100, 33]);
});

test('DL-05: ad accounts of another business, of a person, of another kind and none at all cannot be slipped into the form', async (t) => {
  const world = await scene(t);
  const pretend = await accountOfTestUser(world);
  for (const ad_accounts of [
    [pretend],
    [foreign[0]],
    [ads.id, foreign[0]],
    [foreign[1]],
    [garden.id],
    [ads.node],
    ['1'],
    [''],
  ]) {
    const browser = await atChoice(world, configuration.ads);
    assert.ok(!browser.page.html.includes('Of Harbour') && !browser.page.html.includes('Of Cleo'));
    await browser.send(browser.form(PAGES, { ad_accounts, decision: 'continue' }));
    assert.deepEqual([browser.page.status, browser.page.location], [400, undefined], ad_accounts.join());
  }
  // Neither where they were not asked for, nor among the Pages.
  const plainChoice = await atChoice(world, '9002');
  await plainChoice.send(plainChoice.form(PAGES, { ad_accounts: [ads.id], decision: 'continue' }));
  assert.equal(plainChoice.page.status, 400);
  const among = await atChoice(world, configuration.both);
  await among.send(among.form(PAGES, { pages: [ads.id], decision: 'continue' }));
  assert.equal(among.page.status, 400);
  const nothing = await atChoice(world, configuration.both);
  await nothing.send(nothing.form(PAGES, { pages: [], ad_accounts: [], decision: 'continue' }));
  assert.match(nothing.page.html, /Choose at least one, or cancel/);
  assert.deepEqual(await integrations(world), []);
});

test('RR-03: an ad account that the business loses while the dialog is open is not given', async (t) => {
  const world = await scene(t);
  const browser = await atChoice(world, configuration.ads);
  await change(world.server.installation, ({ tx }) => adAccounts.removeHolder(tx, ads.id, lantern.id));
  await browser.send(browser.form(PAGES, { ad_accounts: [ads.id], decision: 'continue' }));
  assert.equal(answerOf(browser.page.location).query.get('code'), null);
  assert.deepEqual(await integrations(world), []);
});

test('an ad account that leaves the business leaves the integration with it, and does not come back with it', async (t) => {
  const world = await scene(t);
  const { installation } = world.server;
  const agency = {
    accountId: AdAccountId.of(foreign[1]),
    businessId: lantern.id,
    relation: 'agency' as const,
    tasks: ['ANALYZE' as const],
  };
  await change(installation, ({ tx }) => adAccounts.putHolder(tx, agency, 0));
  const token = await connected(world, ana, configuration.ads);
  const node = `act_${foreign[1]}`;
  assert.equal((await world.get(`/${node}/insights?access_token=${token}`)).status, 200);
  const wanted = {
    name: 'x',
    objective: 'OUTCOME_TRAFFIC',
    special_ad_categories: '[]',
    daily_budget: '1500',
    access_token: token,
  };
  assert.equal(said(await world.post(`/${node}/campaigns`, wanted))[0], 200, 'no more than the agency may');
  await change(installation, (making) =>
    removeAdHolder(making, { businessId: lantern.id, by, now: 0 }, AdAccountId.of(foreign[1])),
  );
  assert.deepEqual(said(await world.get(`/${node}?access_token=${token}`)), [100, 33]);
  await change(installation, ({ tx }) => adAccounts.putHolder(tx, agency, 0));
  assert.deepEqual(said(await world.get(`/${node}?access_token=${token}`)), [100, 33]);
});

test('a token is narrowed to one of the ad accounts, by either form of its id, and never made wider', async (t) => {
  const world = await scene(t);
  const token = await connected(world, ana, configuration.both);
  for (const asset of [second.id, second.node]) {
    const { body, text } = await narrow(world, token, { asset, scope: 'ads_read,pages_show_list' });
    assert.ok(body.access_token, text);
    assert.deepEqual(await listed(world, body.access_token), [second.node]);
    assert.deepEqual(await targets(world, body.access_token), { ads_read: [second.id], pages_show_list: [] });
    assert.equal(said(await world.get(`/${ads.node}?fields=name&access_token=${body.access_token}`))[0], 200);
    for (const wider of [ads.node, `${second.id},${ads.id}`, garden.id])
      assert.equal(said(await narrow(world, body.access_token, { asset: wider }))[0], 100, wider);
  }
  for (const asset of [`act_${foreign[0]}`, `act_${garden.id}`, 'act_', `${ads.node},1`])
    assert.equal(said(await narrow(world, token, { asset }))[0], 100, asset);
});

test('the business sees which ad accounts it gave, and takes them all back by removing the app', async (t) => {
  const world = await scene(t);
  const token = await connected(world, ana, configuration.both);
  const mine = await world.login(shop.id, ana.id, { permissions: ['business_management'], longLived: true });
  const [row] = (await world.get(`/${lantern.id}/connected_apps?access_token=${mine}`)).body.data;
  assert.deepEqual(row.assets, [garden.id, ads.node, second.node]);
  assert.equal(
    (await world.delete(`/${lantern.id}/connected_apps?app_id=${shop.id}&access_token=${mine}`)).status,
    200,
  );
  assert.deepEqual(said(await pause(world, token)), [190, 458]);
  assert.deepEqual(await adAccounts.rolesOn(world.server.installation.db.read, ads.id), []);
  const anew = await choose(world, { pages: [], ad_accounts: [second.id] });
  assert.deepEqual(await listed(world, anew), [second.node]);
  assert.deepEqual(said(await world.get(`/me?${client}&access_token=${token}`)), [190, 458]);
});

test('a business without an ad account connects the app all the same', async (t) => {
  const world = await scene(t);
  await change(world.server.installation, async ({ tx }) => {
    for (const id of [ads.id, second.id]) await adAccounts.removeHolder(tx, id, lantern.id);
  });
  const browser = await atChoice(world, configuration.ads);
  assert.match(browser.page.html, /This business has no ad account/);
  const token = (await redeem(world, codeOf(await browser.send(browser.form(PAGES, { decision: 'continue' }))))).body
    .access_token;
  assert.deepEqual(await listed(world, token), []);
});

test('IV: ad_accounts belongs to system-user configurations that ask about advertisements, and to no others', async (t) => {
  const world = await scene(t);
  const own = await desk(world, ben);
  const sound = { name: 'x', token_type: 'system_user', permissions: 'ads_read', assets: 'ad_accounts' };
  const { status, body, text } = await own.post(`/${shop.id}/login_configurations`, sound);
  assert.equal(status, 200, text);
  assert.ok(body.id);
  for (const params of [
    { assets: '' },
    { assets: 'pages' },
    { permissions: 'business_management' },
    { permissions: 'pages_show_list', assets: 'pages,ad_accounts' },
    { token_type: 'user' },
    { assets: 'ad_accounts,ad_accounts' },
  ]) {
    const answer = await own.post(`/${shop.id}/login_configurations`, { ...sound, ...params });
    assert.equal(said(answer)[0], 100, JSON.stringify(params));
    assert.match(answer.body.error.message, /assets/);
  }
});
