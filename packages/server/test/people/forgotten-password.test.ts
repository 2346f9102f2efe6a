// Somebody who has forgotten the password gets a new one by a link in a mail, or by the operator. No answer tells
// whether there is an account.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Mail } from '@hallpass/world';
import { personActs } from '../../src/entries/operator.ts';
import { PersonId } from '../../src/store/ids.ts';
import { Browser } from '../browser.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, shop } = cast;
const MINUTE = 60;
let t: TestWorld;
afterEach(() => t.close());

/** A world with a mail server that takes everything. */
async function withMail(): Promise<{ mails: Mail[]; arrived(count: number): Promise<void> }> {
  const mails: Mail[] = [];
  let told: (() => void) | undefined;
  const mail = {
    async send(one: Mail) {
      mails.push(one);
      told?.();
      return { ms: 1 };
    },
  };
  t = await testWorld({ world: { mail } });
  return {
    mails,
    async arrived(count) {
      while (mails.length < count) await new Promise<void>((resolve) => (told = resolve));
    },
  };
}

async function askFor(email: string, browser = new Browser(t)): Promise<Browser> {
  await browser.open('/forgot');
  await browser.send(browser.form('/forgot', { email }));
  return browser;
}

const linkIn = (mail: Mail | undefined): string => /\/reset\?key=[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';

async function reset(link: string, password: string): Promise<Browser> {
  const browser = new Browser(t);
  await browser.open(link);
  await browser.send(browser.form('/reset', { new_password: password }));
  return browser;
}

async function logsIn(email: string, password: string): Promise<boolean> {
  const browser = new Browser(t);
  await browser.logIn({ email, password });
  return browser.cookies.has('hp_session') || /Hello|Home/.test(browser.page.innerText);
}

test('the log-in page leads to the link, which sets a new password once and ends every token of the person', async () => {
  const { mails, arrived } = await withMail();
  const token = await t.login(shop.id, ana.id);
  const browser = new Browser(t);
  await browser.open('/login');
  await browser.follow('Forgot password?');
  await askFor(ana.email, browser);
  assert.match(browser.page.innerText, /If there is an account with this address/);
  await arrived(1);
  assert.equal(mails[0]?.to, ana.email);
  const link = linkIn(mails[0]);
  const done = await reset(link, 'a-quite-new-password');
  assert.match(done.page.innerText, /Your password has been changed/);
  assert.equal((await t.get(`/me?access_token=${token}`)).body.error.error_subcode, 460);
  assert.deepEqual(
    [await logsIn(ana.email, ana.password), await logsIn(ana.email, 'a-quite-new-password')],
    [false, true],
  );
  const again = new Browser(t);
  await again.open(link);
  assert.match(again.page.innerText, /This link doesn’t work/);
});

test('TB-02: the answer is the same whether there is an account or not', async () => {
  const { mails, arrived } = await withMail();
  const [known, unknown] = [await askFor(ana.email), await askFor('nobody@example.com')];
  assert.equal(known.page.innerText, unknown.page.innerText);
  assert.deepEqual(known.page.status, unknown.page.status);
  await arrived(1);
  assert.deepEqual(
    mails.map(({ to }) => to),
    [ana.email],
  );
});

test('TB-07: a link works for 30 minutes, and not after the password was changed in another way', async () => {
  const { mails, arrived } = await withMail();
  await askFor(ana.email);
  await arrived(1);
  await t.clock.advance(30 * MINUTE);
  const late = new Browser(t);
  await late.open(linkIn(mails[0]));
  assert.match(late.page.innerText, /This link doesn’t work/);
  await askFor(ana.email);
  await askFor(ana.email);
  await arrived(3);
  await reset(linkIn(mails[1]), 'a-quite-new-password');
  const older = await new Browser(t).open(linkIn(mails[2]));
  assert.match(older.innerText, /This link doesn’t work/, 'the other link was made for the password before');
});

test('TB-07: of many who open one link at once, one sets the password', async () => {
  const { mails, arrived } = await withMail();
  await askFor(ana.email);
  await arrived(1);
  const passwords = Array.from({ length: 5 }, (_, at) => `a-quite-new-password-${at}`);
  const pages = await Promise.all(passwords.map((password) => reset(linkIn(mails[0]), password)));
  assert.equal(pages.filter(({ page }) => page.innerText.includes('Your password has been changed')).length, 1);
  const working = [];
  for (const password of passwords) working.push(await logsIn(ana.email, password));
  assert.equal(working.filter(Boolean).length, 1);
});

test('a password that is too short is refused, and the link works still', async () => {
  const { mails, arrived } = await withMail();
  await askFor(ana.email);
  await arrived(1);
  const browser = await reset(linkIn(mails[0]), 'short');
  assert.match(browser.page.innerText, /Choose a new password/);
  await browser.send(browser.form('/reset', { new_password: 'a-quite-new-password' }));
  assert.match(browser.page.innerText, /Your password has been changed/);
});

test('TB-07: an account gets three mails an hour, and a network asks twenty times', async () => {
  const { mails, arrived } = await withMail();
  for (let times = 0; times < 5; times++) await askFor(ana.email);
  await arrived(3);
  await askFor(ben.email);
  await arrived(4);
  assert.equal(mails.filter(({ to }) => to === ana.email).length, 3);
  for (let times = 0; times < 14; times++) await askFor('nobody@example.com');
  const browser = await askFor('nobody@example.com');
  assert.deepEqual([browser.page.status, browser.page.heading], [429, 'Please wait a little']);
  const elsewhere = await askFor('nobody@example.com', new Browser(t, { address: '198.51.100.7' }));
  assert.equal(elsewhere.page.status, 200);
});

test('SC-01: neither the log nor the database holds the link', async () => {
  const { mails, arrived } = await withMail();
  await askFor(ana.email);
  await arrived(1);
  const key = linkIn(mails[0]).split('=')[1] ?? '';
  assert.equal(key.length, 43);
  assert.ok(!JSON.stringify(t.log).includes(key));
  const rows = await t.server.installation.db.read.selectFrom('single_use').selectAll().execute();
  assert.ok(!JSON.stringify(rows).includes(key));
});

test('where no mail is sent, the page says whom to ask, and the operator makes a link', async () => {
  t = await testWorld();
  const browser = new Browser(t);
  await browser.open('/forgot');
  assert.match(browser.page.innerText, /doesn’t send mail\. Ask the people who run it/);
  const link = await personActs['reset-password'].run(t.server.installation, PersonId.of(ana.id), { kind: 'operator' });
  await reset(String(link), 'a-quite-new-password');
  assert.equal(await logsIn(ana.email, 'a-quite-new-password'), true);
});

test('where nothing is real, the mail is shown', async () => {
  t = await testWorld({ world: { explainRefusals: true } });
  const browser = await askFor(ana.email);
  await browser.follow('Choose a new password');
  assert.equal(browser.heading(), 'Choose a new password');
});

test('TB-04: after ten wrong tries the page says so and for how long, also for an address that nobody has', async () => {
  t = await testWorld();
  for (const email of [ana.email, 'nobody@example.com']) {
    const browser = new Browser(t);
    for (let times = 0; times < 10; times++) await browser.logIn({ email, password: 'not-the-password' });
    assert.match(browser.page.innerText, /is wrong\. After ten wrong tries,/, email);
    await browser.logIn({ email, password: ana.password });
    assert.match(browser.page.innerText, /Too many wrong tries\. For another 15 minutes/, email);
    await t.clock.advance(15 * MINUTE);
  }
  assert.equal(await logsIn(ana.email, ana.password), true);
});

test('a link lets somebody in at once whose account was tried too often', async () => {
  const { mails, arrived } = await withMail();
  for (let times = 0; times < 12; times++) await new Browser(t).logIn({ email: ana.email, password: 'wrong-password' });
  assert.equal(await logsIn(ana.email, ana.password), false);
  await askFor(ana.email);
  await arrived(1);
  await reset(linkIn(mails[0]), 'a-quite-new-password');
  assert.equal(await logsIn(ana.email, 'a-quite-new-password'), true);
});
