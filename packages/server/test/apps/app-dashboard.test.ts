// The dashboard of an app asks these things besides its settings: whether an address would be refused, webhooks, calls
// sent again, and who has tokens of the app.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { settings } from '../acts.ts';
import { type Desk, desk } from '../dashboard.ts';
import { type Receiver, receiver, settled } from './receiver.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, cleo, shop, draft, rival } = cast;
const appToken = encodeURIComponent(`${shop.id}|${shop.secret}`);

let server: Receiver;
let t: TestWorld;
let bens: Desk;
beforeEach(async () => {
  server = await receiver();
  t = await testWorld({ settings: { callbackReceivers: 'local' }, world: { outbound: server.outbound } });
  bens = await desk(t, ben);
});
afterEach(async () => {
  await t.close();
  await server.close();
});

const check = async (uri: string, app: { id: string } = shop) =>
  (await bens.get(`/${app.id}/redirect_check?redirect_uri=${encodeURIComponent(uri)}`)).body;

test('a registered address is allowed, and a final slash that is missing is named as what differs', async () => {
  assert.deepEqual(await check('https://app.example/cb'), {
    redirect_uri: 'https://app.example/cb',
    allowed: true,
    form: 'web',
    can_be_registered: true,
  });
  const refused = await check('https://app.example/cb/');
  assert.deepEqual(
    [refused.allowed, refused.reason, refused.title, refused.registered, refused.differs],
    [false, 'redirect_uri', 'URL Blocked', 'https://app.example/cb', 'the final slash'],
  );
  assert.match(refused.where, /Valid OAuth Redirect URIs/);
});

test('each part in which an address may differ has its word', async () => {
  for (const [uri, differs] of [
    ['http://app.example/cb', 'the scheme'],
    ['https://www.app.example/cb', 'the host'],
    ['https://app.example:8443/cb', 'the port'],
    ['https://app.example/callback', 'the path'],
    ['https://app.example/cb?x=1', 'the query'],
    ['https://app.example/CB', 'capital and small letters'],
  ] as const)
    assert.equal((await check(uri)).differs, differs, uri);
});

test('what cannot be registered at all says why, and so do switches that are off', async () => {
  assert.match((await check('https://app.example/*')).why_not, /Wildcards/);
  assert.match((await check(`https://app.example/${'a'.repeat(3000)}`)).why_not, /longer than/);
  assert.equal((await check('http://localhost:3000/cb', draft)).form, 'localhost');
  await settings(t, shop.id, { webOauthLogin: false });
  assert.deepEqual((({ allowed, reason }) => ({ allowed, reason }))(await check('https://app.example/cb')), {
    allowed: false,
    reason: 'web_login_off',
  });
  await settings(t, shop.id, { appDomains: ['app.example'], webOauthLogin: true });
  assert.match((await check('https://elsewhere.example/cb')).why_not, /app_domains/);
});

test('the checker and the dialog are of one opinion', async () => {
  for (const uri of [
    'https://app.example/cb',
    'https://app.example/cb/',
    'https://app.example/',
    'https://x.example/',
  ]) {
    const dialog = await bens.browser.ask(
      `/v25.0/dialog/oauth?client_id=${shop.id}&redirect_uri=${encodeURIComponent(uri)}&response_type=code`,
      { method: 'GET', headers: {} },
    );
    assert.equal((await check(uri)).allowed, !dialog.html.includes('URL Blocked'), uri);
  }
});

test('PR-07: only people with a role on the app check its addresses', async () => {
  assert.equal((await bens.get(`/${rival.id}/redirect_check?redirect_uri=https://rival.example/cb`)).status, 403);
  assert.equal((await t.get(`/${shop.id}/redirect_check?redirect_uri=x&access_token=${appToken}`)).status, 403);
});

