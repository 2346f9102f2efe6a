// Mails speak the language of whoever gets them. Each language is one table with the same keys; an operator may put
// sentences of their own in the place of some, or add a language.
import { type VaultLanguage, vaultLanguageOf } from '@hallpass/pages/languages';
import { de } from './de.ts';
import { en } from './en.ts';

export type MailWordKey = keyof typeof en;
export type MailWords = Readonly<Record<MailWordKey, string>>;

/** The tables of this vault, by the tags of their languages. Every page of a vault speaks these too. */
export const mailLanguages: Readonly<Record<VaultLanguage, MailWords>> = { en, de };

export const isMailWordKey = (key: string): key is MailWordKey => Object.hasOwn(en, key);

/** One language, ready to fill sentences. */
export interface Speaker {
  /** The tag of the language. */
  language: VaultLanguage;
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
export function speakerOf(
  tags: readonly (string | null | undefined)[],
  changed: Readonly<Record<string, Partial<MailWords>>> = {},
): Speaker {
  const language = vaultLanguageOf(tags);
  const words: MailWords = { ...mailLanguages[language], ...changed[language] };
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
