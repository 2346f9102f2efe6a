// This is the website of an app that uses the JavaScript SDK, on a host of its own, and what a test does on its pages.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import { apps } from '../../src/stage/cast.ts';
import { goOn, PATIENCE, typePassword } from '../chromium.ts';

export const SHOP = 'https://shop.example';
/** Another website, which the app has not listed. */
export const EVIL = 'https://evil.example';

/** `#login` asks for a log-in as the page sets `window.options`, and keeps the answer in `window.answer`. */
export function sdkPage(options: Readonly<Record<string, unknown>> = {}, body = ''): string {
  const init = { appId: apps.shop.id, version: 'v24.0', cookie: true, ...options };
  return `<!doctype html><html lang="en"><title>Shop</title>
<script>
  window.told = [];
  window.fbAsyncInit = () => {
    for (const name of ['auth.login', 'auth.logout', 'auth.statusChange', 'auth.authResponseChange', 'auth.denied'])
      FB.Event.subscribe(name, () => told.push(name));
    FB.init(${JSON.stringify(init)});
    window.ready = true;
  };
</script>
<script async crossorigin="anonymous" src="https://connect.facebook.net/en_US/sdk.js"></script>
<button id="login" onclick="window.answer = undefined; FB.login((answer) => { window.answer = answer }, window.options)">Enter</button>
${body}`;
}

/** The pages of a website, by path; `/` unless there is another. */
export type SitePages = Map<string, string>;

/** Answers the requests for one host. */
type Site = (asked: IncomingMessage, answered: ServerResponse) => void;

export const siteOf =
  (pages: SitePages): Site =>
  (asked, answered) => {
    const path = new URL(asked.url ?? '/', SHOP).pathname;
    answered.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'referrer-policy': 'no-referrer' });
    answered.end(pages.get(path) ?? pages.get('/') ?? '');
  };

/** Another website, which gives a cookie for every site and says which cookies it was sent. */
export const echo: Site = (asked, answered) => {
  answered.writeHead(200, {
    'access-control-allow-origin': SHOP,
    'access-control-allow-credentials': 'true',
    'set-cookie': 'seen=1; SameSite=None; Secure; Path=/',
  });
  answered.end(asked.headers.cookie ?? '');
};

/** A page of the website with the SDK started. */
export async function openSite(context: BrowserContext, address = `${SHOP}/`): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(address);
  await page.waitForFunction('window.ready');
  return page;
}

/** The answer that the callback of a call is given. @param call in the page’s words, with `done` as its callback */
export const callbackOf = <Answer>(page: Page, call: string): Promise<Answer> =>
  page.evaluate<Answer>(`new Promise((done) => { ${call} })`);

/** A response of FB.login and FB.getLoginStatus. */
interface Response {
  status: string;
  authResponse: {
    accessToken: string;
    userID: string;
    expiresIn: number;
    signedRequest: string;
    graphDomain: string;
    grantedScopes?: string;
    data_access_expiration_time: number;
    reauthorize_required_in: number;
    code?: string;
  } | null;
}

export const statusOf = (page: Page, force = false): Promise<Response> =>
  callbackOf(page, `FB.getLoginStatus(done, ${force})`);

/** Clicks the log-in. @returns the window of the dialog */
export async function openDialog(page: Page, options: Readonly<Record<string, unknown>> = {}): Promise<Page> {
  await page.evaluate(`window.options = ${JSON.stringify(options)}`);
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#login')]);
  popup.setDefaultTimeout(PATIENCE);
  return popup;
}

/** The answer of the log-in, once it is there. */
export async function answerOf(page: Page): Promise<Response> {
  await page.waitForFunction('window.answer');
  return page.evaluate<Response>('window.answer');
}

/** The events since the last look. */
export const toldOn = (page: Page): Promise<string[]> => page.evaluate<string[]>('told.splice(0)');

/** Logs Ana in on a page of the website, and allows the app what it asks for. */
export async function logIn(page: Page, options: Readonly<Record<string, unknown>> = {}) {
  const popup = await openDialog(page, options);
  await typePassword(popup, 'ana');
  await goOn(popup);
  return answerOf(page);
}
