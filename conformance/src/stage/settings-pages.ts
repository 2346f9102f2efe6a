// Cases use the pages of a person's account with these functions, pressed as a person presses them.
import assert from 'node:assert/strict';
import { type HeadlessBrowser, settingsPages, type WebPage } from '@hallpass/server/testing';
import { people, type PersonName } from './cast.ts';
import { openLogIn } from './deeds.ts';
import type { ConformanceWorld } from './world.ts';

export const { removeApp, takeBack, logOutEverywhereElse, lockAccount } = settingsPages;

/** A browser in which the person is logged in, without any app. */
export async function signIn(
  world: ConformanceWorld,
  person: PersonName,
  browser = world.browser(),
): Promise<HeadlessBrowser> {
  await openLogIn(browser, '/login', person);
  const page = await browser.open('/settings');
  assert.match(page.innerText, new RegExp(people[person].name), page.innerText);
  return browser;
}

export const changePassword = (browser: HeadlessBrowser, person: PersonName, next: string): Promise<WebPage> =>
  settingsPages.changePassword(browser, people[person].password, next);
