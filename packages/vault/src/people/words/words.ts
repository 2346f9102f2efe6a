// Mails speak the language of whoever gets them. Each language is one table with the same keys; an operator may put
// sentences of their own in the place of some, or add a language.
import type { VaultLanguage } from '@hallpass/pages/languages';
import { keysOf } from '@hallpass/protocol';
import { de } from './de.ts';
import { en } from './en.ts';

export type MailWordKey = keyof typeof en;
export type MailWords = Readonly<Record<MailWordKey, string>>;

/** The tables of this vault, by the tags of their languages. Every page of a vault speaks these too. */
const mailLanguages: Readonly<Record<VaultLanguage, MailWords>> = { en, de };

export const isMailWordKey = (key: string): key is MailWordKey => Object.hasOwn(en, key);

/** Sentences of an operator, by the tags of their languages: in the place of ours, or of a language that we have not. */
export type OwnWords = Readonly<Record<string, Partial<MailWords>>>;

const isBuiltIn = (tag: string): tag is VaultLanguage => Object.hasOwn(mailLanguages, tag);

/** The sentences that a language of an operator lacks; none for one of ours, which falls back on itself. */
export const missingWords = (tag: string, words: Partial<MailWords>): MailWordKey[] =>
  isBuiltIn(tag) ? [] : keysOf(en).filter((key) => words[key] === undefined);

/** The tag of a language, by its beginning: `pt` of `pt-BR`. Undefined for what is no tag. */
export const primaryLanguage = (tag: string): string | undefined =>
  /^([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*$/.exec(tag.trim().toLowerCase())?.[1];

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
  const language = wanted.find((tag) => isBuiltIn(tag) || Object.hasOwn(changed, tag)) ?? 'en';
  const words: MailWords = { ...mailLanguages[isBuiltIn(language) ? language : 'en'], ...changed[language] };
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
