// This module starts Debian's Chromium, and does what a person does in it.
import { chromium, type Browser, type Page } from 'playwright-core';
import { people, type PersonName } from '../src/stage/cast.ts';

export function openChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...args],
  });
}

const PATIENCE = 10_000;

/** A page of a browser profile of its own: no cookies of other tests. */
export async function newPerson(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE);
  return page;
}

/** Fills in the log-in form and sends it. */
export async function typePassword(page: Page, person: PersonName): Promise<void> {
  await page.getByLabel('E-mail').fill(people[person].email);
  await page.getByLabel('Password').fill(people[person].password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** The one button that goes on, whatever it is called after. */
export const goOn = (page: Page): Promise<void> => page.getByRole('button', { name: /^Continue/ }).click();
