// `hallpass inbox` shows the mails of an emulator, waits for one, and opens the mail server that programs send to.
import { shape } from '@hallpass/protocol';
import { Command, InvalidArgumentError } from 'commander';
import { portOf } from '../../arguments.ts';
import { controlOf, type ControlOptions, controlOptions } from '../../control/emulator-control.ts';
import { CommandError } from '../../command-error.ts';
import { example } from '../../printing/example.ts';
import { table } from '../../printing/print.ts';
import type { Outside } from '../../surroundings/outside.ts';

interface MailLine {
  id: number;
  time: string;
  recipients: string[];
  subject: string;
  links: string[];
}

const lineShape = shape.object<MailLine>({
  id: shape.number,
  time: shape.text,
  recipients: shape.listOf(shape.text),
  subject: shape.text,
  links: shape.listOf(shape.text),
});
const listShape = shape.object<{ mails: MailLine[]; server?: string | undefined }>({
  mails: shape.listOf(lineShape),
  server: shape.optional(shape.text),
});

interface Mail extends MailLine {
  from: string;
  text: string;
  source: string;
}

const mailShape = shape.object<Mail>({
  id: shape.number,
  time: shape.text,
  recipients: shape.listOf(shape.text),
  subject: shape.text,
  links: shape.listOf(shape.text),
  from: shape.text,
  text: shape.text,
  source: shape.text,
});

const removal = shape.object<{ removed: number }>({ removed: shape.number });
const serverShape = shape.object<{ url: string }>({ url: shape.text });

export function build(outside: Outside): Command {
  return new Command('inbox')
    .description(
      'Read an emulator’s mail: what the platform sends (password links, account changes, alerts), and what programs send to its mail server. Nothing leaves this machine.',
    )
    .addCommand(listCommand(outside))
    .addCommand(readCommand(outside))
    .addCommand(waitCommand(outside))
    .addCommand(clearCommand(outside))
    .addCommand(serverCommand(outside));
}

const listCommand = (outside: Outside): Command =>
  controlOptions(new Command('list').description('List the mails, oldest first.'))
    .addHelpText('after', example('hallpass inbox list'))
    .action(async ({ json, ...options }: ControlOptions) => {
      const answer = await controlOf(options, outside).ask(listShape, 'GET', 'inbox');
      if (json) return outside.out(JSON.stringify(answer));
      if (answer.mails.length === 0) return outside.out('No mail has arrived.');
      return outside.out(
        table(
          answer.mails.map(({ id, time, recipients, subject }) => [
            String(id),
            withoutFraction(time),
            recipients.join(', '),
            subject,
          ]),
          ['id', 'time', 'to', 'subject'],
        ),
      );
    });

interface ReadOptions extends ControlOptions {
  source?: boolean;
}

const readCommand = (outside: Outside): Command =>
  controlOptions(new Command('read').description('Print one mail and the links in it; the latest without an id.'))
    .argument('[id]', 'of the mail, as inbox list prints it', idOf)
    .option('--source', 'print the raw message')
    .addHelpText('after', example('hallpass inbox read'))
    .action(async (id: number | undefined, { json, source, ...options }: ReadOptions) => {
      const control = controlOf(options, outside);
      if (id === undefined && (await control.ask(listShape, 'GET', 'inbox')).mails.length === 0)
        throw new CommandError('failed', 'No mail has arrived.');
      print(outside, await control.ask(mailShape, 'GET', 'inbox/mail', { id }), json, source);
    });

function print(outside: Outside, mail: Mail, json: boolean | undefined, source = false): void {
  if (json) return outside.out(JSON.stringify(mail));
  if (source) return outside.out(mail.source);
  const rows = [
    ['from', mail.from],
    ['to', mail.recipients.join(', ')],
    ['subject', mail.subject],
    ['time', withoutFraction(mail.time)],
    ...mail.links.map((link) => ['link', link]),
  ];
  return outside.out(`${table(rows)}\n\n${mail.text.trim()}`);
}

interface WaitOptions extends ControlOptions {
  to?: string;
  subject?: string;
  timeout: number;
}

/** Seconds for which one question waits. */
const ROUND = 10;
const USUAL_TIMEOUT = 30;

const waitCommand = (outside: Outside): Command =>
  controlOptions(
    new Command('wait').description('Print the first mail that matches, and wait for it if it has not arrived yet.'),
  )
    .option('--to <address>', 'addressed to this address')
    .option('--subject <words>', 'with these words in its subject')
    .option('--timeout <seconds>', 'how long to wait at most', secondsOf, USUAL_TIMEOUT)
    .addHelpText('after', example('hallpass inbox wait --to ana@demo.example --subject password'))
    .action(async ({ json, to, subject, timeout, ...options }: WaitOptions) => {
      const control = controlOf(options, outside);
      const end = outside.wall.ms() + timeout * 1000;
      const fits = (mail: MailLine): boolean =>
        (to === undefined || mail.recipients.some((one) => one.toLowerCase() === to.toLowerCase())) &&
        (subject === undefined || mail.subject.toLowerCase().includes(subject.toLowerCase()));
      for (let after = 0; ; ) {
        const left = Math.max(0, (end - outside.wall.ms()) / 1000);
        const { mails } = await control.ask(listShape, 'GET', 'inbox', { after, wait: Math.min(ROUND, left) });
        const found = mails.find(fits);
        if (found) return print(outside, await control.ask(mailShape, 'GET', 'inbox/mail', { id: found.id }), json);
        after = mails.at(-1)?.id ?? after;
        if (left === 0) throw new CommandError('failed', `No matching mail arrived within ${timeout} seconds.`);
      }
    });

const clearCommand = (outside: Outside): Command =>
  controlOptions(new Command('clear').description('Delete all mail.'))
    .addHelpText('after', example('hallpass inbox clear'))
    .action(async ({ json, ...options }: ControlOptions) => {
      const answer = await controlOf(options, outside).ask(removal, 'DELETE', 'inbox');
      outside.out(
        json ? JSON.stringify(answer) : `${answer.removed} ${answer.removed === 1 ? 'mail' : 'mails'} deleted.`,
      );
    });

interface ServerOptions extends ControlOptions {
  port?: number;
}

const serverCommand = (outside: Outside): Command =>
  controlOptions(
    new Command('server').description(
      'Open the emulator’s mail server if it is not open yet, and print its address. It accepts all mail without a password. If a client logs in with the name of a world, its mail goes to that world.',
    ),
  )
    .option('--port <number>', 'the port; any free one by default', portOf)
    .addHelpText('after', example('hallpass inbox server --port 1025'))
    .action(async ({ json, port, ...options }: ServerOptions) => {
      const answer = await controlOf(options, outside).ask(serverShape, 'POST', 'inbox/server', { port });
      outside.out(json ? JSON.stringify(answer) : answer.url);
    });

const withoutFraction = (time: string): string => time.replace(/\.\d+Z$/, 'Z');

function idOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write the number of a mail, as hallpass inbox list prints it.');
}

function secondsOf(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a number of seconds.');
}
