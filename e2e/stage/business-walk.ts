// This walk goes through the settings of a business: every page and state of it, as its administrator meets them.
import type { Page } from 'playwright-core';
import { adAccount, apps, lantern, pages, people } from './cast.ts';
import { dashboardCall, logInByCard, moveTo } from './console.ts';
import { press, reads } from './deeds.ts';
import type { Stage } from './stage.ts';

type See = (name: string) => Promise<void>;

/** Closes the window that is open. */
async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Another business asks to work on a Page of this one, and somebody is invited. */
async function liven(stage: Stage): Promise<void> {
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  await logInByCard(stage, page, people.elif);
  const { id } = (await dashboardCall(page, 'POST', '/me/businesses', { name: 'Harbour Agency' })) as { id: string };
  await dashboardCall(page, 'POST', `/${id}/client_pages`, { page_id: pages.books.id, permitted_tasks: 'ANALYZE' });
  await context.close();
}

export async function walkBusiness(stage: Stage, page: Page, see: See): Promise<void> {
  await moveTo(page, `${stage.url}/console/business`);
  await page.getByText('Log in to see your businesses').waitFor();
  await see('businesses-signed-out');
  await liven(stage);
  await logInByCard(stage, page, people.ben);
  await moveTo(page, `${stage.url}/console/business`);
  await page.getByText('You have no businesses yet').waitFor();
  await see('businesses-none');
  await logInByCard(stage, page, people.cleo);
  await moveTo(page, `${stage.url}/console/business`);
  await page.getByRole('link', { name: lantern.name }).waitFor();
  await see('businesses');
  const open = async (section: string, heading: string) => {
    await moveTo(page, `${stage.url}/console/business/${lantern.id}${section}`);
    await reads(page, heading);
  };
  await open('', 'Business info');
  await page.getByLabel('Name').fill('Lantern Trading and Sons');
  await page.getByText('Not saved: Name').waitFor();
  await see('business-info');
  await page.getByRole('button', { name: 'Discard' }).click();
  await walkPeople(page, see, open);
  await walkSystemUsers(page, see, open);
  await walkAssets(page, see, open);
}

type Open = (section: string, heading: string) => Promise<void>;

async function walkPeople(page: Page, see: See, open: Open): Promise<void> {
  await open('/people', 'People');
  await press(page, 'Invite people');
  await page.getByLabel('E-mail address').fill('somebody@example.com');
  await page.getByRole('dialog').getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByText('Send this link').waitFor();
  await see('business-invite');
  await closed(page);
  await page.getByRole('table', { name: 'Open invitations' }).waitFor();
  await see('business-people');
  await press(page, `Remove ${people.cleo.name}`);
  await page.getByText('make someone else an administrator first').waitFor();
  await see('business-last-administrator');
  await closed(page);
  await page.getByRole('link', { name: people.dana.name }).click();
  await page.getByRole('checkbox', { name: `Moderate: ${pages.books.name}` }).waitFor();
  await see('business-person');
}

async function walkSystemUsers(page: Page, see: See, open: Open): Promise<void> {
  await open('/system-users', 'System users');
  await page.getByRole('link', { name: 'Lantern Reports' }).waitFor();
  await see('system-users');
  await press(page, 'Add');
  await page.getByLabel('System user name').fill('Nightly Reports');
  await see('system-user-add');
  await closed(page);
  await page.getByRole('link', { name: 'Lantern Reports' }).click();
  await page.getByText('No tokens yet').waitFor();
  await press(page, 'Generate token');
  const dialog = page.getByRole('dialog', { name: 'Generate token for Lantern Reports' });
  await dialog.getByRole('combobox', { name: 'App' }).click();
  await page.getByRole('option', { name: apps.ledger.name, exact: true }).click();
  await dialog.getByRole('checkbox', { name: 'pages_show_list' }).click();
  await dialog.getByRole('checkbox', { name: 'pages_read_engagement' }).click();
  await see('system-user-generate');
  await dialog.getByRole('button', { name: 'Generate token' }).click();
  await dialog.getByText('Copy the token of Lantern Reports now').waitFor();
  await see('system-user-token');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Revoke the token/ }).waitFor();
  await see('system-user');
  await page.getByRole('checkbox', { name: `View insights: ${pages.books.name}` }).scrollIntoViewIfNeeded();
  await page.getByRole('checkbox', { name: `Create content: ${pages.books.name}` }).click();
  await see('system-user-assign');
  await page.getByRole('button', { name: 'Discard' }).click();
  await press(page, `Remove ${apps.ledger.name}`);
  await page.getByText(/^Ends 1 system user token/).waitFor();
  await see('system-user-remove-app');
  await closed(page);
  await open('/system-users', 'System users');
  await page.getByRole('link', { name: 'Lantern Back Office' }).click();
  await page.getByText('It has access to everything').waitFor();
  await see('system-user-admin');
}

async function walkAssets(page: Page, see: See, open: Open): Promise<void> {
  await open('/pages', 'Pages');
  await page.getByRole('button', { name: /^Accept Harbour Agency/ }).waitFor();
  await see('business-pages');
  await press(page, 'Add a Page');
  await page.getByText('Request a client’s Page', { exact: true }).click();
  await page.getByLabel('Page id').waitFor();
  await see('business-add-page');
  await closed(page);
  await press(page, `Accept Harbour Agency on ${pages.books.name}`);
  await page.getByText('No open requests').waitFor();
  await open(`/pages/${pages.books.id}`, pages.books.name);
  await page.getByText('Harbour Agency').waitFor();
  await see('business-page');
  await open('/ad-accounts', 'Ad accounts');
  await page.getByRole('link', { name: adAccount.name }).waitFor();
  await see('business-ad-accounts');
  await press(page, 'Create an ad account');
  await page.getByLabel('Name').waitFor();
  await see('business-new-ad-account');
  await closed(page);
  await open(`/ad-accounts/${adAccount.id}`, adAccount.name);
  await page.getByText('No partner has access').waitFor();
  await see('business-ad-account');
  await open('/apps', 'Apps');
  await page.getByText(apps.ledger.name).waitFor();
  await see('business-apps');
  await open('/partners', 'Partners');
  await press(page, 'End the partnership with Harbour Agency');
  await page.getByText('What ends with it').waitFor();
  await see('business-end-partner');
  await closed(page);
  await see('business-partners');
  await open('/integrations', 'Connected apps');
  await page.getByText('No connected apps').waitFor();
  await see('business-integrations');
}
