// hallpass app: what an operator can do to an app. The acts are the server's own table.
import { appActs, appNamed } from '@hallpass/server';
import type { Command } from 'commander';
import { operatorCommand } from '../operator-command.ts';
import type { Outside } from '../outside.ts';

export const build = (outside: Outside): Command =>
  operatorCommand(outside, {
    name: 'app',
    description: 'Act on an app as the operator.',
    acts: appActs,
    argument: ['<id>', 'the id of the app'],
    sample: '1384720956120447',
    find: appNamed,
  });
