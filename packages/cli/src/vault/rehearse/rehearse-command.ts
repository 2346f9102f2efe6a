// `hallpass vault rehearse`: the next ninety days of a vault in some seconds, beside the vault, which is only read.
import { writeFileSync } from 'node:fs';
import { keysOf } from '@hallpass/protocol';
import { Command, InvalidArgumentError } from 'commander';
import { example } from '../../printing/example.ts';
import { progressBar } from '../../printing/progress.ts';
import type { Outside } from '../../surroundings/outside.ts';
import { mailLookFrom } from '../mail-texts.ts';
import { type ClientOptions, clientOptions, withClient } from '../vault-client.ts';
import { orderKinds } from './order-kinds.ts';

interface RehearseOptions extends ClientOptions {
  days: number;
  event?: string[];
  html?: string;
}

const LONGEST = 366;

function daysOf(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > LONGEST) throw new InvalidArgumentError(`Write a number of days, 1 to ${LONGEST}.`);
  return days;
}

export const rehearseCommand = (outside: Outside): Command =>
  clientOptions(new Command('rehearse'))
    .description(
      'Show what will break in the next days, when and why, and who gets which mail, if nobody does anything. The metadata is copied to an emulator; no token leaves the vault, and nothing in it is changed.',
    )
    .option('--days <number>', 'how many days', daysOf, 90)
    .option(
      '--event <words>',
      `something that happens, such as "password-changed ana@example.com on day 10"; may be repeated. Events: ${keysOf(orderKinds).join(', ')}`,
      (words: string, before: string[] | undefined) => [...(before ?? []), words],
    )
    .option('--html <file>', 'write the report as a page that needs no other files')
    .addHelpText('after', example('hallpass vault rehearse --days 90 --html rehearsal.html'))
    .action(async (options: RehearseOptions) => {
      const look = await mailLookFrom(options);
      await withClient(outside, { ...options, create: false, look }, async (client) => {
        // The emulator is loaded where it is needed alone.
        const { rehearse, wholeSnapshot } = await import('./rehearse.ts');
        const bar = progressBar(outside);
        try {
          const report = await rehearse(await wholeSnapshot(client), {
            world: outside,
            days: options.days,
            events: options.event ?? [],
            look,
            progress: (done, total) => bar.show(done, total, 'days'),
          });
          bar.end();
          if (options.html !== undefined) {
            const { reportPage } = await import('./report-page.ts');
            writeFileSync(options.html, reportPage(report));
          }
          const { reportInWords } = await import('./rehearsal-report.ts');
          outside.out(options.json ? JSON.stringify(report) : reportInWords(report));
        } finally {
          bar.end();
        }
      });
    });
