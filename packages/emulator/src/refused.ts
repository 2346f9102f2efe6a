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
      "The emulator doesn't run with NODE_ENV=production, because everyone knows its secrets and passwords. The platform is `hallpass serve`.",
    );
  if (!isLoopback(host) && !unsafe)
    throw new EmulatorRefused(
      `The emulator listens only on this machine, not on ${host}, because everyone knows its secrets and passwords. If you must, add --i-know-this-is-unsafe.`,
    );
}

/** The files of a platform's data directory. */
const platformFiles = ['hallpass.db', 'root.key'];

/** @throws EmulatorRefused where a platform keeps its data in this directory */
export function refusePlatformData(directory: string): void {
  if (platformFiles.some((file) => existsSync(join(directory, file))))
    throw new EmulatorRefused(
      `The directory ${directory} belongs to a platform (hallpass serve). Name another directory for the emulator's world.`,
    );
}
