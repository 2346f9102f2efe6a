// Somebody runs a platform of their own, with README and guide: from the first start to a restart and a lost password.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../stage/chromium.ts';
import { goOn, logIn, press, reads, returned } from '../stage/deeds.ts';
import { graphAt } from '../stage/graph.ts';
import { openPlatform } from '../stage/platform.ts';
import { visit } from '../stage/visitor.ts';
import { openWebsite, type Website } from '../stage/website.ts';

const ana = { name: 'Ana Lopes', email: 'ana@example.com', password: 'ana and her bread' };
const ben = { name: 'Ben Okafor', email: 'ben@example.com', password: 'ben and his boats' };
const cleo = { name: 'Cleo Lindqvist', email: 'cleo@example.com', password: 'cleo and her cycles' };

const signUp = async (page: Page, who: typeof ana): Promise<void> => {
  await page.getByLabel('Name').fill(who.name);
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await press(page, /^Create (?:account|administrator)$/);
};

describe('running a platform', () => {
  let browser: Browser;
  let website: Website;
  before(async () => {
    [browser, website] = await Promise.all([openChromium(), openWebsite()]);
  });
  after(async () => {
    await browser?.close();
    await website?.close();
  });

  it('goes from the first start to an app, people, an invitation, a Page, a restart and a new password', async (t) => {
    const platform = await openPlatform(t);
    const { url, hallpass } = platform;
    const graph = graphAt(url);
    const person = async () => (await visit(t, browser, { origins: [url, website.url] })).page;

    const anas = await person();
    await anas.goto(url);
    await reads(anas, 'This platform is not set up yet');
    await anas.goto(platform.setUp);
    await signUp(anas, ana);
    await reads(anas, 'All set');
    await anas.getByText('create an app under My apps').waitFor();

    const secrets = await hallpass('app', 'create', 'Tide Table', '--administrator', ana.email, '--json');
    const app = JSON.parse(secrets) as { id: string; name: string; secret: string };
    const missing = await hallpass('app', 'live', app.id);
    assert.match(missing, /a privacy policy: hallpass app set \d+ privacy_policy_url=/);
    const advanced = 'advanced_access=public_profile,email,pages_show_list';
    const address = `redirect_uris=${website.callback}`;
    const policy = 'privacy_policy_url=https://tide.example/privacy';
    const set = await hallpass('app', 'set', app.id, policy, address, advanced, 'enforce_https=false');
    assert.match(set, /privacy_policy_url, redirect_uris/);
    assert.equal(await hallpass('app', 'live', app.id), 'Tide Table is live.');
    await platform.restart('--open-sign-up');

    const bens = await person();
    const scope = 'email,pages_show_list';
    const dialog = new URLSearchParams({ client_id: app.id, redirect_uri: website.callback, scope });
    await bens.goto(`${url}/v25.0/dialog/oauth?${dialog}`);
    await bens.getByRole('link', { name: 'Create an account' }).click();
    await signUp(bens, ben);
    await reads(bens, 'Continue to Tide Table?');
    await goOn(bens);
    await bens.getByText('You have no Page here').waitFor();
    await goOn(bens);
    const { query } = await returned(bens, { website });
    const { body } = await graph.redeem(app, query.get('code') ?? '', website.callback);
    const token = body.access_token as string;
    const pagesOf = async (): Promise<string[]> =>
      (await graph.get('/me/accounts', { access_token: token })).body.data.map((page: { name: string }) => page.name);
    assert.deepEqual(await pagesOf(), []);

    const made = await hallpass('page', 'create', 'Harbour Café', '--category', 'Café', '--owner', ben.email);
    assert.match(made, / the Page Harbour Café \(/);
    await bens.goto(`${url}/settings/apps?open=${app.id}`);
    await bens.getByText('Choose Pages').click();
    await bens.getByRole('checkbox', { name: /Harbour Café/ }).check();
    await press(bens, /^Save/);
    await bens.getByText(/Pages/).first().waitFor();
    assert.deepEqual(await pagesOf(), ['Harbour Café']);

    await anas.goto(`${url}/console/business`);
    await anas.getByRole('button', { name: 'Create a business' }).first().click();
    await anas.getByLabel('Name').fill('Harbour Trading');
    await press(anas, 'Create');
    await reads(anas, 'Business info');
    await anas.getByRole('navigation', { name: 'Business settings' }).getByRole('link', { name: 'People' }).click();
    await press(anas, 'Invite people');
    await anas.getByLabel('E-mail address').fill(cleo.email);
    await anas.getByRole('dialog').getByRole('button', { name: 'Invite', exact: true }).click();
    const invited = anas.getByRole('status').filter({ hasText: 'Send this link' });
    const invitation = await invited.getByText(/^https?:/).innerText();

    const cleos = await person();
    await cleos.goto(invitation);
    await cleos.getByRole('link', { name: 'Create an account' }).click();
    await signUp(cleos, cleo);
    await reads(cleos, 'Join Harbour Trading?');
    await press(cleos, 'Join');
    await reads(cleos, 'You’ve joined');
    await cleos.goto(invitation);
    await reads(cleos, 'This invitation doesn’t work');
    assert.equal(await cleos.getByRole('link', { name: 'Log in' }).count(), 0, 'somebody is logged in');

    await platform.restart('--open-sign-up');
    assert.deepEqual(await pagesOf(), ['Harbour Café'], 'a token outlives the power cut');
    const link = (await hallpass('person', 'reset-password', ben.email)).split('\n').at(-1) ?? '';
    await bens.goto(link);
    await bens.getByLabel('New password').fill('another boat of ben');
    await press(bens, 'Save the password');
    await reads(bens, 'Your password has been changed');
    await bens.getByRole('link', { name: 'Log in' }).click();
    await logIn(bens, { ...ben, password: 'another boat of ben' });
    const dead = await graph.get('/me', { access_token: token });
    assert.deepEqual([dead.body.error.code, dead.body.error.error_subcode], [190, 460]);
    assert.match(await hallpass('audit', 'verify'), /whole +yes/);
  });
});
