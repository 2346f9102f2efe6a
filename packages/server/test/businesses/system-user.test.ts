// These tests are about system users: made, renamed, never deleted; the app installed on them, tokens made, listed,
// refreshed and ended. Sources: the guides on system users, the access-token guides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askToken, businessScene, clerk, code, idFor, lantern, office, proofOf, tokenOf } from './business-scene.ts';
import { cast, START, type TestWorld } from '../world.ts';

const { shop, rival, garden, bakery, ana } = cast;
const app = `${shop.id}|${shop.secret}`;
const client = `client_id=${shop.id}&client_secret=${shop.secret}`;
const DAY = 86_400;

const debug = async (world: TestWorld, input: string, caller: string) =>
  (await world.get(`/debug_token?input_token=${input}&access_token=${encodeURIComponent(caller)}`)).body.data;
const revoke = (world: TestWorld, token: string) =>
  world.get(`/oauth/revoke?${client}&revoke_token=${token}&access_token=${encodeURIComponent(app)}`);
const refresh = (world: TestWorld, token: string, more = '&set_token_expires_in_60_days=true') =>
  world.get(`/oauth/access_token?grant_type=fb_exchange_token&${client}&fb_exchange_token=${token}${more}`);
const subcode = async (world: TestWorld, token: string): Promise<number | undefined> =>
  (await world.get(`/me?access_token=${token}`)).body.error?.error_subcode;

test('an administrator makes system users, renames one and cannot delete it; the tier of the app limits how many', async (t) => {
  const { world, ana: token } = await businessScene(t, { tier: 'development' });
  const make = (params: Record<string, string>) =>
    world.post(`/${lantern.id}/system_users`, { access_token: token, ...params });
  assert.deepEqual(code(await make({ name: 'Third', role: 'EMPLOYEE' })), [400, 100]);
  assert.deepEqual(code(await make({ name: 'Third', role: 'ADMIN' })), [400, 100]);
  assert.deepEqual(code(await make({ role: 'ADMIN' })), [400, 100]);
  assert.deepEqual(code(await make({ name: 'x', role: 'OWNER' })), [400, 100]);
  const listed = (await world.get(`/${lantern.id}/system_users?summary=total_count&access_token=${token}`)).body;
  assert.equal(listed.summary.total_count, 2);
  assert.deepEqual(listed.data.map((one: { name: string; role: string }) => [one.name, one.role]).sort(), [
    [office.name, 'ADMIN'],
    [clerk.name, 'EMPLOYEE'],
  ]);
  const { id } = listed.data[0];
  assert.deepEqual((await make({ name: 'New Name', system_user_id: id })).body, { id });
  assert.equal((await world.get(`/${id}?access_token=${token}`)).body.name, 'New Name');
  assert.equal((await world.delete(`/${id}?access_token=${token}`)).status, 400);
  assert.equal((await world.get(`/${id}?access_token=${token}`)).status, 200);
});

test('standard access allows ten employees and one administrator; no access none at all', async (t) => {
  const { world, ana: token } = await businessScene(t, { tier: 'standard' });
  const make = (on: TestWorld, caller: string, role: string) =>
    on.post(`/${lantern.id}/system_users`, { name: 'One more', role, access_token: caller });
  for (let n = 2; n <= 10; n++) assert.equal((await make(world, token, 'EMPLOYEE')).status, 200);
  assert.deepEqual(code(await make(world, token, 'EMPLOYEE')), [400, 100]);
  assert.deepEqual(code(await make(world, token, 'ADMIN')), [400, 100]);
  const none = await businessScene(t, { tier: 'none' });
  assert.deepEqual(code(await make(none.world, none.ana, 'EMPLOYEE')), [400, 3]);
});

test('a new system user tells who made it and when; another app knows it by another id', async (t) => {
  const { world, ana: token } = await businessScene(t);
  const made = (
    await world.post(`/${lantern.id}/system_users`, { name: 'Fresh', role: 'EMPLOYEE', access_token: token })
  ).body.id;
  const read = (await world.get(`/${made}?fields=name,role,created_by,created_time&access_token=${token}`)).body;
  assert.deepEqual(read, {
    name: 'Fresh',
    role: 'EMPLOYEE',
    created_by: { id: await idFor(world, token), name: ana.name },
    created_time: '2026-11-21T12:34:56+0000',
    id: made,
  });
  const elsewhere = await world.login(rival.id, ana.id, { permissions: ['business_management'] });
  const there = (await world.get(`/${lantern.id}/system_users?access_token=${elsewhere}`)).body.data.find(
    (one: { name: string }) => one.name === 'Fresh',
  );
  assert.notEqual(there.id, made);
  assert.deepEqual(code(await world.get(`/${made}?access_token=${elsewhere}`)), [400, 100]);
});

