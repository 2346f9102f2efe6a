// These tests are about the second factor: turned on in the settings, asked for after the password at every door, and
// how it keeps guesses, replays and other browsers out.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { personActs } from '../../src/entries/operator.ts';
import { answerOf, Browser } from '../browser.ts';
import { Desk } from '../dashboard.ts';
import { allowAll, rows, shopDialog } from '../dialog-journey.ts';
import { codeNow, logInWithCode, SECRET, turnOn, withFactor, wrongCode } from './second-factor.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld({ seed: withFactor(cast.ben.id) });
  browser = new Browser(world);
});
afterEach(() => world.close());

const events = async (name: string) =>
  (await world.server.installation.db.read.selectFrom('events').selectAll().execute()).filter(
    (one) => one.name === name,
  );
const factors = () => world.server.installation.db.read.selectFrom('second_factors').selectAll().execute();

test('a person turns it on with a key and a code, and from then on logs in with password and code', async () => {
  await browser.logIn(cast.ana);
  const { secret, recovery } = await turnOn(browser);
  assert.equal(secret.length, 32);
  assert.equal(new Set(recovery).size, 10);
  assert.equal((await events('auth.second_factor.on')).length, 1);
  await browser.open('/settings/two-factor');
  assert.match(browser.page.html, /Two-factor authentication is on\..*10 recovery codes are left\./s);
  const other = new Browser(world);
  await other.logIn(cast.ana);
  assert.equal(other.heading(), 'Enter your code');
  assert.ok(!other.cookies.has('__Host-hp_session'), 'nobody is logged in yet');
  await world.clock.advance(30);
  await other.send(other.form('/login/two-factor', { code: codeNow(world, secret), decision: 'continue' }));
  assert.match(other.heading(), /^Hello/);
});

test('the key is shown as a picture and as text in the answer to a form, never by an address, and is sealed in the database', async () => {
  await browser.logIn(cast.ana);
  await browser.open('/settings/two-factor');
  await browser.send(browser.form('/settings/two-factor/begin', { password: cast.ana.password }));
  assert.match(browser.page.html, /<svg class="scan" viewBox="0 0 \d+ \d+" role="img" aria-label="QR code/);
  assert.equal(browser.page.headers['cache-control'], 'no-store');
  const key = (/<code class="spaced">([A-Z2-7 ]+)</.exec(browser.page.html)?.[1] ?? '').replaceAll(' ', '');
  await browser.open('/settings/two-factor');
  assert.match(browser.page.html, /Two-factor authentication is off\./);
  assert.ok(!browser.page.html.includes('class="spaced"'));
  assert.ok(!JSON.stringify(await factors()).includes(key), 'sealed');
});

test('nothing is on before the code was right, and an offer of yesterday is neither confirmed nor kept', async () => {
  await browser.logIn(cast.ana);
  await browser.open('/settings/two-factor');
  await browser.send(browser.form('/settings/two-factor/begin', { password: 'not the password' }));
  assert.match(browser.page.html, /The password is wrong/);
  await browser.send(browser.form('/settings/two-factor/begin', { password: cast.ana.password }));
  const confirm = browser.form('/settings/two-factor/confirm', { code: wrongCode(world) });
  await browser.send(confirm);
  assert.match(browser.page.html, /The code is wrong/);
  const again = new Browser(world);
  await again.logIn(cast.ana);
  assert.match(again.heading(), /^Hello/);
  await world.clock.advance(1801);
  await browser.send(confirm);
  assert.match(browser.page.html, /Two-factor authentication is off\./);
  await world.clock.advance(26 * 3600);
  assert.deepEqual(
    (await factors()).map((row) => row.person_id),
    [cast.ben.id],
    'the offer was deleted, what is on stays',
  );
});

test('a code of the step before and after counts, one further away does not', async () => {
  const tries = async (later: number) => {
    const one = new Browser(world);
    await logInWithCode(one, cast.ben, codeNow(world, SECRET, later));
    return one.heading();
  };
  assert.equal(await tries(-60), 'Enter your code');
  assert.equal(await tries(60), 'Enter your code');
  assert.match(await tries(-30), /^Hello/);
  assert.match(await tries(0), /^Hello/);
  assert.match(await tries(30), /^Hello/);
});

test('I-2: a code counts once: neither it nor an earlier one is taken again', async () => {
  const code = codeNow(world);
  await logInWithCode(browser, cast.ben, code);
  assert.match(browser.heading(), /^Hello/);
  for (const used of [code, codeNow(world, SECRET, -30)]) {
    const thief = new Browser(world);
    await logInWithCode(thief, cast.ben, used);
    assert.equal(thief.heading(), 'Enter your code');
    assert.match(thief.page.html, /wrong or was used before/);
  }
});

test('I-2: of many log-ins with one code at one moment exactly one succeeds', async () => {
  const browsers = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const one = new Browser(world);
      await one.logIn(cast.ben);
      return one;
    }),
  );
  const code = codeNow(world);
  await Promise.all(browsers.map((one) => one.send(one.form('/login/two-factor', { code, decision: 'continue' }))));
  assert.equal(browsers.filter((one) => one.heading().startsWith('Hello')).length, 1);
});

