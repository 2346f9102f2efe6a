// What a person does with the account: password, sessions, apps, the lock; and what each act ends.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { answerOf, Browser } from '../browser.ts';
import { allowAll, CALLBACK, shopDialog, tokenFor } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

async function subcode(token: string): Promise<number | undefined> {
  return (await world.get(`/me?fields=id&access_token=${token}`)).body.error?.error_subcode;
}

test('a new password ends every other session and every token, and the page says so', async () => {
  const other = new Browser(world);
  const token = await tokenFor(other, cast.ana);
  const own = await tokenFor(browser, cast.ana);
  await browser.open('/settings/password');
  await browser.send(
    browser.form('/settings/password', { password: cast.ana.password, new_password: 'a brand new one' }),
  );
  assert.ok(browser.page.html.includes('Your password is changed.'));
  assert.equal(await subcode(token), 460);
  assert.equal(await subcode(own), 460);
  await other.open('/');
  assert.equal(other.heading(), 'Log in');
  await browser.open('/');
  assert.match(browser.heading(), /^Hello/);
  assert.match((await new Browser(world).logIn(cast.ana)).html, /is not right/);
  assert.match((await new Browser(world).logIn({ email: cast.ana.email, password: 'a brand new one' })).html, /Hello/);
});

test('a new password has its rules, and the old one is asked', async () => {
  await browser.logIn(cast.ana);
  const send = async (password: string, new_password: string) => {
    await browser.open('/settings/password');
    await browser.send(browser.form('/settings/password', { password, new_password }));
    return browser.page.html;
  };
  assert.match(await send('wrong-password', 'long enough'), /The password is not right/);
  assert.match(await send('', 'long enough'), /Enter your password/);
  assert.match(await send(cast.ana.password, 'short'), /too short/);
  assert.match(await send(cast.ana.password, 'x'.repeat(1025)), /too long/);
  assert.match(await send(cast.ana.password, cast.ana.password), /Choose a new one/);
  assert.match(
    await send(cast.ana.password, 'ünüsüal'),
    /Your password is changed/,
    'eight bytes or more, not characters',
  );
});

test('one session can be ended from another, with the tokens that came from it and no others', async () => {
  const phone = new Browser(world);
  const there = await tokenFor(phone, cast.ana);
  const here = await tokenFor(browser, cast.ana);
  await browser.open('/settings/sessions');
  await browser.send(browser.form('/settings/sessions/end'));
  assert.ok(browser.page.html.includes('That device is logged out.'));
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
  assert.ok(browser.page.html.includes('You are logged out everywhere else.'));
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
  assert.ok(browser.page.html.includes('The app is removed.'));
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
  assert.equal(browser.heading(), 'Your account is locked');
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

// logout.php

async function logOutBy(token: string, next?: string): Promise<Browser> {
  await browser.ask(
    `/logout.php?access_token=${encodeURIComponent(token)}${next === undefined ? '' : `&next=${encodeURIComponent(next)}`}`,
  );
  return browser;
}

test('logout.php ends the session and its tokens, and leads to an address of the token’s app', async () => {
  const token = await tokenFor(browser, cast.ana);
  await logOutBy(token, CALLBACK);
  assert.equal(browser.page.status, 302);
  assert.equal(browser.page.location, CALLBACK);
  assert.equal(browser.cookies.has('__Host-hp_session'), false);
  assert.equal(await subcode(token), 467);
});

test('WP-08: logout.php with a token of somebody else, a dead one, a page’s or an app’s changes nothing', async () => {
  const token = await tokenFor(browser, cast.ana, { scope: 'pages_show_list' });
  const page = (await world.get(`/${cast.bakery.id}?fields=access_token&access_token=${token}`)).body
    .access_token as string;
  const ben = await tokenFor(new Browser(world), cast.ben);
  const sessionInfo = (
    await world.get(
      `/oauth/access_token?grant_type=fb_attenuate_token&client_id=${cast.shop.id}&fb_exchange_token=${token}`,
    )
  ).body.access_token as string;
  assert.ok(page.startsWith('EAA') && sessionInfo.startsWith('XAA'));
  for (const wrong of [
    ben,
    page,
    sessionInfo,
    `${cast.shop.id}|${cast.shop.secret}`,
    `${cast.shop.id}|${cast.shop.clientToken}`,
    'EAAgarbage',
    '',
  ]) {
    await logOutBy(wrong, CALLBACK);
    assert.equal(browser.page.status, 200);
    assert.equal(browser.page.location, undefined);
  }
  await browser.open('/');
  assert.match(browser.heading(), /^Hello/);
  assert.equal(await subcode(token), undefined);
  await world.clock.advance(3 * 3600);
  await logOutBy(token, CALLBACK);
  assert.equal(browser.page.status, 200, 'expired');
  await browser.open('/');
  assert.match(browser.heading(), /^Hello/);
});

test('WP-08: logout.php in a browser where nobody is logged in does nothing to the person', async () => {
  const token = await tokenFor(new Browser(world), cast.ana);
  await logOutBy(token, CALLBACK);
  assert.equal(browser.page.status, 200);
  assert.equal(await subcode(token), undefined);
});

test('DL-17: next of logout.php is an address of the token’s own app, or the home page', async () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    '/%2f%2fevil',
    'javascript:alert(1)',
    'https://rival.example/cb',
    'https://app.example/cb/',
    `fb${cast.shop.id}://authorize`,
    '',
  ];
  for (const next of elsewhere) {
    const visitor = new Browser(world);
    browser = visitor;
    const token = await tokenFor(visitor, cast.ana);
    await logOutBy(token, next);
    assert.equal(visitor.page.location, '/', next);
  }
});

