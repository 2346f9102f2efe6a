// Cases act in the dashboard of an app with these functions: the calls that a page of the platform makes for whoever is
// logged in.
import type { Browser } from './browser.ts';
import type { PersonName } from './cast.ts';
import { succeeded } from '../expect.ts';
import { signIn } from './settings-pages.ts';
import type { ConformanceWorld, Params, Reply } from './world.ts';

interface Dashboard {
  get(path: string, params?: Params): Promise<Reply>;
  post(path: string, params?: Params): Promise<Reply>;
  delete(path: string, params?: Params): Promise<Reply>;
}

/** The dashboard, opened by somebody who has just logged in. */
export async function dashboard(world: ConformanceWorld, person: PersonName): Promise<Dashboard> {
  const browser: Browser = await signIn(world, person);
  const csrf = succeeded(await browser.call('GET', '/console/session')).body.csrf as string;
  const call = (method: string, path: string, params: Params = {}) => {
    const query = new URLSearchParams(
      Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ).toString();
    const address = `/console/graph${path}`;
    const headers = { 'x-hallpass-csrf': csrf };
    if (method !== 'POST') return browser.call(method, query === '' ? address : `${address}?${query}`, headers);
    return browser.call(method, address, { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, query);
  };
  return {
    get: (path, params) => call('GET', path, params),
    post: (path, params) => call('POST', path, params),
    delete: (path, params) => call('DELETE', path, params),
  };
}
