// `hallpass fence` puts a fence into the database after a backup was restored.
import { fence } from '@hallpass/server/operator';
import { Command } from 'commander';
import type { Outside } from '../surroundings/outside.ts';
import { openPlatform } from '../surroundings/platform.ts';
import { dataSettings, gather, settingOptions } from '../surroundings/setting-sources.ts';

interface FenceOptions extends Record<string, unknown> {
  json?: boolean;
}

export function build(outside: Outside): Command {
  return settingOptions(new Command('fence'), dataSettings)
    .description(
      'End every token, code, session and link that exists now, after a backup was restored: what was revoked or used up since the backup would work again. People log in again. With SQLite the server must be stopped; nodes on PostgreSQL hear of it within seconds.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ hallpass fence --data data')
    .action((options: FenceOptions) => run(outside, options));
}

async function run(outside: Outside, options: FenceOptions): Promise<void> {
  const { log, flush } = outside.log('warn');
  const server = await openPlatform(outside, await gather(outside, options), log, true);
  try {
    const active = await fence(server.installation, { kind: 'operator' });
    outside.out(
      options.json
        ? JSON.stringify({ fenced: true, active })
        : `Every token, code and session of before is dead; key ${active} is the active one now. Passwords, permissions and roles are those of the backup.`,
    );
  } finally {
    await server.close();
    await flush();
  }
}
