// The pages of a vault speak the language of the person who got the mail. Each language is one table of sentences, with
// the same keys; parts in braces are filled in.
import { type Html, html } from '../../../html.ts';
import { de } from './de.ts';
import { en } from './en.ts';

export type VaultWords = Readonly<Record<keyof typeof en, string>>;

/** The languages of the pages of a vault, by their tags. */
export const vaultLanguages = { en, de } as const satisfies Readonly<Record<string, VaultWords>>;

export type VaultLanguage = keyof typeof vaultLanguages;

/** The first of these tags that is spoken here, also by its beginning (`de-AT`); English where none is. */
export function vaultLanguageOf(tags: readonly (string | null | undefined)[]): VaultLanguage {
  for (const tag of tags) {
    const [primary = ''] = (tag ?? '').trim().toLowerCase().split(/[-_]/);
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}

const isLanguage = (text: string): text is VaultLanguage => Object.hasOwn(vaultLanguages, text);

/** A sentence with its parts filled in; texts are escaped. */
export function filled(sentence: string, parts: Readonly<Record<string, Html | string>> = {}): Html {
  const pieces = sentence.split(/\{(\w+)\}/);
  return html`${pieces.map((piece, at) => (at % 2 === 0 ? piece : (parts[piece] ?? '')))}`;
}

/** `2 January 2027`, in this language. */
export const dateIn = (language: VaultLanguage, at: number): Html => {
  const moment = new Date(at * 1000);
  const words = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return html`<time datetime="${moment.toISOString()}">${words.format(moment)}</time>`;
};
