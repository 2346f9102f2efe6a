// A person in the settings of their own account: the pages without scripts, and what they press, by the words on it.
import { plainPaths } from '@hallpass/pages';
import type { HeadlessBrowser } from './browser.ts';
import { elementsOf, textOf } from './read-html.ts';
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

/**
 * Turns a second factor on. @param codeFor the code that an authenticator shows for the key of the page
 * @returns the key, and the recovery codes that are shown once
 */
async function turnOnTwoFactor(
  browser: HeadlessBrowser,
  password: string,
  codeFor: (key: string) => string,
): Promise<{ key: string; recoveryCodes: string[] }> {
  await openPlace(browser, 'twoFactor');
  const setUp = await press(browser, 'Turn on', { fill: { password } });
  const key = codesOn(setUp)[0]?.replaceAll(' ', '') ?? '';
  const done = await press(browser, 'Confirm and turn on', { fill: { code: codeFor(key) } });
  return { key, recoveryCodes: codesOn(done) };
}

/** Turns the second factor off. @param code one that the authenticator shows now, or a recovery code */
async function turnOffTwoFactor(browser: HeadlessBrowser, password: string, code: string): Promise<WebPage> {
  await openPlace(browser, 'twoFactor');
  return press(browser, 'Turn off', { fill: { password, code } });
}

/** Keys and recovery codes are set as code on a page. */
const codesOn = ({ html }: WebPage): string[] => elementsOf(html, 'code').map(({ inner }) => textOf(inner));

/** Accepts the invitation into a business that the page of this link shows. */
async function acceptInvitation(browser: HeadlessBrowser, link: string): Promise<WebPage> {
  await browser.open(link);
  return press(browser, 'Join');
}

/** A person does these things in the settings of their own account, in a browser in which they are logged in. */
export const settingsPages = {
  removeApp,
  takeBack,
  logOutEverywhereElse,
  changePassword,
  lockAccount,
  turnOnTwoFactor,
  turnOffTwoFactor,
  acceptInvitation,
};
