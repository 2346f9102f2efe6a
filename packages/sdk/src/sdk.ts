// This is the JavaScript SDK: the script that a page of an app loads, and that defines FB while it runs. The page starts it
// by FB.init: from `fbAsyncInit`, which may be set before or after, from the `load` event of the script, or by what stands
// behind `#` in the address of the script.
import { api } from './features/api.ts';
import { AppEvents } from './features/app-events.ts';
import { parse } from './features/button.ts';
import { Canvas } from './features/canvas.ts';
import { subscribe, unsubscribe } from './page/events.ts';
import { init } from './init.ts';
import { tell, isFunction, warn } from './page/log.ts';
import { login } from './login/login.ts';
import { logout } from './login/logout.ts';
import { authResponse } from './session/session.ts';
import { getLoginStatus, type StatusCallback } from './session/status.ts';
import { ui } from './login/ui.ts';

/** The compiler holds it to the types that pages are written against. */
const FB = {
  /** Starts the SDK for one app: `{ appId, version }` and the options below. Throws where one of the two is wrong. */
  init,
  /** Opens the dialog, from within a click: `login(callback, options)`. `display: 'page'` leaves the page instead. */
  login,
  /** Logs the person out of the page and of the platform. */
  logout: (callback?: unknown): void => void logout(callback),
  /** Tells the status; `true` as the second argument asks the platform, whatever is known. */
  getLoginStatus: (callback?: StatusCallback, force?: boolean): void => void getLoginStatus(callback, force),
  /** The authResponse as it is known now, `null` where nobody is connected. */
  getAuthResponse: authResponse,
  /** The token as it is known now, or `null`. */
  getAccessToken: (): string | null => authResponse()?.accessToken ?? null,
  /** The id by which the app knows the person, empty where nobody is connected. */
  getUserID: (): string => authResponse()?.userID ?? '',
  /** Asks the Graph: `api(path, method, params, callback)`; all but the path may be left out. Errors are values. */
  api,
  /** Opens the log-in by `method: 'oauth'` or `'permissions.request'`; other dialogs are refused with `error_code` 100. */
  ui,
  /** `subscribe(name, callback)` and `unsubscribe(name, callback)`. */
  Event: { subscribe, unsubscribe },
  /** `parse(element, callback)` draws the buttons in the page, or in one element of it. */
  XFBML: { parse },
  /** `logEvent`, `logPurchase`, `logPageView` and their kin: reported once somebody is logged in. */
  AppEvents,
  /** For pages in a frame of the platform, of which there are none: its functions say so. */
  Canvas,
} satisfies facebook.FacebookStatic & Record<string, unknown>;

declare global {
  interface Window {
    FB?: facebook.FacebookStatic;
    fbAsyncInit?: unknown;
  }
}

/** `sdk.js#xfbml=1&version=v24.0&appId=…`: the options of FB.init in the address of the script. */
function initByAddress(address: string): void {
  const options = new URLSearchParams(address.split('#')[1] ?? '');
  if (!options.has('appId') || !options.has('version')) return;
  const switches = ['cookie', 'status', 'xfbml', 'autoLogAppEvents'];
  const read = [...options].map(([name, value]) => [name, switches.includes(name) ? value !== '0' : value]);
  init(Object.fromEntries(read));
}

let started = false;

function startBy(start: unknown): void {
  if (started || !isFunction(start)) return;
  started = true;
  tell(start);
}

/** A page may set `fbAsyncInit` long after the script was loaded: it is called then, once, in a task of its own. */
function awaitStart(): void {
  let set: unknown = window.fbAsyncInit;
  const start = (): void => startBy(set);
  if (Object.getOwnPropertyDescriptor(window, 'fbAsyncInit')?.configurable !== false)
    Object.defineProperty(window, 'fbAsyncInit', {
      configurable: true,
      get: () => set,
      set(value: unknown) {
        set = value;
        setTimeout(start);
      },
    });
  setTimeout(start);
}

const script = document.currentScript;
if (window.FB) warn('The SDK was loaded twice; the first one counts.');
else {
  window.FB = FB;
  if (script instanceof HTMLScriptElement) {
    const address = script.src;
    setTimeout(() => tell(() => initByAddress(address)));
  }
  awaitStart();
}
