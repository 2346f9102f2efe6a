// These tests are about test users: made by an app, used by it, and by nobody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { useLoginCode } from '../../src/codes/login-link.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const shop = cast.shop.id;
const rival = cast.rival.id;
const appToken = `${cast.shop.id}|${cast.shop.secret}`;
const rivalToken = `${cast.rival.id}|${cast.rival.secret}`;

const make = async (form: Record<string, string> = {}) =>
  (await t.post(`/${shop}/accounts/test-users`, { access_token: appToken, ...form })).body;
const codeOf = (url: string): string => new URL(url).searchParams.get('code') ?? '';

test('a test user is made with a token, a link, an address and a password, and is a person like any other', async () => {
  const made = await make({ name: 'Zoé Tester', permissions: 'email,user_friends' });
  assert.deepEqual(Object.keys(made), ['id', 'access_token', 'login_url', 'email', 'password']);
  const { body } = await t.get(`/me?fields=id,name,email,installed&access_token=${made.access_token}`);
  assert.deepEqual(body, { id: made.id, name: 'Zoé Tester', email: made.email, installed: true });
  const permissions = await t.get(`/me/permissions?access_token=${made.access_token}`);
  assert.deepEqual(
    permissions.body.data.map((one: { permission: string }) => one.permission),
    ['public_profile', 'email', 'user_friends'],
  );
});

test('a test user may be asked for permissions that the app has only standard access to', async () => {
  const made = await make({ permissions: 'user_hometown' });
  const list = await t.get(`/me/permissions/user_hometown?access_token=${made.access_token}`);
  assert.deepEqual(list.body.data, [{ permission: 'user_hometown', status: 'granted' }]);
});

test('a test user who has not added the app has no token', async () => {
  const made = await make({ installed: 'false' });
  assert.deepEqual(Object.keys(made), ['id', 'login_url', 'email', 'password']);
  const { body } = await t.get(`/${shop}/accounts?access_token=${encodeURIComponent(appToken)}`);
  const item = body.data.find((one: { id: string }) => one.id === made.id);
  assert.deepEqual(Object.keys(item), ['id', 'login_url']);
});

test('as many test users as one likes are listed page by page, with living tokens, under both names of the edge', async () => {
  const app = `${cast.draft.id}|${cast.draft.secret}`;
  const ids = new Set<string>();
  for (let i = 0; i < 12; i++)
    ids.add((await t.post(`/${cast.draft.id}/accounts`, { access_token: app, name: `Tester ${i}` })).body.id);
  for (const name of ['accounts', 'accounts/test-users']) {
    const seen: string[] = [];
    let path: string | undefined = `/${cast.draft.id}/${name}?limit=5&access_token=${encodeURIComponent(app)}`;
    while (path !== undefined) {
      const { body } = await t.get(path);
      assert.ok(body.data.length <= 5);
      for (const item of body.data) {
        seen.push(item.id);
        assert.equal((await t.get(`/me?access_token=${item.access_token}`)).body.id, item.id);
      }
      const next = body.paging?.next === undefined ? undefined : new URL(body.paging.next);
      path = next && next.pathname + next.search;
    }
    assert.equal(seen.length, 12);
    assert.deepEqual(new Set(seen), ids);
  }
});

test('a setting limits the number of test users', async () => {
  const small = await testWorld({ settings: { testUsersPerApp: 1 } });
  const first = await small.post(`/${shop}/accounts`, { access_token: appToken });
  assert.equal(first.status, 200);
  assert.equal((await small.post(`/${shop}/accounts`, { access_token: appToken })).body.error.code, 10);
  await small.delete(`/${first.body.id}?access_token=${encodeURIComponent(appToken)}`);
  assert.equal((await small.post(`/${shop}/accounts`, { access_token: appToken })).status, 200);
  await small.close();
});

test('the log-in link works once, for half an hour, and not after the password was changed', async () => {
  const { installation } = t.server;
  const made = await make();
  const url = made.login_url as string;
  assert.match(url, /^http:\/\/localhost:4000\/platform\/test-users\/log-in\/\?code=/);
  const person = await useLoginCode(installation, codeOf(url));
  assert.equal(person, await installation.facts.personBehind(shop, made.id));
  assert.equal(await useLoginCode(installation, codeOf(url)), undefined);
  const fresh = async (): Promise<string> => {
    const { body } = await t.get(`/${shop}/accounts?limit=100&access_token=${encodeURIComponent(appToken)}`);
    return codeOf(body.data.find((one: { id: string }) => one.id === made.id).login_url);
  };
  const twice = await fresh();
  const tries = await Promise.all([1, 2, 3, 4].map(() => useLoginCode(installation, twice)));
  assert.equal(tries.filter((one) => one !== undefined).length, 1);
  const changed = await fresh();
  assert.equal((await t.post(`/${made.id}`, { password: 'another-password', access_token: appToken })).status, 200);
  assert.equal(await useLoginCode(installation, changed), undefined);
  const late = await fresh();
  await t.clock.advance(1800);
  assert.equal(await useLoginCode(installation, late), undefined);
  for (const wrong of ['', 'x', late.slice(0, -1), `${late}A`, late.replace(made.id, '1')])
    assert.equal(await useLoginCode(installation, wrong), undefined);
});

