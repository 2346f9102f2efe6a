// `hallpass seed` brings a world: checks seed files, and plants them on a platform: the way to bring apps, Pages and
// people there in one go.
import { Command } from 'commander';
import { CommandError } from '../exit.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, gather, settingOptions } from '../surroundings/setting-sources.ts';

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
        const counts = {
          people: world.people.length,
          apps: world.apps.length,
          pages: world.pages.length,
          grants: world.grants.length,
        };
        outside.out(
          json
            ? JSON.stringify({ ok: true, name, ...counts })
            : `${file} is right: world ${name} with ${inWords(counts)}.`,
        );
      } catch (error) {
        if (!(error instanceof BadSeed)) throw error;
        if (json) outside.out(JSON.stringify({ ok: false, problems: error.problems }));
        throw new CommandError('failed', json ? '' : error.message);
      }
    });
  const plant = settingOptions(new Command('plant'), dataSettings)
    .description(
      'Plant the people, apps, Pages and grants of a seed file on a platform, all or nothing. It may name people who are there by their e-mail address or id, and apps, Pages and businesses by their id: they stay as they are, and the command says so. With SQLite the server must be stopped.',
    )
    .argument('<file>', 'YAML file')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass seed plant apps.yaml --data data'))
    .action((file: string, options: PlantOptions) => plantFile(outside, file, options));
  return new Command('seed')
    .description('Check seed files, or plant one on a platform.')
    .addCommand(check)
    .addCommand(plant);
}

interface PlantOptions extends Record<string, unknown> {
  json?: boolean;
}

async function plantFile(outside: Outside, file: string, options: PlantOptions): Promise<void> {
  const { loadSeed } = await import('@hallpass/emulator');
  const { hashPassword, newPartOf, seedWorld } = await import('@hallpass/server/testing');
  const { openPlatform } = await import('../surroundings/platform.ts');
  const read = await loadSeed(file, file);
  const { log, flush } = outside.log('warn');
  const server = await openPlatform(outside, await gather(outside, options), log, false);
  try {
    const { seed: world, left } = await newPartOf(server.installation, read.world);
    await seedWorld(server.installation, world, (password) => hashPassword(password), { kind: 'operator' });
    const counts = {
      people: world.people.length,
      apps: world.apps.length,
      pages: world.pages.length,
      grants: world.grants.length,
    };
    if (options.json) return outside.out(JSON.stringify({ planted: counts, left }));
    outside.out(`Planted: ${inWords(counts)}.`);
    if (left.length > 0) outside.out(`There already, and left as it is: ${left.join(', ')}.`);
  } finally {
    await server.close();
    await flush();
  }
}

const one: Record<string, string> = { people: 'person', apps: 'app', pages: 'Page', grants: 'grant' };

/** `1 person, 2 apps`. */
const inWords = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([what, n]) => `${n} ${n === 1 ? one[what] : what}`)
    .join(', ');
