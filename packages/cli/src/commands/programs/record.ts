// hallpass record: runs a command against the real service and keeps what it answers, without any credential.
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { baseOf, portsOf } from '../../arguments.ts';
import { CommandError } from '../../command-error.ts';
import type { ExecOptions } from '../../exec/exec.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

interface RecordOptions extends Pick<ExecOptions, 'open' | 'passthrough' | 'envOnly' | 'json' | 'quiet'> {
  service?: string;
}

export function build(outside: Outside): Command {
  return new Command('record')
    .description(
      'Run a command against the real service, and keep its calls and their answers in a file. Every credential is replaced by a name before it is written: in parameters, headers, bodies and addresses. Data about people stays in it, so look through the file before you share it. hallpass drift compares it with Hallpass.',
    )
    .argument('<file>', 'the file to write; one that is there is written over')
    .argument('<command...>', 'the command with its arguments, behind --')
    .option(
      '--service <address>',
      "the address to ask in the place of Meta's hosts, such as http://localhost:4000",
      baseOf,
    )
    .option('--passthrough', 'let other hosts through, without a look inside')
    .option(
      '--open <ports>',
      'ports of this machine that the command may reach in sealed mode, such as 5432,6379',
      portsOf,
    )
    .option('--env-only', 'direct programs here by variables only, even where namespaces are available')
    .option('--json', 'print the summary as one line of JSON')
    .option('--quiet', 'print no summary')
    .addHelpText('after', example('hallpass record meta.json -- npm test'))
    .action(async (file: string, command: string[], { service, ...options }: RecordOptions) => {
      if (command.length === 0) throw new InvalidArgumentError('Name the command, behind --.');
      seeThatItCanBeWritten(file);
      const { exec } = await import('../../exec/exec.ts');
      await exec(command, { ...options, record: { file: resolve(file), service } }, outside);
    });
}

/** Before the command starts: what it would ask of the service cannot be asked again for nothing. */
function seeThatItCanBeWritten(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch {
    throw new CommandError('cannotStart', `${file} cannot be written.`);
  }
}
