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
    'List the keys. The active one seals new tokens; accepted ones still open older tokens.',
    'hallpass keys list --data data',
  ).action((options: PlatformOptions) => onPlatform(outside, options, 'keys.list', {}));
  const rotate = act(
    'rotate',
    'Create a new active key. All tokens keep working, because the previous key stays accepted.',
    'hallpass keys rotate --data data',
  ).action((options: PlatformOptions) => onPlatform(outside, options, 'keys.rotate', {}));
  const withdraw = act(
    'withdraw',
    'Withdraw a key, but only if someone else may have seen it: every token it sealed stops working at once, and those people have to log in again.',
    'hallpass keys withdraw 1 --rotate --data data',
  )
    .argument('<id>', 'the number of the key', keyIdOf)
    .option('--rotate', 'create a new active key first, to withdraw the active one')
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
  throw new InvalidArgumentError('Give the number of a key: see `hallpass keys list`.');
}
