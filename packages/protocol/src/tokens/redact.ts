// Takes credentials out of text before it is logged or shown: what looks like one, and whatever stands behind a name
// that carries one, in URLs, forms, JSON (also JSON inside JSON) and header lines. It rather takes too much than too
// little.

const MASK = '[redacted]';

/** Parameters and headers whose value is a credential wherever they appear. */
// biome-ignore format: a list of words
const names = [
  'access_token', 'input_token', 'fb_exchange_token', 'revoke_token', 'refresh_token', 'long_lived_token', 'client_token', 'id_token',
  'id_token_hint', 'client_secret', 'app_secret', 'appsecret_proof', 'code_verifier', 'fb_exchange_nonce', 'signed_request', 'user_code',
  'password', 'authorization', 'cookie',
].join('|');

// `code` is also the number of an error, so it counts only as a whole word, and in JSON only with a quoted value.
const named = `(?:${names})`;
const code = '(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2}))code';

type Rule = readonly [pattern: RegExp, replacement: string];

const rules: readonly Rule[] = [
  // {"access_token":"…"}, { access_token: '…' } and the same with escaped quotes; the value ends at a quote that is
  // escaped as the opening one is.
  [
    new RegExp(String.raw`((?:${named}|${code})(?:\\*["'])?\s*[:=]\s*(\\*)(["']))(?:(?!(?<!\\)\2\3)[\s\S])*`, 'gi'),
    `$1${MASK}`,
  ],
  // Authorization: …, Cookie: …: to the end of the line or of the quoted string.
  [/((?:authorization|cookie)\s*:\s*)[^\s"'][^\r\n"']*/gi, `$1${MASK}`],
  // access_token=… in a URL or form, and other unquoted values.
  [new RegExp(String.raw`((?:${named}\s*[=:]|${code}=)\s*)[^\s&"'<>#]+`, 'gi'), `$1${MASK}`],
  // access_token%3D… in an address inside an address; the value ends at an ampersand that is encoded as often.
  [new RegExp(String.raw`((?:${named}|${code})%((?:25)*)3d)(?:(?!%\2(?:26))[^\s&"'<>#])+`, 'gi'), `$1${MASK}`],
  [/(bearer\s+)[^\s"',;]+/gi, `$1${MASK}`],
  [/((?:oauth|basic|dpop)\s+)[\w.~+/=%|-]{16,}/gi, `$1${MASK}`],
  // {app-id}|{secret}: the id may stay.
  [/(\d(?:\||%(?:25)*7c))[\w.~+/=%|-]+/gi, `$1${MASK}`],
  // Signed requests and JSON Web Tokens (a payload that begins with an encoded `{"`), sealed tokens, codes. One rule
  // for all, because any of them may happen to contain the beginning of another and would be cut in two.
  [/(?:(?:[\w-]{43}\.)?eyJ[\w-]{8}|[EX]AA[A-Za-z0-9]{8}|AQ[\w-]{16})[\w-]*(?:\.[\w-]+)*/g, MASK],
];

/** The text with every credential in it replaced by `[redacted]`. */
export function redact(text: string): string {
  return rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
