// A page that refuses the person who is logged in, and may let somebody else in, leads through another log-in back to
// what was come for.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import { tokenFor } from '../dialog-journey.ts';
import { lantern, seed as businessSeed } from '../login-business/login-business-scene.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, draft, phone, shop } = cast;
let t: TestWorld;
afterEach(() => t.close());

const logInAs = (browser: Browser, { email, password }: { email: string; password: string }, action = '/login') =>
  browser.send(browser.form(action, { email, password, decision: 'continue' }));

test('the dialog of an app in development is shown again to the one who logs in then', async () => {
  t = await testWorld();
  const browser = new Browser(t);
  await browser.logIn(ana);
  const query = new URLSearchParams({ client_id: draft.id, redirect_uri: 'https://app.example/cb', state: 'kept' });
  await browser.open(`/v25.0/dialog/oauth?${query}`);
  assert.equal(browser.heading(), 'App not active');
  assert.ok(browser.page.innerText.includes(ana.name));
  await browser.press('Not you?');
  assert.equal(browser.heading(), 'Log in to continue to Draft');
  await logInAs(browser, ben, '/dialog/oauth/log-in');
  assert.equal(browser.heading(), 'Continue to Draft?');
});

test('an invitation for someone else is answered by the one it was sent to', async () => {
  t = await testWorld({
    seed: {
      ...businessSeed,
      businesses: [{ ...lantern, people: [{ person: ben.id, role: 'ADMIN' }] }],
      apps: businessSeed.apps.map((app) =>
        app.id === shop.id ? { ...app, settings: { ...app.settings, loginType: 'classic' } } : app,
      ),
    },
  });
  const access_token = await tokenFor(new Browser(t), ben, { scope: 'business_management' });
  const { body } = await t.post(`/${lantern.id}/business_users`, { email: ana.email, role: 'EMPLOYEE', access_token });
  const browser = new Browser(t);
  await browser.logIn(ben);
  await browser.open(body.invite_link);
  assert.equal(browser.heading(), 'This invitation is for someone else');
  assert.ok(browser.page.innerText.includes(ben.name));
  assert.ok(!browser.page.innerText.includes(ana.email), 'nothing is told about whom it was sent to');
  await browser.press('Not you?');
  assert.match(browser.page.innerText, /Log in to answer your invitation/);
  await logInAs(browser, ana);
  assert.match(browser.heading(), /^Join /);
  assert.ok(browser.page.innerText.includes('Not you?'), 'the one who may answer can leave it to somebody else, too');
});

test('a device code that was typed by one person goes on with another, and only then', async () => {
  t = await testWorld();
  await settings(t, phone.id, { deviceLogin: true });
  const access_token = `${phone.id}|${phone.clientToken}`;
  const { body } = await t.post('/v25.0/device/login', { access_token, scope: 'email' });
  const browser = new Browser(t);
  await browser.logIn(ana);
  await browser.open('/device');
  await browser.send(browser.form('/device', { user_code: body.user_code }));
  assert.match(browser.heading(), /^Log in to Phone/);
  const other = new Browser(t);
  await other.logIn(ben);
  await other.open(`/device?user_code=${body.user_code}`);
  await other.press('Continue');
  assert.match(other.page.innerText, /This code isn’t valid/, 'another session cannot take it meanwhile');
  await browser.press('Not you?');
  assert.match(browser.page.innerText, /Log in to enter the code from your device/);
  await logInAs(browser, ben);
  await browser.press('Continue');
  assert.match(browser.heading(), /^Log in to Phone/);
  assert.ok(browser.page.innerText.includes(ben.name));
});

test('WP-08: a log-out link of somebody else names who is logged in, and lets them change', async () => {
  t = await testWorld();
  const browser = new Browser(t);
  await browser.logIn(ana);
  await browser.open('/logout.php?access_token=EAAnothing');
  assert.equal(browser.heading(), 'Nobody was logged out');
  await browser.press('Not you?');
  assert.equal(browser.heading(), 'Log in');
});

test('DL-17: the change of persons leads to pages of ours alone', async () => {
  t = await testWorld();
  for (const next of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/dialog/oauth/../../x',
    '/v25.0/dialog/oauthx',
  ]) {
    const browser = new Browser(t);
    await browser.logIn(ana);
    await browser.open('/device');
    await browser.send(browser.form('/login/switch', { next }));
    assert.equal(browser.page.url, '/login', next);
  }
});
