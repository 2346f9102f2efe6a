// Log-in on devices without a browser: the calls of the device, the pages of the person, and what guards both.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { appRow, digest, settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const DAY = 86_400;
const { phone, rival, ana, ben, bakery, garden } = cast;
const clientToken = `${phone.id}|${phone.clientToken}`;
const error = ({ status, body }: Reply) => [status, body.error?.code, body.error?.error_subcode];
const pending = [400, 31, 1_349_174];
const declined = [400, 31, 1_349_173];
const tooFast = [400, 17, 1_349_172];
const expired = [400, 463, 1_349_152];

let t: TestWorld;
let browser: Browser;
beforeEach(async () => {
  t = await testWorld();
  for (const app of [phone, rival]) await settings(t, app.id, { deviceLogin: true });
  browser = new Browser(t);
});
afterEach(() => t.close());

interface Started {
  code: string;
  user_code: string;
}
const start = async (scope = 'email', more: Record<string, string> = {}): Promise<Started> =>
  (await t.post('/v25.0/device/login', { access_token: clientToken, scope, ...more })).body;
const poll = (code: string, token = clientToken) => t.post('/v25.0/device/login_status', { access_token: token, code });

/** Types the code; the page after it is the one that asks. */
async function type(who: Browser, code: string): Promise<void> {
  await who.open('/device');
  await who.send(who.form('/device', { user_code: code }));
}
const decide = (who: Browser, fill: Record<string, string | readonly string[] | null> = {}) =>
  who.send(who.form('/device/confirm', { decision: 'continue', started: 'yes', ...fill }));
const approved = async (who: Browser, scope?: string): Promise<Started> => {
  const started = await start(scope);
  await type(who, started.user_code);
  await decide(who);
  return started;
};

