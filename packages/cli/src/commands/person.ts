// `hallpass person` does what an operator can do to an account. The acts are the server's own table.
import { personActs } from '@hallpass/server/operator';
import type { Command } from 'commander';
import { tableCommand } from '../operator/table-command.ts';
import type { Outside } from '../surroundings/outside.ts';

export const build = (outside: Outside): Command =>
  tableCommand(outside, {
    name: 'person',
    description: 'Manage accounts as the operator.',
    acts: personActs,
    argument: ['<who>', 'the id or e-mail address of the person'],
    sample: 'ana@demo.example',
  });
