// The emulator refuses some things (threats EM-03): its worlds have known passwords and secrets, so they must not be
// reached from elsewhere, run in production, or lie where a platform keeps its data.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '@hallpass/protocol';

/** The emulator does not start. The message is one sentence that says what to do. */
export class EmulatorRefused extends Error {
  override readonly name = 'EmulatorRefused';
}

interface StartConditions {
  /** The address to bind. */
  host: string;
  /** The person said so: `--i-know-this-is-unsafe`. */
  unsafe: boolean;
  /** NODE_ENV. */
  environment: string | undefined;
}

/** @throws EmulatorRefused */
export function refuseUnsafe({ host, unsafe, environment }: StartConditions): void {
  if (environment === 'production')
    throw new EmulatorRefused(
      'The emulator does not run with NODE_ENV=production: its secrets and passwords are known to everybody. The platform is `hallpass serve`.',
    );
  if (!isLoopback(host) && !unsafe)
    throw new EmulatorRefused(
      `The emulator listens on this machine only, not on ${host}: its secrets and passwords are known to everybody. If you must, add --i-know-this-is-unsafe.`,
    );
}

/** The files of a platform's data directory. */
const platformFiles = ['hallpass.db', 'root.key'];

/** @throws EmulatorRefused where a platform keeps its data in this directory */
export function refusePlatformData(directory: string): void {
  if (platformFiles.some((file) => existsSync(join(directory, file))))
    throw new EmulatorRefused(
      `The directory ${directory} belongs to a platform (hallpass serve): name another one for the world of the emulator.`,
    );
}
