// `hallpass vault handles`: what programs present to the proxy in place of a token.
import { Command, InvalidArgumentError } from 'commander';
import { CommandError } from '../../command-error.ts';
import type { Outside } from '../../surroundings/outside.ts';
import { callCommand } from '../call-command.ts';

/** Reads `30d`, `12h`, or a date. @returns epoch seconds */
async function untilFrom(outside: Outside, { until }: Readonly<Record<string, unknown>>): Promise<number | undefined> {
  if (typeof until !== 'string') return undefined;
  const { durationOf, momentOf } = await import('@hallpass/emulator');
  const now = outside.clock.now();
  const life = durationOf(until);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(until);
  const moment = life === undefined ? momentOf(day ? `${until}T00:00Z` : until) : now + life;
  if (moment === undefined) throw new CommandError('wrongUse', '--until is a time such as 30d, 12h or 2027-03-01.');
  return moment;
}

const textFrom =
  (name: string) =>
  async (_outside: Outside, options: Readonly<Record<string, unknown>>): Promise<unknown> =>
    options[name];

const rulesOf = (text: string): string => {
  if (/^\s*(?:\*|GET|POST|DELETE)[ |]/.test(text)) return text;
  throw new InvalidArgumentError('Write rules such as "GET /me, POST /*/feed".');
};

export function handleCommand(outside: Outside): Command {
  const create = callCommand(outside, {
    name: 'create',
    call: 'createHandle',
    example:
      'hallpass vault handles create --connection 0123456789abcdef --allow "GET /me, GET /me/accounts" --until 30d',
    taken: { connectionId: textFrom('connection'), allow: textFrom('allow'), until: untilFrom },
    more: (command) =>
      command
        .requiredOption('--connection <id>', 'the id of the connection')
        .requiredOption(
          '--allow <rules>',
          'the calls that it is for, with commas: "GET /me, GET|POST /*/feed, GET /me?fields=id,name"; * stands for one part of a path, ** for the rest',
          rulesOf,
        )
        .option('--until <time>', 'the time of its end, such as 30d, 12h or 2027-03-01; by default it has none'),
  });
  return [
    create,
    callCommand(outside, { name: 'list', call: 'listHandles', example: 'hallpass vault handles list' }),
    callCommand(outside, {
      name: 'withdraw',
      call: 'withdrawHandle',
      example: 'hallpass vault handles withdraw 0123456789abcdef',
    }),
    callCommand(outside, {
      name: 'calls',
      call: 'listHandleCalls',
      example: 'hallpass vault handles calls --handle-id 0123456789abcdef',
    }),
  ].reduce(
    (group, command) => group.addCommand(command),
    new Command('handles').description('What programs present to the proxy in place of a token.'),
  );
}
