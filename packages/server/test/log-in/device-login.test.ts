// These tests are about log-in on devices without a browser: the calls of the device, the pages of the person, and what
// guards both.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { digest, settings } from '../acts.ts';
import {
  ana,
  approved,
  browser,
  clientToken,
  decide,
  declined,
  error,
  expired,
  pending,
  phone,
  poll,
  rival,
  start,
  t,
  type,
} from './device-login-scene.ts';

const DAY = 86_400;
const tooFast = [400, 17, 1_349_172];

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
    assert.match(browser.page.html, /This code isn’t valid/);
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
