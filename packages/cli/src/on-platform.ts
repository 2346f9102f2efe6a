// Runs a command of an operator on the data of a platform, prints what it says, and closes the data again.
import type { Installation } from '@hallpass/server';
import type { Person } from '@hallpass/server/operator';
import { CommandError } from './exit.ts';
import type { Outside } from './surroundings/outside.ts';
import { openPlatform } from './surroundings/platform.ts';
import { gather } from './surroundings/setting-sources.ts';

export interface PlatformOptions extends Record<string, unknown> {
  json?: boolean;
}

/** The result of a command: as an object for programs, as text for people. */
interface CommandOutput {
  json: unknown;
  text: string;
}

/** Runs on the platform's data, prints, and closes it again. */
export async function onPlatform(
  outside: Outside,
  options: PlatformOptions,
  act: (installation: Installation) => Promise<CommandOutput>,
): Promise<void> {
  const { log, flush } = outside.log('warn');
  const server = await openPlatform(outside, await gather(outside, options), log, true);
  try {
    const { json, text } = await act(server.installation);
    outside.out(options.json ? JSON.stringify(json) : text);
  } finally {
    await server.close();
    await flush();
  }
}

/** @throws CommandError for nobody */
export async function personMeant(installation: Installation, who: string): Promise<Person> {
  const { personNamed } = await import('@hallpass/server/operator');
  const person = await personNamed(installation, who);
  if (!person) throw new CommandError('failed', `There is no person ${who}.`);
  return person;
}
