// This module reads the Authorization header: `Bearer` (RFC 6750), `OAuth` (the older word of the Graph), `Basic` (RFC
// 6749, section 2.3.1: id and secret are urlencoded first, then joined and written in base64).
import { graphError } from '../errors/refusal.ts';
import type { GatheredParams } from './gather.ts';

interface Authorization {
  token: string | undefined;
  basic: { id: string; secret: string } | undefined;
}

const schemes = /^(Bearer|OAuth|Basic) +([^ ]+) *$/i;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Reads the header. Other schemes count as no credential; the header given twice must say the same. */
export function readAuthorization(header: string): Authorization {
  const none: Authorization = { token: undefined, basic: undefined };
  const [first = '', ...more] = header.split(', ');
  if (more.some((other) => other !== first)) throw graphError('token.two_credentials');
  const [, scheme = '', value = ''] = schemes.exec(first) ?? [];
  if (scheme === '') {
    if (/^(?:Bearer|OAuth) +\S/i.test(first)) throw graphError('token.malformed');
    return none;
  }
  return scheme.toLowerCase() === 'basic'
    ? { token: undefined, basic: readBasic(value) }
    : { token: value, basic: undefined };
}

function readBasic(value: string): { id: string; secret: string } {
  const bad = () => graphError('param.invalid', { name: 'Authorization' });
  if (!base64.test(value)) throw bad();
  const text = fromBase64(value);
  // One spelling only: no other padding, no spare bits (invariant I-10).
  if (text === undefined || btoa(text) !== value) throw bad();
  const colon = text.indexOf(':');
  if (colon < 0) throw bad();
  try {
    return { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) };
  } catch {
    throw bad();
  }
}

function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** Each character is a byte. */
function fromBase64(value: string): string | undefined {
  try {
    return atob(value);
  } catch {
    return undefined;
  }
}

/**
 * Takes in the header beside what was found in query and body. The same token may come twice, two different ones may not;
 * client id and secret likewise. @returns what a `Basic` header says
 */
export function takeAuthorization(header: string, found: GatheredParams): Authorization['basic'] {
  const { token, basic } = readAuthorization(header);
  if (token !== undefined) {
    if (found.token !== undefined && found.token !== '' && found.token !== token)
      throw graphError('token.two_credentials');
    if (!found.token) {
      found.token = token;
      found.tokenPlace = 'header';
    }
  }
  if (basic) {
    for (const [name, value] of [
      ['client_id', basic.id],
      ['client_secret', basic.secret],
    ] as const) {
      const present = found.params[name];
      if (present !== undefined && (typeof present === 'object' || String(present) !== value))
        throw graphError('param.duplicate', { name });
    }
  }
  return basic;
}
