// News of the watch go to a webhook or by mail, where these are named. A secret for either comes from the environment.
import { hubSignatures, randomHex } from '@hallpass/protocol';
import type { WatchLine } from '@hallpass/vault';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { mailerOf, mailServerOptions, type MailServerOptions } from '../surroundings/mail-server.ts';
import type { Outside } from '../surroundings/outside.ts';
import { mailOf } from './watch-mail.ts';
import { lineAsData } from './words.ts';

export interface NotifyOptions extends MailServerOptions {
  webhook?: string;
  mailTo?: string;
}

export function notifyOptions(command: Command): Command {
  const withWebhook = command
    .option(
      '--webhook <address>',
      'address to post changes to as JSON; signed with X-Hub-Signature-256 if HALLPASS_WEBHOOK_SECRET is set',
    )
    .option('--mail-to <addresses>', 'addresses to mail changes to, with commas');
  return mailServerOptions(withWebhook);
}

type Tell = (news: readonly WatchLine[]) => Promise<void>;

/**
 * Checks the options, and gives what delivers. Each way is tried, also where another one failed.
 * @throws CommandError for options that cannot work
 */
export async function notifiers(outside: Outside, options: NotifyOptions): Promise<Tell> {
  const { webhook, mailTo } = options;
  const ways: Tell[] = [
    ...(webhook === undefined ? [] : [byWebhook(outside, webhook)]),
    ...(mailTo === undefined ? [] : [await byMail(outside, mailTo, options)]),
  ];
  return async (news) => {
    const failures: string[] = [];
    for (const tell of ways)
      await tell(news).catch((error: unknown) => {
        if (!(error instanceof CommandError)) throw error;
        failures.push(error.message);
      });
    if (failures.length > 0) throw new CommandError('failed', failures.join('\n'));
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

async function byMail(outside: Outside, to: string, options: NotifyOptions): Promise<Tell> {
  const { isMailAddress } = await import('@hallpass/vault');
  const receivers = [...new Set(to.split(',').map((one) => one.trim()))];
  const wrong = receivers.find((address) => !isMailAddress(address));
  if (wrong !== undefined)
    throw new CommandError('wrongUse', `--mail-to: ${wrong || 'an empty text'} is no e-mail address.`);
  const mailer = mailerOf(outside, options);
  if (mailer === undefined)
    throw new CommandError(
      'wrongUse',
      'For --mail-to, name the mail server with --mail-server-file, or set HALLPASS_MAIL_SERVER: smtps://user:password@host.',
    );
  return async (news) => {
    const mail = await mailOf(news, outside.wall.now());
    const faults: string[] = [];
    for (const receiver of receivers) {
      const { fault } = await mailer.send({ id: randomHex(outside.random, 12), to: receiver, ...mail });
      if (fault !== undefined) faults.push(fault);
    }
    if (faults.length > 0)
      throw new CommandError(
        'failed',
        `The mail server didn't accept the mail (${[...new Set(faults)].join(', ')}): it will be sent at the next run.`,
      );
  };
}
