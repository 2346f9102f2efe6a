// This module makes a command with one subcommand for each act of an operator's table.
import type { Installation } from '@hallpass/server';
import type { OperatorAct } from '@hallpass/server/operator';
import { Command } from 'commander';
import { example } from './printing/example.ts';
import { CommandError } from './exit.ts';
import type { Outside } from './surroundings/outside.ts';
import { openPlatform } from './surroundings/platform.ts';
import { dataSettings, gather, settingOptions } from './surroundings/setting-sources.ts';

interface OperatorCommand<Id> {
  name: string;
  description: string;
  acts: Readonly<Record<string, OperatorAct<Id>>>;
  /** Name and description of the argument that says whom or what. */
  argument: [form: string, description: string];
  /** Stands for the argument in the examples. */
  sample: string;
  find(installation: Installation, named: string): Promise<{ id: Id; name: string } | undefined>;
}

/** A link without a host is one of an installation that does not know how people reach it. */
const shownOnce = (gives: 'secret' | 'link', given: string): string =>
  gives === 'secret'
    ? `The new secret, shown this once: ${given}`
    : `Send this link to the person; it works once, for 30 minutes:\n${given.startsWith('/') ? `(the address of your platform)${given}` : given}`;

interface Options extends Record<string, unknown> {
  json?: boolean;
}

export function operatorCommand<Id extends string>(
  outside: Outside,
  { name, description, acts, argument, sample, find }: OperatorCommand<Id>,
): Command {
  const command = new Command(name).description(
    `${description} With SQLite the server must be stopped; nodes on PostgreSQL hear of it within seconds.`,
  );
  for (const [act, { doc, gives = 'secret', run }] of Object.entries(acts))
    command.addCommand(
      settingOptions(new Command(act), dataSettings)
        .description(doc)
        .argument(...argument)
        .option('--json', 'print one JSON object')
        .addHelpText('after', example(`hallpass ${name} ${act} ${sample} --data data`))
        .action(async (named: string, options: Options) => {
          const { log, flush } = outside.log('warn');
          const server = await openPlatform(outside, await gather(outside, options), log, true);
          try {
            const target = await find(server.installation, named);
            if (!target) throw new CommandError('failed', `There is no such ${name}.`);
            const result = await run(server.installation, target.id);
            if (options.json)
              outside.out(
                JSON.stringify({
                  id: target.id,
                  done: result !== false,
                  ...(typeof result === 'string' ? { [gives]: result } : {}),
                }),
              );
            else if (result === false) outside.out(`There was nothing to do for ${target.name}.`);
            else outside.out(typeof result === 'string' ? shownOnce(gives, result) : `Done: ${act} ${target.name}.`);
          } finally {
            await server.close();
            await flush();
          }
        }),
    );
  return command;
}
