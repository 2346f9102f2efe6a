// `hallpass keys` works on the keys that seal tokens.
import { Command, InvalidArgumentError } from 'commander';
import { onPlatform, type PlatformOptions } from '../operator/on-platform.ts';
import { WHERE_ACTS_RUN } from '../operator/table-command.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';

export function build(outside: Outside): Command {
  const act = (name: string, description: string, line: string): Command =>
    settingOptions(new Command(name), dataSettings)
      .description(description)
      .option('--json', 'print one JSON object')
      .addHelpText('after', example(line));
  const list = act(
    'list',
    'List the keys: the active one seals new tokens, accepted ones still open older tokens.',
    'hallpass keys list --data data',
  ).action((options: PlatformOptions) => onPlatform(outside, options, 'keys.list', {}));
  const rotate = act(
    'rotate',
    'Make a new key the active one. Nobody is refused: the key before it is accepted from then on.',
    'hallpass keys rotate --data data',
  ).action((options: PlatformOptions) => onPlatform(outside, options, 'keys.rotate', {}));
  const withdraw = act(
    'withdraw',
    'Withdraw a key that must not be believed any more. Every token that it sealed is dead at once, and all of those people log in again.',
    'hallpass keys withdraw 1 --rotate --data data',
  )
    .argument('<id>', 'the number of the key', keyIdOf)
    .option('--rotate', 'make a new key the active one first, for withdrawing the active key')
    .action((id: number, options: PlatformOptions & { rotate?: boolean }) =>
      onPlatform(outside, options, 'keys.withdraw', { id, rotate: options.rotate ?? false }),
    );
  return new Command('keys')
    .description(`List, rotate and withdraw the keys that seal tokens. ${WHERE_ACTS_RUN}`)
    .addCommand(list)
    .addCommand(rotate)
    .addCommand(withdraw);
}

function keyIdOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A key has a number: see `hallpass keys list`.');
}
