// These tests are about the world of an app's test users: what they make, and that nothing of it ever touches anything
// else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createAdAccount } from '../../src/businesses/ad-accounts.ts';
import { graph } from '../../src/entries/declarations.ts';
import { change } from '../../src/liveness/change.ts';
import { digest } from '../acts.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { businessSeed, lantern } from '../businesses/business-scene.ts';
import { allowAll, shopDialog } from '../dialog-journey.ts';
import { desk } from '../dashboard.ts';
import { join, openedInvitation } from '../businesses/joining.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';
import { AdAccountId, BusinessId, PageId } from '../../src/store/ids.ts';

const { ana, bakery, ben, cleo, draft, rival, shop } = cast;
const permissions =
  'ads_management,email,user_friends,business_management,pages_show_list,pages_manage_metadata,pages_read_engagement,pages_manage_posts';
const tokenOf = (app: { id: string; secret: string }): string => `${app.id}|${app.secret}`;

interface Tester {
  /** As the app knows it. */
  id: string;
  access_token: string;
  email: string;
  password: string;
  login_url: string;
}

/** An ad account of Mia's business. */
const ADS = '880001';

let t: TestWorld;
/** Test users of Shop; a stranger is one of Rival, shared with Shop. */
let mia: Tester;
let tom: Tester;
let stranger: { id: string; access_token: string };
/** Mia's Page and business. */
let page: string;
let business: string;
/** The stranger's Page and business. */
let strangePage: string;
let strangeBusiness: string;
let strangersToken: string;
/** Real people as Shop knows them, and Ana's token for it. */
let asAna: string;
let anasId: string;
let bensId: string;

const make = async (app: { id: string; secret: string }, form: Record<string, string> = {}): Promise<Tester> =>
  (await t.post(`/${app.id}/accounts/test-users`, { access_token: tokenOf(app), permissions, ...form })).body;
const newPage = async (token: string, name = 'Pretend Bakery'): Promise<string> =>
  (await t.post('/me/accounts', { name, category: 'Bakery', access_token: token })).body.id;
const newBusiness = async (token: string): Promise<string> =>
  (await t.post('/me/businesses', { name: 'Pretend', access_token: token })).body.id;

before(async () => {
  t = await testWorld({ seed: businessSeed() });
  [mia, tom] = [await make(shop, { name: 'Mia Vance' }), await make(shop, { name: 'Tom Reed' })];
  const foreign = await make(rival);
  const shared = { uid: foreign.id, owner_access_token: tokenOf(rival), permissions, access_token: tokenOf(shop) };
  stranger = (await t.post(`/${shop.id}/accounts/test-users`, shared)).body;
  [page, business] = [await newPage(mia.access_token), await newBusiness(mia.access_token)];
  strangersToken = foreign.access_token;
  [strangePage, strangeBusiness] = [await newPage(foreign.access_token), await newBusiness(foreign.access_token)];
  assert.deepEqual((await t.post(`/${business}/owned_pages`, { page_id: page, access_token: mia.access_token })).body, {
    success: true,
  });
  const { installation } = t.server;
  await change(installation, async (making) => {
    const settings = { currency: 'EUR', timezoneId: 1, status: 1, disableReason: 0 };
    const account = { id: AdAccountId.of(ADS), name: 'Pretend', ownerPerson: null, settings, createdAt: t.clock.now() };
    await createAdAccount(
      making,
      { businessId: BusinessId.of(business), by: { kind: 'person' }, now: t.clock.now() },
      account,
    );
  });
  const scope = permissions.split(',');
  asAna = await t.login(shop.id, ana.id, { permissions: scope });
  const asBen = await t.login(shop.id, ben.id, { permissions: scope });
  anasId = (await t.get(`/me?access_token=${asAna}`)).body.id;
  bensId = (await t.get(`/me?access_token=${asBen}`)).body.id;
});
after(() => t.close());

