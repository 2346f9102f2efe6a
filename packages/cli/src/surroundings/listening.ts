// Both servers start and stop in the same way: a port that may be taken, and an end in good order (threats RL-14).
import type { Outside } from './outside.ts';
import { CommandError } from '../command-error.ts';
import { boundOldGeneration, letYoungGenerationGrow } from './heap-growth.ts';

/** Seconds until a stop that does not come to an end is cut short. */
const LONGEST_STOP = 30;

/** Says in one sentence why a port cannot be had; anything else is passed on. @param option sets the port */
export function cannotListen(error: unknown, port: number, host: string, option = '--port or PORT'): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new CommandError(
        'cannotStart',
        `Port ${port} is in use by another program: stop that one, or choose another with ${option} (0 takes any free one).`,
      );
    case 'EACCES':
      return new CommandError(
        'cannotStart',
        `Port ${port} may not be opened by this user: choose one above 1023 with ${option}.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CommandError('cannotStart', `${host} is not an address of this machine: choose another with --host.`);
    default:
      return error;
  }
}

/** Serves until it was `asked` to stop, then runs `stop`, for half a minute at most. */
export async function untilStopped(outside: Outside, asked: Promise<void>, stop: () => Promise<void>): Promise<void> {
  letYoungGenerationGrow();
  boundOldGeneration();
  await asked;
  const cut = outside.wall.every(LONGEST_STOP * 1000, () => outside.end(1));
  await stop();
  cut.cancel();
}
