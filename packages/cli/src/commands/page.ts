// `hallpass page` makes Pages for people and lists the Pages that somebody has.
import { Command } from 'commander';
import { onPlatform, type PlatformOptions } from '../operator/on-platform.ts';
import { WHERE_ACTS_RUN } from '../operator/table-command.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';

type CreateOptions = PlatformOptions & { category: string; owner: string };

export function build(outside: Outside): Command {
  const create = settingOptions(new Command('create'), dataSettings)
    .description('Create a Page. Its owner gets every task on it.')
    .argument('<name>', 'its name')
    .requiredOption('--category <words>', 'what kind of Page it is, such as Bakery')
    .requiredOption('--owner <who>', 'id or e-mail address of the person whose Page it is')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      example('hallpass page create "Harbour Café" --category Café --owner ana@demo.example --data data'),
    )
    .action((name: string, options: CreateOptions) =>
      onPlatform(outside, options, 'page.create', { name, category: options.category, owner: options.owner }),
    );
  const list = settingOptions(new Command('list'), dataSettings)
    .description('List the Pages on which a person has tasks.')
    .argument('<who>', 'id or e-mail address of the person')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass page list ana@demo.example --data data'))
    .action((who: string, options: PlatformOptions) => onPlatform(outside, options, 'page.list', { who }));
  return new Command('page')
    .description(`Create Pages as the operator. ${WHERE_ACTS_RUN}`)
    .addCommand(create)
    .addCommand(list);
}