test('name and password are changed by the app; a new password ends tokens with 460', async () => {
  const made = await make();
  assert.deepEqual((await t.post(`/${made.id}`, { name: 'Other Name', access_token: appToken })).body, {
    success: true,
  });
  assert.equal((await t.get(`/me?access_token=${made.access_token}`)).body.name, 'Other Name');
  assert.equal((await t.post(`/${made.id}`, { password: 'short', access_token: appToken })).body.error.code, 100);
  assert.deepEqual((await t.post(`/${made.id}`, { password: 'long-enough-now', access_token: appToken })).body, {
    success: true,
  });
  assert.equal((await t.get(`/me?access_token=${made.access_token}`)).body.error.error_subcode, 460);
});

test('two test users are friends when both have asked', async () => {
  const one = await make({ permissions: 'user_friends' });
  const two = await make({ permissions: 'user_friends' });
  assert.deepEqual((await t.post(`/${one.id}/friends/${two.id}`, { access_token: one.access_token })).body, {
    success: true,
  });
  assert.deepEqual((await t.get(`/me/friends?access_token=${one.access_token}`)).body.data, []);
  assert.deepEqual((await t.post(`/me/friends/${one.id}`, { access_token: two.access_token })).body, { success: true });
  const { body } = await t.get(`/me/friends?fields=id&access_token=${one.access_token}`);
  assert.deepEqual(body.data, [{ id: two.id }]);
  assert.equal((await t.post(`/${two.id}/friends/${one.id}`, { access_token: one.access_token })).status, 403);
});

for (const by of ['the app', 'its own token'])
  test(`a test user is deleted by ${by}, with its tokens, and its id is unknown then`, async () => {
    const made = await make();
    const token = by === 'the app' ? appToken : (made.access_token as string);
    assert.deepEqual((await t.delete(`/${made.id}?access_token=${encodeURIComponent(token)}`)).body, { success: true });
    assert.equal((await t.get(`/me?access_token=${made.access_token}`)).body.error.code, 190);
    assert.equal(
      (await t.get(`/${made.id}?access_token=${encodeURIComponent(appToken)}`)).body.error.error_subcode,
      33,
    );
    assert.equal(
      (await t.delete(`/${made.id}?access_token=${encodeURIComponent(appToken)}`)).body.error.error_subcode,
      33,
    );
    const { body } = await t.get(`/${shop}/accounts?limit=100&access_token=${encodeURIComponent(appToken)}`);
    assert.ok(!body.data.some((one: { id: string }) => one.id === made.id));
  });

test('a test user is shared with another app when its own app says so, and taken out again', async () => {
  const made = await make();
  const ask = (owner: string) =>
    t.post(`/${rival}/accounts`, {
      uid: made.id,
      owner_access_token: owner,
      permissions: 'email',
      access_token: rivalToken,
    });
  for (const wrong of [rivalToken, `${shop}|${cast.rival.secret}`, made.access_token, 'nothing'])
    assert.equal((await ask(wrong)).body.error.code, 100);
  assert.equal((await t.post(`/${rival}/accounts`, { uid: made.id, access_token: rivalToken })).body.error.code, 100);
  const { body } = await ask(appToken);
  assert.notEqual(body.id, made.id);
  assert.equal((await t.get(`/me?fields=email&access_token=${body.access_token}`)).body.email, made.email);
  const list = async () =>
    (await t.get(`/${rival}/accounts?access_token=${encodeURIComponent(rivalToken)}`)).body.data.map(
      (one: { id: string }) => one.id,
    );
  assert.deepEqual(await list(), [body.id]);
  // It is a guest there: the host app does not rename it, and where it deletes it, only takes it out.
  assert.equal((await t.post(`/${body.id}`, { name: 'Taken', access_token: rivalToken })).body.error.code, 100);
  assert.deepEqual((await t.delete(`/${body.id}?access_token=${encodeURIComponent(rivalToken)}`)).body, {
    success: true,
  });
  assert.deepEqual(await list(), []);
  assert.equal((await t.get(`/me?access_token=${made.access_token}`)).status, 200);
  await ask(appToken);
  assert.deepEqual(
    (await t.delete(`/${rival}/accounts?uid=${body.id}&access_token=${encodeURIComponent(rivalToken)}`)).body,
    { success: true },
  );
  assert.deepEqual(await list(), []);
  assert.equal((await t.get(`/me?access_token=${body.access_token}`)).body.error.error_subcode, 458);
  assert.equal((await t.get(`/me?access_token=${made.access_token}`)).status, 200);
});