test('a test user makes a Page, finds it in its list, posts as it, and gives another test user of the app a role on it', async () => {
  const { data } = (await t.get(`/me/accounts?access_token=${mia.access_token}`)).body;
  assert.deepEqual(
    data.map(({ id, name, category }: Record<string, string>) => ({ id, name, category })),
    [{ id: page, name: 'Pretend Bakery', category: 'Bakery' }],
  );
  assert.ok(data[0].tasks.includes('MANAGE'));
  assert.equal(
    (await t.post(`/${page}/feed`, { message: 'Nobody is here.', access_token: data[0].access_token })).status,
    200,
  );
  const given = await t.post(`/${page}/assigned_users`, {
    user: tom.id,
    tasks: 'ANALYZE',
    access_token: mia.access_token,
  });
  assert.deepEqual(given.body, { success: true });
  assert.equal((await t.get(`/me/accounts?access_token=${tom.access_token}`)).body.data[0].id, page);
});

test('a test user makes a business, takes another test user in, and the Page of its world belongs to it', async () => {
  assert.deepEqual((await t.get(`/me/businesses?fields=name&access_token=${mia.access_token}`)).body.data, [
    { name: 'Pretend', id: business },
  ]);
  await join(t, business, tom, 'EMPLOYEE', mia.access_token);
  const given = { user: tom.id, tasks: 'ANALYZE,MODERATE', business, access_token: mia.access_token };
  assert.ok((await t.get(`/${business}/owned_pages?access_token=${mia.access_token}`)).text.includes(page));
  const other = await newPage(mia.access_token, 'Second');
  assert.equal(
    (await t.post(`/${business}/owned_pages`, { page_id: other, access_token: mia.access_token })).status,
    200,
  );
  assert.deepEqual((await t.post(`/${other}/assigned_users`, given)).body, { success: true });
});

test('making a Page is for test users, with the permission, and a name and category that can be shown', async () => {
  const ask = (form: Record<string, string>) => t.post('/me/accounts', { name: 'X', category: 'Y', ...form });
  const before = await digest(t);
  for (const [form, code] of [
    [{ access_token: asAna }, 100],
    [{ access_token: (await t.get(`/me/accounts?access_token=${mia.access_token}`)).body.data[0].access_token }, 100],
    [{ access_token: tokenOf(shop) }, 2500],
    [{ access_token: mia.access_token, name: '' }, 100],
    [{ access_token: mia.access_token, name: 'a\u202eb' }, 100],
    [{ access_token: mia.access_token, category: 'a\u0007b' }, 100],
    [{ access_token: mia.access_token, about: 'x'.repeat(3000) }, 100],
  ] as const) {
    const { status, body, text } = await ask(form);
    assert.ok(status >= 400 && body.error.code === code, text);
  }
  assert.equal(await digest(t), before);
  const plain = await make(shop, { permissions: 'email' });
  assert.equal((await ask({ access_token: plain.access_token })).body.error.code, 200);
});

interface Try {
  edge: string;
  /** Asks for the pairing. */
  ask: () => Promise<Reply>;
}

/**
 * Every edge that brings two things together, tried with things of two worlds, from both sides and with a third world.
 */