test('a token needs the app installed, is answered alone, has no end, and debug_token says SYSTEM_USER', async (t) => {
  const { world, ana: token } = await businessScene(t);
  const made = (
    await world.post(`/${lantern.id}/system_users`, { name: 'Fresh', role: 'EMPLOYEE', access_token: token })
  ).body.id;
  assert.deepEqual(code(await askToken(world, token, made)), [400, 100]);
  assert.deepEqual((await world.post(`/${made}/applications`, { business_app: shop.id, access_token: token })).body, {
    success: true,
  });
  const answer = await askToken(world, token, made);
  assert.deepEqual(Object.keys(answer.body), ['access_token']);
  const issued = answer.body.access_token;
  assert.match(issued, /^EAA[A-Za-z0-9]+$/);
  assert.deepEqual((await world.get(`/me?access_token=${issued}`)).body, { name: 'Fresh', id: made });
  const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'business_management'];
  const told = {
    app_id: shop.id,
    type: 'SYSTEM_USER',
    application: 'Shop',
    data_access_expires_at: 0,
    expires_at: 0,
    is_valid: true,
    issued_at: START,
    scopes,
    granular_scopes: scopes.map((scope) => ({ scope })),
    user_id: made,
  };
  assert.deepEqual(await debug(world, issued, app), told);
  assert.equal(await debug(world, issued, issued), undefined, 'a system user does not inspect its own token');
  await world.clock.advance(61 * DAY);
  assert.equal((await world.get(`/me?access_token=${issued}`)).status, 200);
});

test('the proof is over the token of the caller, with the secret of the app, and has to be there', async (t) => {
  const { world, ana: token, clerkId } = await businessScene(t);
  const wrong = {
    none: '',
    'of another token': proofOf('EAAother'),
    'with another secret': proofOf(token, rival.secret),
  };
  for (const [name, appsecret_proof] of Object.entries(wrong))
    assert.deepEqual(code(await askToken(world, token, clerkId, { appsecret_proof })), [400, 100], name);
  assert.deepEqual((await world.get(`/${clerkId}/issued_tokens?access_token=${token}`)).body.data, []);
  assert.ok(world.log.filter(({ message }) => message === 'proof.rejected').length >= 3);
});

test('PR-05: an employee of the business, or a stranger, makes no system user, installs nothing and gets no token', async (t) => {
  const scene = await businessScene(t);
  const { world, ben, cleo, ana: token, officeId, clerkId } = scene;
  const make = (caller: string) =>
    world.post(`/${lantern.id}/system_users`, { name: 'Sly', role: 'ADMIN', access_token: caller });
  const install = (caller: string) =>
    world.post(`/${clerkId}/applications`, { business_app: shop.id, access_token: caller });
  const end = (caller: string) => world.delete(`/${clerkId}/access_tokens?access_token=${caller}`);
  const list = (caller: string) => world.get(`/${clerkId}/issued_tokens?access_token=${caller}`);
  for (const attempt of [make, install, end, list, (caller: string) => askToken(world, caller, officeId)]) {
    assert.deepEqual(code(await attempt(ben)), [403, 200]);
    assert.deepEqual(code(await attempt(cleo)), [400, 100]);
  }
  // An employee among system users may install the app, as documented, and make no token: not even for itself.
  const clerks = await tokenOf(scene, clerkId);
  assert.equal((await install(clerks)).status, 200);
  for (const attempt of [
    make,
    end,
    list,
    (caller: string) => askToken(world, caller, clerkId),
    (caller: string) => askToken(world, caller, officeId),
  ])
    assert.deepEqual(code(await attempt(clerks)), [403, 200]);
  assert.equal((await world.get(`/${lantern.id}/system_users?access_token=${token}`)).body.data.length, 2);
  assert.equal((await list(token)).body.data.length, 1);
});