// Links that work once

test('RR-04: the log-in link of a test user opens one session, once', async () => {
  const made = await world.post(`/${cast.shop.id}/accounts/test-users`, {
    access_token: `${cast.shop.id}|${cast.shop.secret}`,
    installed: 'true',
  });
  const link = new URL(made.body.login_url as string);
  const url = `${link.pathname}${link.search}`;
  await browser.ask(url, { method: 'HEAD' });
  await browser.ask(url, { headers: { 'sec-purpose': 'prefetch' } });
  await browser.ask(url, { headers: { 'sec-fetch-dest': 'iframe' } });
  assert.equal(browser.cookies.has('__Host-hp_session'), false);
  const visitors = Array.from({ length: 10 }, () => new Browser(world));
  await Promise.all(visitors.map((visitor) => visitor.ask(url)));
  assert.equal(visitors.filter((visitor) => visitor.cookies.has('__Host-hp_session')).length, 1);
  assert.equal(visitors.filter((visitor) => visitor.page.status === 400).length, 9);
  const inside = visitors.find((visitor) => visitor.cookies.has('__Host-hp_session')) as Browser;
  await inside.open('/settings/apps');
  assert.equal(inside.heading(), 'Apps and websites');
  await inside.open(shopDialog());
  assert.ok(answerOf(inside.page.location).query.get('code'));
});

test('SC-05: the first administrator comes by a link that works once, for half an hour, and only while there is none', async () => {
  const { createAdministratorLink, hasAdministrator } = await import('../../src/site/index.ts');
  const { installation } = world.server;
  const late = await createAdministratorLink(installation);
  await world.clock.advance(1801);
  await browser.open(late);
  assert.equal(browser.heading(), 'This set-up link does not work');
  const link = await createAdministratorLink(installation);
  const second = await createAdministratorLink(installation);
  await browser.open(link);
  const fields = { name: 'Olga Operator', email: 'olga@example.com', password: 'olga-password-1' };
  await browser.send(browser.form('/setup', { ...fields, email: cast.ana.email }));
  assert.ok(browser.page.html.includes('An account cannot be made with this address.'));
  await browser.send(browser.form('/setup', { ...fields, password: 'short' }));
  assert.ok(browser.page.html.includes('too short'));
  const form = browser.form('/setup', fields);
  await browser.send(form);
  assert.equal(browser.heading(), 'All set');
  assert.equal(await hasAdministrator(installation), true);
  for (const url of [link, second]) {
    await browser.open(url);
    assert.equal(browser.page.status, 400);
  }
  await browser.open('/');
  assert.match(browser.heading(), /Olga/);
  const people = await installation.db.read.selectFrom('people').selectAll().where('administrator', '=', 1).execute();
  assert.deepEqual(
    people.map((person) => person.email),
    ['olga@example.com'],
  );
});

