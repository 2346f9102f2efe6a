// A person changes the e-mail address of their account: what is asked, what is refused, and who hears of it.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Mail } from '@hallpass/world';
import { settled } from '../apps/receiver.ts';
import { Browser } from '../browser.ts';
import { desk } from '../dashboard.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, shop } = cast;

async function scene(t: TestContext): Promise<{ world: TestWorld; browser: Browser; mails: Mail[] }> {
  const mails: Mail[] = [];
  const world = await testWorld({
    world: {
      outbound: { send: () => Promise.reject(new Error('no server of an app is called here')) },
      mail: {
        send(mail) {
          mails.push(mail);
          return Promise.resolve({ ms: 1 });
        },
      },
    },
  });
  t.after(() => world.close());
  const browser = new Browser(world);
  await browser.logIn(ana);
  return { world, browser, mails };
}

async function send(browser: Browser, email: string, password: string = ana.password): Promise<string> {
  await browser.open('/settings/email');
  await browser.send(browser.form('/settings/email', { email, password }));
  return browser.page.innerText;
}

const trail = async (world: TestWorld, name: string): Promise<number> =>
  (await world.server.installation.db.read.selectFrom('events').selectAll().where('name', '=', name).execute()).length;

test('the new address logs in, the old one does not, tokens live on, and the audit trail has a line', async (t) => {
  const { world, browser } = await scene(t);
  const token = await world.login(shop.id, ana.id, { permissions: ['email'] });
  assert.match(await send(browser, ' Ana.New@Example.COM '), /Your e-mail address has been changed/);
  assert.match(
    (await new Browser(world).logIn({ email: 'ana.new@example.com', password: ana.password })).html,
    /Hello/,
  );
  assert.match((await new Browser(world).logIn(ana)).html, /is wrong/);
  assert.equal((await world.get(`/me?fields=email&access_token=${token}`)).body.email, 'ana.new@example.com');
  assert.equal(await trail(world, 'account.email.changed'), 1);
});

test('TB-04: the password is asked, and guesses of it share the budget of all doors', async (t) => {
  const { browser } = await scene(t);
  assert.match(await send(browser, 'new@example.com', ''), /Enter your password/);
  assert.match(await send(browser, 'new@example.com', 'a guess'), /The password is wrong/);
  assert.match(browser.page.html, /value="new@example.com"/, 'what was typed stays');
  for (let guess = 0; guess < 10; guess++) await send(browser, 'new@example.com', `guess ${guess}`);
  assert.match(await send(browser, 'new@example.com'), /The password is wrong/, 'the right one is not looked at');
});

test('an address that is none, or one’s own, changes nothing', async (t) => {
  const { world, browser } = await scene(t);
  assert.match(await send(browser, ''), /Enter the new address/);
  assert.match(await send(browser, 'no address'), /doesn’t look like/);
  assert.match(await send(browser, ana.email.toUpperCase()), /already your address/);
  assert.equal(await trail(world, 'account.email.changed'), 0);
});

test('TB-02: whether an address is taken is not told without end', async (t) => {
  const { browser } = await scene(t);
  for (let tries = 0; tries < 10; tries++) assert.match(await send(browser, ben.email), /can’t be used/);
  assert.match(await send(browser, ben.email), /Try again tomorrow/);
  assert.match(await send(browser, 'free@example.com'), /Try again tomorrow/);
});

test('two accounts that want one address at the same moment: one gets it', async (t) => {
  const { world, browser } = await scene(t);
  const other = new Browser(world);
  await other.logIn(ben);
  const pages = await Promise.all([send(browser, 'one@example.com'), send(other, 'one@example.com', ben.password)]);
  assert.equal(pages.filter((page) => /been changed/.test(page)).length, 1);
  assert.equal(pages.filter((page) => /can’t be used/.test(page)).length, 1);
});

test('the address of before is told by mail, and so is a new password at the address of now', async (t) => {
  const { world, browser, mails } = await scene(t);
  await send(browser, 'new@example.com');
  await browser.open('/settings/password');
  await browser.send(browser.form('/settings/password', { password: ana.password, new_password: 'a brand new one' }));
  await settled(world);
  assert.deepEqual(
    mails.map(({ to, subject }) => [to, subject]),
    [
      [
        ana.email,
        'Hallpass: The e-mail address of your account was changed. You can’t log in with this address any more.',
      ],
      ['new@example.com', 'Hallpass: Your password was changed.'],
    ],
  );
  assert.ok(mails.every(({ text }) => !text.includes('new@example.com')));
});

test('an invitation to an app that waits for the owner of the new address does not come with it', async (t) => {
  const { world, browser } = await scene(t);
  const owner = await desk(world, ben);
  const invited = await owner.post(`/${shop.id}/role_invitations`, { email: 'waits@example.com', role: 'developers' });
  assert.equal(invited.status, 200, invited.text);
  await send(browser, 'waits@example.com');
  const mine = await (await desk(world, { ...ana, email: 'waits@example.com' })).get('/me/app_invitations');
  assert.deepEqual(mine.body.data, []);
  assert.equal(await trail(world, 'role.invitation.ended'), 1);
});