test('a test user that two apps use is taken out of the one that deletes it, and deleted by the last', async () => {
  const made = await make();
  const shared = (
    await t.post(`/${rival}/accounts`, { uid: made.id, owner_access_token: appToken, access_token: rivalToken })
  ).body;
  const remove = async () => (await t.delete(`/${made.id}?access_token=${encodeURIComponent(appToken)}`)).body;
  assert.deepEqual(await remove(), { success: true });
  assert.equal((await t.get(`/me?access_token=${made.access_token}`)).body.error.error_subcode, 458);
  assert.equal((await t.get(`/me?access_token=${shared.access_token}`)).status, 200, 'it goes on in the other app');
  assert.deepEqual((await t.delete(`/${shared.id}?access_token=${encodeURIComponent(rivalToken)}`)).body, {
    success: true,
  });
  assert.deepEqual(await remove(), { success: true });
  assert.equal((await t.get(`/${made.id}?access_token=${encodeURIComponent(appToken)}`)).body.error.error_subcode, 33);
});

test("PR-08: an app token manages its own app's test users only, and no real person", async () => {
  const made = await make();
  const ana = await t.login(shop, cast.ana.id);
  const anasId = (await t.get(`/me?access_token=${ana}`)).body.id as string;
  const foreign = encodeURIComponent(rivalToken);
  const own = encodeURIComponent(appToken);
  const tries = [
    t.delete(`/${made.id}?access_token=${foreign}`),
    t.post(`/${made.id}`, { password: 'taken-over-now', access_token: rivalToken }),
    t.get(`/${shop}/accounts/test-users?access_token=${foreign}`),
    t.post(`/${shop}/accounts/test-users`, { access_token: rivalToken }),
    t.delete(`/${shop}/accounts?uid=${made.id}&access_token=${foreign}`),
    t.delete(`/${rival}/accounts?uid=${made.id}&access_token=${foreign}`),
    t.delete(`/${anasId}?access_token=${own}`),
    t.delete(`/me?access_token=${ana}`),
    t.post(`/${anasId}`, { password: 'taken-over-now', access_token: appToken }),
    t.post(`/${anasId}`, { name: 'Somebody', access_token: appToken }),
    t.delete(`/${shop}/accounts?uid=${anasId}&access_token=${own}`),
    t.post(`/${shop}/accounts`, { uid: anasId, owner_access_token: appToken, access_token: appToken }),
    t.post(`/me/friends/${made.id}`, { access_token: ana }),
    t.post(`/me/friends/${anasId}`, { access_token: made.access_token }),
  ];
  for (const [i, reply] of (await Promise.all(tries)).entries()) {
    assert.equal(reply.status, 400, `${i}: ${reply.text}`);
    assert.equal(reply.body.error.code, 100, `${i}: ${reply.text}`);
  }
  assert.equal((await t.get(`/me?access_token=${made.access_token}`)).body.id, made.id);
  assert.equal((await t.get(`/me?access_token=${ana}`)).body.name, cast.ana.name);
  const list = await t.get(`/${shop}/accounts?limit=100&access_token=${own}`);
  assert.ok(!list.text.includes(anasId));
});

test('PR-08: a test user gets no role on a real Page', async () => {
  const made = await make();
  const permissions = ['pages_show_list', 'pages_manage_metadata'];
  const ana = await t.login(shop, cast.ana.id, { permissions });
  const { status, body } = await t.post(`/${cast.bakery.id}/assigned_users`, {
    user: made.id,
    tasks: 'ANALYZE',
    access_token: ana,
  });
  assert.equal(status, 400);
  assert.equal(body.error.code, 100);
  assert.ok(!(await t.get(`/${cast.bakery.id}/roles?access_token=${ana}`)).text.includes(made.id));
});

test('names and passwords of test users are kept to the rules for everybody, unknown permissions are an error', async () => {
  const wrong: Record<string, string>[] = [
    { name: 'a\u202eb' },
    { name: 'x'.repeat(201) },
    { permissions: 'email,eat_cake' },
    { password: 'short' },
    { installed: 'maybe' },
  ];
  for (const form of wrong)
    assert.equal(
      (await t.post(`/${shop}/accounts`, { access_token: appToken, ...form })).body.error.code,
      100,
      JSON.stringify(form),
    );
});

test('a minor is under eighteen', async () => {
  const range = async (minor: string) => {
    const made = await make({ minor, permissions: 'user_age_range' });
    return (await t.get(`/me?fields=age_range&access_token=${made.access_token}`)).body.age_range;
  };
  assert.deepEqual(await range('true'), { min: 13, max: 17 });
  assert.deepEqual(await range('false'), { min: 21 });
});