test('a log-in is finished by the browser that gave the password, once, and within ten minutes', async () => {
  await browser.logIn(cast.ben);
  const form = browser.form('/login/two-factor', { code: codeNow(world), decision: 'continue' });
  const thief = new Browser(world);
  await thief.logIn(cast.ana);
  const stolen = form.fields.find(([name]) => name === 'pending')?.[1] ?? '';
  const strangers = new Browser(world);
  await strangers.open('/login');
  const theirs = strangers.form('/login', { pending: stolen, code: codeNow(world), decision: 'continue' });
  await strangers.send({ ...theirs, action: '/login/two-factor' });
  assert.equal(strangers.heading(), 'Log in');
  await browser.send(form);
  assert.match(browser.heading(), /^Hello/);
  await world.clock.advance(60);
  const late = new Browser(world);
  await late.logIn(cast.ben);
  await world.clock.advance(601);
  await late.send(late.form('/login/two-factor', { code: codeNow(world), decision: 'continue' }));
  assert.match(late.page.html, /It took too long to enter the code/);
});

test('RR-03: a password that is changed meanwhile ends the log-in that waits for its code', async () => {
  await browser.logIn(cast.ben);
  const owner = new Browser(world);
  await logInWithCode(owner, cast.ben, codeNow(world));
  await owner.open('/settings/password');
  await owner.send(owner.form('/settings/password', { password: cast.ben.password, new_password: 'a brand new one' }));
  assert.match(owner.page.html, /Your password has been changed/);
  await browser.send(browser.form('/login/two-factor', { code: codeNow(world, SECRET, 30), decision: 'continue' }));
  assert.equal(browser.heading(), 'Log in');
});

test('TB-04: ten codes are looked at in 15 minutes, however many browsers try; the owner is not locked out', async () => {
  const known = new Browser(world);
  await logInWithCode(known, cast.ben, codeNow(world));
  await world.clock.advance(60);
  const wrong = wrongCode(world);
  for (let n = 0; n < 10; n++) {
    const thief = new Browser(world, { address: `198.51.${n}.7` });
    await logInWithCode(thief, cast.ben, wrong);
    assert.equal(thief.heading(), 'Enter your code');
  }
  const right = new Browser(world);
  await logInWithCode(right, cast.ben, codeNow(world));
  assert.equal(right.heading(), 'Enter your code', 'the right one is not looked at either');
  known.cookies.delete('__Host-hp_session');
  await logInWithCode(known, cast.ben, codeNow(world));
  assert.match(known.heading(), /^Hello/);
  await world.clock.advance(901);
  await right.logIn(cast.ben);
  await right.send(right.form('/login/two-factor', { code: codeNow(world), decision: 'continue' }));
  assert.match(right.heading(), /^Hello/);
});

test('a recovery code lets in once, in whatever spelling, and new ones end all earlier', async () => {
  await browser.logIn(cast.ana);
  const { secret, recovery } = await turnOn(browser);
  const [first = '', second = '', third = ''] = recovery;
  await logInWithCode(new Browser(world), cast.ana, first.toUpperCase().replace('-', ' '));
  const again = new Browser(world);
  await logInWithCode(again, cast.ana, first);
  assert.equal(again.heading(), 'Enter your code');
  await logInWithCode(again, cast.ana, second);
  assert.match(again.heading(), /^Hello/);
  assert.equal((await events('auth.second_factor.recovery_used')).length, 2);
  await world.clock.advance(30);
  await browser.open('/settings/two-factor');
  assert.match(browser.page.html, /8 recovery codes are left/);
  await browser.send(
    browser.form('/settings/two-factor/change', {
      password: cast.ana.password,
      code: codeNow(world, secret),
      decision: 'new_codes',
    }),
  );
  assert.match(browser.page.html, /Your earlier recovery codes no longer work/);
  const old = new Browser(world);
  await logInWithCode(old, cast.ana, third);
  assert.equal(old.heading(), 'Enter your code');
  const stored = JSON.stringify(
    await world.server.installation.db.read.selectFrom('recovery_codes').selectAll().execute(),
  );
  assert.ok(!recovery.some((code) => stored.includes(code) || stored.includes(code.replace('-', ''))), 'hashes only');
});

test('it is turned off with password and code, and with nothing less', async () => {
  await logInWithCode(browser, cast.ben, codeNow(world));
  await world.clock.advance(60);
  const send = async (password: string, code: string) => {
    await browser.open('/settings/two-factor');
    await browser.send(browser.form('/settings/two-factor/change', { password, code, decision: 'turn_off' }));
    return browser.page.html;
  };
  assert.match(await send('', codeNow(world)), /Enter your password/);
  assert.match(await send(cast.ben.password, ''), /Enter the code/);
  assert.match(await send('not the password', codeNow(world)), /The password is wrong/);
  assert.match(await send(cast.ben.password, wrongCode(world)), /The code is wrong/);
  assert.match(await send(cast.ben.password, codeNow(world)), /Two-factor authentication is off\. Only your password/);
  assert.equal((await events('auth.second_factor.off')).length, 1);
  const plain = new Browser(world);
  await plain.logIn(cast.ben);
  assert.match(plain.heading(), /^Hello/);
});

