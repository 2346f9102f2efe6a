// Names of connections, of people and of Pages are written by strangers, and reasons by servers. An agent is given them
// as short plain text: no control character hides anything in it, and what looks like a credential is taken out.
import { redact } from '@hallpass/protocol/redact';

const MASK = '[hidden]';
/** Letters that are read of a text at all; a longer one is nobody's name. */
const MOST_READ = 4000;
/** Letters that an agent is given of a text. */
const MOST_SHOWN = 300;

/** A run of letters that a name has no use for. Parts of credentials, also encoded ones, are such runs. */
const longRun = /[A-Za-z0-9_+/=%|~-]{20,}/g;
/** Permissions are long words, and ids of Pages are long numbers: they hide nothing. */
const isWord = (run: string): boolean => /^(?:[a-z]{1,24}(?:[_-][a-z]{1,24}){0,9}|\d{1,20})$/.test(run);

/**
 * The text as an agent may see it. Letters that look alike are made the same first, so that no spelling of a credential
 * passes by.
 */
export function plainText(text: string): string {
  const visible = text.slice(0, MOST_READ).normalize('NFKC').replace(/\s+/gu, ' ').replace(/\p{C}/gu, '').trim();
  const masked = redact(visible, () => MASK).replace(longRun, (run) => (isWord(run) ? run : MASK));
  return masked.length > MOST_SHOWN ? `${masked.slice(0, MOST_SHOWN)}…` : masked;
}

type Plain = string | number | boolean | null | undefined | readonly Plain[] | { readonly [name: string]: Plain };

/** Every text in an answer as an agent may see it, however deep it stands. */
export function plainAnswer(value: Plain): Plain {
  if (typeof value === 'string') return plainText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(plainAnswer);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plainAnswer(one)]));
}

const isList = (value: readonly Plain[] | { readonly [name: string]: Plain }): value is readonly Plain[] =>
  Array.isArray(value);

/** An answer of a tool: data without any function or class. */
export type Answer = { readonly [name: string]: Plain };
