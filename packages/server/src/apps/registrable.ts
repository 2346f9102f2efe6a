// An app may name only some addresses as its own: where people are sent back to, and where its server is called.
// Source: rule 1 of section 6 of the threat model ("Redirect URIs").
import { limits } from '@hallpass/protocol/request';

export const printable = /^[!-~]+$/;
const forbiddenEscape = /%(?:2e|2f|5c|00|0a|0d)/i;
const plainHttpHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Decides whether an address may be written into the settings of an app. Nothing is repaired; the reason is for the
 * person who typed it.
 */
export function checkRegistrable(uri: string): { ok: true } | { ok: false; reason: string } {
  const no = (reason: string) => ({ ok: false as const, reason });
  if (uri.length > limits.redirectUri) return no(`It is longer than ${limits.redirectUri} characters.`);
  if (!printable.test(uri)) return no('Only printable ASCII characters without spaces are possible.');
  if (uri.includes('#')) return no('A fragment (#) is not possible.');
  if (uri.includes('\\')) return no('A backslash is not possible.');
  if (uri.includes('*')) return no('Wildcards (*) do not exist: write each address in full.');
  const url = URL.parse(uri);
  if (!url) return no('It is not an absolute URL.');
  if (url.username !== '' || url.password !== '') return no('A user name or password in the address is not possible.');
  if (url.protocol === 'http:' && !plainHttpHosts.has(url.hostname))
    return no('http is possible for localhost, 127.0.0.1 and [::1] only; use https.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return no('Only https (and http for this machine) is possible.');
  if (url.href !== uri) return no(`It is not in its plain form, which is ${url.href}`);
  if (url.pathname.includes('//')) return no('A doubled slash in the path is not possible.');
  if (forbiddenEscape.test(url.pathname))
    return no('An encoded dot, slash, backslash, NUL or line end in the path is not possible.');
  return { ok: true };
}