const pairings = (): Try[] => {
  const miasToken = mia.access_token;
  const on = (edge: string, path: string, form: Record<string, string>): Try => ({
    edge,
    ask: () => t.post(path, form),
  });
  return [
    on('page assigned_users', `/${bakery.id}/assigned_users`, { user: mia.id, tasks: 'ANALYZE', access_token: asAna }),
    on('page assigned_users', `/${page}/assigned_users`, { user: bensId, tasks: 'ANALYZE', access_token: miasToken }),
    on('page assigned_users', `/${page}/assigned_users`, {
      user: stranger.id,
      tasks: 'ANALYZE',
      access_token: miasToken,
    }),
    on('page assigned_users', `/${page}/assigned_users`, {
      user: bensId,
      tasks: 'ANALYZE',
      business,
      access_token: miasToken,
    }),
    on('page assigned_users', `/${page}/assigned_users`, {
      user: tom.id,
      tasks: 'ANALYZE',
      business: lantern.id,
      access_token: miasToken,
    }),
    on('page assigned_users', `/${cast.garden.id}/assigned_users`, {
      user: mia.id,
      tasks: 'ANALYZE',
      business: lantern.id,
      access_token: asAna,
    }),
    on('page agencies', `/${bakery.id}/agencies`, { business, permitted_tasks: 'ANALYZE', access_token: asAna }),
    on('page agencies', `/${page}/agencies`, {
      business: lantern.id,
      permitted_tasks: 'ANALYZE',
      access_token: miasToken,
    }),
    on('page agencies', `/${page}/agencies`, {
      business: strangeBusiness,
      permitted_tasks: 'ANALYZE',
      access_token: miasToken,
    }),
    on('business owned_pages', `/${business}/owned_pages`, { page_id: bakery.id, access_token: miasToken }),
    on('business owned_pages', `/${business}/owned_pages`, { page_id: strangePage, access_token: miasToken }),
    on('business owned_pages', `/${lantern.id}/owned_pages`, { page_id: page, access_token: asAna }),
    on('business client_pages', `/${business}/client_pages`, {
      page_id: bakery.id,
      permitted_tasks: 'ANALYZE',
      access_token: miasToken,
    }),
    on('business client_pages', `/${business}/client_pages`, {
      page_id: strangePage,
      permitted_tasks: 'ANALYZE',
      access_token: miasToken,
    }),
    on('business client_pages', `/${lantern.id}/client_pages`, {
      page_id: page,
      permitted_tasks: 'ANALYZE',
      access_token: asAna,
    }),
    on('business client_apps', `/${business}/client_apps`, { app_id: rival.id, access_token: miasToken }),
    on('business owned_apps', `/${business}/owned_apps`, { app_id: rival.id, access_token: miasToken }),
    on('user friends', `/me/friends/${bensId}`, { access_token: miasToken }),
    on('user friends', `/me/friends/${stranger.id}`, { access_token: miasToken }),
    on('user friends', `/me/friends/${mia.id}`, { access_token: asAna }),
    on('ad_account assigned_users', `/act_${ADS}/assigned_users`, {
      user: bensId,
      tasks: 'ANALYZE',
      access_token: miasToken,
    }),
    on('ad_account assigned_users', `/act_${ADS}/assigned_users`, {
      user: bensId,
      tasks: 'ANALYZE',
      business,
      access_token: miasToken,
    }),
    on('ad_account agencies', `/act_${ADS}/agencies`, {
      business: lantern.id,
      permitted_tasks: 'ANALYZE',
      access_token: miasToken,
    }),
    on('ad_account agencies', `/act_${ADS}/agencies`, {
      business: strangeBusiness,
      permitted_tasks: 'ANALYZE',
      access_token: miasToken,
    }),
    on('app accounts', `/${rival.id}/accounts`, {
      uid: anasId,
      owner_access_token: tokenOf(shop),
      access_token: tokenOf(rival),
    }),
    on('app accounts/test-users', `/${rival.id}/accounts/test-users`, {
      uid: bensId,
      owner_access_token: tokenOf(shop),
      access_token: tokenOf(rival),
    }),
  ];
};

test('PR-08: no edge brings a thing of one world together with one of another, whoever asks; nothing changes', async () => {
  const before = await digest(t);
  for (const [at, { edge, ask }] of pairings().entries()) {
    const { status, body, text } = await ask();
    assert.ok(status >= 400 && status < 500 && [10, 100, 200].includes(body.error.code), `${at} ${edge}: ${text}`);
    assert.equal(await digest(t), before, `${at} ${edge}`);
  }
});

/**
 * Nothing is brought together: a token is narrowed to what the system user has, and invitations are judged where they
 * are answered.
 */
const narrowing: ReadonlySet<string> = new Set([
  'system_user access_tokens',
  'business business_users',
  'app role_invitations',
]);

/** Parameters that name something else than the target. */
const naming: ReadonlySet<string> = new Set(['user', 'business', 'friend', 'uid', 'email', 'page_id', 'app_id']);

test('PR-08: every edge that names something else to be brought together with its target is in the table', () => {
  const tried = new Set(pairings().map(({ edge }) => edge));
  const edges = [...graph.nodes.values()].flatMap((node) =>
    node.edges
      .filter((edge) => edge.method === 'POST' && Object.keys(edge.params).some((name) => naming.has(name)))
      .map((edge) => `${node.name} ${edge.name}`),
  );
  assert.deepEqual(
    edges.filter((edge) => !tried.has(edge) && !narrowing.has(edge)),
    [],
  );
});

