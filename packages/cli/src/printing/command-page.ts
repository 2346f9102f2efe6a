// This module writes the page about the command line, made of each command's own help.
import type { Command } from 'commander';
import { commands } from '../commands/index.ts';
import { exitCodes } from '../command-error.ts';
import { outside } from '../surroundings/outside.ts';
import { built } from '../run.ts';

const WIDTH = 120;

/** Markdown, without a head line about where it comes from. */
export async function commandPage(): Promise<string> {
  const parts = [
    '# Commands',
    'What `hallpass` can do, taken from its own help. In the repository it is `packages/hallpass/bin/hallpass.js`; `npm start` is `hallpass dev`.',
    '## Exit codes',
    Object.values(exitCodes)
      .map(({ code, means }) => `* \`${code}\`: ${means}`)
      .join('\n'),
  ];
  for (const entry of commands) {
    const command = await built(entry, outside);
    const acts = command.commands.length > 0 ? command.commands : [command];
    for (const act of acts)
      parts.push(`## ${pathOf(entry.name, act)}`, `\`\`\`text\n${helpOf(act, pathOf(entry.name, act))}\n\`\`\``);
  }
  return parts.join('\n\n');
}

const pathOf = (name: string, act: Command): string =>
  act.name() === name ? `hallpass ${name}` : `hallpass ${name} ${act.name()}`;

function helpOf(command: Command, path: string): string {
  let text = '';
  command.helpOption('-h, --help', 'print help').configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trimEnd().replace(/^Usage: .*/, `Usage: ${path} ${command.usage()}`);
}
