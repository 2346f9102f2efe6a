// This module starts Debian's Chromium, and does what a person does in it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { people, type PersonName } from '../src/stage/cast.ts';

const executablePath = '/usr/bin/chromium';
const usual = ['--no-sandbox', '--disable-dev-shm-usage'];

export function openChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...usual, ...args] });
}

interface Profile {
  context: BrowserContext;
  close(): Promise<void>;
}

/**
 * Opens a profile of Chromium that takes cookies of other sites, or blocks them, whatever this Chromium does by itself.
 */
export async function openProfile(cookiesOfOthers: boolean, args: readonly string[] = []): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'hallpass-profile-'));
  await mkdir(join(folder, 'Default'));
  const preferences = {
    profile: { cookie_controls_mode: cookiesOfOthers ? 0 : 1, block_third_party_cookies: !cookiesOfOthers },
    tracking_protection: { block_all_3pc_toggle_enabled: !cookiesOfOthers },
  };
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(folder, { executablePath, args: [...usual, ...args] });
  return {
    context,
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Milliseconds in which a page does what it should on a very busy machine: no more than a limit for what hangs. */
export const PATIENCE = 60_000;

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
