// These tests are about Login for Business: the dialog of a configuration, the exchange, and the token of the
// integration. Source: the guide on Login for Business.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockedReasons } from '@hallpass/pages';
import { answerOf, Browser } from '../browser.ts';
import { desk } from '../dashboard.ts';
import { allowAll, rows, shopDialog, tokenFor } from '../dialog-journey.ts';
import {
  appToken,
  atBusiness,
  BUSINESS,
  businessLogin,
  client,
  codeOf,
  configDialog,
  configuration,
  connectAll,
  connected,
  CONSENT,
  debug,
  harbour,
  lantern,
  PAGES,
  redeem,
  said,
} from './login-business-scene.ts';
import { cast, START, type TestWorld } from '../world.ts';

const { ana, ben, bakery, cleo, garden, shop } = cast;
const DAY = 86_400;

async function blocked(
  world: TestWorld,
  url: string,
  reason: keyof typeof blockedReasons,
  browser = new Browser(world),
): Promise<void> {
  await browser.open(url);
  assert.deepEqual([browser.page.status, browser.page.location], [blockedReasons[reason].status, undefined], url);
  assert.equal(browser.heading(), blockedReasons[reason].title);
}

test('a business connects the app: a code, a bearer token without an end, a system user of the client business', async (t) => {
  const world = await businessLogin(t);
  const page = await connectAll(world, ana);
  assert.deepEqual([...answerOf(page.location).query.keys()], ['code', 'state']);
  const { body } = await redeem(world, codeOf(page));
  assert.deepEqual(Object.keys(body), ['access_token', 'token_type']);
  assert.equal(body.token_type, 'bearer');
  const token = body.access_token;
  const me = (await world.get(`/me?access_token=${token}`)).body;
  assert.deepEqual(Object.keys(me), ['name', 'id']);
  assert.deepEqual((await world.get(`/me?fields=client_business_id&access_token=${token}`)).body, {
    client_business_id: lantern.id,
    id: me.id,
  });
  const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'business_management'];
  assert.deepEqual(await debug(world, token), {
    app_id: shop.id,
    type: 'SYSTEM_USER',
    application: 'Shop',
    data_access_expires_at: 0,
    expires_at: 0,
    is_valid: true,
    issued_at: START,
    scopes,
    granular_scopes: scopes.map((scope) =>
      scope === 'business_management' ? { scope } : { scope, target_ids: [garden.id] },
    ),
    user_id: me.id,
  });
  const accounts = (await world.get(`/me/accounts?access_token=${token}`)).body.data;
  assert.deepEqual(
    accounts.map((one: { id: string }) => one.id),
    [garden.id],
  );
  const post = await world.post(`/${garden.id}/feed`, {
    message: 'From a server',
    access_token: accounts[0].access_token,
  });
  assert.equal(post.status, 200, post.text);
  await world.clock.advance(61 * DAY);
  assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
});

test('the app learns nothing of the person who said yes', async (t) => {
  const world = await businessLogin(t);
  const before = await rows(world, 'grants');
  const token = await connected(world);
  assert.equal(await rows(world, 'grants'), before);
  assert.equal((await world.get(`/me?fields=email,name&access_token=${token}`)).body.email, undefined);
  assert.equal(await world.server.installation.facts.scopedId(shop.id, ana.id), null);
});

test('the 60-day option ends the token, and it is refreshed like that of a system user', async (t) => {
  const world = await businessLogin(t);
  const { body } = await redeem(world, codeOf(await connectAll(world, ana, configuration.ending)));
  assert.deepEqual([Object.keys(body), body.expires_in], [['access_token', 'token_type', 'expires_in'], 60 * DAY]);
  await world.clock.advance(50 * DAY);
  const refresh = `/oauth/access_token?grant_type=fb_exchange_token&${client}&set_token_expires_in_60_days=true&fb_exchange_token=`;
  const fresh = (await world.get(`${refresh}${body.access_token}`)).body;
  assert.equal(fresh.expires_in, 60 * DAY);
  await world.clock.advance(11 * DAY);
  assert.deepEqual(said(await world.get(`/me?access_token=${body.access_token}`)), [190, 463]);
  assert.equal(
    (await world.get(`/me?fields=client_business_id&access_token=${fresh.access_token}`)).body.client_business_id,
    lantern.id,
  );
});

test('the token lives on when the person logs out, changes the password, leaves the business and deletes the account', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  const { installation } = world.server;
  const { change } = await import('../../src/liveness/change.ts');
  const { deletePersonIn } = await import('../../src/operator/delete-person.ts');
  const { endAllSessions } = await import('../../src/people/sign-in/sessions.ts');
  const { setPassword } = await import('../../src/people/new-password.ts');
  const by = { kind: 'operator' } as const;
  await change(installation, (making) => endAllSessions(installation, making, ana.id));
  await change(installation, (making) => setPassword(installation, making, ana.id, 'x', by));
  await change(installation, (making) => deletePersonIn(making, ana.id, by, world.clock.now()));
  assert.equal((await world.get(`/me/accounts?access_token=${token}`)).body.data.length, 1);
});