describe('the calls of the device', () => {
  test('give two codes, and after the yes of the person a token, with its seconds as JSON strings', async () => {
    const { status, body } = await t.post('/v25.0/device/login', { access_token: clientToken, scope: 'email' });
    assert.equal(status, 200);
    const { code, user_code: userCode, ...rest } = body;
    assert.deepEqual(rest, { verification_uri: 'http://localhost:4000/device', expires_in: 420, interval: 5 });
    assert.match(userCode, /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
    assert.ok(code.length >= 22);
    assert.deepEqual(error(await poll(code)), pending);
    await browser.logIn(ana);
    await type(browser, userCode);
    assert.equal(browser.heading(), 'Log in to Phone on another device?');
    await decide(browser);
    assert.equal(browser.heading(), 'You are logged in on the device');
    const given = await poll(code);
    assert.equal(given.status, 200);
    assert.deepEqual(Object.keys(given.body), ['access_token', 'expires_in', 'data_access_expiration_time']);
    assert.equal(given.body.expires_in, String(60 * DAY));
    assert.equal(given.body.data_access_expiration_time, String(t.clock.now() + 90 * DAY));
    const me = (await t.get(`/me?fields=id,permissions&access_token=${given.body.access_token}`)).body;
    assert.deepEqual(
      me.permissions.data.map((one: { permission: string }) => one.permission),
      ['public_profile', 'email'],
    );
    assert.deepEqual(error(await poll(code)), expired);
  });

  test('a token of a device is renewed by the mobile SDK as any native one', async () => {
    await browser.logIn(ana);
    const { code } = await approved(browser);
    const { access_token: token } = (await poll(code)).body;
    await t.clock.advance(2 * DAY);
    const reply = await t.get(
      `/oauth/access_token?grant_type=fb_extend_sso_token&client_id=${phone.id}&access_token=${token}`,
    );
    assert.equal(reply.status, 200);
    assert.notEqual(reply.body.access_token, token);
  });

  test('a poll before five seconds have passed is told to slow down, and the flow goes on', async () => {
    const { code } = await start();
    assert.deepEqual(error(await poll(code)), pending);
    await t.clock.advance(4);
    assert.deepEqual(error(await poll(code)), tooFast);
    await t.clock.advance(1);
    assert.deepEqual(error(await poll(code)), pending);
  });

  test('a code ends after seven minutes, for the device and for the person', async () => {
    const { code, user_code: userCode } = await start();
    await browser.logIn(ana);
    await t.clock.advance(420);
    assert.deepEqual(error(await poll(code)), expired);
    await type(browser, userCode);
    assert.match(browser.page.html, /This code is not valid/);
  });

  test('a person who says no: the device is told, nothing is granted', async () => {
    const { code, user_code: userCode } = await start();
    await browser.logIn(ana);
    await type(browser, userCode);
    await decide(browser, { decision: 'cancel' });
    assert.equal(browser.heading(), 'You cancelled');
    assert.deepEqual(error(await poll(code)), declined);
    assert.equal((await t.server.installation.db.read.selectFrom('grants').selectAll().execute()).length, 0);
  });

  test('are for apps that log in from devices, by a token of the app', async () => {
    const user = await t.login(phone.id, ana.id);
    await settings(t, rival.id, { deviceLogin: false });
    assert.deepEqual(error(await t.post('/device/login', { access_token: `${rival.id}|${rival.clientToken}` })), [
      400,
      3,
      undefined,
    ]);
    assert.deepEqual(error(await t.post('/device/login', { access_token: user })), [403, 200, undefined]);
    assert.deepEqual(error(await t.post('/device/login')), [400, 104, undefined]);
    assert.equal((await t.get(`/device/login?access_token=${clientToken}`)).status, 400);
  });

  test('neither code stands in the database or in the log', async () => {
    await browser.logIn(ana);
    const { code, user_code: userCode } = await approved(browser);
    const { access_token: token } = (await poll(code)).body;
    const stored = JSON.stringify(await t.server.installation.db.read.selectFrom('device_codes').selectAll().execute());
    for (const secret of [code, userCode, token])
      assert.ok(!stored.includes(secret) && !JSON.stringify(t.log).includes(secret));
  });

  test('a row goes a day after its code ended', async () => {
    await start();
    await t.clock.advance(2 * DAY);
    assert.equal((await t.server.installation.db.read.selectFrom('device_codes').selectAll().execute()).length, 0);
  });

  test('TM-08: polled by another app the answer is that for an unknown code, and the flow goes on', async () => {
    await browser.logIn(ana);
    const { code } = await approved(browser);
    const state = await digest(t);
    const foreign = await poll(code, `${rival.id}|${rival.clientToken}`);
    const unknown = await poll('x'.repeat(43));
    assert.deepEqual(error(foreign), [400, 100, undefined]);
    assert.deepEqual({ ...foreign.body.error, fbtrace_id: '' }, { ...unknown.body.error, fbtrace_id: '' });
    assert.equal(await digest(t), state);
    assert.equal((await poll(code)).status, 200);
  });

  test('RR-03: what ends the log-in between the yes and the poll ends the token before it is given', async () => {
    await browser.logIn(ana);
    const one = await approved(browser);
    await browser.open('/settings/apps');
    await browser.send(browser.form('/settings/apps/remove', { app: phone.id }));
    assert.equal((await poll(one.code)).body.error.code, 190);
    const two = await approved(browser);
    await browser.open('/settings/sessions');
    await browser.send(browser.form('/logout'));
    assert.equal((await poll(two.code)).body.error.error_subcode, 467);
  });
});

describe('RR-05: one winner', () => {
  test('RR-05: the first session that types the code has it; for others it is not valid, and only that session decides', async () => {
    const other = new Browser(t, { address: '203.0.113.9' });
    await browser.logIn(ana);
    await other.logIn(ben);
    const { code, user_code: userCode } = await start();
    await type(browser, userCode);
    await type(other, userCode);
    assert.equal(other.page.status, 400);
    assert.match(other.page.html, /This code is not valid/);
    await other.open(`/device/confirm?user_code=${userCode}`);
    assert.match(other.page.html, /This code is not valid/);
    const stolen = browser.form('/device/confirm', { decision: 'continue', started: 'yes' });
    await other.send(stolen);
    assert.equal(other.page.status, 403);
    assert.deepEqual(error(await poll(code)), pending);
    await decide(browser);
    const { body } = await poll(code);
    assert.equal((await t.get(`/me?fields=name&access_token=${body.access_token}`)).body.name, ana.name);
  });

  test('RR-05: two sessions type it at once: exactly one has it', async () => {
    const other = new Browser(t, { address: '203.0.113.9' });
    await browser.logIn(ana);
    await other.logIn(ben);
    for (let round = 0; round < 5; round++) {
      const { user_code: userCode } = await start();
      for (const one of [browser, other]) await one.open('/device');
      const pages = await Promise.all(
        [browser, other].map((one) => one.post(one.form('/device', { user_code: userCode }))),
      );
      assert.deepEqual(pages.map(({ status }) => status).sort(), [303, 400]);
    }
  });

  test('RR-05: yes and no together: one counts, the other is told that the code is not valid', async () => {
    await browser.logIn(ana);
    const { code, user_code: userCode } = await start();
    await type(browser, userCode);
    const yes = browser.form('/device/confirm', { decision: 'continue', started: 'yes' });
    const no = browser.form('/device/confirm', { decision: 'cancel' });
    const pages = await Promise.all([browser.at(t).send(yes), browser.at(t).send(no)]);
    assert.equal(pages.filter(({ status }) => status === 200).length, 1);
    const { body } = await poll(code);
    assert.ok(body.access_token !== undefined || body.error.error_subcode === 1_349_173);
  });

  test('RR-05: of parallel polls after the yes exactly one gets a token', async () => {
    await browser.logIn(ana);
    const { code } = await approved(browser);
    const replies = await Promise.all(Array.from({ length: 20 }, () => poll(code)));
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    for (const reply of replies) if (reply.status !== 200) assert.deepEqual(error(reply), expired);
  });
});

describe('TB-06: guessing', () => {
  const wrong = (n: number) => `BBBBBBB${'BCDFGHJKLMNPQRSTVWXZ'[n]}`;

  test('TB-06: after ten wrong codes of a session the right one is not looked at, for a quarter of an hour', async () => {
    await browser.logIn(ana);
    const { user_code: userCode } = await start();
    for (let n = 0; n < 10; n++) {
      await type(browser, wrong(n));
      assert.equal(browser.page.status, 400);
    }
    await type(browser, userCode);
    assert.equal(browser.page.status, 429);
    assert.equal(t.log.filter(({ message }) => message === 'device.throttled').length, 1);
    await t.clock.advance(901);
    const { user_code: next } = await start();
    await type(browser, next);
    assert.equal(browser.page.status, 200);
  });

  test('TB-06: another session in the same network is held up too, one elsewhere is not', async () => {
    const [near, far] = [new Browser(t), new Browser(t, { address: '203.0.113.9' })];
    await browser.logIn(ana);
    await near.logIn(ben);
    await far.logIn(ben);
    for (let n = 0; n < 10; n++) await type(browser, wrong(n));
    const { user_code: userCode } = await start();
    await type(near, userCode);
    assert.equal(near.page.status, 429);
    await type(far, userCode);
    assert.equal(far.page.status, 200);
  });

  test('TB-06: twenty at once are not looked at either', async () => {
    await browser.logIn(ana);
    await browser.open('/device');
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, n) => browser.at(t).post(browser.form('/device', { user_code: wrong(n) }))),
    );
    assert.equal(pages.filter(({ status }) => status === 429).length, 10);
  });

  test('TB-06: unknown, ended, foreign and malformed codes look alike', async () => {
    const ended = await start();
    await t.clock.advance(421);
    const off = await start();
    await settings(t, phone.id, { deviceLogin: false });
    await browser.logIn(ana);
    const pages: string[] = [];
    for (const code of [ended.user_code, off.user_code, wrong(1), 'hello']) {
      await type(browser, code);
      assert.equal(browser.page.status, 400);
      pages.push(browser.page.html.replaceAll(code, '').replace(/name="csrf" value="[^"]*"/g, ''));
    }
    assert.equal(new Set(pages).size, 1);
  });
});

