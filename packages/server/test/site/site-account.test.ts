// A person works with the account: password, sessions, apps, the lock; and what each act ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser } from '../browser.ts';
import { shopDialog, tokenFor } from '../dialog-journey.ts';
import { cast } from '../world.ts';
import { browser, subcode, world } from './site-account-scene.ts';

test('a new password ends every other session and every token, and the page says so', async () => {
  const other = new Browser(world);
  const token = await tokenFor(other, cast.ana);
  const own = await tokenFor(browser, cast.ana);
  await browser.open('/settings/password');
  await browser.send(
    browser.form('/settings/password', { password: cast.ana.password, new_password: 'a brand new one' }),
  );
  assert.ok(browser.page.html.includes('Your password has been changed.'));
  assert.equal(await subcode(token), 460);
  assert.equal(await subcode(own), 460);
  await other.open('/');
  assert.equal(other.heading(), 'Log in');
  await browser.open('/');
  assert.match(browser.heading(), /^Hello/);
  assert.match((await new Browser(world).logIn(cast.ana)).html, /is wrong/);
  assert.match((await new Browser(world).logIn({ email: cast.ana.email, password: 'a brand new one' })).html, /Hello/);
});

test('a new password has its rules, and the old one is asked', async () => {
  await browser.logIn(cast.ana);
  const send = async (password: string, new_password: string) => {
    await browser.open('/settings/password');
    await browser.send(browser.form('/settings/password', { password, new_password }));
    return browser.page.html;
  };
  assert.match(await send('wrong-password', 'long enough'), /The password is wrong/);
  assert.match(await send('', 'long enough'), /Enter your password/);
  assert.match(await send(cast.ana.password, 'short'), /too short/);
  assert.match(await send(cast.ana.password, 'x'.repeat(1025)), /too long/);
  assert.match(await send(cast.ana.password, cast.ana.password), /Choose a new one/);
  assert.match(
    await send(cast.ana.password, 'ünüsüal'),
    /Your password has been changed/,
    'eight bytes or more, not characters',
  );
});

test('one session can be ended from another, with the tokens that came from it and no others', async () => {
  const phone = new Browser(world);
  const there = await tokenFor(phone, cast.ana);
  const here = await tokenFor(browser, cast.ana);
  await browser.open('/settings/sessions');
  await browser.send(browser.form('/settings/sessions/end'));
  assert.ok(browser.page.html.includes('That device has been logged out.'));
  assert.equal(await subcode(there), 467);
  assert.equal(await subcode(here), undefined);
  await phone.open('/');
  assert.equal(phone.heading(), 'Log in');
});

test('IV-12: the session of somebody else cannot be ended', async () => {
  const ben = new Browser(world);
  await ben.logIn(cast.ben);
  const { id } = await world.server.installation.db.read
    .selectFrom('web_sessions')
    .select('id')
    .where('person_id', '=', cast.ben.id)
    .executeTakeFirstOrThrow();
  await new Browser(world).logIn(cast.ana);
  await browser.logIn(cast.ana);
  await browser.open('/settings/sessions');
  for (const session of [id, '0', '', 'x'.repeat(100)]) {
    await browser.open('/settings/sessions');
    await browser.send(browser.form('/settings/sessions/end', { session }));
    assert.ok(browser.page.html.includes('Nothing was changed.'));
  }
  await ben.open('/');
  assert.match(ben.heading(), /^Hello/);
});

test('all other sessions can be ended at once; this one stays, with its tokens', async () => {
  const others = [new Browser(world), new Browser(world)];
  const tokens = await Promise.all(others.map((other) => tokenFor(other, cast.ana)));
  const here = await tokenFor(browser, cast.ana);
  await browser.open('/settings/sessions');
  await browser.send(browser.form('/settings/sessions/end-others'));
  assert.ok(browser.page.html.includes('You’re logged out everywhere else.'));
  for (const token of tokens) assert.equal(await subcode(token), 467);
  assert.equal(await subcode(here), undefined);
});

