// `hallpass app` does what an operator can do with apps. The acts on one app are the server's own table.
import { appActs, appNamed } from '@hallpass/server/operator';
import type { Command } from 'commander';
import { appCommands } from '../app-commands.ts';
import { operatorCommand } from '../operator-command.ts';
import type { Outside } from '../surroundings/outside.ts';

export function build(outside: Outside): Command {
  const command = operatorCommand(outside, {
    name: 'app',
    description: 'Make apps and act on them as the operator.',
    acts: appActs,
    argument: ['<id>', 'the id of the app'],
    sample: '1384720956120447',
    find: appNamed,
  });
  for (const one of appCommands(outside)) command.addCommand(one);
  return command;
}
