// `hallpass vault sweep`: one sweep, for a line of cron. Deaths that nothing else speaks for are looked at again until they
// are believed or over, because the next run of cron would begin to doubt them anew.
import { shape } from '@hallpass/protocol';
import { calls } from '@hallpass/vault/client';
import { Command } from 'commander';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { type ClientOptions, clientOptions, withClient } from './vault-client.ts';

/** Milliseconds between two looks at what is doubted, and the most of them: a quarter of an hour makes it sure. */
const LOOK_AGAIN = 5 * 60_000 + 5000;
const MOST = 5;

const counted = shape.mapOf(shape.number);

export const sweepCommand = (outside: Outside): Command =>
  clientOptions(new Command('sweep'))
    .description(
      `${calls.sweep.doc} Then tell people. Doubtful results, as in an outage, are checked again for a quarter of an hour.`,
    )
    .option('--once', "don't check doubtful results again")
    .addHelpText('after', example('hallpass vault sweep'))
    .action((options: ClientOptions & { once?: boolean }) =>
      withClient(outside, { ...options, create: false }, async (client) => {
        const total: Record<string, number> = {};
        for (let looks = 1; ; looks++) {
          const counts = await client.sweep();
          if (counted(counts)) for (const [name, n] of Object.entries(counts)) total[name] = (total[name] ?? 0) + n;
          if (!counts.doubted || options.once || looks > MOST) break;
          outside.status('Some results are doubtful: they will be checked again in five minutes.');
          await outside.pause(LOOK_AGAIN);
        }
        outside.status('');
        const words = Object.entries(total).filter(([, n]) => n > 0);
        if (options.json) outside.out(JSON.stringify(total));
        else
          outside.out(words.length === 0 ? 'Nothing was due.' : words.map(([name, n]) => `${name}: ${n}`).join('\n'));
      }),
    );