describe('WP-12: phishing', () => {
  test('WP-12: a link that brings the code along shows it and does nothing until the person sends it', async () => {
    await browser.logIn(ana);
    const { code, user_code: userCode } = await start();
    const state = await digest(t);
    await browser.open(`/device?user_code=${userCode}&qr=1`);
    assert.match(browser.page.html, new RegExp(`value="${userCode}"`));
    assert.match(browser.page.html, /Only use a code from a device in front of you/);
    await browser.open(`/device/confirm?user_code=${userCode}`);
    assert.match(browser.page.html, /This code is not valid/);
    assert.equal(await digest(t), state);
    assert.deepEqual(error(await poll(code)), pending);
  });

  test('WP-12: somebody who is not logged in logs in first and comes back with the code', async () => {
    const { user_code: userCode } = await start();
    await browser.open(`/device?user_code=${userCode}&qr=1`);
    assert.equal(browser.heading(), 'Log in');
    await browser.send(browser.form('/login', { email: ana.email, password: ana.password, decision: 'continue' }));
    assert.equal(browser.heading(), 'Log in on a device');
    assert.match(browser.page.html, new RegExp(`value="${userCode}"`));
  });

  test('WP-12: the page names the app, its owner, what it gets, where and when it was asked, the device, and warns', async () => {
    await browser.logIn(ana);
    const { user_code: userCode } = await start('email', {
      device_info: JSON.stringify({ device: 'Television', model: 'X<b>9' }),
    });
    await t.clock.advance(180);
    await type(browser, `${userCode.slice(0, 4)}-${userCode.slice(4).toLowerCase()}`);
    const shown = browser.page.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    for (const words of [
      'Phone',
      ben.name,
      'E-mail address',
      '127.0.0.0/24',
      '3 minutes ago',
      'Television X&lt;b&gt;9',
      userCode,
      'cancel',
    ])
      assert.ok(shown.includes(words), words);
    assert.match(shown, /Go on only if you started this yourself, on a device in front of you/);
  });

  test('WP-12: one click is not enough: the tick that one started it is needed', async () => {
    await browser.logIn(ana);
    const { code, user_code: userCode } = await start();
    await type(browser, userCode);
    await decide(browser, { started: null });
    assert.match(browser.page.html, /Tick that you started this yourself/);
    assert.deepEqual(error(await poll(code)), pending);
  });

  test('WP-12: more than name and address needs the password, unless it was given within ten minutes', async () => {
    await browser.logIn(ana);
    await t.clock.advance(601);
    const plain = await start('email');
    await type(browser, plain.user_code);
    assert.doesNotMatch(browser.page.html, /type="password"/);
    const { code, user_code: userCode } = await start('user_birthday');
    await type(browser, userCode);
    await decide(browser);
    assert.match(browser.page.html, /Enter your password/);
    await decide(browser, { password: 'not-it-at-all' });
    assert.match(browser.page.html, /The password is not right/);
    assert.deepEqual(error(await poll(code)), pending);
    await decide(browser, { password: ana.password });
    assert.equal(browser.heading(), 'You are logged in on the device');
    assert.equal((await poll(code)).status, 200);
  });

  test('WP-12: an app that holds more already needs the password too, whatever it asks now', async () => {
    await t.login(phone.id, ana.id, { permissions: ['user_birthday'] });
    await browser.logIn(ana);
    await t.clock.advance(601);
    await type(browser, (await start('email')).user_code);
    assert.match(browser.page.html, /type="password"/);
  });

  test('WP-03: a form of another site approves nothing', async () => {
    await browser.logIn(ana);
    const { code, user_code: userCode } = await start();
    await type(browser, userCode);
    const form = browser.form('/device/confirm', { decision: 'continue', started: 'yes' });
    await browser.send(form, { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } });
    assert.equal(browser.page.status, 403);
    await browser.send({ ...form, fields: form.fields.filter(([name]) => name !== 'csrf') });
    assert.equal(browser.page.status, 403);
    assert.deepEqual(error(await poll(code)), pending);
  });
});

