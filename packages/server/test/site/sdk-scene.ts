// The scene for tests about the server's side of the JavaScript SDK: a page of an app asks, as a browser says so.
import { goThrough } from '../../src/headless/dialog.ts';
import { answerOf, Browser, dialogUrl, type Page } from '../browser.ts';
import type { WorldSeed } from '../../src/entries/testing.ts';
import { cast, seed, type TestWorld } from '../world.ts';

export const ORIGIN = 'https://app.example';
export const STATUS = `/x/oauth/status?client_id=${cast.shop.id}&sdk=joey&origin=1`;

export type Settings = NonNullable<WorldSeed['apps'][number]['settings']>;

/** The usual world with other settings of the shop. */
export const seedWith = (settings: Settings, mode: 'live' | 'development' = 'live'): WorldSeed => ({
  ...seed,
  apps: seed.apps.map((app) =>
    app.id === cast.shop.id ? { ...app, mode, settings: { ...app.settings, ...settings } } : app,
  ),
});

type Headers = Readonly<Record<string, string>>;

/** Asks as a script on a page does. */
export const ask = (browser: Browser, path = STATUS, headers: Headers = {}): Promise<Page> =>
  browser.ask(path, {
    headers: { origin: ORIGIN, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', ...headers },
  });

/** Hands a form over, as such a script does. */
export const hand = (
  browser: Browser,
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Headers = {},
): Promise<Page> =>
  browser.ask(path, {
    method: 'POST',
    headers: {
      origin: ORIGIN,
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams(form).toString(),
  });

/** The parts of a connected answer. */
interface Told {
  access_token: string;
  user_id: string;
  expires_in: number;
  signed_request: string;
  graph_domain: string;
  data_access_expiration_time: number;
  base_domain?: string;
}

export const toldIn = ({ headers }: Page): { status: unknown; told: Told | undefined } => {
  const sent = headers['fb-ar'];
  return { status: headers['fb-s'], told: typeof sent === 'string' ? (JSON.parse(sent) as Told) : undefined };
};

/** The relay page with the name of a call, at the address of the test world. */
const relayAt = (origin = ORIGIN): string =>
  `http://localhost:4000/x/connect/xd_arbiter/?version=46#cb=f1&domain=${new URL(origin).hostname}&is_canvas=false&origin=${encodeURIComponent(`${origin}/f1`)}&relation=opener&frame=f1`;

const sdkDialog = (app: string = cast.shop.id, redirect = relayAt()): string =>
  dialogUrl({
    client_id: app,
    redirect_uri: redirect,
    response_type: 'token,signed_request,graph_domain',
    sdk: 'joey',
    display: 'popup',
  });

/** Logs in by the dialog of the SDK. @returns what the relay page is told */
export async function logInBySdk(
  world: TestWorld,
  browser: Browser = new Browser(world),
  person: { email: string; password: string } = cast.ana,
): Promise<URLSearchParams> {
  await browser.open(sdkDialog());
  const page = await goThrough(browser, person);
  return answerOf(page.location).fragment;
}
