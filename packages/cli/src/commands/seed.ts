// `hallpass seed` brings a world: checks seed files, and plants them on a platform: the way to bring apps, Pages and
// people there in one go.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { onPlatform, type PlatformOptions } from '../operator/on-platform.ts';
import { example } from '../printing/example.ts';
import { countsInWords } from '../printing/print.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';

export function build(outside: Outside): Command {
  const check = new Command('check')
    .description('Check a seed file and print every problem with its line number.')
    .argument('<file>', 'YAML file')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass seed check world.yaml'))
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { BadSeed, loadSeed } = await import('@hallpass/emulator');
      try {
        const { name, world } = await loadSeed(file, file);
        const counts = {
          people: world.people.length,
          apps: world.apps.length,
          pages: world.pages.length,
          grants: world.grants.length,
        };
        outside.out(
          json
            ? JSON.stringify({ ok: true, name, ...counts })
            : `${file} is valid: world ${name} with ${countsInWords(counts)}.`,
        );
      } catch (error) {
        if (!(error instanceof BadSeed)) throw error;
        if (json) outside.out(JSON.stringify({ ok: false, problems: error.problems }));
        throw new CommandError('failed', json ? '' : error.message);
      }
    });
  const plant = settingOptions(new Command('plant'), dataSettings)
    .description(
      "Plant the people, apps, Pages and grants of a seed file on a platform, all or nothing. It may refer to existing people by e-mail address or id, and to existing apps, Pages and businesses by id. They stay unchanged, and the command says so. You don't need to stop a running server.",
    )
    .argument('<file>', 'YAML file')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass seed plant apps.yaml --data data'))
    .action((file: string, options: PlatformOptions) => plantFile(outside, file, options));
  return new Command('seed')
    .description('Check seed files, or plant one on a platform.')
    .addCommand(check)
    .addCommand(plant);
}

async function plantFile(outside: Outside, file: string, options: PlatformOptions): Promise<void> {
  const { loadSeed } = await import('@hallpass/emulator');
  // A mistake in the file is told before anything is opened.
  await loadSeed(file, file);
  await onPlatform(outside, options, 'seed.plant', { file, text: readFileSync(file, 'utf8') });
}
