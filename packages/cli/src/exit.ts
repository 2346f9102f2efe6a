// Commands end in one of these ways: exit codes, and the errors that lead to them.
import { redact } from '@hallpass/protocol/redact';
import type { Outside } from './surroundings/outside.ts';
import { CommandError, exitCodes, type ExitName } from './command-error.ts';

/** The end of a command that was run by this one: its exit code, or its signal, is ours. */
export class CommandExit extends Error {
  readonly code: number;
  readonly signal: NodeJS.Signals | undefined;

  /** @param message a sentence to print; none where the command has said all */
  constructor(code: number, signal?: NodeJS.Signals, message = '') {
    super(message);
    this.code = code;
    this.signal = signal;
  }
}

/** Prints what ended a run and has not been printed yet; @returns the exit code */
export function codeOf(error: unknown, outside: Pick<Outside, 'err' | 'endBy'>): number {
  if (error instanceof CommandExit) {
    if (error.message !== '') outside.err(error.message);
    if (error.signal) outside.endBy(error.signal);
    return error.code;
  }
  const { exit, message } = endingOf(error);
  if (message !== '') outside.err(message);
  return exitCodes[exit].code;
}

/** Errors of other packages by name, so that knowing them does not mean loading their packages. */
const byName: Readonly<Record<string, ExitName>> = {
  BadSettings: 'cannotStart',
  BadSeed: 'cannotStart',
  BadWatchList: 'wrongUse',
  EmulatorRefused: 'cannotStart',
  StorageRefused: 'cannotStart',
  StorageUnavailable: 'cannotStart',
  KeyRefused: 'failed',
  Refusal: 'failed',
  GraphError: 'failed',
  NoGraph: 'failed',
  LogInCancelled: 'failed',
  LogInFailed: 'failed',
  IdTokenRefused: 'failed',
  StoreRefused: 'cannotStart',
};

const fileFaults: Readonly<Record<string, string>> = {
  ENOENT: "it isn't there, or its directory isn't",
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a directory',
  EACCES: "you aren't allowed to",
  EPERM: "you aren't allowed to",
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full for you',
  EEXIST: 'it already exists, perhaps from another run',
};

/** A sentence for a file that a command was given and that can't be used; undefined for any other error. */
function fileFault(error: Error): string | undefined {
  if (!('path' in error && typeof error.path === 'string' && 'code' in error)) return undefined;
  const code = String(error.code);
  return `${error.path} can't be used: ${fileFaults[code] ?? code}.`;
}

/**
 * Decides what is printed for an error, and how the process ends. One sentence, or one line for each problem; no
 * secrets.
 */
export function endingOf(error: unknown): { exit: ExitName; message: string } {
  if (!(error instanceof Error)) return { exit: 'failed', message: 'Unexpected error.' };
  if (error instanceof CommandError) return { exit: error.exit, message: redact(error.message) };
  const known = byName[error.name];
  if (known !== undefined) return { exit: known, message: redact(error.message) };
  const message = fileFault(error) ?? `Unexpected error: ${error.message.split('\n')[0] ?? ''}`;
  return { exit: 'failed', message: redact(message) };
}