test('PR-05: no app of another business, no unassigned Page, no scope that system users may not have', async (t) => {
  const { world, ana: token, clerkId } = await businessScene(t);
  assert.deepEqual(
    code(await world.post(`/${clerkId}/applications`, { business_app: rival.id, access_token: token })),
    [400, 100],
  );
  assert.deepEqual(code(await askToken(world, token, clerkId, { business_app: rival.id })), [400, 100]);
  const elsewhere = await world.login(rival.id, ana.id, { permissions: ['business_management'] });
  const rivals = (await world.get(`/${lantern.id}/system_users?access_token=${elsewhere}`)).body.data[0].id;
  const foreign = { business_app: rival.id, scope: 'ads_read', access_token: elsewhere };
  assert.deepEqual(code(await world.post(`/${rivals}/applications`, foreign)), [400, 100]);
  assert.deepEqual(
    code(
      await world.post(`/${rivals}/access_tokens`, { ...foreign, appsecret_proof: proofOf(elsewhere, rival.secret) }),
    ),
    [400, 100],
  );
  for (const scope of ['user_birthday', 'email', 'openid', 'no_such_thing', 'ads_read,public_profile', ','])
    assert.deepEqual(code(await askToken(world, token, clerkId, { scope })), [400, 100], scope);
  assert.deepEqual(code(await askToken(world, token, clerkId, { page_id: garden.id })), [403, 200]);
  assert.deepEqual((await world.get(`/${clerkId}/issued_tokens?access_token=${token}`)).body.data, []);
});

test('PR-05: every success is in the audit trail with who asked for it', async (t) => {
  const scene = await businessScene(t);
  await tokenOf(scene, scene.clerkId);
  const rows = await scene.world.server.installation.db.read
    .selectFrom('events')
    .selectAll()
    .where('name', '=', 'sysuser.token_issued')
    .execute();
  assert.deepEqual(
    rows.map((row) => [row.outcome, row.app_id, row.actor_id, row.target_id, row.token_fp?.length]),
    [['ok', shop.id, ana.id, clerk.id, 12]],
  );
});

test('an administrator among system users has every Page of the business, an employee the assigned ones', async (t) => {
  const scene = await businessScene(t);
  const { world, ana: token, officeId, clerkId } = scene;
  const [all, some] = [await tokenOf(scene, officeId), await tokenOf(scene, clerkId)];
  const names = async (caller: string, edge: string) =>
    (await world.get(`/me/${edge}?access_token=${caller}`)).body.data.map((one: { name: string }) => one.name);
  assert.deepEqual([await names(all, 'accounts'), await names(some, 'accounts')], [['Old Garden'], []]);
  const assign = { business: lantern.id, user: clerkId, tasks: 'CREATE_CONTENT', access_token: token };
  assert.equal((await world.post(`/${garden.id}/assigned_users`, assign)).status, 200);
  await world.post(`/${lantern.id}/owned_pages`, { page_id: bakery.id, access_token: token });
  assert.deepEqual(await names(all, 'accounts'), ['Corner Bakery', 'Old Garden']);
  assert.deepEqual(await names(some, 'assigned_pages'), ['Old Garden']);
  const [item] = (await world.get(`/me/accounts?access_token=${some}`)).body.data;
  assert.deepEqual(item.tasks, ['CREATE_CONTENT']);
  const posted = await world.post(`/${garden.id}/feed`, {
    message: 'By a system user.',
    access_token: item.access_token,
  });
  assert.match(posted.body.id, new RegExp(`^${garden.id}_`));
  assert.equal((await debug(world, item.access_token, app)).type, 'PAGE');
  assert.deepEqual(
    (await world.delete(`/${garden.id}/assigned_users?business=${lantern.id}&user=${clerkId}&access_token=${token}`))
      .body,
    {
      success: true,
    },
  );
  assert.equal(await subcode(world, item.access_token), 492);
  assert.deepEqual(await names(some, 'accounts'), []);
});

test('a system user with a role on the Page sees what the Page has not published yet', async (t) => {
  const scene = await businessScene(t);
  const { world, officeId } = scene;
  const token = await tokenOf(scene, officeId);
  const page = (await world.get(`/${garden.id}?fields=access_token&access_token=${token}`)).body.access_token;
  const { id } = (await world.post(`/${garden.id}/feed`, { message: 'Later', published: 'false', access_token: page }))
    .body;
  assert.equal((await world.get(`/${id}?fields=message&access_token=${token}`)).body.message, 'Later');
  assert.deepEqual(code(await world.get(`/${id}?fields=message&access_token=${scene.cleo}`)), [400, 100]);
});

