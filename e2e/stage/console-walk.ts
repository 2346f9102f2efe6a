// This walk goes through the console: every page and state of it, as somebody who works on apps meets them.
import type { Page } from 'playwright-core';
import { apps, people } from './cast.ts';
import { addPermission, chooseApp, generate, logInByCard, moveTo, submitted } from './console.ts';
import { press, reads } from './deeds.ts';
import type { Stage } from './stage.ts';

type See = (name: string) => Promise<void>;

/** The first page, and the Explorer for people who cannot use it. */
export async function walkIn(stage: Stage, page: Page, see: See): Promise<void> {
  await moveTo(page, `${stage.url}/`);
  await page.getByText('Five things to try').waitFor();
  await see('start');
  await moveTo(page, `${stage.url}/tools/explorer`);
  await page.getByText('Log in to get tokens').waitFor();
  await see('explorer-signed-out');
  await logInByCard(stage, page, people.ana);
  await moveTo(page, `${stage.url}/tools/explorer`);
  await page.getByText('No app to use').waitFor();
  await see('explorer-no-app');

  await logInByCard(stage, page, people.ben);
  await see('start-signed-in');
}

/** The Explorer from the choice of the app to the code of a call. */
export async function walkExplorer(stage: Stage, page: Page, see: See): Promise<void> {
  await logInByCard(stage, page, people.ben);
  await moveTo(page, `${stage.url}/tools/explorer`);
  await chooseApp(page, apps.fern.name);
  await see('explorer');
  await addPermission(page, 'pages_show_list');
  await addPermission(page, 'ads_read');
  await press(page, 'Add a Permission');
  await page.getByLabel('Search for a permission').fill('pages');
  await see('explorer-permissions');
  await page.keyboard.press('Escape');
  await generate(page);
  await page.getByRole('combobox', { name: 'Path' }).fill('me?fields=id,name,accounts{name,access_token}');
  await page.keyboard.press('Escape');
  await submitted(page);
  await see('explorer-answer');
  await press(page, 'Access Token Info');
  await page.getByRole('dialog').getByText('ads_read').waitFor();
  await see('explorer-token-info');
  await page.keyboard.press('Escape');
  await press(page, 'Get Code');
  await page.getByRole('dialog').getByText('curl').first().waitFor();
  await see('explorer-code');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The questions, forms and refusals of the Explorer that come in windows. */
export async function walkWindows(stage: Stage, page: Page, see: See): Promise<void> {
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  await logInByCard(stage, page, people.ben);
  await moveTo(page, `${stage.url}/tools/explorer`);
  await chooseApp(page, apps.fern.name);
  await addPermission(page, 'ads_read');
  await press(page, 'Ask for advanced access to ads_read');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await page.getByText('Write a sentence or two').waitFor();
  await see('explorer-advanced-access');
  await page.keyboard.press('Escape');
  await closed();
  await generate(page);
  await page.getByRole('combobox', { name: 'User or Page' }).click();
  await page.getByRole('option', { name: `Uninstall ${apps.fern.name}` }).click();
  await page.getByText('What ends with it').waitFor();
  await see('explorer-uninstall');
  await page.keyboard.press('Escape');
  await closed();
  await page.getByRole('combobox', { name: 'Method' }).click();
  await page.getByRole('option', { name: 'POST', exact: true }).click();
  await page.getByRole('combobox', { name: 'Path' }).fill('me/permissions');
  await page.keyboard.press('Escape');
  await press(page, 'Add a parameter');
  await see('explorer-parameters');
  await stage.advance('11m');
  await page.getByRole('combobox', { name: 'User or Page' }).click();
  await page.getByRole('option', { name: 'Get App Token' }).click();
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).waitFor();
  await see('password-again');
  await page.keyboard.press('Escape');
  await closed();
  await chooseApp(page, apps.stall.name);
  await press(page, 'Create a configuration');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('Give it a name.').waitFor();
  await see('explorer-configuration');
  await page.keyboard.press('Escape');
  await closed();
}

/** Walks through the rest: refusals, batch, history, calls, search, an address that leads nowhere. */
export async function walkOn(stage: Stage, page: Page, see: See): Promise<void> {
  await logInByCard(stage, page, people.ben);
  await moveTo(page, `${stage.url}/tools/explorer`);
  await chooseApp(page, apps.fern.name);
  await generate(page);
  await page.getByRole('combobox', { name: 'Path' }).fill('me/friends?fields=nothing');
  await page.keyboard.press('Escape');
  await press(page, 'Submit');
  await page.getByText('The Graph refused').waitFor();
  await see('explorer-refused');
  await page.getByRole('tab', { name: 'Batch' }).click();
  await press(page, 'Submit the batch');
  await page.getByLabel('Answer 2').waitFor();
  await see('explorer-batch');
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Clear all' }).waitFor();
  await see('explorer-history');
  await page.getByRole('tab', { name: 'Call' }).click();
  await page.getByRole('button', { name: /^Graph calls/ }).click();
  await page.getByRole('dialog').getByText('Copy as curl').first().waitFor();
  await see('calls');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByLabel('Find anything').fill('190');
  await page
    .getByText(/code 190/)
    .first()
    .waitFor();
  await see('find');
  await page.keyboard.press('Escape');
  await moveTo(page, `${stage.url}/console`);
  await reads(page, 'There is nothing here');
  await see('nothing-here');
}