describe('what is granted', () => {
  test('I-12: what was unticked is declined, and what was not shown cannot be slipped in', async () => {
    await browser.logIn(ana);
    const { code, user_code: userCode } = await start('email');
    await type(browser, userCode);
    await decide(browser, { permissions: ['user_birthday'] });
    const { access_token: token } = (await poll(code)).body;
    const { data } = (await t.get(`/me/permissions?access_token=${token}`)).body;
    assert.deepEqual(data, [
      { permission: 'public_profile', status: 'granted' },
      { permission: 'email', status: 'declined' },
    ]);
  });

  test('Pages are chosen on the same page; one of somebody else is passed over, none at all is asked again', async () => {
    await browser.logIn(ana);
    const { code, user_code: userCode } = await start('pages_show_list');
    await type(browser, userCode);
    await decide(browser, { pages: null });
    assert.match(browser.page.html, /Choose at least one Page/);
    await decide(browser, { pages: [garden.id, '3999'] });
    const { access_token: token } = (await poll(code)).body;
    const { data } = (await t.get(`/me/accounts?fields=id&access_token=${token}`)).body;
    assert.deepEqual(data, [{ id: garden.id }]);
    assert.notEqual(garden.id, bakery.id);
  });

  test('an app in development is for people with a role on it; for others its codes are not valid', async () => {
    await appRow(t, phone.id, () => ({ mode: 'development' }));
    const { user_code: userCode } = await start();
    await browser.logIn(ana);
    await type(browser, userCode);
    assert.match(browser.page.html, /This code is not valid/);
    const owner = new Browser(t);
    await owner.logIn(ben);
    await type(owner, userCode);
    assert.equal(owner.heading(), 'Log in to Phone on another device?');
  });
});
