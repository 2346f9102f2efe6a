// These tests are about the world of an app's test users: what they make, and that nothing of it ever touches anything
// else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graph } from '../../../src/entries/declarations.ts';
import { digest } from '../../acts.ts';
import { lantern } from '../../businesses/business-scene.ts';
import { join, openedInvitation } from '../../businesses/joining.ts';
import { cast, type Reply } from '../../world.ts';
import {
  ADS,
  anasId,
  asAna,
  bakery,
  bensId,
  business,
  cleo,
  make,
  mia,
  newPage,
  page,
  rival,
  shop,
  strangeBusiness,
  strangePage,
  stranger,
  strangersToken,
  t,
  tokenOf,
  tom,
} from './test-worlds-scene.ts';

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
 * Nothing is brought together: a token is narrowed to what the system user has, invitations are judged where they are
 * answered, a person changes only what they have granted already, and a test user whose token is made is one of the app.
 */
const narrowing: ReadonlySet<string> = new Set([
  'system_user access_tokens',
  'business business_users',
  'app role_invitations',
  'user app_pages',
  'user app_access_renewal',
  'app test_user_token',
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
    assert.ok(!browser.page.html.includes('Join'));
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
