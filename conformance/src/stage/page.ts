// A page of an app that loads the JavaScript SDK from a world, without a browser: the script runs with as much of a
// browser as it looks at, and asks with the cookies of a headless browser. What needs windows is tried in Chromium.
import { createContext, runInContext } from 'node:vm';
import type { HeadlessBrowser } from '@hallpass/server/testing';

/** The functions of FB that cases call. */
interface PageFb {
  init(options: object): void;
  getLoginStatus(callback: (response: PageStatus) => void, force?: boolean): void;
  getAuthResponse(): { accessToken: string; userID: string } | null;
  logout(callback: (response: PageStatus) => void): void;
}

/** A response as pages are given it. */
interface PageStatus {
  status: string;
  authResponse: { accessToken: string; userID: string; signedRequest: string } | null;
}

export interface SdkPage {
  FB: PageFb;
  browser: HeadlessBrowser;
  /** `document.cookie` of the page. */
  cookies(): string;
}

/** The settings of an app that page stands on. */
export const pageSettings = { jsSdkLogin: true, sdkDomains: ['localhost'], enforceHttps: false };
const ORIGIN = 'http://localhost:3000';

/** @param browser whose cookies are sent along: the page is of the same site as the platform */
export async function openSdkPage(browser: HeadlessBrowser): Promise<SdkPage> {
  const jar = new Map<string, string>();
  const script = await browser.ask('/en_US/sdk.js');
  const context = createContext({
    ...globalsOfNode,
    document: {
      get cookie(): string {
        return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      },
      set cookie(line: string) {
        const [pair = '', ...rules] = line.split('; ');
        const equals = pair.indexOf('=');
        if (rules.includes('Max-Age=0')) jar.delete(pair.slice(0, equals));
        else jar.set(pair.slice(0, equals), pair.slice(equals + 1));
      },
      currentScript: null,
      readyState: 'complete',
      addEventListener() {},
    },
    fetch: fetchBy(browser),
    history: { replaceState() {} },
    isSecureContext: true,
    location: new URL(`${ORIGIN}/`),
    navigator: {},
  });
  // In a page the global object is the window.
  runInContext('globalThis.window = globalThis', context);
  runInContext(script.html, context);
  return {
    browser,
    FB: runInContext('FB', context) as PageFb,
    cookies: () => [...jar].map((pair) => pair.join('=')).join('; '),
  };
}

/** These are alike in Node and in browsers. Tabs of other tests are out of reach: nothing is told to any. */
const globalsOfNode = {
  atob,
  Blob,
  BroadcastChannel: class {
    close(): void {}
    postMessage(): void {}
  },
  clearTimeout,
  console,
  crypto,
  Element: class {},
  FormData,
  reportError(error: unknown): void {
    throw error;
  },
  HTMLScriptElement: class {},
  setTimeout: (act: () => void, ms?: number) => setTimeout(act, ms).unref(),
  TextDecoder,
  URL,
  URLSearchParams,
};

interface Fetching {
  method?: string;
  body?: URLSearchParams;
}

/** Every address is one of the world: it has a single host. */
const fetchBy =
  (browser: HeadlessBrowser) =>
  async (address: string, { method = 'GET', body }: Fetching = {}): Promise<Response> => {
    const { pathname, search } = new URL(address);
    const type: Record<string, string> = body ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const page = await browser.ask(pathname + search, {
      method,
      headers: { origin: ORIGIN, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors', ...type },
      body: String(body ?? ''),
    });
    const headers = Object.entries(page.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    );
    return new Response(page.html, { status: page.status, headers });
  };

/** FB.getLoginStatus on a page. */
export const statusOn = ({ FB }: SdkPage): Promise<PageStatus> => new Promise((resolve) => FB.getLoginStatus(resolve));
