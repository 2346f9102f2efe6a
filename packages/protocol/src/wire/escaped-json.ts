// JSON as notices are written on the wire: plain ASCII. Other letters are `\u` escapes in lower-case hex, and `/`, `<`,
// `%` and `@` are escaped too. Receivers that rebuild the body before they check its signature rely on this spelling.
// Source: "Validating payloads" of webhooks and of the Messenger platform.

const spellings: Readonly<Record<string, string>> = { '/': '\\/', '<': '\\u003C', '%': '\\u0025', '@': '\\u0040' };

// biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is what is looked for
const escaped = /[/<%@]|[^\u0000-\u007f]/g;

/**
 * The text of a JSON value, of ASCII characters alone. All the characters that are replaced can only stand inside
 * strings.
 */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value).replace(escaped, (character) => spellings[character] ?? unicodeEscape(character));
}

/** One UTF-16 unit, so that a letter beyond U+FFFF becomes two escapes, as JSON wants it. */
const unicodeEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
