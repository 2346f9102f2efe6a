// An operator may put words of their own into the mails of a vault, add a language, and make the mails with a template of
// their own.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseJson, shape } from '@hallpass/protocol';
import type { MailLook, MailTemplate } from '@hallpass/vault';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { fileText } from '../surroundings/file-text.ts';

export interface LookOptions {
  mailTexts?: string;
  mailTemplate?: string;
}

export const lookOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--mail-texts <file>',
        'your own sentences for the mails, or a whole language: {"en": {"subject_died": "{name} is down"}}',
      ).env('HALLPASS_VAULT_MAIL_TEXTS'),
    )
    .addOption(
      new Option(
        '--mail-template <file>',
        'a module of JavaScript whose default function makes {subject, text, html} of the content of a mail',
      ).env('HALLPASS_VAULT_MAIL_TEMPLATE'),
    );

/** @throws CommandError where a file is none of these */
export async function mailLookFrom({ mailTexts, mailTemplate }: LookOptions): Promise<MailLook> {
  return {
    ...(mailTexts !== undefined && { words: await wordsIn(mailTexts) }),
    ...(mailTemplate !== undefined && { template: await templateIn(mailTemplate) }),
  };
}

const tables = shape.mapOf(shape.mapOf(shape.text));

async function wordsIn(file: string): Promise<MailLook['words']> {
  const { isWordKey, missingWords, primaryLanguage } = await import('@hallpass/vault');
  const refused = (what: string): CommandError => new CommandError('cannotStart', `${file}${what}`);
  const words = parseJson(tables, fileText(file, 'cannotStart'));
  if (words === undefined) throw refused(' must hold JSON: a table of sentences for each language.');
  for (const [language, sentences] of Object.entries(words)) {
    if (primaryLanguage(language) !== language) throw refused(`: ${language} is no tag of a language, such as fr.`);
    const unknown = Object.keys(sentences).find((key) => !isWordKey(key));
    if (unknown !== undefined) throw refused(`: there is no sentence ${unknown}.`);
    const missing = missingWords(language, sentences);
    if (missing.length > 0) throw refused(`: ${language} lacks sentences: ${missing.join(', ')}.`);
  }
  return words;
}

const isMail = shape.object<ReturnType<MailTemplate>>({
  subject: shape.text,
  text: shape.text,
  html: shape.optional(shape.text),
});

/** A mail that a template is tried with before anybody gets one. */
const sample: Parameters<MailTemplate>[0] = {
  language: 'en',
  platform: 'Hallpass',
  subject: 'A test',
  opening: ['Hello,'],
  items: [{ tone: 'good', title: 'A connection', says: ['It works again.'] }],
  closing: ['No token is in this mail.'],
};

const isTemplate = (value: unknown): value is MailTemplate => typeof value === 'function';

async function templateIn(file: string): Promise<MailTemplate> {
  const refused = (what: string): CommandError => new CommandError('cannotStart', `${file} ${what}`);
  let found: unknown;
  try {
    found = await import(pathToFileURL(resolve(file)).href);
  } catch {
    throw refused('cannot be read as a module of JavaScript.');
  }
  const template = shape.anyObject(found) ? found['default'] : undefined;
  if (!isTemplate(template)) throw refused('must export a function as its default.');
  let made: unknown;
  try {
    made = template(sample);
  } catch {
    throw refused('threw an error for a mail.');
  }
  if (!isMail(made)) throw refused('must make a subject and a text of a mail.');
  return template;
}
