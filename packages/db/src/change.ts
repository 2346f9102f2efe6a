// What holds for one change on either database: where it may ask, how long it may take, and that nothing of it runs on
// after it has ended or failed.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely } from 'kysely';
import { StorageAway } from './database.ts';
import type { Act, Wall } from './database.ts';
import type { Line, Rows } from './line.ts';

/** How long a question, a lock or a connection is waited for, in milliseconds. */
export const PATIENCE = 2000;
/** How long a change may stay open, in milliseconds. */
export const LONGEST_CHANGE = 5000;

/** Resolves after `ms` of real time. */
export function pause(wall: Wall, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = wall.every(ms, () => {
      timer.cancel();
      resolve();
    });
  });
}

/** Knows, per database, whether the caller stands inside a change. */
export class Inside {
  readonly #changes = new AsyncLocalStorage<ChangeLine>();

  /** Throws when called from inside a change that is still open. */
  refuse(what: string): void {
    if (this.#changes.getStore()?.open) throw new TypeError(`${what} was used inside a change: ask through the tx of the change.`);
  }

  run<T>(line: ChangeLine, task: () => Promise<T>): Promise<T> {
    return this.#changes.run(line, task);
  }
}

/** The line inside one change: closed when it ends, and from the first failure on. */
export class ChangeLine implements Line {
  open = true;
  /** The first statement's error: a change that goes on after one has no defined state, so it is taken back. */
  failure: unknown;
  readonly #ask: Line['ask'];
  readonly #crashPoint: ((name: string) => void) | undefined;

  constructor(ask: Line['ask'], crashPoint?: (name: string) => void) {
    this.#ask = ask;
    this.#crashPoint = crashPoint;
  }

  async ask(sql: string, values: readonly unknown[], name?: string): Promise<Rows> {
    if (!this.open) throw new TypeError('This change has ended: its tx cannot be used any more.');
    if (this.failure !== undefined) throw this.failure;
    try {
      const rows = await this.#ask(sql, values, name);
      this.#crashPoint?.('db.in-change');
      return rows;
    } catch (error) {
      this.failure ??= error;
      throw error;
    }
  }
}

/** What a change answered, and what it wants done after the commit. */
export interface Outcome<T> {
  readonly value: T;
  readonly after: readonly (() => void)[];
}

/**
 * Runs `change` on `line` to its end. Throws what it threw, what a statement of it threw, or `StorageAway` when it takes too
 * long; the line is closed in every case. `limit` is in milliseconds.
 */
export async function runChange<S, T>(
  change: (act: Act<S>) => Promise<T>,
  line: ChangeLine,
  tx: Kysely<S>,
  surroundings: { wall: Wall; inside: Inside; limit?: number },
): Promise<Outcome<T>> {
  const after: (() => void)[] = [];
  const { wall, inside, limit = LONGEST_CHANGE } = surroundings;
  const overtime = Promise.withResolvers<never>();
  const started = wall.ms();
  const timer =
    limit === Number.POSITIVE_INFINITY
      ? undefined
      : wall.every(500, () => {
          if (wall.ms() - started >= limit) overtime.reject(new StorageAway(`A change was still open after ${limit} ms and was taken back.`));
        });
  try {
    const value = await Promise.race([inside.run(line, async () => change({ tx, after: (task) => void after.push(task) })), overtime.promise]);
    if (line.failure !== undefined) throw line.failure;
    return { value, after };
  } catch (error) {
    // Whatever the change made of it: "not now" and "try again" are not the change's to answer.
    throw line.failure instanceof StorageAway ? line.failure : error;
  } finally {
    line.open = false;
    timer?.cancel();
  }
}

/** Runs the tasks of a committed change. All of them run; the first error is thrown at the end. */
export function runAfter(tasks: readonly (() => void)[]): void {
  let failure: { error: unknown } | undefined;
  for (const task of tasks) {
    try {
      task();
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure !== undefined) throw failure.error;
}