test('PR-08: an invitation into a business of another world is no invitation for whoever it reaches', async () => {
  for (const [into, token, person] of [
    [lantern.id, asAna, mia],
    [business, mia.access_token, cleo],
    [strangeBusiness, strangersToken, tom],
  ] as const) {
    const { body, text } = await t.post(`/${into}/business_users`, { email: person.email, access_token: token });
    assert.ok(body.invite_link, text);
    const browser = await openedInvitation(t, person, body.invite_link);
    assert.equal(browser.page.status, 403);
    assert.ok(!browser.page.text.includes('Join'));
  }
});

test('PR-08: neither world finds or lists the other: Pages, businesses, people', async () => {
  const isMissing = async (path: string, token: string) => {
    const { status, body, text } = await t.get(`${path}?access_token=${encodeURIComponent(token)}`);
    assert.deepEqual([status, body.error?.code, body.error?.error_subcode], [400, 100, 33], `${path}: ${text}`);
  };
  for (const id of [bakery.id, lantern.id, anasId, bensId, strangePage, strangeBusiness])
    await isMissing(`/${id}`, mia.access_token);
  for (const id of [page, business, mia.id]) await isMissing(`/${id}`, asAna);
  for (const list of ['accounts', 'businesses', 'friends']) {
    const mias = await t.get(`/me/${list}?access_token=${mia.access_token}`);
    const anas = await t.get(`/me/${list}?access_token=${asAna}`);
    assert.ok(![bakery.id, lantern.id, anasId, bensId].some((id) => mias.text.includes(`"${id}"`)), list);
    assert.ok(![page, business, mia.id, tom.id].some((id) => anas.text.includes(`"${id}"`)), list);
  }
});

test('PR-08: the dialog of another app does not know a test user, live or in development; one that it was shared with does', async () => {
  const logIn = async (tester: Pick<Tester, 'email' | 'password'>, client_id: string, redirect_uri: string) =>
    allowAll(new Browser(t), tester, dialogUrl({ client_id, redirect_uri, state: 's' }));
  const guest = await make(shop);
  for (const [id, uri] of [
    [rival.id, 'https://rival.example/cb'],
    [draft.id, 'https://app.example/cb'],
  ] as const) {
    const shown = await logIn(guest, id, uri);
    assert.equal(shown.location, undefined);
    assert.match(shown.text, /not active|not available/i);
  }
  const own = await allowAll(new Browser(t), guest, shopDialog());
  assert.ok(answerOf(own.location).query.get('code'));
  await t.post(`/${rival.id}/accounts`, {
    uid: guest.id,
    owner_access_token: tokenOf(shop),
    installed: 'false',
    access_token: tokenOf(rival),
  });
  assert.ok(answerOf((await logIn(guest, rival.id, 'https://rival.example/cb')).location).query.get('code'));
});

test('each app of a shared test user has a grant of its own; deleting it takes it out of one app, and out of the last one ends it', async () => {
  const made = await make(shop, { permissions: 'email' });
  const shared = {
    uid: made.id,
    owner_access_token: tokenOf(shop),
    permissions: 'user_gender',
    access_token: tokenOf(rival),
  };
  const there = (await t.post(`/${rival.id}/accounts`, shared)).body;
  const names = async (token: string) =>
    (await t.get(`/me/permissions?access_token=${token}`)).body.data.map(
      ({ permission }: { permission: string }) => permission,
    );
  assert.deepEqual(await names(made.access_token), ['public_profile', 'email']);
  assert.deepEqual(await names(there.access_token), ['public_profile', 'user_gender']);
  const remove = async (app: { id: string; secret: string }, id: string) =>
    assert.deepEqual((await t.delete(`/${id}?access_token=${encodeURIComponent(tokenOf(app))}`)).body, {
      success: true,
    });
  const answered = async (token: string) => (await t.get(`/me?access_token=${token}`)).body.error?.code ?? 200;
  await remove(shop, made.id);
  assert.deepEqual([await answered(made.access_token), await answered(there.access_token)], [190, 200]);
  await remove(rival, there.id);
  assert.deepEqual([await answered(made.access_token), await answered(there.access_token)], [190, 190]);
  assert.ok(
    !(await t.get(`/${rival.id}/accounts?access_token=${encodeURIComponent(tokenOf(rival))}`)).text.includes(there.id),
  );
  await remove(shop, made.id);
  const gone = await t.get(`/${made.id}?access_token=${encodeURIComponent(tokenOf(shop))}`);
  assert.deepEqual([gone.status, gone.body.error.error_subcode], [400, 33]);
});

