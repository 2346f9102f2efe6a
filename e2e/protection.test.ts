// These journeys check that a person is protected from others while a dialog is open: other tabs, other browsers, other
// sites, an impatient hand.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, hostileApp, people } from './stage/cast.ts';
import { dialog, goOn, logIn, logInTo, press, reads, redeemed, returned, signIn } from './stage/deeds.ts';
import { openStage, type Stage } from './stage/stage.ts';

describe('while a dialog is open', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  /** Reads what the person has given to apps, as their own account shows it. */
  async function connected(page: Page): Promise<string[]> {
    await page.goto(`${stage.url}/settings/apps`);
    await reads(page, 'Apps and websites');
    return page.locator('details.app > summary strong').allInnerTexts();
  }

  it('DL-16: when another tab logs in as somebody else, the question is asked again in their name', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(page, people.ana);
    await reads(page, 'Continue to Fern Scheduler?');

    const tab = await visitor.newTab();
    await tab.goto(`${stage.url}/settings`);
    await press(tab, 'Log out');
    await signIn(stage, tab, people.elif);

    await press(page, 'Continue as Ana');
    await page.getByText(people.elif.email).waitFor();
    assert.deepEqual(stage.website.arrivals, []);
    assert.deepEqual(await connected(tab), ['Ledger Lane']);

    await press(page, 'Continue as Elif');
    const { query } = await returned(page, stage);
    const me = await stage.graph.get('/me', { access_token: await redeemed(stage, apps.fern, query) });
    assert.equal(me.body.name, people.elif.name);
    const ana = await stage.visitor(t);
    await signIn(stage, ana.page, people.ana);
    assert.deepEqual(await connected(ana.page), []);
  });

  it('DL-16: when another tab logs out, the person logs in again before anything is given', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(page, people.ana);
    await reads(page, 'Continue to Fern Scheduler?');
    const tab = await visitor.newTab();
    await tab.goto(`${stage.url}/settings`);
    await press(tab, 'Log out');
    await reads(tab, 'You are logged out');
    await goOn(page);
    await reads(page, 'Log in to continue to Fern Scheduler');
    assert.deepEqual(stage.website.arrivals, []);
  });

  it('two dialogs in two tabs do not mix', async (t) => {
    const visitor = await stage.visitor(t);
    await signIn(stage, visitor.page, people.ana);
    const tab = await visitor.newTab();
    await visitor.page.goto(dialog(stage, apps.fern, { scope: 'email', state: 'first' }));
    await tab.goto(dialog(stage, apps.ledger, { scope: 'user_birthday', state: 'second' }));
    await goOn(visitor.page);
    const first = await returned(visitor.page, stage);
    await goOn(tab);
    const second = await returned(tab, stage);
    assert.deepEqual([first.query.get('state'), second.query.get('state')], ['first', 'second']);
    const birthday = await stage.graph.get('/me', {
      fields: 'birthday,email',
      access_token: await redeemed(stage, apps.ledger, second.query),
    });
    assert.deepEqual([birthday.body.birthday, birthday.body.email], ['02/29/1988', undefined]);
  });

  it('DL-03: the address of a dialog in progress is worth nothing in another browser', async (t) => {
    const [owner, thief] = [await stage.visitor(t), await stage.visitor(t)];
    await owner.page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(owner.page, people.ana);
    await reads(owner.page, 'Continue to Fern Scheduler?');
    const stolen = owner.page.url();
    assert.match(stolen, /interaction=/);

    await signIn(stage, thief.page, people.elif);
    const answer = await thief.page.goto(stolen);
    assert.equal(answer?.status(), 400);
    await reads(thief.page, 'This was started elsewhere');
    assert.equal(await thief.page.getByRole('button').count(), 0);

    await goOn(owner.page);
    await returned(owner.page, stage);
    assert.equal(stage.website.arrivals.length, 1);
  });

  for (const [where, origin] of [
    ['another site', () => stage.website.elsewhere],
    ['a page of the same machine, whose frames get the cookies', () => stage.website.url],
  ] as const) {
    it(`DL-07: a dialog in a frame of ${where} shows nothing and gives nothing`, async (t) => {
      const visitor = await stage.visitor(t);
      const { page } = visitor;
      await logInTo(stage, visitor, people.ana, apps.fern, { scope: 'email' });
      stage.website.arrivals.length = 0;
      const framed = dialog(stage, apps.fern, { scope: 'email' });
      stage.website.show(
        '/frames',
        `<!doctype html><h1>Win a prize</h1><iframe src="${framed.replaceAll('&', '&amp;')}"></iframe>`,
      );
      const refused = page.waitForResponse((response) => response.url() === framed && response.status() === 403);
      await page.goto(`${origin()}/frames`);
      await refused;
      const [, frame] = page.frames();
      await frame?.waitForURL(/^chrome-error:/);
      assert.equal(await frame?.locator('button, a, form').count(), 0);
      assert.deepEqual(stage.website.arrivals, []);
      visitor.troubles.splice(
        0,
        visitor.troubles.length,
        ...visitor.troubles.filter((one) => !/frame-ancestors|X-Frame-Options/i.test(one)),
      );
    });
  }

  it('WP-05: names that try to be code are shown as what they are', async (t) => {
    const { page } = await stage.visitor(t);
    const ran: string[] = [];
    page.on('dialog', async (alert) => {
      ran.push(alert.message());
      await alert.dismiss();
    });
    const name = `O'Hara <b onmouseover="alert(5)">bold</b> <script>alert(6)</script>`;
    await page.goto(dialog(stage, hostileApp, { scope: 'email' }));
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('E-mail').fill('ohara@demo.example');
    await page.getByLabel('Password').fill('three words and more');
    await press(page, 'Create account');
    await page.getByText(name, { exact: true }).waitFor();
    await page
      .getByRole('heading', {
        level: 1,
        name: '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}${7*7}evil',
      })
      .waitFor();
    assert.deepEqual(await page.locator('a:not([href^="/"])').all(), []);
    await goOn(page);
    await returned(page, stage);
    for (const place of ['/', '/settings/apps', '/settings/sessions']) {
      await page.goto(`${stage.url}${place}`);
      await page.locator('main h1').first().waitFor();
      const made = page.locator('main').locator('script, b:text-is("bold"), [onmouseover], [onerror], img[src="x"]');
      assert.deepEqual(await made.evaluateAll((all) => all.map((one) => one.outerHTML)), [], place);
    }
    assert.deepEqual(ran, []);
  });

  it('a form that another site sends in the name of the person is refused', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    await logInTo(stage, visitor, people.ana);
    for (const [path, field] of [
      ['/settings/apps/remove', 'app'],
      ['/settings/secure', 'go'],
      ['/logout', 'go'],
    ]) {
      const form = `<form method="post" action="${stage.url}${path}"><input name="${field}" value="${apps.fern.id}"><button>A prize</button></form>`;
      stage.website.show('/prize', `<!doctype html><h1>Win</h1>${form}`);
      for (const origin of [stage.website.url, stage.website.elsewhere]) {
        await page.goto(`${origin}/prize`);
        await press(page, 'A prize');
        await reads(page, 'Please try again here');
      }
    }
    assert.deepEqual(await connected(page), ['Fern Scheduler']);
  });

  it('going back after the end shows nothing that still works', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(page, people.ana);
    await goOn(page);
    const { query } = await returned(page, stage);
    await page.goBack();
    await reads(page, 'This log-in is over');
    assert.equal(stage.website.arrivals.length, 1);
    await redeemed(stage, apps.fern, query);
  });

  it('going back after logging out shows no page of the account', async (t) => {
    const { page } = await stage.visitor(t);
    await signIn(stage, page, people.ana);
    await page.goto(`${stage.url}/settings/sessions`);
    await press(page, 'Log out');
    await reads(page, 'You are logged out');
    await page.goBack();
    await reads(page, 'Log in');
    assert.equal(await page.getByText(people.ana.name).count(), 0);
  });

  it('an impatient double click on the answer gives one code at most', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(page, people.ana);
    await reads(page, 'Continue to Fern Scheduler?');
    await page.getByRole('button', { name: 'Continue as Ana' }).dblclick();
    await page.getByRole('heading', { level: 1, name: /Back at the app|This log-in is over/ }).waitFor();
    assert.ok(stage.website.arrivals.length <= 1, 'the app was told twice');
    assert.deepEqual(await connected(page), ['Fern Scheduler']);
  });

  it('RR-01: the answer sent twice at the same moment gives exactly one code', async (t) => {
    const { page, context } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern, { scope: 'email' }));
    await logIn(page, people.ana);
    await reads(page, 'Continue to Fern Scheduler?');
    const form = page.locator('form', { has: page.getByRole('button', { name: 'Continue as Ana' }) });
    const sent = await form.evaluate((element) =>
      [...new FormData(element as HTMLFormElement)].map(([name, value]) => [name, String(value)]),
    );
    const body = new URLSearchParams([...sent, ['decision', 'continue']] as string[][]).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    const ask = () =>
      context.request.post(`${stage.url}/dialog/oauth/confirm`, { data: body, headers, maxRedirects: 0 });
    const answers = await Promise.all([ask(), ask(), ask(), ask()]);
    assert.deepEqual(answers.map((one) => one.status()).sort(), [303, 400, 400, 400]);
    const locations = answers.flatMap((one) => one.headers()['location'] ?? []);
    assert.equal(locations.length, 1);
    assert.match(locations[0] ?? '', /[?&]code=/);
  });

  it('the watch over the security policy notices a violation', async (t) => {
    const visitor = await stage.visitor(t);
    const policy = "default-src 'none'; style-src 'self'";
    stage.website.show('/careless', '<!doctype html><p style="color:red">A page that breaks its own rule</p>', {
      'content-security-policy': policy,
    });
    await visitor.page.goto(`${stage.website.url}/careless`);
    await visitor.page.getByText('A page that breaks').waitFor();
    assert.ok(
      visitor.troubles.some((one) => /style-src/.test(one)),
      visitor.troubles.join('\n'),
    );
    visitor.troubles.length = 0;
  });
});
