// Runs a command to its end, with the streams of this process and its signals, and sees to it that nothing of it is
// left.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Outside } from '../surroundings/outside.ts';

export interface CommandEnd {
  /** The exit code, or 128 and the number of the signal. */
  code: number;
  signal: NodeJS.Signals | undefined;
  /** It did not end when it was asked to, and was killed. */
  killed: boolean;
}

interface RunningCommand {
  ended: Promise<CommandEnd>;
  /** Hands a signal on. */
  signal(name: NodeJS.Signals): void;
}

/** Signals that are handed on to a command. */
const handedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** Those that ask for the end. */
const ending: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
/** A command may take so many milliseconds to end when it was asked to. */
const PATIENCE = 10_000;

/** Starts `command`; rejects where it cannot be started. */
export function startCommand(
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  outside: Pick<Outside, 'platform' | 'wall'>,
): RunningCommand {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: 'inherit', env, shell: outside.platform === 'win32' });
  let killed = false;
  let cut: { cancel(): void } | undefined;
  const ended = new Promise<CommandEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      cut?.cancel();
      resolve({ code: code ?? 128 + numberOf(signal), signal: signal ?? undefined, killed });
    });
  });
  return {
    ended,
    signal(name) {
      child.kill(name);
      if (!ending.includes(name)) return;
      cut ??= outside.wall.every(PATIENCE, () => {
        cut?.cancel();
        killed = true;
        child.kill('SIGKILL');
      });
    },
  };
}

/** The number that a shell adds to 128. */
export const numberOf = (signal: NodeJS.Signals | null): number => (signal === null ? 0 : constants.signals[signal]);

/** Hands signals of this process on, until the returned function is called. */
export function handSignalsOn(outside: Outside, hand: (name: NodeJS.Signals) => void): () => void {
  return outside.onSignals(handedOn, (name) => {
    // A signal that is typed at a terminal reaches the command by itself.
    if (outside.terminal && (name === 'SIGINT' || name === 'SIGQUIT')) return;
    hand(name);
  });
}
