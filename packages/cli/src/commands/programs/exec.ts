// hallpass exec: runs a command whose calls to Meta's hosts are answered by Hallpass.
import { Command, InvalidArgumentError } from 'commander';
import { emulatorOf, logLevelOf, portsOf } from '../../arguments.ts';
import type { ExecOptions } from '../../exec/exec.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

export function build(outside: Outside): Command {
  return new Command('exec')
    .description(
      "Run a command unchanged, with its calls to Meta's hosts (graph, www, m, connect, limited, business and more) answered by Hallpass. Every other host is refused. A summary of the calls is printed to standard error at the end; exit code and signals are those of the command.",
    )
    .argument('<command...>', 'the command with its arguments, after --')
    .passThroughOptions()
    .option('--seed <file>', 'YAML file that describes the world; by default the demo world')
    .option('--join [address]', 'use the world of a running emulator, such as http://localhost:4000', emulatorOf)
    .option(
      '--world <name>',
      "join this world of the emulator, an isolated copy, so that parallel test runs don't affect each other; a world that doesn't exist is created, from --seed or like the main one, and is removed with the command",
    )
    .option('--passthrough', 'let calls to other hosts through, without looking inside')
    .option(
      '--open <ports>',
      'ports on this machine that the command may reach in sealed mode, such as 5432,6379',
      portsOf,
    )
    .option('--env-only', 'direct programs here by variables only, even where namespaces are available')
    .option('--json', 'print the summary as one line of JSON')
    .option('--quiet', "don't print the summary")
    .option('--log-level <level>', 'debug, info, warn or error; the log is JSON on standard error', logLevelOf)
    .addHelpText('after', example('hallpass exec -- npm test'))
    .action(async (command: string[], options: ExecOptions) => {
      if (options.seed !== undefined && options.join !== undefined && options.world === undefined)
        throw new InvalidArgumentError('Give --seed or --join, not both: a running world has its own seed.');
      const { exec } = await import('../../exec/exec.ts');
      await exec(command, options, outside);
    });
}
