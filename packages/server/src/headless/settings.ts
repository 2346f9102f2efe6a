// A person in the settings of their own account: the pages without scripts,
// and what they press, by the words on it.
import { plainPaths } from '@hallpass/pages';
import type { HeadlessBrowser } from './browser.ts';
import type { Submission, WebPage } from './web-page.ts';

const openPlace = (browser: HeadlessBrowser, place: keyof typeof plainPaths): Promise<WebPage> =>
  browser.open(plainPaths[place]);

async function press(browser: HeadlessBrowser, button: string, submission?: Submission): Promise<WebPage> {
  const done = await browser.press(button, submission);
  if (done.status >= 400) throw new Error(`${button}: ${done.innerText}`);
  return done;
}

/** Takes an app off. @param app its name */
async function removeApp(browser: HeadlessBrowser, app: string, submission?: Submission): Promise<WebPage> {
  await openPlace(browser, 'apps');
  return press(browser, `Remove app ${app}`, submission);
}

/** Takes one permission back. @param title the permission's title in the list; @param app the name of the app */
async function takeBack(browser: HeadlessBrowser, title: string, app: string): Promise<WebPage> {
  await openPlace(browser, 'apps');
  return press(browser, `Take back: ${title} from ${app}`);
}

async function logOutEverywhereElse(browser: HeadlessBrowser): Promise<WebPage> {
  await openPlace(browser, 'sessions');
  return press(browser, 'Log out everywhere else');
}

async function changePassword(browser: HeadlessBrowser, present: string, next: string): Promise<WebPage> {
  await openPlace(browser, 'password');
  return press(browser, 'Change password', { fill: { password: present, new_password: next } });
}

async function lockAccount(browser: HeadlessBrowser): Promise<WebPage> {
  await openPlace(browser, 'secure');
  return press(browser, 'Lock my account now');
}

/** A person does these things in the settings of their own account, in a browser in which they are logged in. */
export const settingsPages = { removeApp, takeBack, logOutEverywhereElse, changePassword, lockAccount };
