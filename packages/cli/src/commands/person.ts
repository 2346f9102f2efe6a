// `hallpass person` does what an operator can do to an account. The acts are the server's own table.
import { personActs } from '@hallpass/server/operator';
import { Command } from 'commander';
import { onPlatform, type PlatformOptions } from '../operator/on-platform.ts';
import { tableCommand } from '../operator/table-command.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';

export function build(outside: Outside): Command {
  const create = settingOptions(new Command('create'), dataSettings)
    .description('Make an account for someone, and a link by which they choose a password.')
    .argument('<name>', 'what the person is called')
    .requiredOption('--email <address>', 'the e-mail address by which they log in')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass person create "Ben Okafor" --email ben@example.com --data data'))
    .action((name: string, options: PlatformOptions & { email: string }) =>
      onPlatform(outside, options, 'person.create', { name, email: options.email }),
    );
  const list = settingOptions(new Command('list'), dataSettings)
    .description('List the accounts of people, up to 100 at once, with their state.')
    .option('--after <who>', 'id or e-mail address of the account behind which the list begins')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass person list --data data'))
    .action(({ after, ...options }: PlatformOptions & { after?: string }) =>
      onPlatform(outside, options, 'person.list', after === undefined ? {} : { after }),
    );
  const command = tableCommand(outside, {
    name: 'person',
    description: 'Create and manage accounts as the operator.',
    acts: personActs,
    argument: ['<who>', 'the id or e-mail address of the person'],
    sample: 'ana@demo.example',
  });
  return command.addCommand(create).addCommand(list);
}
