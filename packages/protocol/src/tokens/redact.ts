// Takes credentials out of text before it is logged or shown: what looks like one, and whatever stands behind a name
// that carries one, in URLs, forms, JSON (also JSON inside JSON) and header lines. It rather takes too much than too
// little.

const MASK = '[redacted]';

/** Parameters and headers whose value is a credential wherever they appear. */
// biome-ignore format: a list of words
const credentialNames = [
  'access_token', 'accessToken', 'input_token', 'fb_exchange_token', 'revoke_token', 'refresh_token', 'long_lived_token', 'client_token',
  'verify_token', 'id_token', 'id_token_hint', 'client_assertion', 'client_secret', 'app_secret', 'appsecret_proof', 'code_verifier',
  'fb_exchange_nonce', 'signed_request', 'signedRequest', 'session_key', 'user_code', 'password', 'authorization', 'cookie',
] as const;
const names = credentialNames.join('|');

// `code` is also the number of an error, so it counts only as a whole word, and in JSON only with a quoted value.
const named = `(?:${names})`;
const alone = '(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2}))';
const code = `${alone}code`;
/** Short words that are a name as a whole, in addresses and forms. */
const short = `${alone}(?:code|secret|token|pass)`;

/** In each rule the first group is what stays in front of the credential. */
const rules: readonly RegExp[] = [
  // {"access_token":"…"}, { access_token: '…' } and the same with escaped quotes; the value ends at a quote that is
  // escaped as the opening one is.
  new RegExp(String.raw`((?:${named}|${code})(?:\\*["'])?\s*[:=]\s*(\\*)(["']))(?:(?!(?<!\\)\2\3)[\s\S])*`, 'gi'),
  // Authorization: …, Cookie: …: to the end of the line or of the quoted string.
  /((?:authorization|cookie)\s*:\s*)[^\s"'][^\r\n"']*/gi,
  // access_token=… in a URL or form, and other unquoted values.
  new RegExp(String.raw`((?:${named}\s*[=:]|${short}=)\s*)[^\s&"'<>#]+`, 'gi'),
  // access_token%3D… in an address inside an address; the value ends at an ampersand that is encoded as often.
  new RegExp(String.raw`((?:${named}|${short})%((?:25)*)3d)(?:(?!%\2(?:26))[^\s&"'<>#])+`, 'gi'),
  /(bearer\s+)[^\s"',;]+/gi,
  /((?:oauth|basic|dpop)\s+)[\w.~+/=%|-]{16,}/gi,
  // {app-id}|{secret}: the id may stay.
  /(\d(?:\||%(?:25)*7c))[\w.~+/=%|-]+/gi,
  // Keys and handles of a vault.
  /(hp[hv]_[0-9a-f]{16}_)[\w-]{20,}/g,
  // Signed requests and JSON Web Tokens (a payload that begins with an encoded `{"`), sealed tokens, codes. One rule
  // for all, because any of them may happen to contain the beginning of another and would be cut in two.
  /()(?:(?:[\w-]{43}\.)?eyJ[\w-]{8}|[EX]AA[A-Za-z0-9]{8}|AQ[\w-]{16})[\w-]*(?:\.[\w-]+)*/g,
];

/**
 * The text with every credential in it replaced. @param mask gives what stands in the place of one; it may be handed its
 * own words again. `[redacted]` where it is not given
 */
export function redact(text: string, mask: (credential: string) => string = () => MASK): string {
  return rules.reduce(
    (rest, pattern) => rest.replace(pattern, (whole, before: string) => before + mask(whole.slice(before.length))),
    text,
  );
}

const whole = new RegExp(`^(?:.*(?:${names})|code|secret|token|pass)$`, 'is');
/** Tells whether a parameter, a header or a field of JSON of this name carries a credential. */
export const carriesCredential = (name: string): boolean => whole.test(name);
