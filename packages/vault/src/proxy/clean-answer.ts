// An answer goes on only after it was looked through: tokens, secrets and proofs are taken out wherever they stand, links
// lead back to the proxy with the handle in them, and an answer that can't be looked through doesn't go on at all.
import { graphError } from '@hallpass/protocol';
import { isCredentialField } from '../handles/never-allowed.ts';

/** An answer is looked through for these texts, and links are changed to these addresses. */
export interface Cleaning {
  /** Texts that never go on: the token, the secret of the app, the proof. */
  secrets: readonly string[];
  /** Origin of the server that answered. */
  base: string;
  /** Origin of the proxy, for links. */
  proxyBase: string;
  handle: string;
}

const MASK = '[not shown by the proxy]';
const DEEPEST = 100;
/** Parameters of links that say who asks. */
const ofCaller = /^(?:access_token|appsecret_proof|appsecret_time|client_secret|input_token|__paging_token_secret)$/;

/** A JSON value without tokens and secrets. @throws GraphError proxy.answer for what is nested too deeply */
export function cleanValue(value: unknown, cleaning: Cleaning, depth = 0): unknown {
  if (depth > DEEPEST) throw graphError('proxy.answer');
  if (typeof value === 'string') return cleanText(value, cleaning, depth);
  if (Array.isArray(value)) return value.map((one) => cleanValue(one, cleaning, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(isCredentialField(key) && typeof inner !== 'boolean' && typeof inner !== 'number'))
      .map(([key, inner]) => [cleanText(key, cleaning), cleanValue(inner, cleaning, depth + 1)]),
  );
}

/** A text: a link of the server becomes one of the proxy, JSON in a text is looked through as JSON. */
function cleanText(text: string, cleaning: Cleaning, depth = 0): string {
  if (depth > DEEPEST) throw graphError('proxy.answer');
  const link = /^https?:\/\/\S+$/i.test(text) ? URL.parse(text) : null;
  if (link) return cleanLink(link, text, cleaning);
  if (/^\s*[[{]/.test(text)) {
    const inner = parsed(text);
    const before = inner === undefined ? '' : JSON.stringify(inner);
    const after = inner === undefined ? '' : JSON.stringify(cleanValue(inner, cleaning, depth + 1));
    // A text that holds nothing to hide stays as somebody wrote it.
    if (before !== after) return after;
  }
  return masked(text, cleaning);
}

/** A link of the server that is a call; others, such as those of pictures, lead where they led. */
const calls = /^\/v\d+\.\d+\//;

function cleanLink(link: URL, text: string, cleaning: Cleaning): string {
  const named = [...link.searchParams.keys()].filter((name) => ofCaller.test(name) || isCredentialField(name));
  // A server behind others may print another scheme than that by which it is asked.
  const ours = link.host === URL.parse(cleaning.base)?.host && (named.length > 0 || calls.test(link.pathname));
  if (named.length === 0 && !ours) return masked(text, cleaning);
  for (const name of named) link.searchParams.delete(name);
  link.hash = '';
  link.username = '';
  link.password = '';
  if (!ours) return masked(link.href, cleaning);
  const rest = masked(`${link.pathname}${link.search}`, cleaning);
  // A link that had a token is one to be followed as it stands.
  const joined = named.includes('access_token')
    ? `${rest.includes('?') ? '&' : '?'}access_token=${cleaning.handle}`
    : '';
  return `${cleaning.proxyBase}${rest}${joined}`;
}

/** Tokens of people, Pages and system users, of Instagram and Threads, and of apps. */
const tokenForm = /(?<![A-Za-z0-9])(?:(?:[EX]AA|IG(?:AA|QV)|TH(?:AA|QV))[\w-]{24,}|\d{5,20}(?:\||%7C)[\w-]{16,})/gi;

function masked(text: string, { secrets }: Cleaning): string {
  let rest = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const spelled of new Set([secret, encodeURIComponent(secret), encodeURIComponent(encodeURIComponent(secret))]))
      rest = rest.replaceAll(spelled, MASK);
  }
  return rest.replace(tokenForm, MASK);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Headers of answers that go on, and their texts: limits, caching, names for reports. */
const headerNames = [
  'etag',
  'retry-after',
  'facebook-api-version',
  'x-ad-account-usage',
  'x-ad-api-version-warning',
  'x-app-usage',
  'x-business-use-case-usage',
  'x-fb-debug',
  'x-fb-rev',
  'x-fb-trace-id',
  'x-page-usage',
] as const;

export function cleanHeaders(headers: Headers, cleaning: Cleaning): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of headerNames) {
    const value = headers.get(name);
    if (value !== null) kept[name] = masked(value, cleaning);
  }
  return kept;
}

/**
 * The place that a redirect leads to, such as a picture. The proxy never goes there itself.
 *
 * @throws GraphError proxy.answer where the address holds a token, or is none of the web
 */
export function cleanLocation(location: string | null, cleaning: Cleaning): string {
  const link = location === null ? null : URL.parse(location, cleaning.base);
  if (!link || !/^https?:$/.test(link.protocol)) throw graphError('proxy.answer');
  const clean = cleanLink(link, link.href, cleaning);
  if (clean.includes(MASK) || clean.includes(encodeURIComponent(MASK))) throw graphError('proxy.answer');
  return clean;
}

/** The headers of an item of a batch. */
export function cleanItemHeaders(headers: unknown, cleaning: Cleaning): { name: string; value: string }[] {
  if (!Array.isArray(headers)) return [];
  const known = new Set<string>([...headerNames, 'content-type']);
  return headers.flatMap((header: unknown) => {
    if (typeof header !== 'object' || header === null || !('name' in header) || !('value' in header)) return [];
    const { name, value } = header;
    if (typeof name !== 'string' || typeof value !== 'string' || !known.has(name.toLowerCase())) return [];
    return [{ name, value: masked(value, cleaning) }];
  });
}
