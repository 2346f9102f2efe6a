// The pages of a vault speak the language of the person who got the mail. Each language is one table of sentences, with
// the same keys; parts in braces are filled in. An operator may put other sentences in their place, or add a language.
import { keysOf } from '@hallpass/protocol';
import { type Html, html } from '../../../html.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { VaultWords } from './vault-words.ts';

export type { VaultWords } from './vault-words.ts';

/** The languages of the pages of a vault, by their tags. */
const vaultLanguages = { en, de } as const satisfies Readonly<Record<string, VaultWords>>;

export type VaultLanguage = keyof typeof vaultLanguages;

export const isVaultLanguage = (text: string): text is VaultLanguage => Object.hasOwn(vaultLanguages, text);

/** The names of the sentences that pages are made of. */
export const vaultWordKeys = keysOf(en);

/** Sentences of an operator for the pages, by the tags of their languages. */
export type OwnVaultWords = Readonly<Record<string, Partial<VaultWords>>>;

/** One language of the pages, with its sentences. */
export interface VaultSpeech {
  /** The tag of the language. */
  language: string;
  words: VaultWords;
}

/** The tag of a language, by its beginning: `pt` of `pt-BR`. Undefined for what is no tag. */
export const primaryLanguage = (tag: string): string | undefined =>
  /^([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*$/.exec(tag.trim().toLowerCase())?.[1];

const isWhole = (words: Partial<VaultWords> | undefined): words is VaultWords =>
  words !== undefined && vaultWordKeys.every((key) => words[key] !== undefined);

/**
 * The first of these languages that is spoken here, also by its beginning (`de-AT`); English where none is. A page never
 * mixes two languages, so one that an operator added is spoken only if it has every sentence.
 */
export function vaultSpeechOf(tags: readonly (string | null | undefined)[], own: OwnVaultWords = {}): VaultSpeech {
  for (const tag of tags) {
    const language = primaryLanguage(tag ?? '');
    if (language === undefined) continue;
    const words = Object.hasOwn(own, language) ? own[language] : undefined;
    if (isVaultLanguage(language)) return { language, words: { ...vaultLanguages[language], ...words } };
    if (isWhole(words)) return { language, words };
  }
  return { language: 'en', words: { ...en, ...own['en'] } };
}

/** A sentence with its parts filled in, for a place that knows no markup: the title of a tab. */
export const filledPlainly = (sentence: string, parts: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? '');

/** A sentence with its parts filled in; texts are escaped. */
export function filled(sentence: string, parts: Readonly<Record<string, Html | string>> = {}): Html {
  const pieces = sentence.split(/\{(\w+)\}/);
  return html`${pieces.map((piece, at) => (at % 2 === 0 ? piece : (parts[piece] ?? '')))}`;
}

/** `2 January 2027`, in this language. @param timeZone a time zone by its IANA name */
export const dateIn = (language: string, at: number, timeZone: string): Html => {
  const moment = new Date(at * 1000);
  const words = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone });
  return html`<time datetime="${moment.toISOString()}">${words.format(moment)}</time>`;
};