test('an administrator among system users makes tokens for others, and one narrowed to a Page reaches no other', async (t) => {
  const scene = await businessScene(t);
  const { world, ana: token, officeId } = scene;
  await world.post(`/${lantern.id}/owned_pages`, { page_id: bakery.id, access_token: token });
  const all = await tokenOf(scene, officeId);
  const narrow = (await askToken(world, all, officeId, { page_id: garden.id })).body.access_token;
  const pages = (await world.get(`/me/accounts?access_token=${narrow}`)).body.data;
  assert.deepEqual(
    pages.map((one: { id: string }) => one.id),
    [garden.id],
  );
  assert.equal((await world.get(`/${bakery.id}?fields=about&access_token=${narrow}`)).body.error.code, 10);
  assert.equal((await world.get(`/me/accounts?access_token=${all}`)).body.data.length, 2);
});

test('a later token with more permissions does not widen an earlier one', async (t) => {
  const scene = await businessScene(t);
  const { world, officeId } = scene;
  const small = await tokenOf(scene, officeId, { scope: 'ads_read' });
  await tokenOf(scene, officeId);
  assert.deepEqual(code(await world.get(`/me/accounts?access_token=${small}`)), [403, 200]);
  assert.deepEqual((await debug(world, small, app)).scopes, ['ads_read']);
});

test('a token of 60 days is refreshed while it lives; the old one goes on, and is then revoked alone', async (t) => {
  const scene = await businessScene(t);
  const { world, officeId } = scene;
  const old = await tokenOf(scene, officeId, { set_token_expires_in_60_days: 'true' });
  assert.equal((await debug(world, old, app)).expires_at, START + 60 * DAY);
  await world.clock.advance(30 * DAY);
  const answer = await refresh(world, old);
  assert.deepEqual([answer.body.token_type, answer.body.expires_in], ['bearer', 60 * DAY]);
  const fresh = answer.body.access_token;
  assert.notEqual(fresh, old);
  assert.deepEqual((await debug(world, fresh, app)).scopes, (await debug(world, old, app)).scopes);
  assert.equal(await subcode(world, old), undefined);
  assert.deepEqual((await revoke(world, old)).body, { success: 'true' });
  assert.equal(await subcode(world, old), 466);
  assert.equal(await subcode(world, fresh), undefined);
  assert.deepEqual(code(await refresh(world, old)), [400, 190]);
  await world.clock.advance(60 * DAY);
  assert.equal(await subcode(world, fresh), 463);
  assert.deepEqual(code(await refresh(world, fresh)), [400, 190]);
});

test('a token without an end is not refreshed, and none without asking for 60 days', async (t) => {
  const scene = await businessScene(t);
  const { world, officeId } = scene;
  assert.deepEqual(code(await refresh(world, await tokenOf(scene, officeId))), [400, 190]);
  const ending = await tokenOf(scene, officeId, { set_token_expires_in_60_days: 'true' });
  assert.deepEqual(code(await refresh(world, ending, '')), [400, 190]);
  assert.deepEqual(code(await refresh(world, ending, '&set_token_expires_in_60_days=false')), [400, 190]);
});

test('a business that requires tokens that end gets no others, nor do its Page tokens outlive them', async (t) => {
  const scene = await businessScene(t);
  const { world, ana: token, officeId } = scene;
  await world.post(`/${lantern.id}`, { require_expiring_tokens: 'true', access_token: token });
  assert.deepEqual(code(await askToken(world, token, officeId)), [400, 100]);
  assert.deepEqual(code(await askToken(world, token, officeId, { set_token_expires_in_60_days: 'false' })), [400, 100]);
  const ending = await tokenOf(scene, officeId, { set_token_expires_in_60_days: 'true' });
  const page = (await world.get(`/${garden.id}?fields=access_token&access_token=${ending}`)).body.access_token;
  await world.clock.advance(60 * DAY);
  assert.deepEqual([await subcode(world, ending), await subcode(world, page)], [463, 463]);
});

