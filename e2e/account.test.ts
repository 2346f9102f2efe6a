// A person works on the pages of their own account, and the apps that hold their tokens then hear of it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { codeAt } from '@hallpass/server/testing';
import type { Page } from 'playwright-core';
import { apps, pages, people } from './stage/cast.ts';
import {
  dialog,
  enterCode,
  goOn,
  greeted,
  logIn,
  press,
  reads,
  returned,
  signIn,
  tokenOf,
  turnOnTwoFactor,
} from './stage/deeds.ts';
import { idAndSecret, refused } from './stage/graph.ts';
import { openStage, type Stage } from './stage/stage.ts';

describe("a person's own account", () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  const me = (token: string) => stage.graph.get('/me', { access_token: token });
  const open = (page: Page, place: string) => page.goto(`${stage.url}${place}`);

  async function alive(token: string): Promise<void> {
    assert.equal((await me(token)).status, 200);
  }

  it('a session that ends while a new e-mail address is typed loses none of it: it is in the form after the log-in', async (t) => {
    const { page, newTab } = await stage.visitor(t);
    await signIn(stage, page, people.ana);
    await open(page, '/settings/email');
    await page.getByLabel('New e-mail address').fill('ana.new@example.com');
    await page.getByLabel('Password').fill(people.ana.password);
    const tab = await newTab();
    await open(tab, '/settings');
    await press(tab, 'Log out');

    await press(page, 'Change address');
    await reads(page, 'Your session has ended');
    assert.equal(await page.getByLabel('New e-mail address').inputValue(), 'ana.new@example.com');
    await page.getByRole('link', { name: 'Log in and go on' }).click();
    await logIn(page, people.ana);
    await page.getByText('The form still has everything you typed before you were logged out.').waitFor();
    assert.equal(await page.getByLabel('New e-mail address').inputValue(), 'ana.new@example.com');
    assert.equal(await page.getByLabel('Password').inputValue(), '');
    await page.getByLabel('Password').fill(people.ana.password);
    await press(page, 'Change address');
    await page.getByText('Your e-mail address has been changed.').waitFor();
  });

  it('a new password ends what was given with the old one (460), and logs every other browser out', async (t) => {
    const visitor = await stage.visitor(t);
    const token = await tokenOf(stage, visitor, people.ana, apps.fern, { scope: 'pages_show_list' });
    const { body } = await stage.graph.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token });
    const other = await stage.visitor(t);
    await signIn(stage, other.page, people.ana);

    await open(visitor.page, '/settings/password');
    await visitor.page.getByLabel('Current password').fill('not the password');
    await visitor.page.getByLabel('New password').fill('a better one than before');
    await press(visitor.page, 'Change password');
    await visitor.page.getByText('The password is wrong.').waitFor();
    await alive(token);
    await visitor.page.getByLabel('Current password').fill(people.ana.password);
    await visitor.page.getByLabel('New password').fill('a better one than before');
    await press(visitor.page, 'Change password');
    await visitor.page.getByText('Your password has been changed.').waitFor();

    refused(await me(token), 190, 460);
    refused(await me(body.access_token), 190, 460);
    await other.page.reload();
    await reads(other.page, 'Log in');
    await logIn(other.page, people.ana);
    await other.page.getByText('The e-mail address or the password is wrong.').waitFor();
    await logIn(other.page, { email: people.ana.email, password: 'a better one than before' });
    await reads(other.page, /^Hello/);
    await open(visitor.page, '/settings');
    await reads(visitor.page, /^Hello/);
  });

  it('a second factor is turned on without a mouse, asked at the next log-in, and a recovery code lets in when the phone is lost', async (t) => {
    const { page } = await stage.visitor(t);
    await signIn(stage, page, people.ana);
    await page.goto(`${stage.url}/settings/two-factor`);
    await page.getByLabel('Password').focus();
    await page.keyboard.type(people.ana.password);
    await page.keyboard.press('Enter');
    await reads(page, 'Turn on two-factor authentication');
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    const { key, recovery } = await turnOnTwoFactor(stage, page, people.ana);
    assert.equal(recovery.length, 10);

    const other = await stage.visitor(t);
    await other.page.goto(dialog(stage, apps.fern));
    await logIn(other.page, people.ana);
    await reads(other.page, 'Enter your code');
    await enterCode(other.page, codeAt(key, stage.now()));
    await other.page.getByText('The code is wrong or was used before.').waitFor();
    await stage.advance('30s');
    await enterCode(other.page, codeAt(key, stage.now()));
    await goOn(other.page);
    await returned(other.page, stage);

    const lost = await stage.visitor(t);
    await lost.page.goto(`${stage.url}/login`);
    await logIn(lost.page, people.ana);
    await lost.page.getByLabel('Code from your').fill(recovery[0] ?? '');
    await lost.page.keyboard.press('Enter');
    await greeted(stage, lost.page);
  });

  it('logging out ends what came from this browser (467), and nothing that came from another', async (t) => {
    const [here, there] = [await stage.visitor(t), await stage.visitor(t)];
    const [mine, elsewhere] = [await tokenOf(stage, here, people.ana), await tokenOf(stage, there, people.ana)];
    await open(here.page, '/settings');
    await press(here.page, 'Log out');
    await reads(here.page, 'You are logged out');
    refused(await me(mine), 190, 467);
    await alive(elsewhere);
    await open(here.page, '/settings/apps');
    await reads(here.page, 'Log in');
  });

  it('one device can be logged out from another, with what came from it', async (t) => {
    const [here, there] = [
      await stage.visitor(t),
      await stage.visitor(t, { userAgent: 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0' }),
    ];
    const [mine, lost] = [await tokenOf(stage, here, people.ana), await tokenOf(stage, there, people.ana)];
    await open(here.page, '/settings/sessions');
    await press(here.page, 'Log out: Firefox on Windows');
    await here.page.getByText('That device has been logged out.').waitFor();
    refused(await me(lost), 190, 467);
    await alive(mine);
    await there.page.goto(`${stage.url}/settings`);
    await reads(there.page, 'Log in');
  });

  it('logging out everywhere ends every session and every token (467)', async (t) => {
    const [here, there] = [await stage.visitor(t), await stage.visitor(t)];
    const tokens = [await tokenOf(stage, here, people.ana), await tokenOf(stage, there, people.ana, apps.ledger)];
    await open(here.page, '/settings/sessions');
    await press(here.page, 'Log out everywhere, including here');
    await reads(here.page, 'You are logged out');
    for (const token of tokens) refused(await me(token), 190, 467);
    await open(there.page, '/settings');
    await reads(there.page, 'Log in');
  });

  it('an app that is removed can do nothing any more (458), and asks from the beginning', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    const token = await tokenOf(stage, visitor, people.ana, apps.fern, { scope: 'email' });
    await open(page, '/settings/apps');
    await page.getByText('Fern Scheduler').first().click();
    await page.getByText('Remove Fern Scheduler', { exact: true }).click();
    await press(page, 'Remove app Fern Scheduler');
    await page.getByText('The app has been removed.').waitFor();
    await page.getByText('No apps yet').waitFor();
    refused(await me(token), 190, 458);

    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await reads(page, 'Continue to Fern Scheduler?');
    await goOn(page);
    await returned(page, stage);
  });

  it('a permission that is taken back is refused, and the token lives on', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    const token = await tokenOf(stage, visitor, people.ana, apps.fern, { scope: 'email,user_friends' });
    assert.equal((await stage.graph.get('/me/friends', { access_token: token })).status, 200);
    await open(page, '/settings/apps');
    await page.getByText('Fern Scheduler').first().click();
    await press(page, /^Take back: .*friends/i);
    await page.getByText('The app no longer has that permission.').waitFor();
    refused(await stage.graph.get('/me/friends', { access_token: token }), 200);
    await alive(token);
    const { body } = await stage.graph.get('/me/permissions', { access_token: token });
    assert.deepEqual(
      Object.fromEntries(body.data.map((one: { permission: string; status: string }) => [one.permission, one.status])),
      {
        public_profile: 'granted',
        email: 'granted',
        user_friends: 'declined',
      },
    );
  });

  it('an account that its person locks stops every app (459) until the password unlocks it', async (t) => {
    const [here, there] = [await stage.visitor(t), await stage.visitor(t)];
    const token = await tokenOf(stage, here, people.ana);
    await signIn(stage, there.page, people.ana);
    await open(here.page, '/settings/secure');
    await press(here.page, 'Lock my account now');
    await reads(here.page, 'Your account is locked');
    refused(await me(token), 190, 459);
    await there.page.reload();
    await reads(there.page, 'Log in');

    await here.page.getByRole('link', { name: 'Log in' }).click();
    await logIn(here.page, people.ana);
    await reads(here.page, 'Unlock your account');
    refused(await me(token), 190, 459);
    await here.page.getByLabel('Password').fill(people.ana.password);
    await press(here.page, 'Unlock my account');
    await here.page.getByText('Your account has been unlocked.').waitFor();
    await alive(token);
  });

  it('somebody whose account is locked unlocks it on the way through a dialog, which then goes on', async (t) => {
    const { page } = await stage.visitor(t);
    await signIn(stage, page, people.ana);
    await open(page, '/settings/secure');
    await press(page, 'Lock my account now');
    await reads(page, 'Your account is locked');
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(page, people.ana);
    await reads(page, 'Unlock your account');
    await page.getByLabel('Password').fill(people.ana.password);
    await press(page, 'Unlock my account');
    await reads(page, 'Continue to Fern Scheduler?');
    await goOn(page);
    await returned(page, stage);
  });

  it('the log-in link of a test user works once', async (t) => {
    const { body } = await stage.graph.post(`/${apps.fern.id}/accounts/test-users`, {
      access_token: idAndSecret(apps.fern),
      name: 'Tess Trial',
    });
    const visitor = await stage.visitor(t);
    await visitor.page.goto(body.login_url);
    await greeted(stage, visitor.page, 'Hello, Tess');
    const other = await stage.visitor(t);
    await other.page.goto(body.login_url);
    await reads(other.page, 'This log-in link doesn’t work');
    await open(other.page, '/settings');
    await reads(other.page, 'Log in');
    await visitor.page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logged(visitor.page, 'Tess Trial');
    await returned(visitor.page, stage);
  });

  /** Answers the dialog in this person's name if it still has a question. */
  async function logged(page: Page, name: string): Promise<void> {
    if (page.url().startsWith(stage.website.callback)) return;
    await page.getByText(name, { exact: true }).waitFor();
    await goOn(page);
  }
});
