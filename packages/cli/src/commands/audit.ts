// `hallpass audit` tells whether the trail of events is whole.
import { followsFrom, sealAudit, verifyAudit } from '@hallpass/server/operator';
import { Command } from 'commander';
import { CommandError } from '../exit.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { openPlatform } from '../surroundings/platform.ts';
import { table } from '../printing/print.ts';
import { dataSettings, gather, settingOptions } from '../surroundings/setting-sources.ts';

interface AuditOptions extends Record<string, unknown> {
  json?: boolean;
  head?: string;
}

export function build(outside: Outside): Command {
  const verify = settingOptions(new Command('verify'), dataSettings)
    .description(
      'Walk the whole audit trail: an edited or missing line shows. Keep the head that is printed elsewhere, and give it the next time: then a database that is an older one shows too. Exit code 1 where something is wrong.',
    )
    .option('--head <value>', 'the head of an earlier run: it must still be part of the trail')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example('hallpass audit verify --data data'))
    .action((options: AuditOptions) => run(outside, options));
  return new Command('audit').description('Check the audit trail.').addCommand(verify);
}

async function run(outside: Outside, options: AuditOptions): Promise<void> {
  const { log, flush } = outside.log('warn');
  const server = await openPlatform(outside, await gather(outside, options), log, true);
  try {
    // The head that is printed is the newest seal: what was added since the last one is sealed first.
    await sealAudit(server.installation);
    const { rows, brokenAt, brokenSeal, cut, head } = await verifyAudit(server.installation);
    const other = options.head !== undefined && !(await followsFrom(server.installation, options.head));
    const ok = brokenAt === undefined && brokenSeal === undefined && !cut && !other;
    if (options.json)
      outside.out(
        JSON.stringify({
          ok,
          rows,
          broken_at: brokenAt ?? null,
          broken_seal: brokenSeal ?? null,
          cut: cut || other,
          head,
        }),
      );
    else
      outside.out(
        table([
          ['lines', String(rows)],
          ['whole', ok ? 'yes' : 'no'],
          ['head', head === '' ? '(empty)' : head],
        ]),
      );
    if (brokenAt !== undefined)
      throw new CommandError(
        'failed',
        `Line ${brokenAt} does not follow from the one before it: it, or one before it, was changed or taken out.`,
      );
    if (brokenSeal !== undefined)
      throw new CommandError(
        'failed',
        `Seal ${brokenSeal} does not follow from the one before it: it, or one before it, was changed or taken out.`,
      );
    if (cut) throw new CommandError('failed', 'Lines are missing at the end of the trail.');
    if (other)
      throw new CommandError(
        'failed',
        'The head of the earlier run is not in the trail any more: its end was cut off, or it is another trail.',
      );
  } finally {
    await server.close();
    await flush();
  }
}