// Sign-up

test('sign-up makes an account, and says what is wrong with each field', async () => {
  const send = async (fields: Record<string, string>) => {
    await browser.open('/signup');
    await browser.send(
      browser.form('/signup', {
        name: 'Eva Example',
        email: 'eva@example.com',
        password: 'eva-password-5',
        birthday: '',
        decision: 'continue',
        ...fields,
      }),
    );
    return browser.page.html;
  };
  assert.match(await send({ name: ' ' }), /Enter your name/);
  assert.match(await send({ name: 'x'.repeat(201) }), /too long/);
  for (const bad of ['a\u202eb', 'a\u0000b', 'a\nb', 'a\u2067b'])
    assert.match(await send({ name: bad }), /cannot be shown/);
  for (const bad of [
    'eva',
    'eva@',
    '@example.com',
    'a b@example.com',
    'eva@exa\u0000mple.com',
    `${'e'.repeat(250)}@example.com`,
  ])
    assert.match(await send({ email: bad }), /does not look like/);
  assert.match(await send({ email: cast.ana.email.toUpperCase() }), /An account cannot be made with this address/);
  assert.match(await send({ password: '1234567' }), /too short/);
  assert.match(await send({ birthday: '2001-02-30' }), /a day that exists/);
  assert.match(await send({ birthday: '2030-01-01' }), /has not come yet/);
  assert.match(await send({ name: '🙂'.repeat(200) }), /Hello/);
});

test('two sign-ups with one address at the same moment make one account', async () => {
  const visitors = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const visitor = new Browser(world);
      await visitor.open('/signup');
      return visitor;
    }),
  );
  await Promise.all(
    visitors.map((visitor) =>
      visitor.send(
        visitor.form('/signup', {
          name: 'Eva',
          email: 'eva@example.com',
          password: 'eva-password-5',
          birthday: '',
          decision: 'continue',
        }),
      ),
    ),
  );
  assert.equal(visitors.filter((visitor) => visitor.page.html.includes('Hello')).length, 1);
  assert.equal(
    visitors.filter((visitor) => visitor.page.html.includes('An account cannot be made with this address.')).length,
    4,
  );
});

test('sign-up can be closed', async () => {
  const other = await testWorld({ settings: { openSignUp: false } });
  const visitor = new Browser(other);
  await visitor.open('/signup');
  assert.equal(visitor.heading(), 'No new accounts');
  await visitor.open('/login');
  assert.ok(!visitor.page.html.includes('/signup'));
  await visitor.post({
    ...visitor.form('/login', { name: 'Eva', email: 'eva@example.com', password: 'eva-password-5' }),
    action: '/signup',
  });
  assert.equal(visitor.heading(), 'No new accounts');
  await other.close();
});

test('an app that asked before is gone from the list when it is removed elsewhere', async () => {
  const token = await tokenFor(browser, cast.ana);
  await allowAll(
    browser,
    cast.ana,
    `/dialog/oauth?client_id=${cast.rival.id}&redirect_uri=https%3A%2F%2Frival.example%2Fcb`,
  );
  await world.delete(`/me/permissions?access_token=${token}`);
  await browser.open('/settings/apps');
  assert.ok(!browser.page.html.includes('Shop') && browser.page.html.includes('Rival'));
});
