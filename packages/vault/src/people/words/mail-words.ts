// A language of mails has these sentences.
import type { en } from './en.ts';

export type MailWordKey = keyof typeof en;

export type MailWords = Readonly<Record<MailWordKey, string>>;
