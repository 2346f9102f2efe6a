// These functions go the way through the dialog, for tests that are about something else.
import { goThrough } from '../src/headless/dialog.ts';
import { answerOf, Browser, dialogUrl, type Page } from './browser.ts';
import { cast, type TestWorld } from './world.ts';

export const CALLBACK = 'https://app.example/cb';

type Params = Record<string, string | undefined>;

/** A dialog of the shop with what is usual; `undefined` takes a parameter out. */
export function shopDialog(params: Params = {}, path?: string): string {
  return dialogUrl({ client_id: cast.shop.id, redirect_uri: CALLBACK, state: 's1', ...params }, path);
}

/** Logs in where that is asked, says yes to everything, and stops at the redirect to the app. */
export async function allowAll(
  browser: Browser,
  person: { email: string; password: string },
  url: string,
): Promise<Page> {
  await browser.open(url);
  return goThrough(browser, person);
}

/** The code of a finished dialog. */
export async function codeFor(
  world: TestWorld,
  person: { email: string; password: string },
  params: Params = {},
): Promise<string> {
  const page = await allowAll(new Browser(world), person, shopDialog(params));
  const code = answerOf(page.location).query.get('code');
  if (!code) throw new Error(`no code: ${page.status} ${page.location}`);
  return code;
}

/** The token of a finished token flow. */
export async function tokenFor(
  browser: Browser,
  person: { email: string; password: string },
  params: Params = {},
): Promise<string> {
  const page = await allowAll(browser, person, shopDialog({ response_type: 'token', ...params }));
  const token = answerOf(page.location).fragment.get('access_token');
  if (!token) throw new Error(`no token: ${page.status} ${page.location} ${browser.heading()}`);
  return token;
}

/** Counts the rows of a table: to see that nothing was written. */
export async function rows(
  world: TestWorld,
  table: 'grants' | 'single_use' | 'interactions' | 'web_sessions',
): Promise<number> {
  return (await world.server.installation.db.read.selectFrom(table).selectAll().execute()).length;
}

/** Reasons of the events of one name, in the order they were logged. */
export function reasons(world: TestWorld, name: string): unknown[] {
  return world.log.filter((line) => line.message === name).map((line) => line.facts?.reason);
}
