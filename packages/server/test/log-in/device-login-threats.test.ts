// These tests are about what guards log-in on devices: one winner, no guessing, no phishing, and only what was shown is
// granted.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inHalves } from '@hallpass/protocol';
import { appRow, digest, settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import {
  ana,
  approved,
  bakery,
  ben,
  browser,
  decide,
  error,
  expired,
  garden,
  pending,
  phone,
  poll,
  start,
  t,
  type,
} from './device-login-scene.ts';

describe('RR-05: one winner', () => {
  test('RR-05: the first session that types the code has it; for others it is not valid, and only that session decides', async () => {
    const other = new Browser(t, { address: '203.0.113.9' });
    await browser.logIn(ana);
    await other.logIn(ben);
    const { code, user_code: userCode } = await start();
    await type(browser, userCode);
    await type(other, userCode);
    assert.equal(other.page.status, 400);
    assert.match(other.page.html, /This code isn’t valid/);
    await other.open(`/device/confirm?user_code=${userCode}`);
    assert.match(other.page.html, /This code isn’t valid/);
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
      pages.push(browser.page.html.replaceAll(inHalves(code), '').replace(/name="csrf" value="[^"]*"/g, ''));
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
    assert.match(browser.page.html, new RegExp(`value="${inHalves(userCode)}"`));
    assert.match(browser.page.html, /Only use a code from a device in front of you/);
    await browser.open(`/device/confirm?user_code=${userCode}`);
    assert.match(browser.page.html, /This code isn’t valid/);
    assert.equal(await digest(t), state);
    assert.deepEqual(error(await poll(code)), pending);
  });

  test('WP-12: somebody who is not logged in logs in first and comes back with the code', async () => {
    const { user_code: userCode } = await start();
    await browser.open(`/device?user_code=${userCode}&qr=1`);
    assert.equal(browser.heading(), 'Log in');
    await browser.send(browser.form('/login', { email: ana.email, password: ana.password, decision: 'continue' }));
    assert.equal(browser.heading(), 'Log in on a device');
    assert.match(browser.page.html, new RegExp(`value="${inHalves(userCode)}"`));
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
      inHalves(userCode),
      'cancel',
    ])
      assert.ok(shown.includes(words), words);
    assert.match(shown, /Continue only if you started this yourself, on a device in front of you/);
  });

  test('WP-12: one click is not enough: the tick that one started it is needed', async () => {
    await browser.logIn(ana);
    const { code, user_code: userCode } = await start();
    await type(browser, userCode);
    await decide(browser, { started: null });
    assert.match(browser.page.html, /Tick the box if you started this yourself/);
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
    assert.match(browser.page.html, /The password is wrong/);
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
    assert.match(browser.page.html, /This code isn’t valid/);
    const owner = new Browser(t);
    await owner.logIn(ben);
    await type(owner, userCode);
    assert.equal(owner.heading(), 'Log in to Phone on another device?');
  });
});
