// An operator may put words of their own into the mails of a vault: a file of JSON, with a table for each language.
import { readFileSync } from 'node:fs';
import { parseJson, shape } from '@hallpass/protocol';
import { isMailWordKey, type MailLook, mailLanguages } from '@hallpass/vault';
import { type Command, Option } from 'commander';
import { CommandError } from '../exit.ts';

export interface TextsOption {
  mailTexts?: string;
}

export const textsOption = (command: Command): Command =>
  command.addOption(
    new Option(
      '--mail-texts <file>',
      'your own sentences for the mails: {"en": {"subject_died": "{name} is down"}}',
    ).env('HALLPASS_VAULT_MAIL_TEXTS'),
  );

const tables = shape.mapOf(shape.mapOf(shape.text));

/** @throws CommandError where the file is none of these */
export function textsFrom({ mailTexts: file }: TextsOption): MailLook {
  if (file === undefined) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CommandError('cannotStart', `${file} cannot be read.`);
  }
  const words = parseJson(tables, text);
  if (words === undefined)
    throw new CommandError('cannotStart', `${file} must hold JSON: a table of sentences for each language.`);
  for (const [language, sentences] of Object.entries(words)) {
    if (!Object.hasOwn(mailLanguages, language))
      throw new CommandError(
        'cannotStart',
        `${file}: there is no language ${language}; the languages are ${Object.keys(mailLanguages).join(', ')}.`,
      );
    const unknown = Object.keys(sentences).find((key) => !isMailWordKey(key));
    if (unknown !== undefined) throw new CommandError('cannotStart', `${file}: there is no sentence ${unknown}.`);
  }
  return { words };
}
