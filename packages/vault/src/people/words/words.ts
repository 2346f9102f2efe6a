// Mails speak the language of their receiver. Each language is one table with the same keys; an operator may put
// sentences of their own in the place of some, or add a language. The sentences of the pages behind the links of mails
// stand in the same table of an operator, with `page_` before their names.
import {
  isVaultLanguage,
  type OwnVaultWords,
  primaryLanguage,
  type VaultLanguage,
  type VaultWords,
  vaultSpeechOf,
  vaultWordKeys,
} from '@hallpass/pages/languages';
import { isIn, keysOf } from '@hallpass/protocol';
import { de } from './de.ts';
import { en } from './en.ts';
import type { MailWordKey, MailWords } from './mail-words.ts';

/** The tables of this vault, by the tags of their languages. Every page of a vault speaks these too. */
const mailLanguages: Readonly<Record<VaultLanguage, MailWords>> = { en, de };

type PageWordKey = `page_${keyof VaultWords}`;
type WordKey = MailWordKey | PageWordKey;
type Sentences = Partial<Readonly<Record<WordKey, string>>>;

/** Sentences of an operator, by the tags of their languages: in the place of ours, or of a language that we have not. */
export type OwnWords = Readonly<Record<string, Sentences>>;

const mailKeys = keysOf(en);
const pageKeys: readonly PageWordKey[] = vaultWordKeys.map((key) => `page_${key}` as const);

export const isWordKey = (key: string): key is WordKey => isIn([...mailKeys, ...pageKeys], key);

/**
 * The sentences that a language of an operator lacks; none for one of ours, which falls back on itself. One without any
 * sentence for the pages is whole: they speak another language that the reader knows.
 */
export function missingWords(tag: string, words: Sentences): WordKey[] {
  if (isVaultLanguage(tag)) return [];
  const hasPages = pageKeys.some((key) => words[key] !== undefined);
  return [...mailKeys, ...(hasPages ? pageKeys : [])].filter((key) => words[key] === undefined);
}

/** Every sentence of one of our languages, as an operator may write it; English where the language is none of ours. */
export function sentencesOf(tag: string): Readonly<Record<string, string>> {
  const { language, words } = vaultSpeechOf([tag]);
  const mails = mailLanguages[isVaultLanguage(language) ? language : 'en'];
  return { ...mails, ...Object.fromEntries(vaultWordKeys.map((key) => [`page_${key}`, words[key]])) };
}

/** The sentences for the pages out of those of an operator. */
export const pageWordsOf = (own: OwnWords): OwnVaultWords =>
  Object.fromEntries(
    Object.entries(own).map(([tag, words]) => [
      tag,
      Object.fromEntries(
        vaultWordKeys.flatMap((key) => {
          const sentence = words[`page_${key}`];
          return sentence === undefined ? [] : [[key, sentence] as const];
        }),
      ),
    ]),
  );

/** One language, ready to fill sentences. */
export interface Speaker {
  /** The tag of the language. */
  language: string;
  say(key: MailWordKey, parts?: Readonly<Record<string, string | number>>): string;
  /** `2 January 2027`. @param zone a time zone by its IANA name */
  date(at: number, zone: string): string;
  /** `7 days`: to the nearest one. */
  time(seconds: number): string;
}

const DAY = 86_400;

/**
 * The first of these languages that is spoken here. @param changed sentences that are put in the place of others, by the
 * tag of their language
 */
export function speakerOf(tags: readonly (string | null | undefined)[], changed: OwnWords = {}): Speaker {
  const wanted = tags.flatMap((tag) => primaryLanguage(tag ?? '') ?? []);
  const language = wanted.find((tag) => isVaultLanguage(tag) || Object.hasOwn(changed, tag)) ?? 'en';
  const words: MailWords = { ...mailLanguages[isVaultLanguage(language) ? language : 'en'], ...changed[language] };
  const say: Speaker['say'] = (key, parts = {}) =>
    words[key].replace(/\{(\w+)\}/g, (whole, part: string) => String(parts[part] ?? whole));
  return {
    language,
    say,
    date: (at, timeZone) =>
      new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone }).format(
        at * 1000,
      ),
    time(seconds) {
      const days = Math.round(seconds / DAY);
      if (days < 1) return say('less_than_a_day');
      return days === 1 ? say('day') : say('days', { count: days });
    },
  };
}
