// These tests are about test users and apps: the dialog of another app, sharing and deleting, the dashboard and the
// limit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digest } from '../../acts.ts';
import { answerOf, Browser, dialogUrl } from '../../browser.ts';
import { allowAll, shopDialog } from '../../dialog-journey.ts';
import { desk } from '../../dashboard.ts';
import { join } from '../../businesses/joining.ts';
import { testWorld } from '../../world.ts';
import {
  bakery,
  ben,
  cleo,
  draft,
  make,
  mia,
  newBusiness,
  newPage,
  rival,
  shop,
  t,
  tokenOf,
  type Tester,
} from './test-worlds-scene.ts';
import { PageId } from '../../../src/store/ids.ts';

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
    assert.match(shown.html, /not active|not available/i);
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
  assert.deepEqual([refused.code, refused.message], [10, '(#10) Test users cannot be created on this platform']);
  assert.deepEqual(
    (await off.get(`/${shop.id}/accounts?access_token=${encodeURIComponent(tokenOf(shop))}`)).body.data,
    [],
  );
  await off.close();
});
