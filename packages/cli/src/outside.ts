// The one place with the real clock, chance, environment, streams, signals and log. Everything else is handed it.
import { randomFillSync } from 'node:crypto';
import { url as inspectorUrl } from 'node:inspector';
import { availableParallelism } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { type Clock, type Random, redact } from '@hallpass/protocol';
import type { Fetch } from '@hallpass/client';
import type { Log, LogLevel, Outbound, World } from '@hallpass/server';
import { createOutbound } from './outside-calls.ts';
import type { Surroundings } from './surroundings.ts';

export interface Outside {
  readonly wall: World['wall'];
  readonly clock: Clock;
  readonly random: Random;
  readonly parallelism: number;
  readonly fetch: Fetch;
  /** Calls to the servers of apps. */
  readonly outbound: Outbound;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What Node.js was started with. */
  surroundings(): Surroundings;
  /**
   * Reads a variable that holds a secret, and drops it from the environment that this process sees and hands on. The
   * operating system goes on showing what the process was started with (`/proc/<pid>/environ`) to the same user and to root.
   */
  takeSecret(name: string): string | undefined;
  /** One line, or several, on standard output. */
  out(text: string): void;
  /** The same on standard error. */
  err(text: string): void;
  /** All of standard input, without the line end. */
  stdin(): Promise<string>;
  /** JSON lines on standard error, from `level` up; `flush` before the end. */
  log(level: LogLevel): { log: Log; flush(): Promise<void> };
  /** Resolves at the first SIGINT or SIGTERM after this call; at the second the process ends at once. */
  stopAsked(): Promise<void>;
  /** Ends the process now. */
  end(code: number): never;
}

// Whoever reads us may stop reading (`hallpass api … | head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const MOST_MS = 2 ** 31 - 1;

const every = (ms: number, task: () => void): { cancel(): void } => {
  const timer = setInterval(task, Math.min(ms, MOST_MS));
  timer.unref();
  return { cancel: () => clearInterval(timer) };
};

const now = (): number => Math.floor(Date.now() / 1000);

const realClock: Clock = {
  now,
  every: (seconds, task) => every(seconds * 1000, () => void task()),
  at(moment, task) {
    // A timer reaches 24 days at most, so a later moment is asked for again.
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      const ms = (moment - now()) * 1000;
      timer = setTimeout(ms > MOST_MS ? wait : () => void task(), Math.max(0, Math.min(ms, MOST_MS)));
      timer.unref();
    };
    wait();
    return { cancel: () => clearTimeout(timer) };
  },
};

const wall: World['wall'] = { now, ms: () => performance.now(), every };

export const outside: Outside = {
  wall,
  clock: realClock,
  random: { bytes: (length) => randomFillSync(new Uint8Array(length)) },
  parallelism: availableParallelism(),
  fetch: (url, init) => fetch(url, init),
  outbound: createOutbound({ wall }),
  env: process.env,
  surroundings: () => ({ env: process.env, options: process.execArgv, inspected: inspectorUrl() !== undefined }),
  takeSecret(name) {
    const value = process.env[name];
    delete process.env[name];
    return value;
  },
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  async stdin() {
    const parts: Buffer[] = [];
    for await (const part of process.stdin) parts.push(part as Buffer);
    return Buffer.concat(parts).toString('utf8').trim();
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
};

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
/** Bytes that wait for a reader of the log; when there are more, new lines are dropped and counted (threats RL-16). */
const LONGEST_QUEUE = 1024 * 1024;

/** pino is loaded at the first line: most emulators never write one. */
function createLog(level: LogLevel): { log: Log; flush(): Promise<void> } {
  let sink: Promise<{ write(level: LogLevel, message: string, facts: Record<string, unknown>): void; end(): void }> | undefined;
  const open = async () => {
    const { destination, pino } = await import('pino');
    const stream = destination({ dest: 2, sync: false, maxLength: LONGEST_QUEUE });
    let dropped = 0;
    stream.on('drop', () => dropped++);
    const logger = pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, stream);
    return {
      write(at: LogLevel, message: string, facts: Record<string, unknown>) {
        logger[at](dropped > 0 ? { ...facts, dropped } : facts, message);
        dropped = 0;
      },
      end: () => stream.flushSync(),
    };
  };
  return {
    log(at, message, facts = {}) {
      if (levels.indexOf(at) < levels.indexOf(level)) return;
      sink ??= open();
      const clean = Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? redact(stripVTControlCharacters(value)) : value]),
      );
      void sink.then((open) => open.write(at, message, clean));
    },
    async flush() {
      (await sink)?.end();
    },
  };
}
