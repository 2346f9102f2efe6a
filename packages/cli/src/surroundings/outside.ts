// This is the one place with the environment, streams and signals of this process, beside the real clock, chance and log
// of @hallpass/world. Everything else is handed it.
import { readlinkSync } from 'node:fs';
import { constants, userInfo } from 'node:os';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import type { Clock, Random } from '@hallpass/protocol';
import type { Fetch } from '@hallpass/client';
import {
  createLog,
  createMailer,
  type Log,
  type LogLevel,
  type Mailer,
  type MailServer,
  nodeWorld,
  type Outbound,
  type Wall,
} from '@hallpass/world';
import type { Surroundings } from './surroundings.ts';

const { clock, wall, random, parallelism, outbound } = nodeWorld();

export interface Outside {
  readonly wall: Wall;
  readonly clock: Clock;
  readonly random: Random;
  readonly parallelism: number;
  readonly fetch: Fetch;
  /** Waits, and keeps the process alive meanwhile; timers of the wall do not. */
  pause(ms: number): Promise<void>;
  /** Keeps the process alive until the returned function is called: timers of the wall and the clock do not. */
  stayAwake(): () => void;
  /** Calls to the servers of apps. */
  readonly outbound: Outbound;
  /** Mails by way of a server. */
  mailer(server: MailServer, from: string): Mailer;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The options and variables that Node.js was started with. */
  surroundings(): Surroundings;
  /**
   * Reads a variable that holds a secret, and drops it from the environment that this process sees and hands on. The
   * operating system goes on showing what the process was started with (`/proc/<pid>/environ`) to the same user and to
   * root.
   */
  takeSecret(name: string): string | undefined;
  /** One line, or several, on standard output. */
  out(text: string): void;
  /** One line, or several, on standard error. */
  err(text: string): void;
  /** A line on standard error that takes the place of the one before, where a terminal is there; '' takes it away. */
  status(text: string): void;
  /** All of standard input, without the line end. */
  stdin(): Promise<string>;
  /** JSON lines on standard error, from `level` up; `flush` before the end. */
  log(level: LogLevel): { log: Log; flush(): Promise<void> };
  /** Resolves at the first SIGINT or SIGTERM after this call; at the second the process ends at once. */
  stopAsked(): Promise<void>;
  /** Ends the process now. */
  end(code: number): never;
  readonly platform: NodeJS.Platform;
  readonly pid: number;
  /**
   * Names the process namespace in which `pid` is a number: processes of another one, as in a container or a sealed run,
   * cannot be told from ended ones. `0` where a system has no namespaces.
   */
  readonly processSpace: string;
  /** The user and group of this process; undefined where the system has no numbers for them. */
  readonly user: { id: number; group: number } | undefined;
  /** The name of this user; `uid 1000` for one that the system has no name for. */
  readonly userName: string;
  /** True with a terminal in front of this process: a signal that is typed there reaches all that it started. */
  readonly terminal: boolean;
  /** The command that starts another process of ours, with the options that Node.js was given for this one. */
  startOf(entry: 'sealed' | 'main'): readonly [string, ...string[]];
  /** Ends this process as if nobody had listened to this signal. */
  endBy(signal: NodeJS.Signals): void;
  /** Runs `heard` at each of these signals in place of what would happen, until the returned function is called. */
  onSignals(names: readonly NodeJS.Signals[], heard: (name: NodeJS.Signals) => void): () => void;
  /** Sends a signal to another process, which may have ended. */
  signal(pid: number, name: NodeJS.Signals): void;
  /** Tells whether there is a process of this id. */
  isRunning(pid: number): boolean;
}

function processSpace(): string {
  if (process.platform !== 'linux') return '0';
  try {
    return Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 0).toString(36);
  } catch {
    return '0';
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? ''}`;
  }
}

/**
 * Standard output at its first use: opening it changes it for all programs that share it, and `hallpass exec` leaves it
 * to its command.
 */
let stdout: typeof process.stdout | undefined;

function openStdout(): typeof process.stdout {
  const opened = process.stdout;
  // A reader of our output may stop reading (`hallpass api … | head`): that is no error.
  opened.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return opened;
}

export const outside: Outside = {
  wall,
  clock,
  random,
  parallelism,
  fetch: (url, init) => fetch(url, init),
  pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
  stayAwake() {
    const timer = setInterval(() => undefined, 60_000);
    return () => clearInterval(timer);
  },
  outbound,
  mailer: (server, from) => createMailer({ server, from, wall }),
  env: process.env,
  surroundings: () => ({
    env: process.env,
    options: process.execArgv,
    inspected: process.getBuiltinModule('node:inspector').url() !== undefined,
  }),
  takeSecret(name) {
    const value = process.env[name];
    delete process.env[name];
    return value;
  },
  out: (text) => void (stdout ??= openStdout()).write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  status(text) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
  },
  async stdin() {
    const { text } = await import('node:stream/consumers');
    return (await text(process.stdin)).trim();
  },
  log: createLog,
  stopAsked() {
    return new Promise((resolve) => {
      let asked = false;
      const heard = (): void => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      };
      process.on('SIGINT', heard);
      process.on('SIGTERM', heard);
    });
  },
  end: (code) => process.exit(code),
  platform: process.platform,
  pid: process.pid,
  processSpace: processSpace(),
  user: process.getuid && process.getgid ? { id: process.getuid(), group: process.getgid() } : undefined,
  userName: userName(),
  terminal: isatty(0),
  startOf: (entry) => [
    process.execPath,
    ...process.execArgv,
    fileURLToPath(import.meta.resolve(`@hallpass/cli/${entry}`)),
  ],
  endBy(signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  },
  onSignals(names, heard) {
    const known = names.filter((name) => name in constants.signals);
    for (const name of known) process.on(name, heard);
    return () => {
      for (const name of known) process.off(name, heard);
    };
  },
  signal(pid, name) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended.
    }
  },
  isRunning(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
  },
};