test('within a dialog the code is asked after the password, and the dialog goes on', async () => {
  await browser.open(shopDialog({ scope: 'email' }));
  await browser.send(
    browser.form('/dialog/oauth/log-in', { email: cast.ben.email, password: cast.ben.password, decision: 'continue' }),
  );
  assert.equal(browser.heading(), 'Enter your code');
  await browser.send(browser.form('/dialog/oauth/two-factor', { code: wrongCode(world), decision: 'continue' }));
  assert.match(browser.page.html, /is wrong/);
  assert.equal(await rows(world, 'web_sessions'), 0);
  await browser.send(browser.form('/dialog/oauth/two-factor', { code: codeNow(world), decision: 'continue' }));
  assert.equal(browser.heading(), 'Continue to Shop?');
  await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
});

test('the dialog can be cancelled at the code', async () => {
  await browser.open(shopDialog());
  await browser.send(
    browser.form('/dialog/oauth/log-in', { email: cast.ben.email, password: cast.ben.password, decision: 'continue' }),
  );
  await browser.send(browser.form('/dialog/oauth/two-factor', { decision: 'cancel' }));
  assert.equal(answerOf(browser.page.location).query.get('error'), 'access_denied');
});

test('auth_type=reauthenticate asks for password and code', async () => {
  await logInWithCode(browser, cast.ben, codeNow(world));
  await world.clock.advance(60);
  const send = async (password: string, code: string) => {
    await browser.open(shopDialog({ auth_type: 'reauthenticate' }));
    assert.equal(browser.heading(), 'Confirm that it’s you');
    await browser.send(browser.form('/dialog/oauth/reauthenticate', { password, code, decision: 'continue' }));
    return browser.page.html;
  };
  assert.match(await send(cast.ben.password, wrongCode(world)), /The code is wrong/);
  assert.match(await send('not the password', codeNow(world)), /The password is wrong/);
  await send(cast.ben.password, codeNow(world));
  assert.equal(browser.heading(), 'Continue to Shop?');
  const ana = new Browser(world);
  await allowAll(ana, cast.ana, shopDialog());
  await ana.open(shopDialog({ auth_type: 'reauthenticate' }));
  assert.ok(!ana.page.html.includes('name="code"'), 'who has no second factor is asked for none');
});

test('the dashboard asks for password and code where a second factor is on', async () => {
  const page = new Desk(world);
  await logInWithCode(page.browser, cast.ben, codeNow(world));
  await page.session();
  await world.clock.advance(60);
  assert.match((await page.confirm(cast.ben.password)).body.error.message, /code of the second factor/);
  assert.match(
    (await page.confirm(cast.ben.password, wrongCode(world))).body.error.message,
    /code of the second factor/,
  );
  assert.match((await page.confirm('not the password', codeNow(world))).body.error.message, /password is wrong/);
  assert.equal((await page.confirm(cast.ben.password, codeNow(world))).status, 200);
});

test('CR-05: a key that was changed in the database lets nobody in, and is no empty one; recovery codes still work', async () => {
  await browser.logIn(cast.ana);
  const { secret, recovery } = await turnOn(browser);
  const { db } = world.server.installation;
  const bens = (await factors()).find((row) => row.person_id === cast.ben.id)?.secret ?? '';
  await db.act(({ tx }) =>
    tx.updateTable('second_factors').set({ secret: bens }).where('person_id', '=', cast.ana.id).execute(),
  );
  await world.clock.advance(60);
  for (const code of [codeNow(world, secret), codeNow(world), codeNow(world, 'A'.repeat(32))]) {
    const one = new Browser(world);
    await logInWithCode(one, cast.ana, code);
    assert.equal(one.heading(), 'Enter your code');
  }
  const one = new Browser(world);
  await logInWithCode(one, cast.ana, recovery[0] ?? '');
  assert.match(one.heading(), /^Hello/);
});

test('an account that is deleted leaves no key and no recovery code behind', async () => {
  await browser.logIn(cast.ana);
  await turnOn(browser);
  await personActs.delete.run(world.server.installation, cast.ana.id, { kind: 'operator' });
  const { read } = world.server.installation.db;
  assert.deepEqual(
    (await factors()).map((row) => row.person_id),
    [cast.ben.id],
  );
  assert.deepEqual(await read.selectFrom('recovery_codes').selectAll().execute(), []);
});

test('I-8: odd codes are wrong codes', async () => {
  for (const code of ['１２３４５６', '123 456 789', '-1', '1e5', '\u0000', 'x'.repeat(5000), '000000000000']) {
    const one = new Browser(world, { address: '203.0.113.9' });
    await logInWithCode(one, cast.ben, code);
    assert.equal(one.heading(), 'Enter your code', JSON.stringify(code));
    await world.clock.advance(200);
  }
});
