// A site request is one request for a page: who asks, from which browser, with which form; and the cookies that the
// answer will set.
import { findSession, newCookie, type SignedInPerson, type Visitor } from '../people/sign-in/sessions.ts';
import { keyedHashText } from '../hash.ts';
import { type Addresses, addressesFor } from '../hosts.ts';
import { networkPrefix } from '../wire/address.ts';
import type { HttpRequest } from '../wire/call.ts';
import type { Installation } from '../installation/installation.ts';
import { type Pairs, type PairsFault, readPairs } from '../login/pairs.ts';
import { type CookieName, cookieLine, readCookie } from './cookies.ts';
import type { IdReaders } from '../store/ids.ts';

export interface SiteRequest {
  readonly installation: Installation;
  readonly incoming: HttpRequest;
  /** Scheme and host that were asked. */
  readonly base: string;
  readonly addresses: Addresses;
  readonly visitor: Visitor & { device: string | undefined };
  /** The browser's own cookie; a new one where it had none. */
  readonly browser: { value: string; hash: string; known: boolean };
  signedIn: SignedInPerson | undefined;
  /** The fields that a POST sent. It is empty for GET. */
  form: Pairs;
  readonly requestId: string;
  /** Cookies to set, by name. */
  readonly setCookies: Map<CookieName, string>;
}

const noPairs: Pairs = { values: new Map(), repeated: new Set(), all: () => [] };
const browserForm = /^[\w-]{43}$/;

export async function readAsk(installation: Installation, incoming: HttpRequest): Promise<SiteRequest> {
  const { headers } = incoming;
  const base = `${incoming.scheme}://${incoming.host}`;
  const cookie = readCookie(headers.cookie, 'browser');
  const known = cookie !== undefined && browserForm.test(cookie);
  const value = known ? cookie : newCookie(installation);
  return {
    installation,
    incoming,
    base,
    addresses: addressesFor(base, installation.settings),
    visitor: {
      userAgent: headers['user-agent'] ?? '',
      ipPrefix: networkPrefix(incoming.address),
      device: readCookie(headers.cookie, 'device'),
    },
    browser: { value, hash: keyedHashText(installation.keys.interaction, `browser|${value}`), known },
    signedIn: await findSession(installation, readCookie(headers.cookie, 'session')),
    form: noPairs,
    requestId: Buffer.from(installation.world.random.bytes(12)).toString('base64url'),
    setCookies: new Map(),
  };
}

/** The fields of a form; undefined where the body is no form. */
export function readBody(incoming: HttpRequest, lists: readonly string[]): Pairs | PairsFault | undefined {
  if (!/^application\/x-www-form-urlencoded(?:\s*;\s*charset=utf-8)?$/i.test(incoming.headers['content-type'] ?? ''))
    return undefined;
  try {
    return readPairs(new TextDecoder('utf-8', { fatal: true }).decode(incoming.body), lists);
  } catch {
    return 'encoding';
  }
}

/** An id out of a form; what is no id names nothing, and `0` is nobody's. */
export function idOf<T extends string>({ form }: SiteRequest, kind: IdReaders<T>, name: string): T {
  return kind.parse(form.values.get(name) ?? '') ?? kind.none;
}

/** Values of the query; empty where it cannot be read. */
export function queryOf({ incoming }: SiteRequest): ReadonlyMap<string, string> {
  const pairs = readPairs(incoming.query);
  return typeof pairs === 'string' ? noPairs.values : pairs.values;
}

/** Logs this browser in as somebody else, or as nobody, from now on. */
export function setSession(ask: SiteRequest, signedIn: { cookie: string; device?: string } | undefined): void {
  ask.setCookies.set('session', signedIn?.cookie ?? '');
  if (signedIn?.device !== undefined) ask.setCookies.set('device', signedIn.device);
}

/** Gives the browser its cookie, where it has none: what is shown now is shown to this browser. */
export function keepBrowser({ browser, setCookies }: SiteRequest): void {
  if (!browser.known) setCookies.set('browser', browser.value);
}

export const cookieLines = ({ setCookies }: SiteRequest): string[] =>
  [...setCookies].map(([name, value]) => cookieLine(name, value));
