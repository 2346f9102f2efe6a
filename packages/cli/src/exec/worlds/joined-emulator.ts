// The emulator that a command joins, and the world of it that the command meets.
import { shape } from '@hallpass/protocol';
import { readFileSync } from 'node:fs';
import { CONTROL_TOKEN } from '../../control/control-variables.ts';
import {
  controlOf,
  ControlRefusal,
  controlTokenOf,
  nobodyAnswers,
  usualEmulator,
} from '../../control/emulator-control.ts';
import { CommandError } from '../../command-error.ts';
import type { Outside } from '../../surroundings/outside.ts';

export interface JoinedEmulator {
  /** Its address. */
  url: string;
  /** The world of the emulator; undefined for its main one. */
  world?: string;
  /** The control token, where it is known. */
  token?: string;
}

interface JoinOptions {
  join?: URL | true;
  world?: string;
}

/** The emulator that these options name; the usual one where they name a world alone. */
export function joinedEmulator({ join, world }: JoinOptions, outside: Outside): JoinedEmulator {
  const url = join instanceof URL ? join : usualEmulator(outside);
  return { url: url.origin, world, token: controlTokenOf(url, outside) };
}

/** The status for a world that is there already. */
const TAKEN = 409;

/**
 * Sees that the emulator answers, and makes the world where there is none of that name.
 * @returns a function that ends the world if it was made here; @throws CommandError
 */
export async function enterWorld(
  { url: address, world, token }: JoinedEmulator,
  seed: string | undefined,
  outside: Outside,
): Promise<() => Promise<void>> {
  const url = new URL(address);
  const stay = async (): Promise<void> => {};
  const answer = await outside
    .fetch(new URL('/_/health', url).href, { method: 'GET', headers: {}, redirect: 'manual' })
    .catch(() => undefined);
  if (answer?.ok !== true) throw nobodyAnswers(url, '--join', outside);
  if (world === undefined) return stay;
  if (token === undefined)
    throw new CommandError(
      'cannotStart',
      `--world needs the control token of the emulator at ${url.origin}: set ${CONTROL_TOKEN} to the one it printed when it started.`,
    );
  const control = controlOf({ url }, outside);
  const text = seed === undefined ? undefined : readFileSync(seed, 'utf8');
  try {
    await control.ask(shape.anyObject, 'POST', 'worlds', { name: world, seed: text });
  } catch (error) {
    if (!(error instanceof ControlRefusal && error.status === TAKEN)) throw error;
    if (seed === undefined) return stay;
    throw new CommandError('wrongUse', `--seed: the world ${world} already exists and has its own seed.`);
  }
  return async () =>
    void (await control.ask(shape.anyObject, 'DELETE', 'worlds', { name: world }).catch(() => undefined));
}
