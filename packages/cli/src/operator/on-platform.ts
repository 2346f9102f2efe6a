// Carries out an act of the operator and prints what it says. Where a server runs on the same SQLite data, that server
// does it; otherwise the command opens the data itself, as it always does with PostgreSQL.
import { openDataDirectory } from '@hallpass/db/files';
import type { Operator } from '@hallpass/server/operator';
import { existsSync } from 'node:fs';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import { openPlatform } from '../surroundings/platform.ts';
import { secretAddresses, sourceOfAddress } from '../surroundings/secret-addresses.ts';
import { gather, type GatheredSettings } from '../surroundings/setting-sources.ts';
import { type ActInput, type ActName, platformActs } from './acts/index.ts';
import { askServer } from './ask-server.ts';
import type { ActOutput } from './platform-act.ts';

export interface PlatformOptions extends Record<string, unknown> {
  json?: boolean;
}

/** @throws CommandError | StorageRefused | what the act throws */
export async function onPlatform<Name extends ActName>(
  outside: Outside,
  options: PlatformOptions,
  act: Name,
  input: ActInput<Name>,
): Promise<void> {
  const gathered = await gather(outside, options);
  const by = operatorOf(outside);
  const output =
    (await byServer(outside, gathered, { act, input, by: by.id })) ??
    (await byThisProcess(outside, gathered, { act, input, by }));
  outside.out(options.json ? JSON.stringify(output.json) : output.text);
  if (output.fault !== undefined) throw new CommandError('failed', output.fault);
}

async function byServer(
  outside: Outside,
  { place }: GatheredSettings,
  request: { act: ActName; input: object; by: string },
): Promise<ActOutput | undefined> {
  const onPostgres = sourceOfAddress(outside, place, secretAddresses.database) !== undefined;
  if (onPostgres || !existsSync(place.data)) return undefined;
  openDataDirectory(place.data);
  return askServer(outside, place.data, request);
}

async function byThisProcess(
  outside: Outside,
  gathered: GatheredSettings,
  { act, input, by }: { act: ActName; input: object; by: Operator },
): Promise<ActOutput> {
  const { startsNew, carryOut } = platformActs[act];
  const { log, flush } = outside.log('warn');
  const { installation, close } = await openPlatform(outside, gathered, log, !startsNew);
  try {
    return await carryOut({ installation, by }, input);
  } finally {
    await close();
    await flush();
  }
}

/** The operator is the user of this machine who runs the command, also behind `sudo`. */
function operatorOf({ env, userName }: Outside): { kind: 'operator'; id: string } {
  const plain = (name: string): string => name.replaceAll(/[^\w.-]/g, '_').slice(0, 40);
  const behind = env['SUDO_USER'];
  const words = behind === undefined || behind === '' ? '' : ` (sudo ${plain(behind)})`;
  return { kind: 'operator', id: `${plain(userName)}${words}` };
}
