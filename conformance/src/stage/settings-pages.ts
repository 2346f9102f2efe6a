// Cases use the pages of a person's account with these functions, pressed as a person presses them.
import assert from 'node:assert/strict';
import type { Browser, Page, Submission } from './browser.ts';
import { people, type PersonName } from './cast.ts';
import { logInOn } from './deeds.ts';
import type { ConformanceWorld } from './world.ts';

/** A browser in which the person is logged in, without any app. */
export async function signIn(world: ConformanceWorld, person: PersonName, browser = world.browser()): Promise<Browser> {
  await logInOn(browser, await browser.open('/login'), person);
  const page = await browser.open('/settings');
  assert.match(page.text, new RegExp(people[person].name), page.text);
  return browser;
}

async function openPlace(browser: Browser, words: string): Promise<Page> {
  return browser.follow(await browser.open('/settings'), words);
}

/** Presses the button with these words on `page`, wherever it is. */
async function press(browser: Browser, page: Page, button: string, submission: Submission = {}): Promise<Page> {
  const form = page.forms.find(({ buttons }) => buttons.some(({ text }) => text.includes(button)));
  assert.ok(form, `no button "${button}" on: ${page.text}`);
  const done = await browser.submit(page, form, { ...submission, button });
  assert.ok(done.status < 400, `${button}: ${done.text}`);
  return done;
}

export const removeApp = async (browser: Browser, app: string, submission: Submission = {}): Promise<Page> =>
  press(browser, await openPlace(browser, 'Apps and websites'), `Remove app ${app}`, submission);

/** @param title the permission's title in the list */
export const takeBack = async (browser: Browser, title: string, app: string): Promise<Page> =>
  press(browser, await openPlace(browser, 'Apps and websites'), `Take back: ${title} from ${app}`);

export const logOutEverywhereElse = async (browser: Browser): Promise<Page> =>
  press(browser, await openPlace(browser, 'Your devices'), 'Log out everywhere else');

export async function changePassword(browser: Browser, person: PersonName, next: string): Promise<Page> {
  return press(browser, await openPlace(browser, 'Password'), 'Change password', {
    fill: { password: people[person].password, new_password: next },
  });
}

export const lockAccount = async (browser: Browser): Promise<Page> =>
  press(browser, await openPlace(browser, 'Secure your account'), 'Lock my account now');
