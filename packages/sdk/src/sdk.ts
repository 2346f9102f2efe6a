// This is the JavaScript SDK: the script that a page of an app loads, and that defines FB while it runs. The page starts it
// by FB.init: from `fbAsyncInit`, which may be set before or after, from the `load` event of the script, or by what stands
// behind `#` in the address of the script.
import { api } from './api.ts';
import { AppEvents } from './app-events.ts';
import { parse } from './button.ts';
import { Canvas } from './canvas.ts';
import { subscribe, unsubscribe } from './events.ts';
import { init } from './init.ts';
import { callBack, isFunction, warn } from './log.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { authResponse } from './session.ts';
import { getLoginStatus } from './status.ts';
import { ui } from './ui.ts';

/** The compiler holds it to the types that pages are written against. */
const FB = {
  init,
  login,
  logout,
  getLoginStatus,
  getAuthResponse: authResponse,
  getAccessToken: (): string | null => authResponse()?.accessToken ?? null,
  getUserID: (): string => authResponse()?.userID ?? '',
  api,
  ui,
  Event: { subscribe, unsubscribe },
  XFBML: { parse },
  AppEvents,
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
  callBack(start);
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
    setTimeout(() => callBack(() => initByAddress(address)));
  }
  awaitStart();
}