test('webhooks are set up, read and ended in the dashboard by those who change settings', async () => {
  server.answer = ({ query }, response) => void response.end(query.get('hub.challenge') ?? '');
  const wanted = { object: 'permissions', callback_url: `${server.url}/hooks`, fields: 'email', verify_token: 'v' };
  assert.deepEqual((await bens.post(`/${shop.id}/subscriptions`, wanted)).body, { success: true });
  const { data } = (await bens.get(`/${shop.id}/subscriptions`)).body;
  assert.deepEqual(
    data.map((one: { object: string; callback_url: string; include_values: boolean }) => [
      one.object,
      one.callback_url,
      one.include_values,
    ]),
    [['permissions', `${server.url}/hooks`, false]],
  );
  const cleos = await desk(t, cleo);
  assert.equal((await cleos.post(`/${shop.id}/subscriptions`, wanted)).status, 403);
  assert.deepEqual((await bens.delete(`/${shop.id}/subscriptions?object=permissions`)).body, { success: true });
  assert.deepEqual((await bens.get(`/${shop.id}/subscriptions`)).body.data, []);
});

test('ten calls that failed are sent again, one first and then the rest, and arrive', async () => {
  await settings(t, shop.id, { deauthCallbackUrl: `${server.url}/deauthorize` });
  server.answer = (_got, response) => void response.writeHead(500).end();
  for (let i = 0; i < 10; i++) {
    const { body } = await bens.post(`/${shop.id}/accounts`, { installed: 'true' });
    await bens.delete(`/${shop.id}/accounts?uid=${body.id}`);
  }
  await settled(t);
  await t.clock.advance(2 * 86_400);
  await settled(t);
  const states = async (): Promise<string[]> =>
    (await bens.get(`/${shop.id}/callback_deliveries?limit=50`)).body.data.map((one: { state: string }) => one.state);
  assert.deepEqual(
    await states(),
    Array.from({ length: 10 }, () => 'failed'),
  );
  server.answer = (_got, response) => void response.end();
  const [first] = (await bens.get(`/${shop.id}/callback_deliveries`)).body.data;
  assert.deepEqual((await bens.post(`/${shop.id}/callback_deliveries`, { delivery_id: first.id })).body, {
    success: true,
    replayed: 1,
  });
  await settled(t);
  assert.deepEqual((await states()).sort(), [...Array.from({ length: 9 }, () => 'failed'), 'sent']);
  assert.equal((await bens.post(`/${shop.id}/callback_deliveries`, { state: 'failed' })).body.replayed, 9);
  await settled(t);
  assert.deepEqual(
    await states(),
    Array.from({ length: 10 }, () => 'sent'),
  );
  const cleos = await desk(t, cleo);
  assert.equal((await cleos.post(`/${shop.id}/callback_deliveries`, { state: 'failed' })).status, 403);
  assert.equal((await bens.post(`/${rival.id}/callback_deliveries`, { delivery_id: first.id })).status, 403);
  assert.equal((await bens.post(`/${draft.id}/callback_deliveries`, { delivery_id: first.id })).body.error.code, 100);
});

test('the number of deliveries counts calls to the server alone, and no mails', async () => {
  await bens.post(`/${shop.id}/reset_secret`);
  await settled(t);
  const { body } = await bens.get(`/${shop.id}/callback_deliveries?state=failed&summary=total_count`);
  assert.deepEqual([body.data, body.summary.total_count], [[], 0]);
});

test('PR-08: a test user is deleted in the dashboard of its app; a real person and one of another app are not', async () => {
  const { body: made } = await bens.post(`/${shop.id}/accounts`, { installed: 'true' });
  const anas = await t.login(shop.id, ana.id);
  const anasId = (await t.get(`/me?fields=id&access_token=${anas}`)).body.id as string;
  const cleos = await desk(t, cleo);
  assert.equal((await cleos.delete(`/${shop.id}/test_users?uid=${made.id}`)).status, 403);
  assert.equal((await t.delete(`/${shop.id}/test_users?uid=${made.id}&access_token=${appToken}`)).status, 403);
  assert.equal((await bens.delete(`/${shop.id}/test_users?uid=${anasId}`)).body.error.code, 100);
  assert.equal((await bens.delete(`/${draft.id}/test_users?uid=${made.id}`)).body.error.code, 100);
  assert.deepEqual((await bens.delete(`/${shop.id}/test_users?uid=${made.id}`)).body, { success: true });
  assert.deepEqual((await bens.get(`/${shop.id}/accounts`)).body.data, []);
  assert.equal((await t.get(`/me?access_token=${anas}`)).status, 200);
});

