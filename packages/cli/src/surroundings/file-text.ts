// A file that a command was given is read here, or the command ends with a sentence.
import { readFileSync } from 'node:fs';
import { CommandError, type ExitName } from '../command-error.ts';
import type { Outside } from './outside.ts';

/** @throws CommandError where the file cannot be read */
export function fileText(file: string, exit: ExitName): string {
  try {
    return textOf(readFileSync(file));
  } catch (error) {
    throw new CommandError(exit, unreadable(file, error));
  }
}

/** The text of a file: UTF-8, or UTF-16 where its first bytes say so, as programs for tables write it. */
function textOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : undefined;
  return encoding === undefined ? bytes.toString('utf8') : new TextDecoder(encoding).decode(bytes);
}

/** Says why a file can't be read. */
function unreadable(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `There is no file ${file}.`;
  if (code === 'EISDIR') return `${file} is a directory: name a file in it.`;
  return code === 'EACCES' ? `You aren't allowed to read ${file}.` : `${file} can't be read (${String(code)}).`;
}

/**
 * Text that must not stand among the arguments of a process: from a file, or from standard input for `-`.
 *
 * @throws CommandError where the file cannot be read
 */
export const fileOrInput = async (outside: Pick<Outside, 'stdin'>, file: string): Promise<string> =>
  file === '-' ? outside.stdin() : fileText(file, 'wrongUse');
