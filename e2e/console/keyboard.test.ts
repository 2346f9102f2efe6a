// These journeys are about the Explorer by keyboard alone: log in, add a permission, generate, submit, look at the
// token; and Ctrl K.
import { after, before, describe, it } from 'node:test';
import { people } from '../stage/cast.ts';
import { permissionOption, tabTo } from '../stage/console.ts';
import { reads } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';

describe('the console by keyboard', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('somebody logs in, adds ads_read, generates a token, calls the Graph and looks at the token', async (t) => {
    const { page } = await stage.visitor(t);
    const { keyboard } = page;
    const button = (name: string, exact = true) => page.getByRole('button', { name, exact });
    await page.goto(`${stage.url}/`);
    await reads(page, /stand-in/);
    await tabTo(page, button(`Log in as ${people.ben.name}`, false));
    await keyboard.press('Enter');
    await page.getByText(`You’re ${people.ben.name}.`).waitFor();

    await keyboard.press('Control+k');
    await page.getByLabel('Find anything').waitFor();
    await keyboard.type('explorer');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await reads(page, 'Graph API Explorer');
    await button('Add a Permission').waitFor();
    await tabTo(page, button('Add a Permission'));
    await keyboard.press('Enter');
    await page.getByLabel('Search for a permission').waitFor();
    await keyboard.type('ads_read');
    await permissionOption(page, 'ads_read').waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'ads_read' }).waitFor();
    await keyboard.press('Escape');

    const opened = page.waitForEvent('popup');
    await page.locator('body').press('Home');
    await tabTo(page, button('Generate Access Token'));
    await keyboard.press('Enter');
    const popup = await opened;
    const goOn = popup.getByRole('button', { name: /^Continue/ });
    await goOn.waitFor();
    await tabTo(popup, goOn);
    const closed = popup.waitForEvent('close');
    await popup.keyboard.press('Enter');
    await closed;
    await page.getByText('The token is in the box.').waitFor();

    await tabTo(page, page.getByRole('combobox', { name: 'Path' }));
    await keyboard.press('Escape');
    await keyboard.press('Control+Enter');
    await page.getByLabel('Answer as a tree').getByText(people.ben.name).waitFor();
    await tabTo(page, button('Access Token Info'));
    await keyboard.press('Enter');
    await page.getByRole('dialog').getByText('ads_read').waitFor();
    await tabTo(page, button('Open in Access Token Tool'));
    await keyboard.press('Enter');
    await reads(page, 'Access Token Debugger');
  });
});
