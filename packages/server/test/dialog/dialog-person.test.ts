// The dialog finds out who the person is, and has it proven: log-in, password again, sign-up and held accounts on the
// way through a dialog.
import assert from 'node:assert/strict';
import { blockedReasons } from '@hallpass/pages';
import { afterEach, beforeEach, test } from 'node:test';
import { startCheckpoint, unconfirmAccount } from '../../src/people/lock.ts';
import { answerOf, Browser } from '../browser.ts';
import { allowAll, reasons, rows, shopDialog, tokenFor } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const LOGIN = '/dialog/oauth/log-in';
const PROVE = '/dialog/oauth/reauthenticate';
const operator = { kind: 'operator' as const };

test('a wrong password shows the form again, with the address as typed and without the password', async () => {
  await browser.open(shopDialog());
  await browser.send(
    browser.form(LOGIN, { email: cast.ana.email, password: 'not-the-password', decision: 'continue' }),
  );
  assert.equal(browser.page.status, 200);
  assert.ok(browser.page.innerText.includes('The e-mail address or the password is wrong.'));
  assert.ok(browser.page.html.includes(cast.ana.email));
  assert.ok(!browser.page.html.includes('not-the-password'));
  await browser.send(
    browser.form(LOGIN, { email: cast.ana.email.toUpperCase(), password: cast.ana.password, decision: 'continue' }),
  );
  assert.equal(browser.heading(), 'Continue to Shop?');
});

test('the log-in of a dialog can be cancelled', async () => {
  await browser.open(shopDialog());
  await browser.send(browser.form(LOGIN, { decision: 'cancel' }));
  assert.equal(answerOf(browser.page.location).query.get('error'), 'access_denied');
});

test('DL-15: auth_type=reauthenticate asks for the password in every dialog, however fresh the session', async () => {
  await allowAll(browser, cast.ana, shopDialog());
  for (const nonce of ['n1', 'n2']) {
    await browser.open(shopDialog({ auth_type: 'reauthenticate', auth_nonce: nonce }));
    assert.equal(browser.heading(), 'Confirm that it’s you');
    await browser.send(browser.form(PROVE, { password: 'wrong-password', decision: 'continue' }));
    assert.ok(browser.page.html.includes('The password is wrong.'));
    await browser.send(browser.form(PROVE, { password: cast.ana.password, decision: 'continue' }));
    assert.ok(answerOf(browser.page.location).query.get('code'));
  }
  await browser.open(shopDialog({ auth_type: 'rerequest,reauthenticate' }));
  assert.equal(browser.heading(), 'Confirm that it’s you');
});

test('DL-15: the password that was asked in one dialog does not count for another', async () => {
  await allowAll(browser, cast.ana, shopDialog());
  await browser.open(shopDialog({ auth_type: 'reauthenticate' }));
  const first = browser.form(PROVE, { password: cast.ana.password, decision: 'continue' });
  await browser.open(shopDialog({ auth_type: 'reauthenticate' }));
  const second = Object.fromEntries(browser.form(PROVE).fields).interaction;
  await browser.send(first);
  await browser.open(`/dialog/oauth/continue?interaction=${second}`);
  assert.equal(browser.heading(), 'Confirm that it’s you');
});

