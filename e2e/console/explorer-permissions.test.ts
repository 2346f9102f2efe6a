// "My permission is not offered": each reason that the Explorer tells, with the repair beside it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, people } from '../stage/cast.ts';
import {
  addPermission,
  chooseApp,
  dashboardCall,
  generate,
  logInByCard,
  openExplorer,
  permissionOption,
  sayYes,
  tabTo,
} from '../stage/console.ts';
import { press } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const chosen = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('“my permission is not offered”', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  it('an app with standard access: the reason stands beside the permission, an administrator asks, a reviewer says yes', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    await chooseApp(page, apps.fern.name);
    await press(page, 'Add a Permission');
    await page.getByLabel('Search for a permission').fill('ads_read');
    await permissionOption(page, 'ads_read').getByText('People with a role only').waitFor();
    await permissionOption(page, 'ads_read').click();
    await page.keyboard.press('Escape');
    await page.getByText('works for people with a role on Fern Scheduler only').waitFor();
    await press(page, 'Ask for advanced access to ads_read');
    const window = page.getByRole('dialog');
    await window.getByRole('button', { name: 'Send the request' }).click();
    await window.getByText('Write a sentence or two').waitFor();
    await window
      .getByLabel('What Fern Scheduler needs it for')
      .fill('Shows <b>figures</b> of advertisements beside posts. ملخّص 🌿');
    await window.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText('A reviewer of the platform will decide.').waitFor();

    const { data } = await dashboardCall(page, 'GET', `/${apps.fern.id}/access_requests`);
    const request = data.find(({ permission }: { permission: string }) => permission === 'ads_read');
    assert.match(request.use_case, /<b>figures<\/b>.*ملخّص 🌿/);
    const reviewer = await stage.visitor(t);
    await logInByCard(stage, reviewer.page, people.elif);
    const decided = await dashboardCall(reviewer.page, 'POST', `/${request.id}/decision`, {
      approve: 'true',
      reason: 'Figures are shown to those who pay for them.',
    });
    assert.equal(decided.success, true, JSON.stringify(decided));
    await page.reload();
    await chooseApp(page, apps.fern.name);
    await addPermission(page, 'ads_read');
    await chosen(page, 'ads_read').waitFor();
    assert.equal(await page.getByText('works for people with a role on').count(), 0);
  });

  it('a permission that was declined: the Explorer says so, and the next dialog asks again', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.dana);
    await chooseApp(page, apps.fern.name);
    await addPermission(page, 'email');
    const opened = page.waitForEvent('popup');
    await press(page, 'Generate Access Token');
    const popup = await opened;
    await popup.getByRole('button', { name: /^Continue/ }).waitFor();
    await popup.getByText('Edit what you share').click();
    await popup.getByRole('checkbox', { name: /mail/i }).uncheck();
    await sayYes(popup);
    await page.getByText('You declined email before. The next dialog asks for it again.').waitFor();
    const token = await generate(page);
    assert.ok((await stage.graph.inspect(apps.fern, token)).scopes.includes('email'));
    await page.getByText('You declined email').waitFor({ state: 'detached' });
  });

  it('a name of earlier years leads to the permissions of today, and one that is gone says so', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    await press(page, 'Add a Permission');
    await page.getByLabel('Search for a permission').fill('publish_actions');
    await page.getByText('no longer exists').waitFor();
    await page.getByLabel('Search for a permission').fill('manage_pages');
    await page.getByRole('option', { name: /^manage_pages is an old name/ }).click();
    for (const name of ['pages_show_list', 'pages_manage_metadata']) await chosen(page, name).waitFor();
  });

  it('an app with Login for Business: a configuration is made that asks for it, and the token has it', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    await chooseApp(page, apps.stall.name);
    await page.getByText('single permissions can’t be asked for').waitFor();
    assert.equal(await button(page, 'Generate Access Token').isDisabled(), true);
    await press(page, 'Create a configuration');
    const window = page.getByRole('dialog');
    await window.getByRole('button', { name: 'Create' }).click();
    await window.getByText('Give it a name.').waitFor();
    await window.getByLabel('Name').fill('Figures 🌿 <i>of</i> Pages');
    await window.getByRole('button', { name: 'Add a Permission' }).click();
    await page.getByLabel('Search for a permission').fill('read_insights');
    await permissionOption(page, 'read_insights').click();
    await page.keyboard.press('Escape');
    await window.getByRole('button', { name: 'Create' }).click();
    await page.getByText('The configuration has been created and chosen.').waitFor();
    assert.equal(
      await page.getByRole('combobox', { name: 'Configuration' }).inputValue(),
      'Figures 🌿 <i>of</i> Pages',
    );
    const token = await generate(page);
    assert.ok((await stage.graph.inspect(apps.stall, token)).scopes.includes('read_insights'));
  });

  it('the same by keyboard alone', async (t) => {
    const { page } = await stage.visitor(t);
    const { keyboard } = page;
    await openExplorer(stage, page, people.ben);
    await tabTo(page, page.getByRole('combobox', { name: 'Meta App' }));
    await keyboard.press('Control+a');
    await keyboard.type(apps.stall.name);
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByText('single permissions can’t be asked for').waitFor();
    await tabTo(page, button(page, 'Create a configuration'));
    await keyboard.press('Enter');
    const window = page.getByRole('dialog');
    await window.getByLabel('Name').waitFor();
    await tabTo(page, window.getByLabel('Name'));
    await keyboard.type('By keyboard');
    await tabTo(page, window.getByRole('button', { name: 'Add a Permission' }));
    await keyboard.press('Enter');
    await page.getByLabel('Search for a permission').waitFor();
    await keyboard.type('read_insights');
    await permissionOption(page, 'read_insights').waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await button(page, 'Remove read_insights').waitFor();
    await keyboard.press('Escape');
    await tabTo(page, window.getByRole('button', { name: 'Create' }));
    await keyboard.press('Enter');
    await page.getByText('The configuration has been created and chosen.').waitFor();
    assert.equal(await page.getByRole('combobox', { name: 'Configuration' }).inputValue(), 'By keyboard');
  });
});
