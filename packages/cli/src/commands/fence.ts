// `hallpass fence` puts a fence into the database after a backup was restored.
import { Command } from 'commander';
import { onPlatform, type PlatformOptions } from '../operator/on-platform.ts';
import { WHERE_ACTS_RUN } from '../operator/table-command.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';

export function build(outside: Outside): Command {
  return settingOptions(new Command('fence'), dataSettings)
    .description(
      `After restoring a backup, end every token, code, session and link, because any that were revoked or used since the backup would work again. Everyone has to log in again. ${WHERE_ACTS_RUN}`,
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass fence --data data'))
    .action((options: PlatformOptions) => onPlatform(outside, options, 'fence', {}));
}