test('DL-15: the log-in within the dialog is the password', async () => {
  await allowAll(new Browser(world), cast.ana, shopDialog());
  await browser.open(shopDialog({ auth_type: 'reauthenticate' }));
  await browser.send(browser.form(LOGIN, { email: cast.ana.email, password: cast.ana.password, decision: 'continue' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
});

test('DL-15: a nonce that was used is blocked, also in a dialog that was open meanwhile; another app may use it', async () => {
  await browser.logIn(cast.ana);
  await browser.open(shopDialog({ auth_nonce: 'n1' }));
  const open = browser.form('/dialog/oauth/confirm', { decision: 'continue' });
  await allowAll(browser, cast.ana, shopDialog({ auth_nonce: 'n1' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
  world.log.length = 0;
  await browser.send(open);
  assert.equal(browser.page.status, 400);
  await browser.open(shopDialog({ auth_nonce: 'n1' }));
  assert.equal(browser.page.status, 400);
  assert.equal(browser.heading(), blockedReasons.nonce_used.title);
  assert.deepEqual(reasons(world, 'dialog.blocked'), ['nonce_used', 'nonce_used']);
  assert.equal(
    (await world.server.installation.db.read.selectFrom('single_use').selectAll().where('kind', '=', 'code').execute())
      .length,
    1,
  );
  await browser.open(
    `/dialog/oauth?client_id=${cast.rival.id}&redirect_uri=https%3A%2F%2Frival.example%2Fcb&auth_nonce=n1`,
  );
  assert.equal(browser.page.status, 200);
});

test('a locked account is unlocked on the way, by its password', async () => {
  await startCheckpoint(world.server.installation, cast.ana.id, operator, 'operator');
  await browser.open(shopDialog());
  await browser.send(browser.form(LOGIN, { email: cast.ana.email, password: cast.ana.password, decision: 'continue' }));
  assert.equal(browser.heading(), 'Unlock your account');
  assert.ok(browser.page.html.includes('The people who run this platform locked your account'));
  await browser.send(browser.form('/checkpoint', { password: 'wrong-password' }));
  assert.ok(browser.page.html.includes('The password is wrong.'));
  await browser.send(browser.form('/checkpoint', { password: cast.ana.password }));
  assert.equal(browser.heading(), 'Continue to Shop?');
});

test('an unconfirmed account is confirmed on the way; until then its tokens answer 190/464', async () => {
  const token = await tokenFor(browser, cast.ana);
  await unconfirmAccount(world.server.installation, cast.ana.id, operator);
  assert.equal((await world.get(`/me?access_token=${token}`)).body.error.error_subcode, 464);
  await browser.open(shopDialog());
  assert.equal(browser.heading(), 'Confirm your account');
  await browser.send(browser.form('/confirm'));
  assert.ok(answerOf(browser.page.location).query.get('code'));
  assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
});

test('"Not you?" logs out and goes on with the same dialog', async () => {
  const token = await tokenFor(browser, cast.ana);
  await browser.open(shopDialog({ scope: 'email', state: 'kept' }));
  await browser.send(browser.form('/dialog/oauth/switch'));
  assert.match(browser.heading(), /^Log in to continue to Shop/);
  assert.equal((await world.get(`/me?access_token=${token}`)).body.error.error_subcode, 467);
  await browser.send(
    browser.form(LOGIN, { email: cast.cleo.email, password: cast.cleo.password, decision: 'continue' }),
  );
  assert.ok(browser.page.html.includes(cast.cleo.name));
  await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' }));
  assert.equal(answerOf(browser.page.location).query.get('state'), 'kept');
});

test('a new account can be made on the way', async () => {
  await browser.open(shopDialog({ scope: 'email' }));
  const link = /href="(\/signup[^"]*)"/.exec(browser.page.html)?.[1] as string;
  await browser.open(link);
  assert.equal(browser.heading(), 'Create an account to continue to Shop');
  assert.match(String(browser.page.headers['content-security-policy']), /form-action 'self' https:\/\/app\.example/);
  assert.equal(browser.page.headers['cross-origin-opener-policy'], undefined, 'a popup keeps its opener');
  await browser.send(
    browser.form('/signup', {
      name: 'Dora  Exa\u0301mple',
      email: 'Dora@Example.com',
      password: 'dora-password-4',
      birthday: '2000-02-29',
      decision: 'continue',
    }),
  );
  assert.equal(browser.heading(), 'Continue to Shop?');
  await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
  const person = await world.server.installation.db.read
    .selectFrom('people')
    .selectAll()
    .where('email', '=', 'dora@example.com')
    .executeTakeFirstOrThrow();
  assert.equal(person.name, 'Dora Ex\u00e1mple');
  assert.equal(JSON.parse(person.profile).birthday, '02/29/2000');
});

test('a sign-up on the way can be cancelled', async () => {
  await browser.open(shopDialog());
  await browser.open(/href="(\/signup[^"]*)"/.exec(browser.page.html)?.[1] as string);
  await browser.send(browser.form('/signup', { decision: 'cancel' }));
  assert.equal(answerOf(browser.page.location).query.get('error'), 'access_denied');
});

test('a token of the dialog dies with the web session it came from', async () => {
  const token = await tokenFor(browser, cast.ana);
  const elsewhere = await tokenFor(new Browser(world), cast.ana);
  await browser.open('/');
  await browser.send(browser.form('/logout'));
  assert.equal((await world.get(`/me?access_token=${token}`)).body.error.error_subcode, 467);
  assert.equal((await world.get(`/me?access_token=${elsewhere}`)).status, 200);
  assert.ok((await rows(world, 'web_sessions')) >= 2);
});
