// A program on a device of a person: it manages its token with `@hallpass/client/native`, by the clock of the world.
import {
  logInLimited,
  logInWithBrowser,
  logInWithDevice,
  memoryStore,
  type AuthenticationToken,
  type AccessToken,
  TokenManager,
  type TokenStore,
} from '@hallpass/client/native';
import type { AppSettings } from '@hallpass/server/testing';
import { type App, callback, type PersonName } from './cast.ts';
import { goOn, openLogIn } from './deeds.ts';
import { signIn } from './settings-pages.ts';
import type { ConformanceWorld } from './world.ts';

/** The app Shop with a program on people's machines beside its website. */
export const shopWithProgram: Partial<AppSettings> = {
  nativeLogin: true,
  deviceLogin: true,
  redirectUris: [callback, 'http://127.0.0.1/callback'],
};

export function device(world: ConformanceWorld, app: App, store: TokenStore = memoryStore()): TokenManager {
  return new TokenManager({
    appId: app.id,
    clientToken: app.clientToken,
    server: world.url,
    store,
    surroundings: {
      now: () => world.clock.now() * 1000,
      pause: (milliseconds) => world.clock.advance(milliseconds / 1000),
      at: () => () => undefined,
      async fetch(url, { method, headers, body }) {
        const { pathname, search } = new URL(url);
        const reply = await world.send({ method, path: pathname + search, headers, body });
        return new Response(reply.text, { status: reply.status });
      },
    },
  });
}

/** The person goes through the dialog in a browser, which then opens the address of the program. */
function throughBrowser(world: ConformanceWorld, person: PersonName) {
  return async (address: string): Promise<void> => {
    const browser = world.browser();
    const { pathname, search } = new URL(address);
    await openLogIn(browser, pathname + search, person);
    const [left = '', fragment] = ((await goOn(browser, person)).left ?? '').split('#');
    const page = await fetch(left);
    if (fragment === undefined || !(await page.text()).includes('location.hash')) return;
    // The script of that page sends on what no server sees.
    const { origin } = new URL(left);
    await fetch(left.replace(/\?.*/, ''), { method: 'POST', headers: { origin }, body: fragment });
  };
}

export async function logInOnProgram(
  world: ConformanceWorld,
  manager: TokenManager,
  person: PersonName,
  scope: readonly string[] = [],
): Promise<AccessToken> {
  return (await logInWithBrowser(manager, { scope, open: throughBrowser(world, person) })).token;
}

export function logInLimitedOnProgram(
  world: ConformanceWorld,
  manager: TokenManager,
  person: PersonName,
  scope: readonly string[] = [],
): Promise<AuthenticationToken> {
  return logInLimited(manager, { scope, open: throughBrowser(world, person) });
}

/** The person types the code of the device in their browser. */
export async function logInOnTelevision(
  world: ConformanceWorld,
  manager: TokenManager,
  person: PersonName,
  scope: readonly string[] = [],
): Promise<AccessToken> {
  const show = async ({ userCode }: { userCode: string }): Promise<void> => {
    const browser = await signIn(world, person);
    await browser.open('/device');
    await browser.send(browser.form('/device', { user_code: userCode }));
    await browser.send(browser.form('/device/confirm', { decision: 'continue', started: 'yes' }));
  };
  return (await logInWithDevice(manager, { scope, show })).token;
}
