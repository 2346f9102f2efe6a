// `hallpass fault` orders failures of an emulator that runs: errors at any step, broken connections, tokens that are refused.
import { shape } from '@hallpass/protocol';
import { Command } from 'commander';
import { pairOf } from '../../arguments.ts';
import { tokenOf } from '../../asking.ts';
import { controlOf, type ControlOptions, controlOptions } from '../../control/emulator-control.ts';
import { example } from '../../printing/example.ts';
import { table } from '../../printing/print.ts';
import type { Outside } from '../../surroundings/outside.ts';

interface AddOptions extends ControlOptions {
  step?: string;
  times?: string;
  share?: string;
  after?: string;
  token?: string;
  person?: string;
  app?: string;
  page?: string;
  method?: string;
  path?: string;
  header?: string;
  status?: string;
  param?: Record<string, string>;
  set?: Record<string, string>;
}

interface ListOptions extends ControlOptions {
  available?: boolean;
}

const order = shape.anyObject;
const orders = shape.object<{ faults: Record<string, unknown>[] }>({ faults: shape.listOf(shape.anyObject) });
const removal = shape.object<{ removed: number }>({ removed: shape.number });

export function build(outside: Outside): Command {
  return new Command('fault')
    .description(
      'Make an emulator fail on purpose. A fault replaces an answer, never a real refusal. It counts as usage, is logged, and is named in the header x-hallpass-fault.',
    )
    .addCommand(listCommand(outside))
    .addCommand(addCommand(outside))
    .addCommand(clearCommand(outside));
}

const listCommand = (outside: Outside): Command =>
  controlOptions(new Command('list').description('List the faults in force.'))
    .option('--available', 'list all faults by name')
    .addHelpText('after', example('hallpass fault list --available'))
    .action(async ({ available, json, ...options }: ListOptions) => {
      const answer = await controlOf(options, outside).ask(orders, 'GET', available ? 'faults/available' : 'faults');
      if (json) return outside.out(JSON.stringify(answer));
      if (available)
        return outside.out(
          table(
            answer.faults.map(({ name, step, doc }) => [
              String(name),
              step === undefined ? '' : words(step),
              String(doc),
            ]),
            ['name', 'usual step', 'description'],
          ),
        );
      if (answer.faults.length === 0) return outside.out('No active faults.');
      return outside.out(table(answer.faults.map(rowOf), ['id', 'fault', 'given', 'left', 'for']));
    });

const addCommand = (outside: Outside): Command =>
  controlOptions(
    new Command('add').description(
      'Add a fault, for every request or only for those that match all options. It stays until it was used --times times or is cleared.',
    ),
  )
    .argument(
      '<name>',
      'an error of the catalogue (server.away, limit.app, token.password_changed …), 401-once, always-refused or expire-after for one token, or a connection fault (latency, reset_peer, MALFORMED_RESPONSE_CHUNK …): hallpass fault list --available',
    )
    .option(
      '--step <step>',
      'the step at which the error occurs, such as token.checked or dialog.opened; by default its usual step',
    )
    .option('--times <number>', 'how often; by default, every time')
    .option('--share <number>', 'the share of the requests, from 0 to 1, chosen at random')
    .option('--after <length>', "start after this time on the world's clock, such as 90m")
    .option('--token <token>', 'only for this token; - reads it from standard input')
    .option('--person <person>', 'only for this person: an e-mail address or id')
    .option('--app <id>', 'only for this app')
    .option('--page <id>', 'only for this Page')
    .option('--method <verb>', 'GET, POST or DELETE')
    .option('--path <path>', 'such as me/accounts or */feed; * is one segment, ** at the end is all that follow')
    .option('--header <name>', 'only for requests with this header; name=value for a certain value')
    .option('--status <number>', "the HTTP status, if it isn't that of the error")
    .option('--param <name=value>', "a value for the error's message; may be repeated", pairOf)
    .option('--set <name=value>', 'an attribute of a connection fault, such as latency=2000', pairOf)
    .addHelpText('after', example('hallpass fault add server.away --path me/accounts --times 2'))
    .action(async (name: string, { url, world, json, token, param, set, ...filter }: AddOptions) => {
      const numbers = set && Object.fromEntries(Object.entries(set).map(([key, value]) => [key, Number(value)]));
      const answer = await controlOf({ url, world }, outside).ask(order, 'POST', 'faults', {
        fault: name,
        ...filter,
        token: token === undefined ? undefined : await tokenOf(outside, token),
        params: param && JSON.stringify(param),
        attributes: numbers && JSON.stringify(numbers),
      });
      outside.out(json ? JSON.stringify(answer) : table([rowOf(answer)], ['id', 'fault', 'given', 'left', 'for']));
    });

const clearCommand = (outside: Outside): Command =>
  controlOptions(new Command('clear').description('Clear one fault, or all of them.'))
    .argument('[id]', 'the id of a fault, as fault list prints it')
    .addHelpText('after', example('hallpass fault clear'))
    .action(async (id: string | undefined, { json, ...options }: ControlOptions) => {
      const answer = await controlOf(options, outside).ask(removal, 'DELETE', 'faults', { id });
      outside.out(
        json ? JSON.stringify(answer) : `${answer.removed} ${answer.removed === 1 ? 'fault' : 'faults'} cleared.`,
      );
    });

const selectors = ['for_one_token', 'person', 'app', 'page', 'method', 'path', 'header', 'share', 'after'] as const;

function rowOf(fault: Readonly<Record<string, unknown>>): string[] {
  const { id, step, error, status, connection, tokens, attributes, given, left } = fault;
  const named = connection ?? tokens;
  const what =
    named === undefined
      ? `${words(error)} at ${words(step)}${status === undefined ? '' : `, status ${words(status)}`}`
      : [words(named), ...Object.entries(attributes ?? {}).map(([name, value]) => `${name}=${value}`)].join(' ');
  const chosen = selectors.flatMap((name) => {
    if (fault[name] === undefined) return [];
    return name === 'for_one_token' ? ['one token'] : [`${name} ${words(fault[name])}`];
  });
  return [words(id), what, words(given), left === undefined ? 'no end' : words(left), chosen.join(', ') || 'everybody'];
}

const words = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
