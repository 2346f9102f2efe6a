// The other tokens of the Explorer: of an app, of a system user; parameters of a POST; and the end of an app's tokens.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, pages, people } from '../stage/cast.ts';
import { addPermission, chooseApp, generate, openExplorer, submitted } from '../stage/console.ts';
import { press } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const choose = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.getByRole('combobox', { name: 'User or Page' }).click();
  await page.getByRole('option', { name }).click();
};
const inBox = (page: Page) => page.getByLabel('Access Token', { exact: true }).inputValue();
const asks = async (page: Page, path: string, method = 'GET'): Promise<void> => {
  await page.getByRole('combobox', { name: 'Method' }).click();
  await page.getByRole('option', { name: method, exact: true }).click();
  await page.getByRole('combobox', { name: 'Path' }).fill(path);
  await page.keyboard.press('Escape');
};
const givePassword = async (page: Page, { password }: { password: string }): Promise<void> => {
  const window = page.getByRole('dialog', { name: 'Enter your password' });
  await window.getByLabel('Password', { exact: true }).fill('wrong');
  await window.getByRole('button', { name: 'Confirm' }).click();
  await window.getByText('The password is wrong').waitFor();
  await window.getByLabel('Password', { exact: true }).fill(password);
  await window.getByRole('button', { name: 'Confirm' }).click();
};

describe('tokens of the Explorer', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  it('Get App Token asks for the password, and the token in the box speaks for the app', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    await chooseApp(page, apps.fern.name);
    await stage.advance('11m');
    await choose(page, 'Get App Token');
    await givePassword(page, people.ben);
    await page.getByText('The app token is in the box.').waitFor();
    assert.match(await inBox(page), new RegExp(`^${apps.fern.id}\\|`));
    await asks(page, `${apps.fern.id}?fields=id,name`);
    await submitted(page);
    await page.getByLabel('Answer as a tree').getByText(apps.fern.name).waitFor();
    assert.equal(await page.getByRole('combobox', { name: 'User or Page' }).inputValue(), 'Get App Token');
  });

  it('somebody who isn’t an administrator is told that the app token isn’t theirs to have', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.dana);
    await chooseApp(page, apps.fern.name);
    await choose(page, 'Get App Token');
    await page.getByRole('alert').getByText('No token').waitFor();
    assert.equal(await inBox(page), '');
  });

  it('a system user’s token is made with the token of an administrator, and lasts sixty days', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.cleo);
    await chooseApp(page, apps.ledger.name);
    await choose(page, 'Lantern Reports');
    await page.getByText('First generate a User Token with business_management').waitFor();
    await addPermission(page, 'business_management');
    await addPermission(page, 'ads_read');
    await generate(page);
    await choose(page, 'Lantern Reports');
    await page.getByText('The token of Lantern Reports is in the box. It ends after 60 days.').waitFor();
    const { type, expires_at: ends } = await stage.graph.inspect(apps.ledger, await inBox(page));
    assert.equal(type, 'SYSTEM_USER');
    assert.ok(Math.abs(ends - stage.now() - 60 * 86_400) < 60, 'sixty days');
    await asks(page, 'me?fields=id,name');
    await submitted(page);
    await page.getByLabel('Answer as a tree').getByText('Lantern Reports').waitFor();
  });

  it('parameters of a POST are offered by name, and the post appears on the Page', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.dana);
    await chooseApp(page, apps.fern.name);
    for (const name of ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'])
      await addPermission(page, name);
    await generate(page);
    await choose(page, pages.bakery.name);
    await asks(page, `${pages.bakery.id}/feed`, 'POST');
    const parameters = page.getByRole('group', { name: 'Parameters' });
    await parameters.getByRole('button', { name: /^message/ }).click();
    await parameters.getByLabel('Value of parameter 1').fill('From the Explorer: “&=+%” ﷺ 🌿\nsecond line');
    await parameters.getByRole('button', { name: 'Add a parameter' }).click();
    await parameters.getByLabel('Name of parameter 2').fill('not_a_parameter');
    await page.keyboard.press('Escape');
    await parameters.getByLabel('Remove parameter not_a_parameter').click();
    await submitted(page);
    await page
      .getByLabel('Answer as a tree')
      .getByText(/^"?\d+_\d+/)
      .first()
      .waitFor();
    await asks(page, `${pages.bakery.id}/feed?fields=message&limit=1`);
    await submitted(page);
    await page.getByLabel('Answer as a tree').getByText('From the Explorer: “&=+%” ﷺ 🌿').waitFor();
  });

  it('Uninstall names what dies with it, can be called off, and ends the token in the box', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.dana);
    await chooseApp(page, apps.fern.name);
    await addPermission(page, 'pages_show_list');
    const token = await generate(page);
    await choose(page, `Uninstall ${apps.fern.name}`);
    const question = page.getByRole('dialog', { name: `Uninstall ${apps.fern.name}?` });
    await question.getByText(pages.bakery.name).waitFor();
    await question.getByRole('button', { name: 'Keep it' }).click();
    await question.waitFor({ state: 'detached' });
    assert.equal((await stage.graph.inspect(apps.fern, token)).is_valid, true);
    await choose(page, `Uninstall ${apps.fern.name}`);
    await question.getByRole('button', { name: 'Uninstall', exact: true }).click();
    await page.getByText(`${apps.fern.name} has been uninstalled. Its tokens no longer work.`).waitFor();
    assert.equal((await stage.graph.inspect(apps.fern, token)).is_valid, false);
    await press(page, 'Submit');
    await page.getByText('The Graph refused').waitFor();
  });
});
