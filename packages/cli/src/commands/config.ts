// `hallpass config` shows every setting, its value and where it comes from.
import { Command } from 'commander';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { table } from '../printing/print.ts';
import { secretAddresses, sourceOfAddress } from '../surroundings/secret-addresses.ts';
import { explained, gather, settingOptions } from '../surroundings/setting-sources.ts';

export function build(outside: Outside): Command {
  const explain = settingOptions(new Command('explain'))
    .description(
      'Show every setting of `hallpass serve`, its value and where it comes from: default, file and line, environment, option.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass config explain --config hallpass.yaml'))
    .action(async (options: Record<string, unknown>) => {
      const gathered = await gather(outside, options);
      const rows = explained(gathered);
      const placed = (address: keyof typeof secretAddresses, without: string) => {
        const from = sourceOfAddress(outside, gathered.place, secretAddresses[address]);
        const { env } = secretAddresses[address];
        return { name: address, env, value: from ? '[redacted]' : without, from: from ?? 'default' };
      };
      const all = [
        ...rows,
        {
          ...placed('database', 'SQLite in the data directory'),
          doc: 'Where the data is kept: postgres://…, otherwise SQLite in the data directory.',
        },
        { ...placed('mailServer', 'none'), doc: 'Mail server: smtp://… or smtps://…; without one, no mail is sent.' },
      ];
      if (options.json) return outside.out(JSON.stringify({ settings: all }));
      outside.out(
        table(
          all.map(({ name, value, from, env }) => [name, valueInWords(value), from, env]),
          ['setting', 'value', 'from', 'environment'],
        ),
      );
    });
  return new Command('config')
    .description('Show every setting, its value and where it comes from.')
    .addCommand(explain);
}

function valueInWords(value: unknown): string {
  if (value === null || value === '') return '-';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
