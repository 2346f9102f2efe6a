// Calls to the app's own server: that a person removed the app, that data is to be deleted; sent again until they
// arrive.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { parseSignedRequest } from '@hallpass/protocol';
import { settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import { tokenFor } from '../dialog-journey.ts';
import { type Got, type Receiver, receiver, settled } from './receiver.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, shop } = cast;
const appToken = `${shop.id}|${shop.secret}`;

let app: Receiver;
let world: TestWorld;
beforeEach(async () => {
  app = await receiver();
  world = await testWorld({ settings: { callbackReceivers: 'local' }, world: { outbound: app.outbound } });
  await settings(world, shop.id, {
    deauthCallbackUrl: `${app.url}/deauthorize`,
    dataDeletionUrl: `${app.url}/deletion`,
  });
});
afterEach(async () => {
  await world.close();
  await app.close();
});

const signedIn = (got: Got | undefined) =>
  parseSignedRequest(new URLSearchParams(got?.body).get('signed_request') ?? '', shop.secret);
/** Returns what a reader sees. */
const shownBy = (browser: Browser): string => browser.page.html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
const scopedId = async (token: string): Promise<string> =>
  (await world.get(`/me?fields=id&access_token=${token}`)).body.id;
const deliveries = async (query = '') =>
  (await world.get(`/${shop.id}/callback_deliveries?access_token=${appToken}${query}`)).body.data;

test('an app is told by a signed request when a person removes it by a call', async () => {
  const token = await world.login(shop.id, ana.id);
  const id = await scopedId(token);
  assert.equal((await world.delete(`/me/permissions?access_token=${token}`)).text, 'true');
  const [got] = await app.received(1);
  assert.deepEqual(
    [got?.method, got?.path, got?.headers['content-type']],
    ['POST', '/deauthorize', 'application/x-www-form-urlencoded'],
  );
  assert.deepEqual(await signedIn(got), { user_id: id, issued_at: world.clock.now(), algorithm: 'HMAC-SHA256' });
  await settled(world);
  const [row] = await deliveries();
  assert.deepEqual([row.kind, row.state, row.attempts, row.last_status], ['deauthorize', 'sent', 1, 200]);
  assert.ok(world.log.some(({ message, facts }) => message === 'callback.sent' && facts?.kind === 'deauthorize'));
});

test('taking one permission back is no removal; deleting the account is one', async () => {
  const token = await world.login(shop.id, ana.id, { permissions: ['email'] });
  await world.delete(`/me/permissions/email?access_token=${token}`);
  await settled(world);
  assert.equal(app.got.length, 0);
  const made = (await world.post(`/${shop.id}/accounts/test-users`, { installed: 'true', access_token: appToken }))
    .body;
  assert.equal((await world.delete(`/${made.id}?access_token=${appToken}`)).body.success, true);
  const [got] = await app.received(1);
  assert.equal((await signedIn(got))?.user_id, made.id);
});

test('an app without an address is not told', async () => {
  await settings(world, shop.id, { deauthCallbackUrl: '' });
  await world.delete(`/me/permissions?access_token=${await world.login(shop.id, ana.id)}`);
  assert.deepEqual(await deliveries(), []);
});

test('a person who asks for it is shown what became of the data: asked, then confirmed with the link and code of the app', async () => {
  app.answer = ({ path }, response) =>
    void response.end(
      path === '/deletion' ? JSON.stringify({ url: `${app.url}/status?id=ab12`, confirmation_code: 'ab12' }) : '',
    );
  const browser = new Browser(world);
  const token = await tokenFor(browser, ana, { scope: 'email' });
  const id = await scopedId(token);
  await browser.open('/settings/apps');
  await browser.send(browser.form('/settings/apps/remove', { delete_data: '1' }));
  assert.ok(browser.page.html.includes('The data you asked apps to delete'));
  const got = (await app.received(2)).find(({ path }) => path === '/deletion');
  const now = world.clock.now();
  assert.deepEqual(await signedIn(got), { user_id: id, issued_at: now, expires: now + 3600, algorithm: 'HMAC-SHA256' });
  await settled(world);
  await browser.open('/settings/deletions');
  assert.ok(shownBy(browser).includes('Code ab12'));
});

test('without the tick nothing is asked; without a callback the instructions of the app are shown, or whom to write to', async () => {
  const browser = new Browser(world);
  const remove = async (fields: Record<string, string> = {}) => {
    await tokenFor(browser, ana, { scope: 'email' });
    await browser.open('/settings/apps');
    await browser.send(browser.form('/settings/apps/remove', fields));
    return shownBy(browser);
  };
  assert.doesNotMatch(await remove(), /The data you asked apps to delete/);
  await settings(world, shop.id, { dataDeletionUrl: '' });
  assert.match(await remove({ delete_data: '1' }), /Write to owner@shop\.example/);
  await settings(world, shop.id, { dataDeletionInstructionsUrl: 'https://shop.example/delete' });
  await browser.open('/settings/deletions');
  assert.match(browser.page.html, /How to have your data deleted/);
});

test('an answer that is no answer is asked again; unquoted keys are understood', async () => {
  let asked = 0;
  const answers = [
    'ok',
    '{"url":"javascript:alert(1)","confirmation_code":"1"}',
    `{ url: 'https://shop.example/s', confirmation_code: 'Z9' }`,
  ];
  app.answer = ({ path }, response) => void response.end(path === '/deletion' ? answers[asked++] : '');
  const browser = new Browser(world);
  await tokenFor(browser, ana, { scope: 'email' });
  await browser.open('/settings/apps');
  await browser.send(browser.form('/settings/apps/remove', { delete_data: '1' }));
  await settled(world);
  assert.deepEqual(
    (await deliveries('&kind=data_deletion')).map((row: { last_error: string }) => row.last_error),
    ['answer'],
  );
  await world.clock.advance(40);
  await world.clock.advance(80);
  await browser.open('/settings/deletions');
  assert.ok(shownBy(browser).includes('Code Z9'));
});

test('RL-18: what does not arrive is tried again after longer and longer times, and given up after 24 hours', async () => {
  app.answer = (_got, response) => void response.writeHead(500).end('a secret of the receiver');
  await world.delete(`/me/permissions?access_token=${await world.login(shop.id, ana.id)}`);
  await settled(world);
  const [first] = await deliveries();
  assert.deepEqual([first.state, first.attempts, first.last_status, first.last_error], ['waiting', 1, 500, 'status']);
  const wait = Date.parse(first.next_time) / 1000 - world.clock.now();
  assert.ok(wait >= 22 && wait <= 38, `${wait} seconds`);
  await world.clock.advance(600);
  assert.ok(app.got.length >= 4 && app.got.length <= 6, `${app.got.length} tries in ten minutes`);
  await world.clock.advance(86_400);
  const [last] = await deliveries();
  assert.equal(last.state, 'failed');
  assert.ok(last.attempts >= 15 && last.attempts <= 25, `${last.attempts} tries`);
  const tries = app.got.length;
  await world.clock.advance(86_400);
  assert.equal(app.got.length, tries, 'given up is given up');
  const stored = JSON.stringify(await world.server.installation.db.read.selectFrom('outbox').selectAll().execute());
  assert.ok(!stored.includes('a secret of the receiver') && !stored.includes(shop.secret));
  await world.clock.advance(29 * 86_400);
  assert.deepEqual(await deliveries(), [], 'and forgotten after four weeks');
});

test('a retry is signed anew, with the secret that is in force then', async () => {
  app.answer = (_got, response) => void response.writeHead(503).end();
  const token = await world.login(shop.id, ana.id);
  await world.delete(`/me/permissions?access_token=${token}`);
  await settled(world);
  app.answer = (_got, response) => void response.end();
  await world.clock.advance(60);
  const issued = await Promise.all(app.got.map(async (got) => (await signedIn(got))?.issued_at ?? 0));
  assert.ok((issued[1] ?? 0) > (issued[0] ?? 0));
  assert.equal((await deliveries())[0].state, 'sent');
});

test('RL-18: a redirect is not followed and counts as not arrived', async () => {
  app.answer = (_got, response) => void response.writeHead(302, { location: `${app.url}/elsewhere` }).end();
  await world.delete(`/me/permissions?access_token=${await world.login(shop.id, ana.id)}`);
  await settled(world);
  assert.deepEqual(
    app.got.map(({ path }) => path),
    ['/deauthorize'],
  );
  assert.equal((await deliveries())[0].last_error, 'redirect');
});

test('RL-18: nobody waits for a receiver that hangs: not the person, and not another app', async () => {
  app.answer = () => {};
  const other = await receiver();
  await settings(world, cast.rival.id, { deauthCallbackUrl: `${other.url}/gone` });
  await world.delete(`/me/permissions?access_token=${await world.login(shop.id, ana.id)}`);
  await app.received(1);
  assert.equal(
    (await world.delete(`/me/permissions?access_token=${await world.login(cast.rival.id, ana.id)}`)).text,
    'true',
  );
  await other.received(1);
  assert.equal(app.got.length, 1);
  // Hangs up, so that the server can close.
  await app.close();
  await other.close();
});

test('a person who is deleted is out of the outbox at once, and the app is told all the same', async () => {
  app.answer = (_got, response) => void response.writeHead(500).end();
  const browser = new Browser(world);
  await tokenFor(browser, ana, { scope: 'email' });
  await browser.open('/settings/apps');
  await browser.send(browser.form('/settings/apps/remove', { delete_data: '1' }));
  await settled(world);
  const { personActs } = await import('../../src/entries/operator.ts');
  await personActs.delete.run(world.server.installation, ana.id, { kind: 'operator' });
  const rows = await world.server.installation.db.read.selectFrom('outbox').selectAll().execute();
  assert.ok(rows.length >= 2 && rows.every((row) => row.person_id === null && row.state === 'waiting'));
  assert.ok(!JSON.stringify(rows).includes(`"${ana.id}"`));
});

test('the status is for the app itself and for people who may change its settings', async () => {
  const [owner, person] = [await world.login(shop.id, ben.id), await world.login(shop.id, ana.id)];
  const rival = `${cast.rival.id}|${cast.rival.secret}`;
  const code = async (token: string) =>
    (await world.get(`/${shop.id}/callback_deliveries?access_token=${token}`)).body.error?.code;
  assert.deepEqual([await code(appToken), await code(owner)], [undefined, undefined]);
  assert.equal(await code(person), 15);
  assert.equal(await code(rival), 100);
  assert.equal((await world.get(`/${shop.id}/callback_deliveries`)).body.error.code, 104);
});

test('deliveries are read by kind, by state and page by page', async () => {
  for (const person of [ana, ben, cast.cleo])
    await world.delete(`/me/permissions?access_token=${await world.login(shop.id, person.id)}`);
  await settled(world);
  const first = await world.get(`/${shop.id}/callback_deliveries?limit=2&access_token=${appToken}`);
  assert.equal(first.body.data.length, 2);
  const second = await world.get(
    `/${shop.id}/callback_deliveries?limit=2&after=${first.body.paging.cursors.after}&access_token=${appToken}`,
  );
  assert.equal(second.body.data.length, 1);
  const ids = [...first.body.data, ...second.body.data].map((row: { id: string }) => row.id);
  assert.equal(new Set(ids).size, 3);
  assert.deepEqual(
    [(await deliveries('&state=waiting')).length, (await deliveries('&kind=data_deletion')).length],
    [0, 0],
  );
  assert.equal(
    (await world.get(`/${shop.id}/callback_deliveries?state=lost&access_token=${appToken}`)).body.error.code,
    100,
  );
});

test('a test call is signed as in earnest, about nobody, and answers with what came back', async () => {
  app.answer = ({ path }, response) =>
    void response
      .writeHead(path === '/deletion' ? 200 : 418)
      .end('{"url":"https://shop.example/s","confirmation_code":"t1"}');
  const send = async (kind: string) =>
    (await world.post(`/${shop.id}/callback_tests`, { kind, access_token: appToken })).body;
  const deletion = await send('data_deletion');
  assert.deepEqual([deletion.delivered, deletion.status, deletion.confirmation_code], [true, 200, 't1']);
  const deauthorize = await send('deauthorize');
  assert.deepEqual([deauthorize.delivered, deauthorize.status, deauthorize.error], [false, 418, 'status']);
  assert.equal((await signedIn(app.got[0]))?.user_id, '0');
  assert.deepEqual(await send('page'), { delivered: false, error: 'no_receiver' });
  assert.equal((await send('anything')).error.code, 100);
  assert.deepEqual(await deliveries(), [], 'a test is not kept');
});

test('where data deletion is asked for is set by people who may change settings, and only to addresses that can be registered', async () => {
  const owner = await world.login(shop.id, ben.id);
  const set = async (form: Record<string, string>) =>
    (await world.post(`/${shop.id}/data_deletion`, { access_token: owner, ...form })).body;
  assert.deepEqual(
    await set({ callback_url: 'https://shop.example/deletion', instructions_url: 'https://shop.example/how' }),
    { success: true },
  );
  const read = await world.get(
    `/${shop.id}?fields=data_deletion_url,data_deletion_instructions_url&access_token=${appToken}`,
  );
  assert.deepEqual(
    [read.body.data_deletion_url, read.body.data_deletion_instructions_url],
    ['https://shop.example/deletion', 'https://shop.example/how'],
  );
  assert.equal((await set({ callback_url: 'http://10.0.0.1/x' })).error.code, 100);
  assert.equal(
    (await world.post(`/${shop.id}/data_deletion`, { access_token: appToken, callback_url: 'https://x.example/' })).body
      .error.code,
    200,
  );
  assert.equal(
    (await world.post(`/${shop.id}`, { access_token: appToken, deauth_callback_url: 'https://u:p@x.example/' })).body
      .error.code,
    100,
  );
});
