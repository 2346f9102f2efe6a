// This module writes the reference page of seed files: every key, out of the shape that checks them.
import { seedFileKeys } from '@hallpass/emulator';
import { code, grouped, table } from './markdown.ts';

export async function seedFilePage(): Promise<string> {
  const mappings = [...(await seedFileKeys())];
  // The same mapping can stand in several places: it is printed once.
  const parts = grouped(mappings, ([, keys]) => JSON.stringify(keys)).map(([, places]) => places);
  return [
    '# Keys of seed files',
    'How a seed file is written: [seed files](../guide/seed-files.md). Things are named by `id`, `key`, e-mail address or user name, or by their full name; ids and secrets that are left out are made up.',
    ...parts.flatMap((places) => [
      `## ${places.map(([path]) => path || 'at the top').join(', ')}`,
      table(
        ['key', 'meaning', 'needed'],
        (places[0]?.[1] ?? []).map(({ key, doc, isNeeded }) => [code(key), doc, isNeeded ? 'yes' : '']),
      ),
    ]),
  ].join('\n\n');
}
