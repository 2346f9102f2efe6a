// Some dialogs end without a log-in, or somebody else than the person who was asked logs in.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page, Response } from 'playwright-core';
import { apps, people } from './stage/cast.ts';
import { dialog, goOn, logIn, press, reads, redeemed, returned } from './stage/deeds.ts';
import { openStage, type Stage } from './stage/stage.ts';

const evil = 'https://evil.example/take';

/** A page of ours that goes nowhere: no redirect, no form, no link to another place. */
async function deadEnd(page: Page, answer: Response | null, stage: Stage): Promise<void> {
  assert.equal(answer?.status(), 400);
  assert.equal(await answer?.headerValue('location'), null);
  assert.equal(answer?.request().redirectedFrom(), null);
  const ways = await page.locator('a[href], form[action], [formaction], meta[http-equiv]').all();
  for (const way of ways) {
    const to = (await way.getAttribute('href')) ?? (await way.getAttribute('action')) ?? '';
    assert.match(to, /^\/(?!\/)/, 'a way out that is not a path of ours');
  }
  // The emulator names the address that was sent, as text that leads nowhere.
  const content = (await page.content()).replace(`<code>${evil}</code>`, '');
  assert.doesNotMatch(content, /evil\.example/);
  assert.equal(await page.locator('input[type=password]').count(), 0);
  assert.deepEqual(stage.website.arrivals, []);
}

describe('ways out of the dialog', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  for (const [when, before] of [
    ['before logging in', async () => {}],
    ['at the question', (page: Page) => logIn(page, people.ana)],
  ] as const) {
    it(`a person who cancels ${when} is sent back, and the app is told so`, async (t) => {
      const { page } = await stage.visitor(t);
      await page.goto(dialog(stage, apps.fern, { scope: 'email', state: 's-1' }));
      await before(page);
      await press(page, 'Cancel');
      const { query } = await returned(page, stage);
      assert.deepEqual(Object.fromEntries(query), {
        error: 'access_denied',
        error_code: '200',
        error_description: 'Permissions error.',
        error_reason: 'user_denied',
        state: 's-1',
      });
    });
  }

  it('DL-01: an address that the app has not registered is blocked before any log-in form, and nothing leads there', async (t) => {
    const { page } = await stage.visitor(t);
    const answer = await page.goto(dialog(stage, apps.fern, { redirect_uri: evil }));
    await reads(page, 'URL Blocked');
    await deadEnd(page, answer, stage);
  });

  it('DL-01: an app that does not exist is told apart from a wrong address', async (t) => {
    const { page } = await stage.visitor(t);
    const answer = await page.goto(dialog(stage, { ...apps.fern, id: '4711' }, { redirect_uri: evil }));
    await reads(page, 'Invalid App ID');
    await deadEnd(page, answer, stage);
  });

  it('DL-19: an app in development is closed to an outsider, and open to its tester', async (t) => {
    const outsider = await stage.visitor(t);
    await outsider.page.goto(dialog(stage, apps.harbour));
    await logIn(outsider.page, people.elif);
    await reads(outsider.page, 'App not active');
    assert.deepEqual(stage.website.arrivals, []);

    const tester = await stage.visitor(t);
    await tester.page.goto(dialog(stage, apps.harbour, { scope: 'email', auth_type: 'rerequest' }));
    await logIn(tester.page, people.ben);
    await tester.page.getByText('This app is in development.').waitFor();
    await goOn(tester.page);
    await returned(tester.page, stage);
  });

  it('a dialog that was left open for more than an hour cannot be answered any more', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(page, people.ana);
    await reads(page, 'Continue to Fern Scheduler?');
    await stage.advance('61m');
    await goOn(page);
    await reads(page, /over$/);
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await reads(page, 'Continue to Fern Scheduler?');
    assert.deepEqual(stage.website.arrivals, []);
  });

  it('"Not you?" leads to the log-in of the same dialog, and the other person is asked anew', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern, { scope: 'email', state: 's-2' }));
    await logIn(page, people.ana);
    await press(page, /^Not you\?/);
    await reads(page, 'Log in to continue to Fern Scheduler');
    await logIn(page, people.elif);
    await page.getByText(people.elif.email).waitFor();
    await press(page, 'Continue as Elif');
    const { query } = await returned(page, stage);
    assert.equal(query.get('state'), 's-2');
    const me = await stage.graph.get('/me', { access_token: await redeemed(stage, apps.fern, query) });
    assert.equal(me.body.name, people.elif.name);
  });

  it('a wrong password says nothing about whether the address is known', async (t) => {
    const { page } = await stage.visitor(t);
    const said: string[] = [];
    for (const email of [people.ana.email, 'nobody@demo.example']) {
      await page.goto(dialog(stage, apps.fern));
      await logIn(page, { email, password: 'a guess of mine' });
      said.push(await page.getByRole('alert').innerText());
      assert.equal(await page.getByLabel('E-mail').inputValue(), email);
      assert.equal(await page.getByLabel('Password').inputValue(), '');
    }
    assert.equal(said[0], said[1]);
  });

  it('somebody new makes an account on the way, and the dialog goes on with them', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await page.getByRole('link', { name: 'Create an account' }).click();
    await reads(page, 'Create an account to continue to Fern Scheduler');
    await page.getByLabel('Name').fill('Fay Quist');
    await page.getByLabel('E-mail').fill(people.ana.email);
    await page.getByLabel('Password').fill('three words and more');
    await press(page, 'Create account');
    await page.getByText('An account can’t be created with this address').waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'Fay Quist');
    await page.getByLabel('E-mail').fill('fay@demo.example');
    await page.getByLabel('Password').fill('three words and more');
    await press(page, 'Create account');
    await press(page, 'Continue as Fay');
    const { query } = await returned(page, stage);
    const me = await stage.graph.get('/me', {
      fields: 'name,email',
      access_token: await redeemed(stage, apps.fern, query),
    });
    assert.deepEqual([me.body.name, me.body.email], ['Fay Quist', 'fay@demo.example']);
  });
});
