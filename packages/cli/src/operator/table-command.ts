// This module makes a command with one subcommand for each act of a table of the server: what an operator does to an
// account, or to an app.
import type { OperatorAct } from '@hallpass/server/operator';
import { Command } from 'commander';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';
import { onPlatform, type PlatformOptions } from './on-platform.ts';

interface TableCommand {
  name: 'app' | 'person';
  description: string;
  acts: Readonly<Record<string, Pick<OperatorAct<never>, 'doc'>>>;
  /** Name and description of the argument that says which one. */
  argument: [form: string, description: string];
  /** Stands for the argument in the examples. */
  sample: string;
}

/** This sentence of descriptions says where the acts of the operator run. */
export const WHERE_ACTS_RUN =
  "You don't need to stop a running server: it carries this out itself, and all nodes on PostgreSQL know within seconds.";

export function tableCommand(outside: Outside, { name, description, acts, argument, sample }: TableCommand): Command {
  const command = new Command(name).description(`${description} ${WHERE_ACTS_RUN}`);
  for (const [act, { doc }] of Object.entries(acts))
    command.addCommand(
      settingOptions(new Command(act), dataSettings)
        .description(doc)
        .argument(...argument)
        .option('--json', 'print one JSON object')
        .addHelpText('after', example(`hallpass ${name} ${act} ${sample} --data data`))
        .action((named: string, options: PlatformOptions) =>
          onPlatform(outside, options, `${name}.act`, { act, named }),
        ),
    );
  return command;
}
