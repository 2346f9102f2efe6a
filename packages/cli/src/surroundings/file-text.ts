// A file that a command was given is read here, or the command ends with a sentence.
import { readFileSync } from 'node:fs';
import { CommandError, type ExitName } from '../exit.ts';
import type { Outside } from './outside.ts';

/** @throws CommandError where the file cannot be read */
export function fileText(file: string, exit: ExitName): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CommandError(exit, `${file} cannot be read.`);
  }
}

/**
 * Text that must not stand among the arguments of a process: from a file, or from standard input for `-`.
 *
 * @throws CommandError where the file cannot be read
 */
export const fileOrInput = async (outside: Pick<Outside, 'stdin'>, file: string): Promise<string> =>
  file === '-' ? outside.stdin() : fileText(file, 'wrongUse');
