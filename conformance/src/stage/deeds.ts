// People and apps do these things in many cases, from outside: logging in through the dialog, exchanging, asking.
import assert from 'node:assert/strict';
import {
  answerIn,
  dialogUrl,
  goThrough,
  type HeadlessBrowser,
  logInOn as typeLogIn,
  type WebPage,
} from '@hallpass/server/testing';
import { type App, apps, callback, pages, people, type PageName, type PersonName } from './cast.ts';
import type { ConformanceWorld, Params, Reply } from './world.ts';

export { answerIn } from '@hallpass/server/testing';

/** Path of the dialog with its parameters; `redirect_uri` and `client_id` are filled in. */
export const dialog = (app: App, params: Params = {}, version = '/v25.0'): string =>
  dialogUrl({ client_id: app.id, redirect_uri: callback, ...params }, `${version}/dialog/oauth`);

interface Going {
  /** Permissions that the person unticks. */
  untick?: readonly string[];
  /** The Pages the person chooses; those that are ticked already when absent. */
  choose?: readonly PageName[];
  cancel?: boolean;
}

/** Logs in where the page asks for it; gives back what comes next. */
export const logInOn = (browser: HeadlessBrowser, person: PersonName): Promise<WebPage> =>
  typeLogIn(browser, people[person]);

/** Opens an address and logs in there. */
export async function openLogIn(browser: HeadlessBrowser, address: string, person: PersonName): Promise<WebPage> {
  await browser.open(address);
  return logInOn(browser, person);
}

/** Goes on with the dialog that is shown, until the browser leaves for the app or there is nothing to press. */
export const goOn = (
  browser: HeadlessBrowser,
  person: PersonName,
  { untick, choose, cancel }: Going = {},
): Promise<WebPage> =>
  goThrough(browser, people[person], { decline: untick, pages: choose?.map((name) => pages[name].id), cancel });

/** Goes through a dialog from its address on. */
export async function openDialog(
  browser: HeadlessBrowser,
  address: string,
  person: PersonName,
  going?: Going,
): Promise<WebPage> {
  await browser.open(address);
  return goOn(browser, person, going);
}

interface Login extends Going {
  scope?: string;
  /** More parameters of the dialog. */
  params?: Params;
  /** A browser in which the person may be logged in already. */
  browser?: HeadlessBrowser;
}

/** A dialog to its end in a browser of its own. */
export async function logIn(
  world: ConformanceWorld,
  person: PersonName,
  app: App,
  { scope, params, browser = world.browser(), ...going }: Login = {},
) {
  return answerIn(await openDialog(browser, dialog(app, { scope, ...params }), person, going));
}

/** The code of a finished dialog. */
export async function codeOf(
  world: ConformanceWorld,
  person: PersonName,
  app: App,
  login: Login = {},
): Promise<string> {
  const code = (await logIn(world, person, app, login)).query.get('code');
  assert.ok(code);
  return code;
}

/** The documented call for a code. */
export function redeem(world: ConformanceWorld, app: App, code: string, params: Params = {}): Promise<Reply> {
  return world.get('/v25.0/oauth/access_token', {
    client_id: app.id,
    redirect_uri: callback,
    client_secret: app.secret,
    code,
    ...params,
  });
}

/** A short-lived user token: the dialog, then the code. */
export async function userToken(
  world: ConformanceWorld,
  person: PersonName,
  app: App,
  login: Login = {},
): Promise<string> {
  const { status, body, text } = await redeem(world, app, await codeOf(world, person, app, login));
  assert.equal(status, 200, text);
  return body.access_token as string;
}

/** The token that a dialog puts into the fragment of its answer. */
export async function tokenInFragment(world: ConformanceWorld, person: PersonName, app: App): Promise<string> {
  const token = (await logIn(world, person, app, { params: { response_type: 'token' } })).fragment.get('access_token');
  assert.ok(token);
  return token;
}

export const pageScope = 'pages_show_list,pages_read_engagement,pages_manage_posts,pages_manage_metadata,read_insights';

/** The documented exchange for a long-lived token. */
export function exchange(world: ConformanceWorld, app: App, token: string, params: Params = {}): Promise<Reply> {
  const ask = {
    grant_type: 'fb_exchange_token',
    client_id: app.id,
    client_secret: app.secret,
    fb_exchange_token: token,
  };
  return world.get('/oauth/access_token', { ...ask, ...params });
}

export async function longToken(
  world: ConformanceWorld,
  person: PersonName,
  app: App,
  login: Login = {},
): Promise<string> {
  const { status, body, text } = await exchange(world, app, await userToken(world, person, app, login));
  assert.equal(status, 200, text);
  return body.access_token as string;
}

/** The documented call for an app token. */
export async function appToken(world: ConformanceWorld, app: App): Promise<string> {
  const { status, body, text } = await world.get('/oauth/access_token', {
    client_id: app.id,
    client_secret: app.secret,
    grant_type: 'client_credentials',
  });
  assert.equal(status, 200, text);
  return body.access_token as string;
}

/** `{app-id}|{app-secret}`. */
export const idAndSecret = (app: App): string => `${app.id}|${app.secret}`;
/** `{app-id}|{client-token}`. */
export const clientToken = (app: App): string => `${app.id}|${app.clientToken}`;

export async function pageToken(world: ConformanceWorld, token: string, page: PageName): Promise<string> {
  const { status, body, text } = await world.get(`/${pages[page].id}`, { fields: 'access_token', access_token: token });
  assert.equal(status, 200, text);
  assert.equal(typeof body.access_token, 'string', text);
  return body.access_token as string;
}

/** A token of Ana's for the shop, with everything that is about Pages. */
export const anasToken = (world: ConformanceWorld): Promise<string> =>
  userToken(world, 'ana', apps.shop, { scope: pageScope });

/** The token of the bakery's Page that Ana has by such a token. */
export const bakeryToken = async (world: ConformanceWorld): Promise<string> =>
  pageToken(world, await anasToken(world), 'bakery');

/**
 * Reads what debug_token says about `token`, asked by its app; a native app has no app token that works, so there its
 * owner Ben asks.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- cases read whatever came
export async function inspect(world: ConformanceWorld, token: string, app: App = apps.shop): Promise<any> {
  const { status, body, text } = await world.get('/debug_token', {
    input_token: token,
    access_token: app.id === apps.phone.id ? await tokenInFragment(world, 'ben', app) : idAndSecret(app),
  });
  assert.equal(status, 200, text);
  return body.data;
}
