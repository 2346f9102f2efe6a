// hallpass seed: checks seed files before they are used.
import { Command } from 'commander';
import { Stop } from '../exit.ts';
import { example } from '../example.ts';
import type { Outside } from '../outside.ts';

export function build(outside: Outside): Command {
  const check = new Command('check')
    .description('Check a seed file and print every problem with its line.')
    .argument('<file>', 'YAML file')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass seed check world.yaml'))
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { BadSeed, loadSeed } = await import('@hallpass/emulator');
      try {
        const { name, world } = await loadSeed(file, file);
        const counts = { people: world.people.length, apps: world.apps.length, pages: world.pages.length, grants: world.grants.length };
        outside.out(
          json
            ? JSON.stringify({ ok: true, name, ...counts })
            : `${file} is right: world ${name} with ${Object.entries(counts)
                .map(([what, n]) => `${n} ${what}`)
                .join(', ')}.`,
        );
      } catch (error) {
        if (!(error instanceof BadSeed)) throw error;
        if (json) outside.out(JSON.stringify({ ok: false, problems: error.problems }));
        throw new Stop('failed', json ? '' : error.message);
      }
    });
  return new Command('seed').description('Check seed files.').addCommand(check);
}
