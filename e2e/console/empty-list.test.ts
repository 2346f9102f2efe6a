// "My list of Pages is empty": the Explorer tells the cause, and the repair is one choice away. The journey is made with a
// mouse and by keyboard alone.
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, pages, people } from '../stage/cast.ts';
import { openExplorer } from '../stage/console.ts';
import { type Hands, waysToUse } from '../stage/hands.ts';
import { openStage, type Stage } from '../stage/stage.ts';

describe('“my list of Pages is empty”', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const kind = (page: Page) => page.getByRole('combobox', { name: 'User or Page' });

  /** Says yes to everything that the dialog asks, in the same way as everything else. */
  async function sayYes(popup: Page, hands: Hands): Promise<void> {
    const closed = popup.waitForEvent('close').then(() => true);
    for (;;) {
      const asks = button(popup, /^Continue/).first();
      if (await Promise.race([closed, asks.waitFor().then(() => false)]).catch(() => true)) return;
      // The window may close, or show its next step, while the press is under way.
      await Promise.race([closed, hands.press(asks)]).catch(() => {});
    }
  }

  /** Asks the Graph for a path. */
  async function ask(page: Page, hands: Hands, path: string): Promise<void> {
    await hands.write(page.getByRole('combobox', { name: 'Path' }), path);
    // The list of paths that would complete it lies over the rest.
    await page.keyboard.press('Escape');
    await hands.press(button(page, 'Submit'));
    await page.getByLabel('Answer as a tree').waitFor();
  }

  for (const { name: way, handsAt } of waysToUse)
    it(`the cause is told, Get Page Access Token asks for the permission, and the Pages appear by name, ${way}`, async (t) => {
      const { page } = await stage.visitor(t);
      const hands = handsAt(page);
      const during = async (act: Promise<void>): Promise<void> => {
        const [popup] = await Promise.all([page.waitForEvent('popup'), act]);
        await sayYes(popup, handsAt(popup));
      };
      await openExplorer(stage, page, people.dana);
      await hands.select(page.getByRole('combobox', { name: 'Meta App' }), apps.fern.name);
      await during(hands.press(button(page, 'Generate Access Token')));
      await page.getByText('The token is in the box.').first().waitFor();
      await ask(page, hands, 'me/accounts');

      await hands.press(button(page, 'Why?'));
      const why = page.getByRole('dialog', { name: 'Why' });
      await why.getByText("The app didn't ask the person for the permission", { exact: false }).waitFor();
      await why.getByText('Ask for the permission in the dialog, and use the new token.').waitFor();
      await page.keyboard.press('Escape');
      await why.waitFor({ state: 'detached' });

      await during(hands.select(kind(page), 'Get Page Access Token'));
      await hands.select(kind(page), pages.bakery.name);
      await ask(page, hands, 'me?fields=id,name');
      await page.getByLabel('Answer as a tree').getByText(pages.bakery.name).waitFor();
    });
});
