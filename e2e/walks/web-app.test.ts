// Somebody builds a web app, with README and guide: `npm start` in a fresh checkout, an app of their own in the dashboard,
// the first token, a post as a Page, and other people.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { pages, people, type Person } from '../stage/cast.ts';
import { logInByCard, moveTo } from '../stage/console.ts';
import { dialog, logIn, press, reads, returned } from '../stage/deeds.ts';
import { openChromium } from '../stage/chromium.ts';
import { visit } from '../stage/visitor.ts';
import { openWebsite, type Website } from '../stage/website.ts';
import { openFreshCheckout } from './fresh-checkout.ts';

const scope = 'email,pages_show_list,pages_read_engagement,pages_manage_posts';

describe('building a web app', () => {
  let browser: Browser;
  let website: Website;
  before(async () => {
    [browser, website] = await Promise.all([openChromium(), openWebsite()]);
  });
  after(async () => {
    await browser?.close();
    await website?.close();
  });

  it('goes from a fresh checkout to an app of one’s own that posts as a Page and is live for everybody', async (t) => {
    const { graph, url } = await openFreshCheckout(t);
    const stage = { url, website };
    const person = async () => (await visit(t, browser, { origins: [url, website.url] })).page;
    const ana = await person();
    const section = (name: string) => ana.getByRole('link', { name, exact: true }).click();

    await logInByCard(stage, ana, people.ana);
    await moveTo(ana, `${url}/console/apps`);
    await ana.getByRole('link', { name: 'Create app' }).click();
    await ana.getByLabel('Display name').fill('Tide Table');
    await press(ana, 'Create app');
    await reads(ana, 'Dashboard');
    const id = /apps\/(\d+)/.exec(ana.url())?.[1] ?? '';
    await section('Basic');
    await press(ana, /^Show the app secret/);
    await press(ana, /^Show app secret/);
    const app = { id, secret: await ana.getByText(/^[0-9a-f]{32}$/).innerText() };
    const asked = dialog(stage, app, { scope });
    const tokenFor = async (page: Page, who: Person): Promise<string> => {
      await page.goto(asked);
      if ((await page.getByLabel('Password').count()) > 0) await logIn(page, who);
      for (;;) {
        const isBack = page.waitForURL((at) => at.href.startsWith(website.callback)).then(() => true);
        const question = page.getByRole('button', { name: /^Continue/ });
        if (await Promise.any([isBack, question.waitFor().then(() => false)])) break;
        await question.click();
      }
      const { query } = await returned(page, stage);
      const { body } = await graph.redeem(app, query.get('code') ?? '', website.callback);
      return body.access_token as string;
    };

    const stranger = await person();
    await section('Login');
    await ana.getByLabel('Valid OAuth Redirect URIs').fill(website.callback);
    // The app stays on this machine, also when it is live.
    await ana.getByLabel('Enforce HTTPS').uncheck({ force: true });
    await press(ana, 'Save');
    await ana.getByText('Saved.').waitFor();

    await stranger.goto(asked);
    await logIn(stranger, people.elif);
    await reads(stranger, 'App not active');
    await press(stranger, /^Not you/);

    const own = await tokenFor(ana, people.ana);
    const list = await graph.get('/me/accounts', { fields: 'name,access_token', access_token: own });
    const bakery = list.body.data.find((one: { id: string }) => one.id === pages.bakery.id);
    const post = await graph.post(`/${pages.bakery.id}/feed`, {
      message: 'Fresh rolls.',
      access_token: bakery.access_token,
    });
    assert.equal(post.status, 200, JSON.stringify(post.body));
    const about = (await graph.get('/debug_token', { input_token: own, access_token: `${app.id}|${app.secret}` })).body;
    assert.equal(about.data.is_valid, true);

    await moveTo(ana, `${url}/console/apps/${id}/settings/basic`);
    await ana.getByLabel('Privacy Policy URL').fill('https://tide.example/privacy');
    await press(ana, 'Save');
    await ana.getByText('Saved.').last().waitFor();
    await section('Permissions');
    await ana.getByRole('radiogroup', { name: 'App mode' }).getByText('Live').click();
    await ana.getByRole('dialog').getByRole('button', { name: 'Make it live' }).click();
    await ana.getByText('Tide Table is live.').waitFor();

    const others = await tokenFor(stranger, people.elif);
    const { body } = await graph.get('/me', { fields: 'name,email', access_token: others });
    assert.deepEqual([body.name, body.email], [people.elif.name, people.elif.email]);
  });
});
