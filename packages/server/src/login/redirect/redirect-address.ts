// A dialog answers with an address: the registered one, and the answer added to it in the query or in the fragment.
// Nothing else of it is touched; a name that is added stands in it once (threats DL-08 to DL-10). Source: sections 2.3,
// 2.4.
import type { RedirectForm } from './redirect-uri-verdict.ts';

export type RedirectParams = readonly (readonly [name: string, value: string])[];

export interface RedirectTarget {
  uri: string;
  form: RedirectForm;
  /** The origin of the page that uses the JavaScript SDK, where one asks. */
  sdkOrigin?: string | undefined;
}

/**
 * @param suffix `#_=_` is put after a query, as recorded
 */
export function redirectAddress(
  { uri, form }: RedirectTarget,
  place: 'query' | 'fragment',
  answer: RedirectParams,
  suffix = false,
): string {
  const added = answer.map(([name, value]) => `${name}=${encoded(name, value)}`).join('&');
  // The relay page reads its own fragment and posts all of it to the page that opened it.
  if (form === 'relay') return added === '' ? uri : `${uri}&${added}`;
  const bare = withoutNames(uri, new Set(answer.map(([name]) => name)));
  const ask = bare.includes('?');
  if (place === 'fragment') return `${bare}${ask ? '' : '?'}#${added}`;
  if (added === '') return bare;
  const join = !ask ? '?' : bare.endsWith('?') || bare.endsWith('&') ? '' : '&';
  return `${bare}${join}${added}${suffix ? '#_=_' : ''}`;
}

/**
 * Spaces of our own descriptions are written `+`, as documented; what is returned as it came is written so that every
 * reader agrees.
 */
function encoded(name: string, value: string): string {
  const text = encodeURIComponent(value.toWellFormed());
  return name === 'error_description' ? text.replaceAll('%20', '+') : text;
}

/** An address may have been registered with a `state` or `code` of its own; the answer's is the one that counts. */
function withoutNames(uri: string, names: ReadonlySet<string>): string {
  const ask = uri.indexOf('?');
  if (ask < 0) return uri;
  const pairs = uri.slice(ask + 1).split('&');
  const others = pairs.filter((pair) => !names.has(nameIn(pair)));
  if (others.length === pairs.length) return uri;
  return others.length === 0 ? uri.slice(0, ask) : `${uri.slice(0, ask)}?${others.join('&')}`;
}

/** The name as the app's own reader finds it; one that cannot be decoded stands for itself. */
function nameIn(pair: string): string {
  const written = pair.split('=', 1)[0] ?? '';
  try {
    return decodeURIComponent(written.replaceAll('+', ' '));
  } catch {
    return written;
  }
}

/**
 * Names what a policy for forms must allow, for a browser that follows the answer: an origin, or the scheme of a
 * program.
 */
export function policySource({ uri }: RedirectTarget): string {
  const url = URL.parse(uri);
  if (!url) return '';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return url.protocol;
  // An IPv6 literal has no spelling in a policy.
  return url.hostname.startsWith('[') ? url.protocol : url.origin;
}
