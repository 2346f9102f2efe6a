// One command with its world, from its start to its summary. How programs find the hosts is handed in: by variables, or
// because they are in namespaces where the names lead here.
import type { Report } from '@hallpass/emulator/front';
import type { Outside } from '../surroundings/outside.ts';
import type { ExecWorld } from './worlds/exec-world.ts';
import { endLeftovers, MARK } from './leftovers.ts';
import { type CommandEnd, startCommand } from './run-command.ts';

interface SessionOptions {
  command: readonly string[];
  /** Variables that are set beside the environment of this process, and taken out of it where they are undefined. */
  set: Readonly<Record<string, string | undefined>>;
  mark: string;
  world: ExecWorld;
  outside: Outside;
  /** Is called with a function that hands signals on to the command; returns one that stops it. */
  signals(hand: (name: NodeJS.Signals) => void): () => void;
}

export interface SessionEnd extends CommandEnd {
  leftovers: number;
  report: Report | undefined;
  /** The error for which the world could not be opened. */
  fault: unknown;
}

/** A command that takes longer than this, in milliseconds, will soon ask something. */
const HEAD_START = 150;

export async function runSession({ command, set, mark, world, outside, signals }: SessionOptions): Promise<SessionEnd> {
  let running: ReturnType<typeof startCommand> | undefined;
  // Signals are heard before the command starts: one that comes at its first moment must not end this process alone.
  const stop = signals((name) => running?.signal(name));
  let fault: unknown;
  const begin = outside.wall.every(HEAD_START, () => {
    begin.cancel();
    world.open().catch((error: unknown) => {
      fault = error;
    });
  });
  try {
    running = startCommand(command, { ...outside.env, ...set, [MARK]: mark }, outside);
    const end = await running.ended;
    begin.cancel();
    const leftovers = await endLeftovers(mark, outside);
    const report = await world.report().catch((error: unknown) => {
      fault = error;
      return undefined;
    });
    return { ...end, leftovers, report, fault };
  } finally {
    stop();
    await world.close();
  }
}