test('tokens are listed without themselves and ended one by one or all together', async (t) => {
  const scene = await businessScene(t);
  const { world, ana: token, officeId, clerkId } = scene;
  const [one, two, other] = [
    await tokenOf(scene, officeId),
    await tokenOf(scene, officeId),
    await tokenOf(scene, clerkId),
  ];
  const page = (await world.get(`/${garden.id}?fields=access_token&access_token=${one}`)).body.access_token;
  const list = async () => (await world.get(`/${officeId}/issued_tokens?access_token=${token}`)).text;
  const before = JSON.parse(await list()).data;
  assert.equal(before.length, 2);
  for (const text of [one, two]) assert.ok(!(await list()).includes(text.slice(3, 40)));
  const fingerprint = world.log.filter(({ message }) => message === 'sysuser.token_issued')[0]?.facts?.tokenFp;
  const { id } = before.find((row: { fingerprint: string }) => row.fingerprint === fingerprint);
  assert.deepEqual((await world.delete(`/${officeId}/issued_tokens?token_id=${id}&access_token=${token}`)).body, {
    success: true,
  });
  assert.deepEqual(
    [await subcode(world, one), await subcode(world, page), await subcode(world, two)],
    [466, 466, undefined],
  );
  assert.deepEqual(
    code(await world.delete(`/${officeId}/issued_tokens?token_id=${id}&access_token=${token}`)),
    [400, 100],
  );
  const ended = await world.delete(
    `/${officeId}/access_tokens?access_token=${token}&appsecret_proof=${proofOf(token)}`,
  );
  assert.equal(ended.text, 'true');
  assert.deepEqual([await subcode(world, two), await subcode(world, other)], [466, undefined]);
  assert.deepEqual(
    JSON.parse(await list()).data.map((row: { is_valid: boolean }) => row.is_valid),
    [false, false],
  );
  assert.equal((await debug(world, two, app)).is_valid, false);
  assert.equal((await askToken(world, token, officeId)).status, 200);
});

test('PR-04: an id in the body that contradicts the path is refused', async (t) => {
  const { world, ana: token, officeId, clerkId } = await businessScene(t);
  for (const name of ['system_user', 'user_id'])
    assert.deepEqual(code(await askToken(world, token, clerkId, { [name]: officeId })), [400, 100], name);
  assert.deepEqual((await world.get(`/${clerkId}/issued_tokens?access_token=${token}`)).body.data, []);
});

test('nobody logs in as a system user', async (t) => {
  const { world } = await businessScene(t);
  const rows = await world.server.installation.db.read
    .selectFrom('people')
    .select(['email', 'password'])
    .where('system_user_of', 'is not', null)
    .execute();
  assert.deepEqual(rows, [
    { email: null, password: null },
    { email: null, password: null },
  ]);
});

test('an app that is taken from a system user takes its tokens and Page tokens with it; installed again, it needs new ones', async (t) => {
  const scene = await businessScene(t);
  const { world, ana, ben, cleo, officeId } = scene;
  const token = await tokenOf(scene, officeId);
  const page = (await world.get(`/${cast.garden.id}?fields=access_token&access_token=${token}`)).body.access_token;
  const take = (by: string, app: string = cast.shop.id) =>
    world.delete(`/${officeId}/applications?business_app=${app}&access_token=${by}`);
  assert.deepEqual(code(await take(ben)), [403, 200]);
  assert.deepEqual(code(await take(cleo)), [400, 100]);
  assert.deepEqual(code(await take(ana, cast.rival.id)), [400, 100]);
  assert.equal((await world.get(`/me?fields=id&access_token=${token}`)).status, 200);
  assert.deepEqual((await take(ana)).body, { success: true });
  for (const dead of [token, page])
    assert.equal((await world.get(`/me?fields=id&access_token=${dead}`)).body.error.code, 190);
  assert.deepEqual(code(await askToken(world, ana, officeId)), [400, 100]);
  assert.deepEqual(code(await take(ana)), [400, 100], 'there is nothing to take');
  assert.equal(
    (await world.post(`/${officeId}/applications`, { business_app: cast.shop.id, access_token: ana })).status,
    200,
  );
  assert.equal((await world.get(`/me?fields=id&access_token=${token}`)).body.error.code, 190);
  assert.equal((await world.get(`/me?fields=id&access_token=${await tokenOf(scene, officeId)}`)).status, 200);
});

test('RR-03: a token that is made while the app is taken away is dead, or was never made', async (t) => {
  const scene = await businessScene(t);
  const { world, ana, officeId } = scene;
  for (let round = 0; round < 10; round++) {
    const [made] = await Promise.all([
      askToken(world, ana, officeId),
      world.delete(`/${officeId}/applications?business_app=${cast.shop.id}&access_token=${ana}`),
    ]);
    if (made.status === 200)
      assert.equal((await world.get(`/me?fields=id&access_token=${made.body.access_token}`)).body.error.code, 190);
    else assert.equal(made.body.error.code, 100);
    await world.post(`/${officeId}/applications`, { business_app: cast.shop.id, access_token: ana });
  }
});
