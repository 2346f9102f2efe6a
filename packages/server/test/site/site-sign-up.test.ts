// These tests are about new accounts: the first administrator, signing up, and what stays of an app that asked before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, Browser } from '../browser.ts';
import { allowAll, shopDialog, tokenFor } from '../dialog-journey.ts';
import { cast, testWorld } from '../world.ts';
import { browser, world } from './site-account-scene.ts';

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
  assert.equal(browser.heading(), 'This set-up link doesn’t work');
  const link = await createAdministratorLink(installation);
  const second = await createAdministratorLink(installation);
  await browser.open(link);
  const fields = { name: 'Olga Operator', email: 'olga@example.com', password: 'olga-password-1' };
  await browser.send(browser.form('/setup', { ...fields, email: cast.ana.email }));
  assert.ok(browser.page.html.includes('An account can’t be created with this address.'));
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
    assert.match(await send({ name: bad }), /can’t be shown/);
  for (const bad of [
    'eva',
    'eva@',
    '@example.com',
    'a b@example.com',
    'eva@exa\u0000mple.com',
    `${'e'.repeat(250)}@example.com`,
  ])
    assert.match(await send({ email: bad }), /doesn’t look like/);
  assert.match(await send({ email: cast.ana.email.toUpperCase() }), /An account can’t be created with this address/);
  assert.match(await send({ password: '1234567' }), /too short/);
  assert.match(await send({ birthday: '2001-02-30' }), /a date that exists/);
  assert.match(await send({ birthday: '2030-01-01' }), /in the future/);
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
    visitors.filter((visitor) => visitor.page.html.includes('An account can’t be created with this address.')).length,
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
