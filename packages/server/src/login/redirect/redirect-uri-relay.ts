// Rule 6 of the redirect rules allows the browser SDK's relay page, the only address with a fragment. The relay posts
// to the one origin named in it, so that origin must be one the app listed. The page reads its fragment by itself, so
// each value has a grammar that no second reading can take for more than one (threats RU-72).
import { isSdkOrigin, type SdkApp } from './sdk-origin.ts';
import { allow, deny, type RedirectVerdict } from './redirect-uri-verdict.ts';

/** An origin, and one segment behind it that names a channel. */
const originForm = /^(https?:\/\/([a-z0-9.-]+)(?::\d{1,5})?)\/[\w.-]{1,64}$/;

/** Names that the SDK makes up for a window or a call: a letter and hexadecimal digits as a rule. */
const name = /^[\w-]{1,64}$/;

/** Each value is written in this way, before anything is decoded: only the origin holds what is escaped. */
const grammar = {
  cb: name,
  domain: /^[a-z0-9.-]{1,253}$/,
  is_canvas: /^(?:true|false)$/,
  origin: /^(?:[\w.-]|:|\/|%3A|%2F){1,400}$/i,
  relation: /^(?:opener|parent)$/,
  frame: name,
} as const;

type Key = keyof typeof grammar;
type Values = Readonly<Record<Key, string>>;

const versionForm = /^\?version=\d{1,4}$/;
const isKey = (text: string): text is Key => Object.hasOwn(grammar, text);

/** Decides about an address below `<static>/x/connect/`. */
export function relayVerdict(requested: string, app: SdkApp, staticUrl: string): RedirectVerdict {
  const page = `${staticUrl}/x/connect/xd_arbiter/`;
  const hash = requested.indexOf('#');
  if (!requested.startsWith(page) || hash < 0) return deny('relay', 'not the relay page with its parameters');
  if (!versionForm.test(requested.slice(page.length, hash)))
    return deny('relay', 'the relay takes no query but its version');
  const values = readFragment(requested.slice(hash + 1));
  if (!values) return deny('relay', 'relay parameters missing, repeated, unknown or not of their form');
  const [, origin = '', host = ''] = originForm.exec(decodeURIComponent(values.origin)) ?? [];
  if (!isSdkOrigin(origin, app)) return deny('relay', 'origin is not an https origin of an allowed domain');
  if (values.domain !== host) return deny('relay', 'domain and origin disagree');
  return { ...allow('relay', 'allowed domain'), origin };
}

/** Reads a fragment that has each key once, spelled plainly, with a value of its form. The values stay escaped. */
function readFragment(text: string): Values | undefined {
  const values = new Map<Key, string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, Math.max(equals, 0));
    const value = pair.slice(equals + 1);
    if (!isKey(key) || values.has(key) || !grammar[key].test(value)) return undefined;
    values.set(key, value);
  }
  const { cb, domain, is_canvas, origin, relation, frame } = Object.fromEntries(values) as Partial<Record<Key, string>>;
  if (cb === undefined || domain === undefined || is_canvas === undefined) return undefined;
  return origin === undefined || relation === undefined || frame === undefined
    ? undefined
    : { cb, domain, is_canvas, origin, relation, frame };
}