test('a deleted test user leaves its businesses, and a Page on which nobody else has a role goes with it', async () => {
  const [lone, mate] = [await make(shop), await make(shop)];
  const [gone, kept] = [await newPage(lone.access_token, 'Gone'), await newPage(lone.access_token, 'Kept')];
  const firm = await newBusiness(lone.access_token);
  await join(t, firm, mate, 'ADMIN', lone.access_token);
  await t.post(`/${firm}/owned_pages`, { page_id: gone, access_token: lone.access_token });
  await t.post(`/${kept}/assigned_users`, { user: mate.id, tasks: 'MANAGE', access_token: lone.access_token });
  assert.deepEqual((await t.delete(`/${lone.id}?access_token=${lone.access_token}`)).body, { success: true });
  const { read } = t.server.installation.db;
  assert.deepEqual(
    await read
      .selectFrom('pages')
      .select('name')
      .where('id', 'in', [PageId.of(gone), PageId.of(kept)])
      .execute(),
    [{ name: 'Kept' }],
  );
  assert.deepEqual((await t.get(`/${firm}/owned_pages?access_token=${mate.access_token}`)).body.data, []);
  const users = await t.get(`/${firm}/business_users?access_token=${mate.access_token}`);
  assert.equal(users.body.data.length, 1, users.text);
});

test('in the dashboard administrators and developers make test users, others do not, and no token is shown there', async () => {
  const page = await desk(t, ben);
  const made = await page.post(`/${shop.id}/accounts/test-users`, { name: 'Desk Tester' });
  assert.deepEqual(Object.keys(made.body), ['id', 'login_url', 'email', 'password']);
  const list = await page.get(`/${shop.id}/accounts/test-users`);
  assert.ok(list.body.data.some(({ id }: { id: string }) => id === made.body.id));
  assert.ok(!list.text.includes('access_token'));
  const outside = await desk(t, cleo);
  const before = await digest(t);
  const refused = await outside.post(`/${shop.id}/accounts/test-users`, { name: 'No' });
  assert.ok(refused.status >= 400, refused.text);
  assert.equal(await digest(t), before);
  const inside = await desk(t, mia);
  assert.ok(!(await inside.get('/me/accounts')).text.includes(bakery.id));
  assert.equal((await inside.get(`/${bakery.id}`)).body.error.error_subcode, 33);
});

test('the limit says its number and holds when many ask at once; the switch stops making and nothing else', async () => {
  const small = await testWorld({ settings: { testUsersPerApp: 3 } });
  const ask = () => small.post(`/${shop.id}/accounts`, { access_token: tokenOf(shop) });
  const replies = await Promise.all(Array.from({ length: 12 }, ask));
  assert.equal(replies.filter(({ status }) => status === 200).length, 3);
  const { body } = await ask();
  assert.deepEqual(
    [body.error.code, body.error.message],
    [10, '(#10) The app has the 3 test users that it may have: delete one first'],
  );
  await small.close();
  const off = await testWorld({ settings: { testUserCreation: false } });
  const refused = (await off.post(`/${shop.id}/accounts`, { access_token: tokenOf(shop) })).body.error;
  assert.deepEqual(
    [refused.code, refused.message],
    [10, '(#10) Test users cannot be made on this platform at present'],
  );
  assert.deepEqual(
    (await off.get(`/${shop.id}/accounts?access_token=${encodeURIComponent(tokenOf(shop))}`)).body.data,
    [],
  );
  await off.close();
});
