// Runs one command against Hallpass: looks at everything that can be wrong before it starts, picks the way in, and says
// afterwards what was asked. What a way needs is loaded when it is taken: the command waits for all that is loaded here.
import { CommandExit } from '../exit.ts';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import { endRun } from './end-of-run.ts';
import type { ExecRequest } from './exec-request.ts';
import { findProgram } from './find-program.ts';
import type { JoinedEmulator } from './worlds/joined-emulator.ts';
import { MARK } from './leftovers.ts';
import { openSessionFolder } from './session-folder.ts';
import { handSignalsOn, startCommand } from './run-command.ts';

export interface ExecOptions {
  seed?: string;
  join?: URL | true;
  world?: string;
  passthrough?: boolean;
  open?: number[];
  envOnly?: boolean;
  json?: boolean;
  quiet?: boolean;
  logLevel?: ExecRequest['logLevel'];
  record?: ExecRequest['record'];
}

/** @throws CommandExit with the end of the command, CommandError where it was not started */
export async function exec(command: string[], options: ExecOptions, outside: Outside): Promise<never> {
  if (outside.env['NODE_ENV'] === 'production')
    throw new CommandError(
      'cannotStart',
      "hallpass exec doesn't run with NODE_ENV=production, because everyone knows the secrets and passwords of its world.",
    );
  refuseWhatCannotRun(command, outside);
  const request = await requestOf(command, options, outside);
  if (outside.env[MARK] !== undefined && ownWorld(options))
    return await endRun(request, { ...(await runNested(command, outside)), mode: 'nested', notes: [] }, outside);

  const leave = request.join ? await enter(request.join, options.seed, outside) : () => undefined;
  const folder = openSessionFolder(outside);
  try {
    const notes: string[] = [];
    if (!options.envOnly) {
      const { runSealed } = await import('../sealed/run-sealed.ts');
      const attempt = await runSealed(request, folder, outside);
      if (attempt.end) throw new CommandExit(attempt.end.code, attempt.end.signal);
      notes.push(`Not sealed, because ${attempt.reason}.`);
    }
    if (request.open.length > 0) notes.push('--open has no effect outside sealed mode: every port can be reached.');
    const { runByVariables } = await import('./by-variables.ts');
    const ended = await runByVariables(request, folder, outside);
    return await endRun(request, { ...ended, mode: 'variables', notes: [...notes, ...ended.notes] }, outside);
  } finally {
    folder.remove();
    await leave();
  }
}

/** Tells whether no other world is named than one that is there already. */
const ownWorld = ({ seed, join, world, record }: ExecOptions): boolean =>
  [seed, join, world, record].every((one) => one === undefined);

/** Shells return these for a program that is not there, and for one that may not be run. */
const MISSING = 127;
const NOT_EXECUTABLE = 126;

/** @throws CommandExit for a program that is not there, or may not be run */
export function refuseWhatCannotRun([program = '']: readonly string[], outside: Outside): void {
  const found = findProgram(program, outside.env['PATH'], outside.platform);
  if (found === 'missing') throw new CommandExit(MISSING, undefined, `There is no program ${program}.`);
  if (found === 'not executable')
    throw new CommandExit(NOT_EXECUTABLE, undefined, `${program} can't be executed: check its permissions.`);
}

/** The part that asks a running emulator is loaded for those commands alone that join one. */
async function joinedBy({ join, world }: ExecOptions, outside: Outside): Promise<JoinedEmulator | undefined> {
  if (join === undefined && world === undefined) return undefined;
  const { joinedEmulator } = await import('./worlds/joined-emulator.ts');
  return joinedEmulator({ join, world }, outside);
}

const enter = async (...args: Parameters<typeof import('./worlds/joined-emulator.ts').enterWorld>) =>
  (await import('./worlds/joined-emulator.ts')).enterWorld(...args);

async function requestOf(command: string[], options: ExecOptions, outside: Outside): Promise<ExecRequest> {
  const { seed, passthrough = false, open = [], logLevel, json, quiet, record } = options;
  return {
    command,
    seed,
    record,
    join: await joinedBy(options, outside),
    passthrough,
    open,
    logLevel,
    summary: json ? 'json' : quiet ? 'none' : 'words',
  };
}

/** Inside another `hallpass exec` everything is there already. */
async function runNested(command: readonly string[], outside: Outside) {
  const running = startCommand(command, outside.env, outside);
  const stop = handSignalsOn(outside, running.signal);
  const ended = await running.ended;
  stop();
  return { ...ended, leftovers: 0, report: undefined, fault: undefined };
}
