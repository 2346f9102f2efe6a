// `hallpass audit` tells whether the trail of events is whole.
import { Command } from 'commander';
import { onPlatform, type PlatformOptions } from '../operator/on-platform.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';

export function build(outside: Outside): Command {
  const verify = settingOptions(new Command('verify'), dataSettings)
    .description(
      'Walk the whole audit trail: an edited or missing line shows. Keep the head that is printed elsewhere, and give it the next time: then a database that is an older one shows too. Exit code 1 where something is wrong.',
    )
    .option('--head <value>', 'the head of an earlier run: it must still be part of the trail')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass audit verify --data data'))
    .action((options: PlatformOptions & { head?: string }) =>
      onPlatform(outside, options, 'audit.verify', options.head === undefined ? {} : { head: options.head }),
    );
  return new Command('audit').description('Check the audit trail.').addCommand(verify);
}
