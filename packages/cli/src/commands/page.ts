// `hallpass page` makes Pages for people and lists the Pages that somebody has.
import { Command } from 'commander';
import { CommandError } from '../exit.ts';
import { onPlatform, personMeant, type PlatformOptions } from '../on-platform.ts';
import { example } from '../printing/example.ts';
import { table } from '../printing/print.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';

type CreateOptions = PlatformOptions & { category: string; owner: string };

export function build(outside: Outside): Command {
  const create = settingOptions(new Command('create'), dataSettings)
    .description('Make a Page, with every task on it for its owner.')
    .argument('<name>', 'what it is called')
    .requiredOption('--category <words>', 'what kind of Page it is, such as Bakery')
    .requiredOption('--owner <who>', 'id or e-mail address of the person whose Page it is')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      example('hallpass page create "Harbour Café" --category Café --owner ana@demo.example --data data'),
    )
    .action((name: string, options: CreateOptions) => createFor(outside, name, options));
  const list = settingOptions(new Command('list'), dataSettings)
    .description('List the Pages on which a person has tasks.')
    .argument('<who>', 'id or e-mail address of the person')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass page list ana@demo.example --data data'))
    .action((who: string, options: PlatformOptions) =>
      onPlatform(outside, options, async (installation) => {
        const { pagesOfPerson } = await import('@hallpass/server/operator');
        const pages = await pagesOfPerson(installation, (await personMeant(installation, who)).id);
        const rows = pages.map(({ id, name, tasks }) => [id, name, tasks.join(', ')]);
        return {
          json: { pages },
          text: rows.length === 0 ? 'There are no Pages.' : table(rows, ['id', 'name', 'tasks']),
        };
      }),
    );
  return new Command('page')
    .description(
      'Make Pages as the operator. With SQLite the server must be stopped; nodes on PostgreSQL hear of it within seconds.',
    )
    .addCommand(create)
    .addCommand(list);
}

function createFor(outside: Outside, name: string, options: CreateOptions): Promise<void> {
  return onPlatform(outside, options, async (installation) => {
    const { categoryOf, createPage, nameOf } = await import('@hallpass/server/operator');
    const named = nameOf(name).name;
    const category = categoryOf(options.category);
    if (named === undefined)
      throw new CommandError('wrongUse', 'The name has 1 to 200 characters, and none that control or turn text.');
    if (category === undefined) throw new CommandError('wrongUse', 'The category is one line of 1 to 255 characters.');
    const owner = await personMeant(installation, options.owner);
    const id = await createPage(installation, owner, { name: named, category }, { kind: 'operator' });
    if (id === undefined) throw new CommandError('failed', `${owner.name} has as many Pages as anybody may have.`);
    return { json: { id, name: named, owner: owner.id }, text: `Made the Page ${named} (${id}) for ${owner.name}.` };
  });
}
