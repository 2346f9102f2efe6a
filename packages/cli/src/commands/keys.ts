// `hallpass keys` works on the keys that seal tokens.
import type { Server } from '@hallpass/server';
import { listKeys, rotateKeys, withdrawKey } from '@hallpass/server/operator';
import { Command, InvalidArgumentError } from 'commander';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { openPlatform } from '../surroundings/platform.ts';
import { momentInWords, table } from '../printing/print.ts';
import { dataSettings, gather, settingOptions } from '../surroundings/setting-sources.ts';

interface KeyOptions extends Record<string, unknown> {
  json?: boolean;
  rotate?: boolean;
}

const operator = { kind: 'operator' } as const;

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
  ).action((options: KeyOptions) =>
    on(outside, options, async (server) => {
      const keys = await listKeys(server.installation);
      if (options.json)
        return JSON.stringify({
          keys: keys.map(({ id, status, createdAt, changedAt }) => ({
            id,
            status,
            created_at: createdAt,
            changed_at: changedAt,
          })),
        });
      return table(
        keys.map(({ id, status, createdAt, changedAt }) => [
          String(id),
          status,
          momentInWords(createdAt),
          momentInWords(changedAt),
        ]),
        ['id', 'status', 'made', 'changed'],
      );
    }),
  );
  const rotate = act(
    'rotate',
    'Make a new key the active one. Nobody is refused: the key before it is accepted from then on.',
    'hallpass keys rotate --data data',
  ).action((options: KeyOptions) =>
    on(outside, options, async (server) => {
      const { active, accepted } = await rotateKeys(server.installation, operator);
      return options.json
        ? JSON.stringify({ active, accepted })
        : `Key ${active} is the active one now; tokens of key ${accepted} live on.`;
    }),
  );
  const withdraw = act(
    'withdraw',
    'Withdraw a key that must not be believed any more. Every token that it sealed is dead at once, and all of those people log in again.',
    'hallpass keys withdraw 1 --rotate --data data',
  )
    .argument('<id>', 'the number of the key', keyIdOf)
    .option('--rotate', 'make a new key the active one first, for withdrawing the active key')
    .action((id: number, options: KeyOptions) =>
      on(outside, options, async (server) => {
        const rotated = options.rotate ? await rotateKeys(server.installation, operator) : undefined;
        await withdrawKey(server.installation, id, operator);
        return options.json
          ? JSON.stringify({ withdrawn: id, ...rotated })
          : `Key ${id} is withdrawn: its tokens are dead.${rotated ? ` Key ${rotated.active} is the active one now.` : ''}`;
      }),
    );
  return new Command('keys')
    .description(
      'List, rotate and withdraw the keys that seal tokens. With SQLite the server must be stopped; nodes on PostgreSQL hear of it within seconds.',
    )
    .addCommand(list)
    .addCommand(rotate)
    .addCommand(withdraw);
}

async function on(outside: Outside, options: KeyOptions, act: (server: Server) => Promise<string>): Promise<void> {
  const { log, flush } = outside.log('warn');
  const server = await openPlatform(outside, await gather(outside, options), log, true);
  try {
    outside.out(await act(server));
  } finally {
    await server.close();
    await flush();
  }
}

function keyIdOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A key has a number: see `hallpass keys list`.');
}