test('there is one system user for each app and business; connecting again replaces what was given, at the next call', async (t) => {
  const world = await businessLogin(t, {});
  const { installation } = world.server;
  const { change } = await import('../../src/liveness/change.ts');
  const businesses = await import('../../src/store/businesses/businesses.ts');
  await change(installation, ({ tx }) =>
    businesses.putPage(
      tx,
      { pageId: bakery.id, businessId: lantern.id, relation: 'agency', tasks: ['ANALYZE', 'CREATE_CONTENT'] },
      START,
    ),
  );
  const token = await connected(world);
  const list = async (of: string) =>
    (await world.get(`/me/accounts?fields=id,tasks,access_token&access_token=${of}`)).body.data as {
      id: string;
      tasks: string[];
      access_token: string;
    }[];
  const first = await list(token);
  assert.deepEqual(
    first.map(({ id, tasks }) => [id, tasks.length]),
    [
      [bakery.id, 2],
      [garden.id, 6],
    ],
  );
  const again = await atBusiness(world, ana);
  await again.send(again.form(BUSINESS, { decision: 'continue' }));
  const page = await again.send(again.form(PAGES, { pages: [garden.id], decision: 'continue' }));
  assert.deepEqual(
    (await list(token)).map(({ id }) => id),
    [garden.id],
  );
  assert.equal(said(await world.get(`/me?access_token=${first[0]?.access_token}`))[0], 190);
  const second = (await redeem(world, codeOf(page))).body.access_token;
  assert.notEqual(second, token);
  const idOf = async (of: string) => (await world.get(`/me?fields=id&access_token=${of}`)).body.id;
  assert.equal(await idOf(second), await idOf(token));
  // The choice of last time is ticked.
  const third = await atBusiness(world, ana);
  await third.send(third.form(BUSINESS, { decision: 'continue' }));
  assert.deepEqual(
    third.form(PAGES).fields.filter(([name]) => name === 'pages'),
    [['pages', garden.id]],
  );
});

test('two businesses that connect one app have a system user each', async (t) => {
  const world = await businessLogin(t);
  const [one, other] = [await connected(world, ana), await connected(world, cleo)];
  const me = async (of: string) => (await world.get(`/me?fields=client_business_id&access_token=${of}`)).body;
  const [first, second] = [await me(one), await me(other)];
  assert.deepEqual([first.client_business_id, second.client_business_id], [lantern.id, harbour.id]);
  assert.notEqual(first.id, second.id);
});

test('a person without a business makes one in the dialog; a name that is none is told', async (t) => {
  const world = await businessLogin(t);
  const browser = await atBusiness(world, ben);
  assert.ok(browser.page.html.includes('You don’t run a business here'));
  await browser.send(browser.form(BUSINESS, { business_name: '\u202ebad', decision: 'create' }));
  assert.ok(browser.page.html.includes('Give the new business a name'));
  await browser.send(browser.form(BUSINESS, { business_name: 'Ben & Co', decision: 'create' }));
  assert.ok(browser.page.html.includes('This business has no Page'));
  const page = await browser.send(browser.form(PAGES, { decision: 'continue' }));
  const token = (await redeem(world, codeOf(page))).body.access_token;
  const { client_business_id } = (await world.get(`/me?fields=client_business_id&access_token=${token}`)).body;
  const mine = await world.login(shop.id, ben.id, { permissions: ['business_management'] });
  assert.equal((await world.get(`/${client_business_id}?access_token=${mine}`)).body.name, 'Ben & Co');
});

test('one can go back from the Pages to the business, from there to the permissions, and cancel', async (t) => {
  const world = await businessLogin(t);
  const browser = await atBusiness(world, ana);
  await browser.send(browser.form(BUSINESS, { decision: 'continue' }));
  await browser.send(browser.form(PAGES, { decision: 'back' }));
  assert.equal(browser.heading(), 'Which business should connect to Shop?');
  await browser.send(browser.form(BUSINESS, { decision: 'back' }));
  assert.equal(browser.heading(), 'Continue to Shop?');
  await browser.send(browser.form(CONSENT, { decision: 'cancel' }));
  assert.equal(answerOf(browser.page.location).query.get('error'), 'access_denied');
});

test('a user configuration asks for its own permissions, all or nothing, and gives a user token for the chosen Pages', async (t) => {
  const world = await businessLogin(t);
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.open(configDialog(configuration.user, { response_type: 'token', scope: 'user_birthday' }));
  assert.deepEqual(
    browser.form(CONSENT).fields.filter(([name]) => name === 'permissions'),
    [],
    'nothing can be unticked',
  );
  // A form that leaves permissions out all the same.
  await browser.send(browser.form(CONSENT, { permissions: ['email'], decision: 'continue' }));
  await browser.send(browser.form(PAGES, { pages: [bakery.id], decision: 'continue' }));
  const token = answerOf(browser.page.location).fragment.get('access_token') ?? '';
  const told = await debug(world, token);
  assert.deepEqual(
    [told.type, told.scopes],
    ['USER', ['public_profile', 'email', 'pages_show_list', 'pages_manage_posts', 'pages_read_engagement']],
  );
  assert.deepEqual(told.granular_scopes[0], { scope: 'pages_show_list', target_ids: [bakery.id] });
});

