// People act on the pages through these functions, by what they read there: labels of fields, words on buttons.
import assert from 'node:assert/strict';
import { answerOf, codeAt, type DialogAnswer, dialogUrl } from '@hallpass/server/testing';
import type { Page } from 'playwright-core';
import { type App, apps, type Person } from './cast.ts';
import type { Params } from './graph.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** The address that an app sends people to; `redirect_uri` is the website's callback unless given. */
export function dialog(
  { url, website }: Pick<Stage, 'url' | 'website'>,
  app: Pick<App, 'id'>,
  params: Params = {},
): string {
  return url + dialogUrl({ client_id: app.id, redirect_uri: website.callback, ...params });
}

/** The button with these words. */
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** Waits for the page with this title of its own. */
export async function reads(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

export async function logIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await press(page, 'Log in');
}

/** Types a code of the authenticator and goes on. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code from your').fill(code);
  await press(page, 'Continue');
}

/** Turns a second factor on, as somebody who is logged in. @returns the key that the authenticator was given */
export async function turnOnTwoFactor(
  stage: Pick<Stage, 'url' | 'now'>,
  page: Page,
  who: Pick<Person, 'password'>,
  see: (name: string) => Promise<void> = async () => {},
): Promise<{ key: string; recovery: string[] }> {
  await page.goto(`${stage.url}/settings/two-factor`);
  await page.getByLabel('Password').fill(who.password);
  await press(page, 'Turn on');
  await reads(page, 'Turn on two-factor authentication');
  const key = (await page.locator('code.spaced').innerText()).replaceAll(' ', '');
  await page.getByLabel('Code from your').fill('000000');
  await press(page, 'Confirm and turn on');
  await page.getByText('The code is wrong').waitFor();
  await see('two-factor-set-up');
  await page.getByLabel('Code from your').fill(codeAt(key, stage.now()));
  await press(page, 'Confirm and turn on');
  await reads(page, 'Your recovery codes');
  await see('recovery-codes');
  return { key, recovery: await page.locator('.codes code').allInnerTexts() };
}

/** The button that goes on, whatever it says after "Continue". */
export const goOn = (page: Page): Promise<void> => press(page, /^Continue/);

/** Returns what the app is told when the person comes back. */
export async function returned(page: Page, { website }: Pick<Stage, 'website'>): Promise<DialogAnswer> {
  await page
    .waitForURL((url) => url.href.startsWith(website.callback))
    .catch(async () => {
      assert.fail(`the person is not back at the app, but reads: ${await page.locator('body').innerText()}`);
    });
  return answerOf(page.url());
}

/** The parameter, which must be there. */
export function value(params: URLSearchParams, name: string): string {
  const found = params.get(name);
  assert.ok(found !== null, `no ${name} in ${[...params.keys()].join(', ') || 'nothing'}`);
  return found;
}

/**
 * Everything that the dialog asks, answered with yes, from the log-in on. Where all was given before, the log-in is all
 * it asks.
 */
export async function logInTo(
  stage: Stage,
  { page }: Pick<Visitor, 'page'>,
  who: Person,
  app: App = apps.fern,
  params: Params = {},
): Promise<DialogAnswer> {
  await page.goto(dialog(stage, app, params));
  await logIn(page, who);
  for (;;) {
    const isBack = page.waitForURL((url) => url.href.startsWith(stage.website.callback)).then(() => true);
    const asks = page.getByRole('button', { name: /^Continue/ });
    if (await Promise.any([isBack, asks.waitFor().then(() => false)])) return answerOf(page.url());
    await asks.click();
  }
}

/** The short-lived token of a person who says yes to everything. */
export async function tokenOf(
  stage: Stage,
  visitor: Pick<Visitor, 'page'>,
  who: Person,
  app: App = apps.fern,
  params: Params = {},
): Promise<string> {
  const { query } = await logInTo(stage, visitor, who, app, params);
  return redeemed(stage, app, query);
}

/** The token for the code that came back. */
export async function redeemed({ graph, website }: Stage, app: App, query: URLSearchParams): Promise<string> {
  const { status, body } = await graph.redeem(app, value(query, 'code'), website.callback);
  assert.equal(status, 200, JSON.stringify(body));
  return body.access_token as string;
}

/**
 * A log-in without an app has led to the first page; from there the person goes to their settings, which greet them.
 */
export async function greeted(
  { url }: Pick<Stage, 'url'>,
  page: Page,
  words: string | RegExp = /^Hello/,
): Promise<void> {
  await page.waitForURL(`${url}/`);
  await page.goto(`${url}/settings`);
  await reads(page, words);
}

/** The pages of the platform itself: logged in, without any app. */
export async function signIn(stage: Pick<Stage, 'url'>, page: Page, who: Person): Promise<void> {
  await page.goto(`${stage.url}/login`);
  await logIn(page, who);
  await greeted(stage, page);
}
