// A secret of a command comes from a file that only its owner can read, or from the environment, never from an argument.
import { readSecretFile } from '@hallpass/db/files';
import { CommandError } from '../command-error.ts';
import type { Outside } from './outside.ts';

/**
 * The secret in the file that is named, or in the variable, which is taken out of the environment. Undefined where neither
 * is given.
 *
 * @param what the secret in words, for messages. @throws CommandError where both are given; StorageRefused for a file that
 * others may read
 */
export function secretOf(
  outside: Outside,
  file: string | undefined,
  variable: string,
  what: string,
): string | undefined {
  const given = outside.takeSecret(variable) || undefined;
  if (file === undefined) return given;
  if (given !== undefined)
    throw new CommandError('cannotStart', `${variable} is set, and a file is named too: give only one.`);
  return readSecretFile(file, what);
}
