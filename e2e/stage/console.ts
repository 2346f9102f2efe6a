// People act in the console through these functions: each finds its place by the words that the person reads there.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Person } from './cast.ts';
import { press, reads } from './deeds.ts';
import type { Stage } from './stage.ts';

/**
 * Opens an address of the console. Where a page of the console is open, it leads there as its links do: nothing is
 * loaded and started anew.
 */
export async function moveTo(page: Page, address: string): Promise<void> {
  const tools = page.getByRole('navigation', { name: 'Tools' });
  if (page.url() === address || (await tools.count()) === 0) {
    await page.goto(address);
    return;
  }
  const before = await page.locator('main h1').elementHandle();
  await page.evaluate((to) => history.pushState({}, '', to), address);
  await before?.waitForElementState('hidden');
}

/** Logs in by one press on the first page. */
export async function logInByCard({ url }: Pick<Stage, 'url'>, page: Page, who: Person): Promise<void> {
  await moveTo(page, `${url}/`);
  await page.getByRole('button', { name: `Log in as ${who.name}` }).click();
  await page.getByText(`You’re ${who.name}.`).waitFor();
}

export async function openExplorer(stage: Pick<Stage, 'url'>, page: Page, who: Person): Promise<void> {
  await logInByCard(stage, page, who);
  await page.getByRole('navigation', { name: 'Tools' }).getByText('Graph API Explorer').click();
  await reads(page, 'Graph API Explorer');
}

export async function chooseApp(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Meta App' }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

/** A permission in the open list: its name comes first, then what it allows. */
export const permissionOption = (page: Page, name: string): Locator =>
  page.getByRole('option', { name: new RegExp(`^${name}\\b`) });

export async function addPermission(page: Page, name: string): Promise<void> {
  await press(page, 'Add a Permission');
  await page.getByLabel('Search for a permission').fill(name);
  await permissionOption(page, name).click();
  await page.keyboard.press('Escape');
}

/** Says yes to everything that the dialog asks in its window. */
export async function sayYes(popup: Page): Promise<void> {
  const closed = popup.waitForEvent('close').then(() => true);
  for (;;) {
    const asks = popup.getByRole('button', { name: /^Continue/ }).first();
    if (await Promise.race([closed, asks.waitFor().then(() => false)]).catch(() => true)) return;
    // The window may close, or show its next step, while the press is under way.
    await Promise.race([closed, asks.click()]).catch(() => {});
  }
}

/** Presses Generate Access Token and says yes to everything in the window. @returns the token in the box */
export async function generate(page: Page): Promise<string> {
  const opened = page.waitForEvent('popup');
  await press(page, 'Generate Access Token');
  await sayYes(await opened);
  await page.getByText('The token is in the box.').first().waitFor();
  return page.getByLabel('Access Token', { exact: true }).inputValue();
}

export async function submitted(page: Page): Promise<void> {
  await press(page, 'Submit');
  await page.getByLabel('Answer as a tree').waitFor();
}

/** More elements than the longest page has before its last one. */
const MOST_TABS = 400;
/** Tab is pressed so often before the page is asked where the focus is. */
const AT_ONCE = 20;

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  // A radio button of a segmented control is drawn by its label, and takes the focus all the same.
  await element.waitFor({ state: 'attached' });
  for (let pressed = 0; pressed < MOST_TABS; pressed += AT_ONCE) {
    // The page may draw the element anew, or be another one: it's looked up again each time.
    const stop = await element.evaluateHandle(stopTabs).catch(() => undefined);
    const presses = Array.from({ length: AT_ONCE }, () => page.keyboard.press('Tab'));
    await Promise.all(presses);
    if (await stop?.evaluate((reached) => reached()).catch(() => false)) return;
  }
  assert.fail(`Tab never reached ${element.toString()}`);
}

/** Runs in the page: presses of Tab that are still on their way when the element has the focus move it no more. */
function stopTabs(wanted: Element): () => boolean {
  const isThere = (): boolean => wanted === document.activeElement;
  const hold = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab' || !isThere()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('keydown', hold, true);
  return () => {
    removeEventListener('keydown', hold, true);
    return isThere();
  };
}

/** Calls the Graph through the door of the dashboard, as a page of the console does. */
export const dashboardCall = (
  page: Page,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  params: Readonly<Record<string, string>> = {},
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
): Promise<any> =>
  page.evaluate(
    async ([verb, below, form]) => {
      const { csrf } = await (await fetch('/console/session')).json();
      const answer = await fetch(`/console/graph${below}`, {
        method: verb,
        headers: { 'x-hallpass-csrf': csrf },
        ...(verb === 'POST' ? { body: new URLSearchParams(form) } : {}),
      });
      return answer.json();
    },
    [method, path, params] as const,
  );
