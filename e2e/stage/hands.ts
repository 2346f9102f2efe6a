// A person acts with a mouse or by keyboard alone: the same journey is gone with each of these.
import type { Locator, Page } from 'playwright-core';
import { tabTo } from './console.ts';

export interface Hands {
  /** Presses a button or follows a link. */
  press(target: Locator): Promise<void>;
  /** Writes into a field, in place of what is there. */
  write(target: Locator, text: string): Promise<void>;
  /** Flips a switch. */
  flip(target: Locator): Promise<void>;
  /** Chooses one of a row of radio buttons, by its words. */
  choose(group: Locator, label: string): Promise<void>;
  /** Opens the menu of a button and chooses one of its entries. */
  menu(button: Locator, entry: string): Promise<void>;
  /** Chooses an entry of the list that opens at a field. */
  select(field: Locator, option: string): Promise<void>;
}

export const byMouse = (): Hands => ({
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
  // The button of a switch is drawn by what lies above it.
  async flip(target) {
    // The bar at the top must not lie over it: a forced click does not look.
    await target.evaluate((one) => one.scrollIntoView({ block: 'center' }));
    await target.click({ force: (await target.getAttribute('role')) === 'switch' });
  },
  choose: (group, label) => group.getByText(label, { exact: true }).click(),
  async menu(button, entry) {
    await button.click();
    await button.page().getByRole('menuitem', { name: entry }).click();
  },
  async select(field, option) {
    await field.click();
    await field.page().getByRole('option', { name: option, exact: true }).click();
  },
});

export const byKeyboard = (page: Page): Hands => ({
  async press(target) {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  },
  async write(target, text) {
    await tabTo(page, target);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  },
  async flip(target) {
    await tabTo(page, target);
    await page.keyboard.press('Space');
  },
  async choose(group, label) {
    const wanted = group.getByRole('radio', { name: label, exact: true });
    const checked = group.getByRole('radio', { checked: true });
    await tabTo(page, (await checked.count()) > 0 ? checked : group.getByRole('radio').first());
    for (let pressed = 0; pressed < 10 && !(await wanted.isChecked()); pressed++)
      await page.keyboard.press('ArrowRight');
  },
  async menu(button, entry) {
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    const wanted = page.getByRole('menuitem', { name: entry });
    await wanted.waitFor();
    for (let pressed = 0; pressed < 20; pressed++) {
      if (await wanted.evaluate((one) => one === document.activeElement)) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  },
  async select(field, option) {
    await tabTo(page, field);
    await page.keyboard.press('ArrowDown');
    const wanted = page.getByRole('option', { name: option, exact: true });
    await wanted.waitFor();
    for (let pressed = 0; pressed < 60; pressed++) {
      if ((await wanted.getAttribute('data-combobox-selected')) !== null) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  },
});

/** The journeys of a person are made in both of these ways. */
export const waysToUse: readonly { name: string; handsAt(page: Page): Hands }[] = [
  { name: 'with a mouse', handsAt: byMouse },
  { name: 'by keyboard alone', handsAt: byKeyboard },
];
