// hallpass exec: runs a command whose calls to Meta's hosts are answered by Hallpass.
import { Command, InvalidArgumentError } from 'commander';
import { emulatorOf, logLevelOf, portsOf } from '../../arguments.ts';
import type { ExecOptions } from '../../exec/exec.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

export function build(outside: Outside): Command {
  return new Command('exec')
    .description(
      'Run a command whose calls to the hosts of Meta (graph, www, m, connect, limited, business and more) are answered by Hallpass, unchanged. Every other host is refused. Afterwards standard error says what was asked; exit code and signals are those of the command.',
    )
    .argument('<command...>', 'the command with its arguments, behind --')
    .passThroughOptions()
    .option('--seed <file>', 'YAML file that describes the world; else the demo world')
    .option(
      '--join [address]',
      'use the world of an emulator that runs already, such as http://localhost:4000',
      emulatorOf,
    )
    .option(
      '--world <name>',
      'join this world of the emulator, an isolated copy, so that test runs beside each other do not meet; one that is not there is made, from --seed or as the main one, and ends with the command',
    )
    .option('--passthrough', 'let other hosts through, without a look inside')
    .option(
      '--open <ports>',
      'ports of this machine that the command may reach in sealed mode, such as 5432,6379',
      portsOf,
    )
    .option('--env-only', 'lead programs here by variables alone, also where namespaces are to be had')
    .option('--json', 'print the summary as one line of JSON')
    .option('--quiet', 'print no summary')
    .option('--log-level <level>', 'debug, info, warn or error; the log is JSON on standard error', logLevelOf)
    .addHelpText('after', example('hallpass exec -- npm test'))
    .action(async (command: string[], options: ExecOptions) => {
      if (options.seed !== undefined && options.join !== undefined && options.world === undefined)
        throw new InvalidArgumentError('--seed and --join: a world that runs already has its own.');
      const { exec } = await import('../../exec/exec.ts');
      await exec(command, options, outside);
    });
}