test('log out everywhere ends every session and every token of the person, and of nobody else', async () => {
  const ana = await tokenFor(new Browser(world), cast.ana);
  const minted = await world.login(cast.shop.id, cast.ana.id);
  const ben = await tokenFor(new Browser(world), cast.ben);
  await browser.logIn(cast.ana);
  await browser.open('/settings/sessions');
  await browser.send(browser.form('/settings/sessions/end-all'));
  assert.equal(browser.heading(), 'You are logged out');
  assert.equal(await subcode(ana), 467);
  assert.equal(await subcode(minted), 467);
  assert.equal(await subcode(ben), undefined);
  const debug = await world.get(`/debug_token?input_token=${ana}&access_token=${cast.shop.id}|${cast.shop.secret}`);
  assert.equal(debug.body.data.is_valid, false);
});

test('removing an app ends its tokens, and the next dialog asks for everything again', async () => {
  const token = await tokenFor(browser, cast.ana, { scope: 'email' });
  await browser.open('/settings/apps');
  assert.ok(browser.page.html.includes('E-mail address'));
  await browser.send(browser.form('/settings/apps/remove'));
  assert.ok(browser.page.html.includes('The app has been removed.'));
  assert.ok(browser.page.html.includes('No apps yet'));
  assert.equal(await subcode(token), 458);
  await browser.open(shopDialog({ scope: 'email' }));
  assert.equal(browser.heading(), 'Continue to Shop?');
  await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' }));
  assert.equal(await subcode(token), 458, 'tokens of the time before stay dead');
});

test('PR-02: taking one permission back leaves the token alive, without it; public_profile cannot be taken back', async () => {
  const token = await tokenFor(browser, cast.ana, { scope: 'email' });
  await browser.open('/settings/apps');
  const form = browser.form('/settings/apps/revoke');
  await browser.post({
    ...form,
    fields: form.fields.map(([name, value]) => [name, name === 'permission' ? 'public_profile' : value]),
  });
  assert.match(browser.page.location ?? '', /nothing_changed/);
  await browser.open('/settings/apps');
  await browser.send(browser.form('/settings/apps/revoke'));
  assert.ok(browser.page.html.includes('The app no longer has that permission.'));
  const me = await world.get(`/me?fields=id,email&access_token=${token}`);
  assert.equal(me.status, 200);
  assert.equal(me.body.email, undefined);
});

test('locking the account stops every token with 190/459 until the password unlocks it', async () => {
  const token = await tokenFor(browser, cast.ana, { scope: 'email' });
  await browser.open('/settings/secure');
  await browser.send(browser.form('/settings/secure'));
  assert.equal(browser.heading(), 'Your account is locked');
  assert.equal(await subcode(token), 459);
  await browser.open('/');
  assert.equal(browser.heading(), 'Log in');
  await browser.logIn(cast.ana);
  assert.equal(browser.heading(), 'Unlock your account');
  assert.ok(browser.page.html.includes('You locked your account'));
  await browser.send(browser.form('/checkpoint', { password: cast.ana.password }));
  assert.match(browser.heading(), /^Hello/);
  assert.equal(await subcode(token), undefined, 'a token that is otherwise alive works again');
});

test('a session that is not used for 90 days is over', async () => {
  await browser.logIn(cast.ana);
  await world.clock.advance(89 * 86_400);
  await browser.open('/');
  assert.match(browser.heading(), /^Hello/, 'use keeps it');
  await world.clock.advance(89 * 86_400);
  await browser.open('/');
  assert.match(browser.heading(), /^Hello/);
  await world.clock.advance(90 * 86_400);
  await browser.open('/');
  assert.equal(browser.heading(), 'Log in');
});

test('that a session is used is written at most once an hour', async () => {
  await browser.logIn(cast.ana);
  const seen = async () =>
    (await world.server.installation.db.read.selectFrom('web_sessions').select('seen_at').executeTakeFirstOrThrow())
      .seen_at;
  const first = await seen();
  await world.clock.advance(3599);
  await browser.open('/');
  assert.equal(await seen(), first);
  await world.clock.advance(1);
  await browser.open('/');
  assert.equal(await seen(), first + 3600);
});
