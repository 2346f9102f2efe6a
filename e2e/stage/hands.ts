// A person acts with a mouse or by keyboard alone: the same journey is gone with each of these.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

export interface Hands {
  /** Presses a button or follows a link. */
  press(target: Locator): Promise<void>;
  /** Writes into a field, in place of what is there. */
  write(target: Locator, text: string): Promise<void>;
  /** Flips a switch. */
  flip(target: Locator): Promise<void>;
  /** Chooses one of a row of radio buttons, by its words. */
  choose(group: Locator, label: string): Promise<void>;
}

/** More elements than the longest page has before its last one. */
const MOST_TABS = 400;

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  // A radio button of a segmented control is drawn by its label, and takes the focus all the same.
  await element.waitFor({ state: 'attached' });
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    if (await element.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached ${String(element)}`);
}

export const byMouse = (): Hands => ({
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
  flip: (target) => target.click({ force: true }),
  choose: (group, label) => group.getByText(label, { exact: true }).click(),
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
});
