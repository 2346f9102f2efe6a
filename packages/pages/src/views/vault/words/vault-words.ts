// A language of the pages behind mails has these sentences.
import type { en } from './en.ts';

export type VaultWords = Readonly<Record<keyof typeof en, string>>;
