// The mail server of a command that may send mails: of every command of a vault, and of the watch.
import { type Mailer, readMailServer } from '@hallpass/world';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import type { Outside } from './outside.ts';
import { secretOf } from './secret-option.ts';

export interface MailServerOptions {
  mailServerFile?: string;
  mailFrom?: string;
}

export const mailServerOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--mail-server-file <file>', 'file with smtps://user:password@host; or HALLPASS_MAIL_SERVER').env(
        'HALLPASS_VAULT_MAIL_SERVER_FILE',
      ),
    )
    .addOption(new Option('--mail-from <address>', 'the sender of its mails').env('HALLPASS_MAIL_FROM'));

/** The way to the mail server; undefined where none is named. @throws CommandError, StorageRefused */
export function mailerOf(outside: Outside, { mailServerFile, mailFrom }: MailServerOptions): Mailer | undefined {
  const address = secretOf(outside, mailServerFile, 'HALLPASS_MAIL_SERVER', 'address of the mail server');
  if (address === undefined) return undefined;
  const server = readMailServer(address);
  if (server === undefined)
    throw new CommandError('cannotStart', 'The mail server must be smtps://user:password@host, or smtp://host.');
  if (mailFrom === undefined)
    throw new CommandError('cannotStart', 'With a mail server, give the sender too: --mail-from.');
  return outside.mailer(server, mailFrom);
}
