// These are the cookies of the pages: all `__Host-`, so that neither a sub-domain nor a plain connection can set or
// read them (threats WP-02). Browsers accept them on http://localhost and http://127.0.0.1 too.
import { DAY, lifetimes } from '@hallpass/protocol';

const cookieNames = {
  session: '__Host-hp_session',
  /** Names the browser before anybody is logged in: for the log-in form and for dialogs in progress. */
  browser: '__Host-hp_browser',
  device: '__Host-hp_device',
  /** Tells the JavaScript SDK on a website of an app who is logged in (people/sign-in/status-cookie.ts). */
  status: '__Host-hp_status',
  /** Text of a form whose session ended, sealed (typed-text.ts). */
  typed: '__Host-hp_typed',
} as const;

export type CookieName = keyof typeof cookieNames;

const ages: Record<CookieName, number | undefined> = {
  session: lifetimes.webSession,
  browser: undefined,
  device: 365 * DAY,
  status: lifetimes.webSession,
  typed: lifetimes.interaction,
};

/** Pages of other sites send the status cookie along, each site its own: it is the only one that leaves our pages. */
const places: Record<CookieName, string> = {
  session: 'SameSite=Lax',
  browser: 'SameSite=Lax',
  device: 'SameSite=Lax',
  status: 'SameSite=None; Partitioned',
  typed: 'SameSite=Lax',
};

/** The value of a cookie; undefined where it is missing, or comes twice with different values. */
export const readCookie = (header: string | undefined, name: CookieName): string | undefined =>
  valueOf(header, cookieNames[name]);

function valueOf(header: string | undefined, name: string): string | undefined {
  let found: string | undefined;
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0 || part.slice(0, equals).trim() !== name) continue;
    const value = part.slice(equals + 1).trim();
    if (found !== undefined && found !== value) return undefined;
    found = value;
  }
  return found;
}

/**
 * Light or dark, where the person chose it in the console, whose script sets this one cookie (shell/colours.ts).
 */
export function coloursOf(header: string | undefined): 'light' | 'dark' | undefined {
  const chosen = valueOf(header, '__Host-hp_colours');
  return chosen === 'light' || chosen === 'dark' ? chosen : undefined;
}

/** The Set-Cookie line; an empty value takes the cookie away. */
export function cookieLine(name: CookieName, value: string): string {
  const age = value === '' ? 0 : ages[name];
  const kept = age === undefined ? '' : `; Max-Age=${age}`;
  return `${cookieNames[name]}=${value}; Path=/; Secure; HttpOnly; ${places[name]}${kept}`;
}
