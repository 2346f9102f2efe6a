// Somebody manages a business with its ads on a platform of their own: from the app to a campaign, its report, and the
// end of what was allowed.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openChromium } from '../stage/chromium.ts';
import { press, reads } from '../stage/deeds.ts';
import { graphAt, refused } from '../stage/graph.ts';
import { openPlatform } from '../stage/platform.ts';
import { visit } from '../stage/visitor.ts';

const ana = { name: 'Ana Lopes', email: 'ana@example.com', password: 'ana and her bread' };

describe('managing a business with its ads', () => {
  let browser: Browser;
  before(async () => {
    browser = await openChromium();
  });
  after(() => browser?.close());

  it('goes from a new business to the report of a campaign, with nobody logged in, and to its end', async (t) => {
    const platform = await openPlatform(t);
    const { url, hallpass } = platform;
    const graph = graphAt(url);
    const { page } = await visit(t, browser, { origins: [url] });
    const dialog = page.getByRole('dialog');
    const open = async (section: string): Promise<void> => {
      const parts = page.getByRole('navigation', { name: 'Business settings' });
      await parts.getByRole('link', { name: section, exact: true }).click();
      await reads(page, section);
    };

    await page.goto(platform.setUp);
    await page.getByLabel('Name').fill(ana.name);
    await page.getByLabel('E-mail').fill(ana.email);
    await page.getByLabel('Password').fill(ana.password);
    await press(page, 'Create administrator');
    await reads(page, 'All set');
    const made = await hallpass('app', 'create', 'Tide Ads', '--administrator', ana.email, '--json');
    const app = JSON.parse(made) as { id: string; secret: string };
    const access = 'advanced_access=public_profile,email,ads_management,ads_read,business_management';
    await hallpass('app', 'set', app.id, 'marketing_tier=standard', access);

    await page.goto(`${url}/console/business`);
    await page.getByRole('button', { name: 'Create a business' }).first().click();
    await page.getByLabel('Name').fill('Harbour Trading');
    await press(page, 'Create');
    await reads(page, 'Business info');
    await open('Apps');
    await press(page, 'Add an app');
    await dialog.getByRole('combobox', { name: 'App' }).click();
    await page.getByRole('option', { name: 'Tide Ads' }).click();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await open('Ad accounts');
    await press(page, 'Create an ad account');
    await dialog.getByLabel('Name').fill('Harbour advertisements');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await open('System users');
    await press(page, 'Add');
    await page.getByLabel('System user name').fill('Nightly Reports');
    await press(page, 'Create system user');
    await reads(page, 'Nightly Reports');
    await page.getByRole('radiogroup', { name: 'Kind of asset' }).getByText('Ad accounts').click();
    for (const task of ['View performance', 'Manage campaigns'])
      await page.getByRole('checkbox', { name: `${task}: Harbour advertisements` }).check();
    await press(page, 'Save');
    await page.getByText('assignments have been saved').waitFor();
    await press(page, 'Generate token');
    await dialog.getByRole('combobox', { name: 'App' }).click();
    await page.getByRole('option', { name: 'Tide Ads' }).click();
    for (const scope of ['ads_read', 'ads_management']) await dialog.getByRole('checkbox', { name: scope }).check();
    await dialog.getByRole('button', { name: 'Generate token' }).click();
    await dialog.getByRole('button', { name: 'Show token of Nightly Reports' }).click();
    const token = await dialog.getByText(/^EAA/).innerText();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const [account] = (await graph.get('/me/adaccounts', { fields: 'name', access_token: token })).body.data;
    assert.equal(account.name, 'Harbour advertisements');
    const wanted = { name: 'Night of reading', objective: 'OUTCOME_TRAFFIC', status: 'ACTIVE', daily_budget: '1500' };
    const campaign = await graph.post(`/${account.id}/campaigns`, {
      ...wanted,
      special_ad_categories: '[]',
      access_token: token,
    });
    assert.equal(campaign.status, 200, JSON.stringify(campaign.body));
    const report = await graph.get(`/${account.id}/insights`, { fields: 'impressions', access_token: token });
    assert.equal(report.status, 200, JSON.stringify(report.body));
    const pause = () => graph.post(`/${campaign.body.id}`, { status: 'PAUSED', access_token: token });
    assert.deepEqual((await pause()).body, { success: true });

    await page.reload();
    await page.getByRole('radiogroup', { name: 'Kind of asset' }).getByText('Ad accounts').click();
    await page.getByRole('checkbox', { name: 'Manage campaigns: Harbour advertisements' }).uncheck();
    await press(page, 'Save');
    await page.getByText('assignments have been saved').waitFor();
    refused(await pause(), 200);
    const still = await graph.get(`/${account.id}/insights`, { fields: 'impressions', access_token: token });
    assert.equal(still.status, 200, 'what was left is left');
  });
});
