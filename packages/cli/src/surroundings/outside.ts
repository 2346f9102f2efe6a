// This is the one place with the environment, streams and signals of this process, beside the real clock, chance and log
// of @hallpass/world. Everything else is handed it.
import { url as inspectorUrl } from 'node:inspector';
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
  /** All of standard input, without the line end. */
  stdin(): Promise<string>;
  /** JSON lines on standard error, from `level` up; `flush` before the end. */
  log(level: LogLevel): { log: Log; flush(): Promise<void> };
  /** Resolves at the first SIGINT or SIGTERM after this call; at the second the process ends at once. */
  stopAsked(): Promise<void>;
  /** Ends the process now. */
  end(code: number): never;
}

// A reader of our output may stop reading (`hallpass api … | head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

export const outside: Outside = {
  wall,
  clock,
  random,
  parallelism,
  fetch: (url, init) => fetch(url, init),
  outbound,
  mailer: (server, from) => createMailer({ server, from, wall }),
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
