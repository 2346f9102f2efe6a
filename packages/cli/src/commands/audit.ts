// `hallpass audit` tells whether the trail of events is whole.
import { Command } from 'commander';
import { onPlatform, type PlatformOptions } from '../operator/on-platform.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';

export function build(outside: Outside): Command {
  const verify = settingOptions(new Command('verify'), dataSettings)
    .description(
      'Check the whole audit trail for changed or missing lines. Keep the printed head somewhere else and give it to the next run: then an older copy of the database is found out too. Exit code 1 if something is wrong.',
    )
    .option('--head <value>', 'the head of an earlier run, which must still be part of the trail')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass audit verify --data data'))
    .action((options: PlatformOptions & { head?: string }) =>
      onPlatform(outside, options, 'audit.verify', options.head === undefined ? {} : { head: options.head }),
    );
  return new Command('audit').description('Check the audit trail.').addCommand(verify);
}