test('people with tokens of an app are found by the id it knows, and their tokens end together', async () => {
  const [anas, bens2] = [await t.login(shop.id, ana.id, { permissions: ['email'] }), await t.login(shop.id, ben.id)];
  const id = (await t.get(`/me?fields=id&access_token=${anas}`)).body.id as string;
  const all = (await bens.get(`/${shop.id}/connected_people`)).body.data;
  assert.equal(all.length, 2);
  const [one] = (await bens.get(`/${shop.id}/connected_people?user=${id}`)).body.data;
  assert.deepEqual([one.id, one.permissions.includes('email'), one.data_access], [id, true, 'active']);
  assert.equal(one.name, undefined);
  assert.deepEqual((await bens.delete(`/${shop.id}/connected_people?user=${id}`)).body, { success: true });
  assert.equal((await t.get(`/me?access_token=${anas}`)).body.error.code, 190);
  assert.equal((await t.get(`/me?access_token=${bens2}`)).status, 200);
  assert.equal((await bens.delete(`/${shop.id}/connected_people?user=${ana.id}`)).body.error.code, 100);
  assert.deepEqual((await bens.delete(`/${shop.id}/tokens`)).body, { success: true });
  assert.equal((await t.get(`/me?access_token=${bens2}`)).body.error.code, 190);
});

test('PR-12: ending tokens of an app takes its people, in the dashboard', async () => {
  const token = await t.login(shop.id, ben.id);
  const cleos = await desk(t, cleo);
  for (const path of ['connected_people?user=1', 'tokens', 'system_user_tokens?token_id=1']) {
    assert.equal((await cleos.delete(`/${shop.id}/${path}`)).status, 403, path);
    const sign = path.includes('?') ? '&' : '?';
    assert.equal((await t.delete(`/${shop.id}/${path}${sign}access_token=${token}`)).status, 403, path);
    assert.equal((await t.delete(`/${shop.id}/${path}${sign}access_token=${appToken}`)).status, 403, path);
  }
});

test('PR-09: a token of a test user is made by an act of its own, once, and ended from the same page', async () => {
  const bens = await desk(t, ben);
  const { body: made } = await bens.post(`/${shop.id}/accounts`, { installed: 'true', permissions: 'email' });
  const { body: apart } = await bens.post(`/${shop.id}/accounts`, { installed: 'false' });
  const { data } = (await bens.get(`/${shop.id}/accounts`)).body;
  assert.ok(
    data.every((one: object) => !('access_token' in one)),
    'showing them makes none',
  );
  const { access_token: token } = (await bens.post(`/${shop.id}/test_user_token`, { uid: made.id })).body;
  assert.equal((await t.get(`/me?fields=id&access_token=${token}`)).body.id, made.id);
  assert.equal((await bens.post(`/${shop.id}/test_user_token`, { uid: apart.id })).body.error.code, 100);
  assert.equal((await bens.post(`/${shop.id}/test_user_token`, { uid: ana.id })).body.error.code, 100);
  const anas = await desk(t, ana);
  assert.equal((await anas.post(`/${shop.id}/test_user_token`, { uid: made.id })).body.error.code, 200);
  assert.equal((await bens.delete(`/${shop.id}/connected_people?user=${made.id}`)).status, 200);
  assert.equal((await t.get(`/me?access_token=${token}`)).body.error.code, 190);
});
