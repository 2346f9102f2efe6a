// Two ways to use a page: with a mouse, and by keyboard alone. A journey is written once and made in both ways.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

export interface Hands {
  name: string;
  /** A button or a link. */
  press(what: Locator): Promise<void>;
  /** Writes into a field, in place of what is in it. */
  write(field: Locator, text: string): Promise<void>;
  /** A box to be ticked, or unticked. */
  tick(box: Locator): Promise<void>;
  /** One of several of which one is always chosen: radio buttons, or a row of words. */
  pick(radio: Locator): Promise<void>;
  /** An entry of a list that opens at a field. */
  choose(field: Locator, option: string): Promise<void>;
}

export const mouse = (page: Page): Hands => ({
  name: 'with a mouse',
  press: (what) => what.click(),
  write: (field, text) => field.fill(text),
  tick: (box) => box.click(),
  async pick(radio) {
    // The words beside it are pressed: a row of words hides the button itself.
    await page.locator(`label[for="${await radio.getAttribute('id')}"]`).click();
  },
  async choose(field, option) {
    await field.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  },
});

const isFocused = (what: Locator): Promise<boolean> =>
  what.evaluate((one) => one === document.activeElement).catch(() => false);

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, what: Locator): Promise<void> {
  await what.waitFor({ state: 'attached' });
  for (let pressed = 0; pressed < 200; pressed++) {
    if (await isFocused(what)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached ${what}`);
}

export const keyboard = (page: Page): Hands => ({
  name: 'by keyboard alone',
  async press(what) {
    await tabTo(page, what);
    await page.keyboard.press('Enter');
  },
  async write(field, text) {
    await tabTo(page, field);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  },
  async tick(box) {
    await tabTo(page, box);
    await page.keyboard.press('Space');
  },
  async pick(radio) {
    const name = await radio.getAttribute('name');
    await tabTo(page, page.locator(`input[type=radio][name="${name}"]:checked`));
    for (let pressed = 0; pressed < 10 && !(await radio.isChecked()); pressed++) await page.keyboard.press('ArrowDown');
    assert.ok(await radio.isChecked());
  },
  async choose(field, option) {
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

export const waysToUse = [mouse, keyboard] as const;
