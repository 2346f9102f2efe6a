// `hallpass app` does what an operator can do with apps. The acts on one app are the server's own table.
import { appActs } from '@hallpass/server/operator';
import type { Command } from 'commander';
import { appCommands } from '../operator/app-commands.ts';
import { tableCommand } from '../operator/table-command.ts';
import type { Outside } from '../surroundings/outside.ts';

export function build(outside: Outside): Command {
  const command = tableCommand(outside, {
    name: 'app',
    description: 'Create apps and manage them as the operator.',
    acts: appActs,
    argument: ['<id>', 'the id of the app'],
    sample: '1384720956120447',
  });
  for (const one of appCommands(outside)) command.addCommand(one);
  return command;
}
