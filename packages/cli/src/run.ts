// This module is one run of the command line: arguments in, exit code out.
import { readJson, shape } from '@hallpass/protocol/json';
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { type CommandEntry, commands } from './commands/index.ts';
import { codeOf } from './exit.ts';
import { exitCodes } from './command-error.ts';
import { helpLayout } from './printing/help-layout.ts';
import type { Outside } from './surroundings/outside.ts';

/** @param given arguments without the program's own name */
export async function run(args: readonly string[], outside: Outside): Promise<number> {
  try {
    const program = await programFor(args, outside);
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.ok.code;
  } catch (error) {
    // Help and version, too, end as an error of commander, which has then printed its own words. What a command finds
    // wrong it has not.
    if (error instanceof InvalidArgumentError) outside.err(error.message);
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok.code : exitCodes.wrongUse.code;
    return codeOf(error, outside);
  }
}

/** The program with those commands loaded that the arguments name; the others are known by name and summary. */
async function programFor(args: readonly string[], outside: Outside): Promise<Command> {
  const program = new Command('hallpass')
    .description(
      'An access-token platform that speaks the token protocol of the Graph API: emulator, platform, and tools for tokens.',
    )
    .enablePositionalOptions()
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText(
      'after',
      `\nExample:\n  $ hallpass dev\n\nExit codes:\n${Object.values(exitCodes)
        .map(({ code, means }) => `  ${code}  ${means}`)
        .join('\n')}`,
    );
  // Behind `--` stand the words of another command.
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  for (const entry of commands)
    program.addCommand(own.includes(entry.name) ? await built(entry, outside) : stub(entry));
  settle(program, outside);
  refuseHelpOfUnknown(program, own);
  return program;
}

export async function built(entry: CommandEntry, outside: Outside): Promise<Command> {
  const { build } = await entry.load();
  return build(outside).name(entry.name).summary(entry.summary);
}

const stub = ({ name, summary }: CommandEntry): Command => new Command(name).description(summary).summary(summary);

/** Sets what holds for every command: ends by throwing, prints where it is told to, and says where help is. */
function settle(command: Command, outside: Outside): void {
  command
    .exitOverride()
    .helpOption('-h, --help', 'print help')
    .configureHelp(helpLayout)
    .configureOutput({
      writeOut: (text) => outside.out(text.trimEnd()),
      writeErr: (text) => outside.err(text.trimEnd()),
    })
    .showHelpAfterError(`Run \`${pathOf(command)} --help\` for how to use it.`);
  for (const inner of command.commands) settle(inner, outside);
}

/** Commander answers `--help` before it looks at the name, so a mistyped command would seem to exist. */
function refuseHelpOfUnknown(command: Command, [first, ...rest]: readonly string[]): void {
  const isGroup = command.commands.length > 0 && command.registeredArguments.length === 0;
  if (!isGroup || first === undefined || first.startsWith('-') || first === 'help') return;
  const inner = command.commands.find((one) => one.name() === first || one.aliases().includes(first));
  if (inner) refuseHelpOfUnknown(inner, rest);
  else command.helpOption(false);
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

const manifest = shape.object<{ version: string }>({ version: shape.text });

function version(): string {
  return readJson(manifest, readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
