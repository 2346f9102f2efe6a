// A log-in and a sign-up keep what somebody came for, and say it.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Browser } from '../browser.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, shop, ben } = cast;
let t: TestWorld;
afterEach(() => t.close());

test('an invitation is kept through the log-in and on through a new account', async () => {
  t = await testWorld({ settings: { openSignUp: true } });
  const browser = new Browser(t);
  await browser.open('/business/invitation?id=1&key=k');
  const begun = browser.page.url;
  assert.match(browser.page.innerText, /Log in to answer your invitation/, begun);
  await browser.follow('Create an account');
  assert.match(browser.page.innerText, /Then you can answer your invitation/);
  await browser.send(
    browser.form('/signup', {
      name: 'Nora',
      email: 'nora@example.com',
      password: 'nora-and-her-nuts',
      decision: 'continue',
    }),
  );
  assert.match(browser.page.url, /invitation\?id=1&key=k$/);
  assert.match(browser.page.innerText, /This invitation doesn’t work/, 'it is the page of the invitation that answers');
});

test('each page that asks for a log-in first says what for, and leads on to it', async () => {
  t = await testWorld({ settings: { openSignUp: true } });
  for (const [path, words] of [
    ['/pages/create', /Log in to create a Page/],
    ['/settings/apps', /Log in to see your settings/],
  ] as const) {
    const browser = new Browser(t);
    await browser.open(path);
    assert.match(browser.page.innerText, words);
    await browser.send(browser.form('/login', { email: ana.email, password: ana.password, decision: 'continue' }));
    assert.equal(browser.page.url, path);
  }
});

test('DL-17: an address of somebody else is not led on to, by a sign-up either', async () => {
  t = await testWorld({ settings: { openSignUp: true } });
  const browser = new Browser(t);
  await browser.open('/signup?next=//evil.example/');
  await browser.send(
    browser.form('/signup', {
      name: 'Nora',
      email: 'nora@example.com',
      password: 'nora-and-her-nuts',
      decision: 'continue',
    }),
  );
  assert.doesNotMatch(browser.page.url, /evil/);
});

test('a link that is used up offers no log-in to somebody who is logged in', async () => {
  t = await testWorld();
  const browser = new Browser(t);
  await browser.logIn(ana);
  const page = await browser.open('/business/invitation?id=1&key=k');
  assert.match(page.innerText, /This invitation doesn’t work/);
  assert.deepEqual(
    page.links.map(({ text }) => text).filter((text) => /Log in/.test(text)),
    [],
  );
});

test('WP-08: a log-out by a token of somebody else says that nobody was logged out', async () => {
  t = await testWorld();
  const browser = new Browser(t);
  await browser.logIn(ana);
  for (const token of ['', 'EAAnothing', await t.login(shop.id, ben.id)]) {
    const page = await browser.open(`/logout.php?next=https%3A%2F%2Fapp.example%2Fcb&access_token=${token}`);
    assert.deepEqual([page.status, page.heading], [200, 'Nobody was logged out']);
  }
  assert.equal((await browser.open('/settings')).status, 200);
});
