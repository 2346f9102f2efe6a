// News of the watch go to a webhook or by mail, where these are named. A secret for either comes from the environment.
import { hubSignatures, randomHex } from '@hallpass/protocol';
import type { WatchLine } from '@hallpass/vault';
import { readMailServer } from '@hallpass/world';
import { type Command, Option } from 'commander';
import { CommandError } from '../exit.ts';
import type { Outside } from '../surroundings/outside.ts';
import { lineAsData, mailText } from './words.ts';

export interface NotifyOptions {
  webhook?: string;
  mailTo?: string;
  mailFrom?: string;
}

export function notifyOptions(command: Command): Command {
  return command
    .option(
      '--webhook <address>',
      'address to post changes to as JSON; signed with X-Hub-Signature-256 if HALLPASS_WEBHOOK_SECRET is set',
    )
    .option('--mail-to <address>', 'address to mail changes to, through the server in HALLPASS_MAIL_SERVER')
    .addOption(new Option('--mail-from <address>', 'the sender of these mails').env('HALLPASS_MAIL_FROM'));
}

type Tell = (news: readonly WatchLine[]) => Promise<void>;

/** Checks the options, and gives what delivers. @throws CommandError for options that cannot work */
export function notifiers(outside: Outside, { webhook, mailTo, mailFrom }: NotifyOptions): Tell {
  const ways: Tell[] = [
    ...(webhook === undefined ? [] : [byWebhook(outside, webhook)]),
    ...(mailTo === undefined ? [] : [byMail(outside, mailTo, mailFrom)]),
  ];
  return async (news) => {
    for (const tell of ways) await tell(news);
  };
}

function byWebhook(outside: Outside, address: string): Tell {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new CommandError('wrongUse', '--webhook must be the address of a server: https://…');
  const secret = outside.takeSecret('HALLPASS_WEBHOOK_SECRET');
  return async (news) => {
    const body = JSON.stringify({ tokens: news.map(lineAsData) });
    const signed = secret === undefined || secret === '' ? {} : await hubSignatures(body, secret);
    const headers = { 'content-type': 'application/json', ...signed };
    const answer = await outside.outbound.send({ method: 'POST', url: url.href, headers, body, reach: 'any' });
    if (answer.fault !== undefined || answer.status >= 300)
      throw new CommandError(
        'failed',
        `The webhook didn't accept the changes (${answer.fault ?? answer.status}): they will be sent again at the next run.`,
      );
  };
}

function byMail(outside: Outside, to: string, from: string | undefined): Tell {
  const address = outside.takeSecret('HALLPASS_MAIL_SERVER') ?? '';
  const server = readMailServer(address);
  if (server === undefined)
    throw new CommandError('wrongUse', 'For --mail-to, set HALLPASS_MAIL_SERVER: smtps://user:password@host.');
  if (from === undefined)
    throw new CommandError('wrongUse', 'For --mail-to, give the sender too: --mail-from ADDRESS.');
  const mailer = outside.mailer(server, from);
  return async (news) => {
    const id = randomHex(outside.random, 12);
    const subject = news.length === 1 ? `Access token: ${news[0]?.name ?? ''}` : `${news.length} access tokens changed`;
    const { fault } = await mailer.send({ id, to, subject, text: mailText(news, outside.wall.now()) });
    if (fault !== undefined)
      throw new CommandError(
        'failed',
        `The mail server didn't accept the mail (${fault}): it will be sent at the next run.`,
      );
  };
}
