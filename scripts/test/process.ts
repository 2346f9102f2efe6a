// Runs one program to its end, with a limit of time, and gives back all that it said; and work of many parts, two at a time.
import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { root } from '../guards/files.ts';

export interface Ended {
  /** Exit code; null where a signal ended it. */
  code: number | null;
  signal: string | null;
  /** True where it was stopped because its time was up. */
  late: boolean;
  /** Standard output and error, in the order in which they came. */
  said: string;
  ms: number;
}

const running = new Set<() => void>();

let stopped = false;

// A test run that is stopped takes its own programs along, by id, and starts no other; what it got ready is still put
// away.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopped = true;
    for (const stop of running) stop();
  });
}

/** True once somebody asked the test run to stop. */
export const isStopped = (): boolean => stopped;

/**
 * The environment of every program of a test run: our Node first, and no setting of the product that happens to be set
 * outside.
 */
export function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => name !== 'DATABASE_URL' && !name.startsWith('HALLPASS_') && !name.startsWith('NODE_TEST'),
  );
  const path = [dirname(process.execPath), `${root}node_modules/.bin`, process.env['PATH'] ?? ''].join(delimiter);
  return { ...Object.fromEntries(inherited), PATH: path, NO_COLOR: '1', ...extra };
}

/**
 * Starts `program` in the root of the repository. `stop` ends it and everything that it started, as the end of the test
 * run does.
 *
 * @param channel whether it and we send each other messages
 */
export function start(
  program: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
  channel: 'with a channel' | 'without' = 'without',
): { child: ChildProcess; stop(): void } {
  // A group of its own, so that what it started ends with it when its time is up.
  const child = spawn(program, args, {
    cwd: root,
    env: environment(extra),
    stdio: channel === 'without' ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
  });
  const stop = (): void => {
    try {
      process.kill(process.platform === 'win32' ? (child.pid ?? 0) : -(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It ended by itself in this very moment.
    }
  };
  running.add(stop);
  child.once('exit', () => running.delete(stop));
  return { child, stop };
}

/** Runs `program` in the root of the repository. `limit` is in milliseconds. Rejects where it cannot be started. */
export function run(
  program: string,
  args: readonly string[],
  limit: number,
  extra: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  if (stopped) return Promise.reject(new Error('The test run was stopped.'));
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const { child, stop } = start(program, args, extra);
    const said: Buffer[] = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, limit);
    child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, late, said: Buffer.concat(said).toString('utf8').trim(), ms: performance.now() - begun });
    });
  });
}

/** One of the two that do the work. */
export type Hand = 0 | 1;

/**
 * Does the work for each item in order, two at a time.
 *
 * @param work is told which of the two does it; @returns the results in the order of the items
 */
export async function twoAtATime<T, R>(items: readonly T[], work: (item: T, hand: Hand) => Promise<R>): Promise<R[]> {
  const waiting = [...items.entries()];
  const results: R[] = [];
  const worker = async (hand: Hand): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await work(item, hand);
    }
  };
  await Promise.all([worker(0), worker(1)]);
  return results;
}