test('what was declined in the classic log-in is asked again: all or nothing', async (t) => {
  const world = await businessLogin(t);
  await world.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
  const { installation } = world.server;
  const { change } = await import('../../src/liveness/change.ts');
  const grants = await import('../../src/store/grants/grants.ts');
  await change(installation, async ({ tx }) => {
    const grant = await grants.find(tx, shop.id, ana.id);
    assert.ok(grant);
    await grants.put(tx, { ...grant, permissions: { ...grant.permissions, email: { status: 'declined' } } });
  });
  const token = await tokenFor(new Browser(world), ana, { config_id: configuration.user });
  assert.ok((await debug(world, token)).scopes.includes('email'));
});

test('errors of Login for Business are shown to the person, and the app gets nothing', async (t) => {
  const world = await businessLogin(t);
  for (const config of ['424242', 'x', '0', '-1', '9'.repeat(30), "9002'--"])
    await blocked(world, configDialog(config), 'config_unknown');
  for (const response_type of [
    'token',
    'code token',
    'token,signed_request,graph_domain',
    'code,signed_request',
    'none',
    'nothing',
  ])
    await blocked(world, configDialog(configuration.system, { response_type }), 'config_response_type');
  await blocked(world, configDialog(configuration.system, { display: 'touch' }), 'config_surface');
  assert.ok(answerOf((await connectAll(world, ana)).location).query.get('code'));
  const tolerated = configDialog(configuration.system, {
    response_type: 'code',
    override_default_response_type: 'true',
  });
  assert.ok(answerOf((await allowAll(new Browser(world), ana, tolerated)).location).query.get('code'));
});

test('Login for Business needs a permission besides name and e-mail address; scope goes on otherwise, all or nothing', async (t) => {
  const world = await businessLogin(t);
  await blocked(world, shopDialog({ scope: 'email' }), 'business_scope');
  await blocked(world, shopDialog(), 'business_scope');
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.open(shopDialog({ scope: 'email,pages_show_list' }));
  assert.deepEqual(
    browser.form(CONSENT).fields.filter(([name]) => name === 'permissions'),
    [],
  );
});

test('a configuration of an app that went back to the classic log-in is none', async (t) => {
  const world = await businessLogin(t);
  const admin = await world.login(shop.id, ben.id, { permissions: ['email'] });
  const own = await desk(world, ben);
  await own.confirm(ben.password);
  assert.deepEqual((await own.post(`/${shop.id}/login_type`, { login_type: 'classic' })).body, { success: true });
  await blocked(world, configDialog(), 'config_unknown');
  assert.equal(
    (await world.get(`/${shop.id}?fields=login_type&access_token=${encodeURIComponent(appToken)}`)).body.login_type,
    'classic',
  );
  // It asks for more than name and e-mail address, so its tokens live on.
  assert.equal((await world.get(`/me?access_token=${admin}`)).status, 200);
});

test('an app that asks for name and e-mail address only loses its tokens when it is switched', async (t) => {
  const world = await businessLogin(t);
  const admin = await world.login(cast.draft.id, ben.id, { permissions: ['email'] });
  const own = await desk(world, ben);
  await own.confirm(ben.password);
  await own.post(`/${cast.draft.id}/login_type`, { login_type: 'classic' });
  assert.equal((await world.get(`/me?access_token=${admin}`)).status, 200, 'nothing was switched');
  await own.post(`/${cast.draft.id}/login_type`, { login_type: 'business' });
  assert.deepEqual(said(await world.get(`/me?access_token=${admin}`)), [190, 467]);
});

test('somebody with a role on the app tries what has standard access with a business of their own; the token goes with the role', async (t) => {
  const world = await businessLogin(t);
  const { installation } = world.server;
  const { changeApp, takeAppRole } = await import('../../src/apps/app-admin.ts');
  const { change } = await import('../../src/liveness/change.ts');
  const by = { kind: 'operator' } as const;
  await changeApp(installation, { appId: shop.id, by }, { settings: { advancedAccess: ['public_profile', 'email'] } });
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.open(configDialog());
  assert.equal(browser.heading(), blockedReasons.config_permissions.title);
  const own = await atBusiness(world, ben);
  await own.send(own.form(BUSINESS, { business_name: 'Trial', decision: 'create' }));
  const token = (await redeem(world, codeOf(await own.send(own.form(PAGES, { decision: 'continue' }))))).body
    .access_token;
  assert.equal((await debug(world, token)).scopes.length, 4);
  await change(installation, (making) =>
    takeAppRole(installation, making, { appId: shop.id, personId: ben.id, role: 'administrators', by }),
  );
  assert.deepEqual((await debug(world, token)).scopes, []);
});
