// A session that ends while a page is open loses nothing that was typed, and two windows overwrite nothing in silence.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, people } from '../stage/cast.ts';
import { addPermission, chooseApp, dashboardCall, logInByCard, openExplorer } from '../stage/console.ts';
import { press, reads } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const basicSettings = async (stage: Stage, page: Page): Promise<void> => {
  await page.goto(`${stage.url}/console/apps/${apps.fern.id}/settings/basic`);
  await page.getByRole('form', { name: 'Basic settings' }).waitFor();
};
const field = (page: Page, name: string) => page.getByRole('textbox', { name });

describe('what was typed', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  it('a session that ends under the Explorer and its form is told, and both go on after a log-in in another tab', async (t) => {
    const { page, context, newTab } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    await chooseApp(page, apps.fern.name);
    await page.getByRole('combobox', { name: 'Path' }).fill('me?fields=id,name,birthday');
    await addPermission(page, 'ads_read');
    await press(page, 'Ask for advanced access to ads_read');
    const window = page.getByRole('dialog');
    await window.getByLabel('What Fern Scheduler needs it for').fill('A long and careful text.');
    await context.clearCookies();
    await window.getByRole('button', { name: 'Send the request' }).click();
    await window.getByText('Not saved: your session has ended').waitFor();
    await page.getByText('Your session has ended', { exact: true }).waitFor();
    assert.equal(await window.getByLabel('What Fern Scheduler needs it for').inputValue(), 'A long and careful text.');
    assert.equal(await page.locator('input[aria-label=Path]').inputValue(), 'me?fields=id,name,birthday');

    await logInByCard(stage, await newTab(), people.ben);
    await page.getByText('Your session has ended', { exact: true }).waitFor({ state: 'detached' });
    await window.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText('A reviewer of the platform will decide.').waitFor();
    assert.equal(await page.getByRole('combobox', { name: 'Path' }).inputValue(), 'me?fields=id,name,birthday');
    await page.getByRole('listitem').filter({ hasText: 'ads_read' }).waitFor();
  });

  it('another person who logs in with the same browser is told of on the page of the first, which acts for nobody else', async (t) => {
    const { page, newTab } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    await basicSettings(stage, page);
    await field(page, 'Description').fill('Typed by Ben');
    await logInByCard(stage, await newTab(), people.ana);
    await page.getByText(`You’re ${people.ana.name} now`).waitFor();
    assert.equal(await field(page, 'Description').inputValue(), 'Typed by Ben');
  });

  it('a form keeps its changes over a look at another page, and says which aren’t saved', async (t) => {
    const { page } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    await basicSettings(stage, page);
    await field(page, 'Description').fill('Not saved yet');
    await page.getByRole('navigation', { name: 'Tools' }).getByText('Access Token Tool').click();
    await reads(page, 'Access Token Tool');
    await page.goBack();
    await page.getByText(/^Not saved:.*Description/).waitFor();
    assert.equal(await field(page, 'Description').inputValue(), 'Not saved yet');
    await press(page, 'Discard');
    await page.getByText('Not saved:').waitFor({ state: 'detached' });
  });

  it('two windows that edit the same field: the second is asked, and either side can be kept', async (t) => {
    const { page: first, newTab } = await stage.visitor(t);
    await logInByCard(stage, first, people.ben);
    const second = await newTab();
    for (const page of [first, second]) await basicSettings(stage, page);
    const saved = async () =>
      (await dashboardCall(first, 'GET', `/${apps.fern.id}?fields=description,link`)) as Record<string, string>;
    await field(first, 'Description').fill('From the first window');
    await press(first, 'Save');
    await first.getByText('Saved.').waitFor();

    await field(second, 'Description').fill('From the second window');
    await press(second, 'Save');
    await second.getByText('Someone else has changed this in the meantime').waitFor();
    await second.getByText('From the first window').waitFor();
    assert.equal((await saved()).description, 'From the first window');
    await press(second, 'Take theirs');
    assert.equal(await field(second, 'Description').inputValue(), 'From the first window');

    await field(first, 'Description').fill('Once more');
    await press(first, 'Save');
    await first.getByText('Not saved:').waitFor({ state: 'detached' });
    await field(second, 'Description').fill('On purpose');
    await press(second, 'Save');
    await press(second, 'Keep mine');
    await press(second, 'Save');
    await second.getByText('Not saved:').waitFor({ state: 'detached' });
    assert.equal((await saved()).description, 'On purpose');
  });

  it('two windows that edit different fields keep both', async (t) => {
    const { page: first, newTab } = await stage.visitor(t);
    await logInByCard(stage, first, people.ben);
    const second = await newTab();
    for (const page of [first, second]) await basicSettings(stage, page);
    await field(first, 'Description').fill('One field');
    await press(first, 'Save');
    await first.getByText('Not saved:').waitFor({ state: 'detached' });
    await field(second, 'Support email').fill('help@fern.example');
    await press(second, 'Save');
    await second.getByText('Not saved:').waitFor({ state: 'detached' });
    await basicSettings(stage, first);
    assert.equal(await field(first, 'Description').inputValue(), 'One field');
    assert.equal(await field(first, 'Support email').inputValue(), 'help@fern.example');
  });
});
