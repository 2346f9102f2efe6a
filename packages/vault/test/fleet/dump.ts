// Everything that stands in the database of a vault, as a thief would read it.
import type { VaultParts } from '../../src/parts.ts';

const tables = [
  'apps',
  'looks',
  'connections',
  'logins',
  'events',
  'deliveries',
  'mail_opt_outs',
  'api_keys',
  'webhooks',
  'settings',
  'keys',
] as const;

export async function dumpOf({ db }: Pick<VaultParts, 'db'>): Promise<string> {
  const texts: string[] = [];
  for (const table of tables)
    for (const row of await db.read.selectFrom(table).selectAll().execute()) texts.push(JSON.stringify(row));
  return texts.join('\n');
}
