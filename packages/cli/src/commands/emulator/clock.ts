// `hallpass clock` shows and moves the clock of an emulator that runs.
import { shape } from '@hallpass/protocol';
import { Argument, Command } from 'commander';
import { controlOf, type ControlOptions, controlOptions } from '../../control/emulator-control.ts';
import { example } from '../../printing/example.ts';
import { table } from '../../printing/print.ts';
import type { Outside } from '../../surroundings/outside.ts';

interface ClockState {
  time: string;
  frozen: boolean;
  happened?: Record<string, unknown>[] | undefined;
}

const clockShape = shape.object<ClockState>({
  time: shape.text,
  frozen: shape.boolean,
  happened: shape.optional(shape.listOf(shape.anyObject)),
});

type Move = Readonly<Record<string, string | boolean>>;

export function build(outside: Outside): Command {
  const act = (name: string, description: string): Command =>
    controlOptions(new Command(name).description(description).addHelpText('after', example(examples[name] ?? '')));
  const move = async (order: Move, options: ControlOptions): Promise<void> =>
    print(outside, await controlOf(options, outside).ask(clockShape, 'POST', 'clock', order), options.json);
  return new Command('clock')
    .description(
      'Look at the clock of an emulator, and move it. Everything due in that time runs, in order, before the command answers; the answer lists it.',
    )
    .addCommand(
      act('show', 'Show the time in the world.').action(async (options: ControlOptions) =>
        print(outside, await controlOf(options, outside).ask(clockShape, 'GET', 'clock'), options.json),
      ),
    )
    .addCommand(
      act('set', 'Set the clock to a time; it may be earlier.')
        .argument('<moment>', 'such as 2027-06-01T08:00:00Z')
        .action((set: string, options: ControlOptions) => move({ set }, options)),
    )
    .addCommand(
      act('advance', 'Move the clock forward.')
        .argument('<length>', 'seconds, or a length of time such as 90m, 2h or 61d')
        .action((advance: string, options: ControlOptions) => move({ advance }, options)),
    )
    .addCommand(
      act(
        'apart',
        'Set the clock apart from that of this machine, which your program goes by: ahead of it, or behind it with - in front. 0 brings them together.',
      )
        .argument('<length>', 'seconds, or a length of time such as 5m or -90s')
        .allowUnknownOption()
        .action((ahead: string, options: ControlOptions) => move({ ahead }, options)),
    )
    .addCommand(
      act('run-to', 'Move the clock to the time when the next token expires or the next data access ends.')
        .addArgument(new Argument('<event>', 'where to stop').choices(['next-expiry']))
        .action((event: string, options: ControlOptions) => move({ run_to: event }, options)),
    )
    .addCommand(act('freeze', 'Stop the clock.').action((options: ControlOptions) => move({ freeze: true }, options)))
    .addCommand(
      act('unfreeze', 'Let the clock run again.').action((options: ControlOptions) => move({ freeze: false }, options)),
    );
}

const examples: Readonly<Record<string, string>> = {
  show: 'hallpass clock show',
  set: 'hallpass clock set 2027-06-01T08:00:00Z',
  advance: 'hallpass clock advance 61d',
  apart: 'hallpass clock apart 5m',
  'run-to': 'hallpass clock run-to next-expiry',
  freeze: 'hallpass clock freeze',
  unfreeze: 'hallpass clock unfreeze',
};

/** Happenings that are printed; all of them are in the JSON. */
const MOST = 40;

function print(outside: Outside, state: ClockState, json: boolean | undefined): void {
  if (json) return outside.out(JSON.stringify(state));
  const { time, frozen, happened = [] } = state;
  outside.out(`${seconds(time)}${frozen ? ', and the clock is stopped' : ''}`);
  if (happened.length === 0) return;
  const rows = happened
    .slice(0, MOST)
    .map(({ time: when, what, ...facts }) => [seconds(String(when)), String(what), factsInWords(facts)]);
  outside.out(`\n${table(rows, ['at', 'what happened', 'about'])}`);
  if (happened.length > MOST) outside.out(`… and ${happened.length - MOST} more (--json has all)`);
}

const seconds = (time: string): string => time.replace(/\.\d+Z$/, 'Z');

const factsInWords = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .flatMap(([name, value]) => (typeof value === 'string' || typeof value === 'number' ? [`${name} ${value}`] : []))
    .join(', ');
