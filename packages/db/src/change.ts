// One change keeps to these rules on either database: where it may ask, how long it may take, and that nothing of it
// runs on after it has ended or failed.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Wall } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import { StorageUnavailable } from './database.ts';
import type { WriteTransaction } from './database.ts';
import type { SqlConnection, SqlResult } from './line.ts';

/** The milliseconds for which a question, a lock or a connection is waited for. */
export const PATIENCE = 2000;
/** The milliseconds for which a change may stay open. */
export const LONGEST_CHANGE = 5000;

/** The open changes of one database: who stands inside one, and which has been open for too long. */
export class OpenChanges {
  readonly #wall: Wall;
  readonly #around = new AsyncLocalStorage<ChangeLine>();
  readonly #deadlines = new Map<ChangeLine, { at: number; end: (error: Error) => void }>();
  #rounds: { cancel(): void } | undefined;

  constructor(wall: Wall) {
    this.#wall = wall;
  }

  /** Throws when called from inside a change that is still open. */
  refuseInside(what: string): void {
    if (this.#around.getStore()?.open)
      throw new TypeError(`${what} was used inside a change: ask through the tx of the change.`);
  }

  /** Runs `task` inside the change of `line`; gives up with `StorageUnavailable` after `limit` milliseconds. */
  run<T>(line: ChangeLine, task: () => Promise<T>, limit: number): Promise<T> {
    if (limit === Number.POSITIVE_INFINITY) return this.#around.run(line, task);
    const { promise, reject } = Promise.withResolvers<never>();
    this.#deadlines.set(line, { at: this.#wall.ms() + limit, end: reject });
    this.#rounds ??= this.#wall.every(500, () => this.#look());
    return Promise.race([this.#around.run(line, task), promise]);
  }

  ended(line: ChangeLine): void {
    this.#deadlines.delete(line);
  }

  // One timer for all changes, which stops when there are none: most changes are over long before it comes round.
  #look(): void {
    if (this.#deadlines.size === 0) {
      this.#rounds?.cancel();
      this.#rounds = undefined;
    }
    for (const { at, end } of this.#deadlines.values()) {
      if (this.#wall.ms() >= at) end(new StorageUnavailable('A change was open for too long and was taken back.'));
    }
  }
}

/** The line inside one change: closed when it ends, and from the first failure on. */
export class ChangeLine implements SqlConnection {
  open = true;
  /** The first statement's error: a change that goes on after one has no defined state, so it is taken back. */
  failure: unknown;
  readonly #ask: SqlConnection['ask'];
  readonly #crashPoint: ((name: string) => void) | undefined;

  constructor(ask: SqlConnection['ask'], crashPoint?: (name: string) => void) {
    this.#ask = ask;
    this.#crashPoint = crashPoint;
  }

  async ask(sql: string, values: readonly unknown[], name?: string): Promise<SqlResult> {
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

/** The answer of a change, and what it wants done after the commit. */
export interface ChangeResult<T> {
  readonly value: T;
  readonly after: readonly (() => void)[];
}

/**
 * Runs `change` on `line` to its end; the line is closed in every case. Throws what the change or one of its statements
 * threw, or `StorageUnavailable` when it takes longer than `limit` milliseconds.
 */
export async function runChange<S, T>(
  change: (act: WriteTransaction<S>) => Promise<T>,
  params: { line: ChangeLine; tx: Kysely<S>; changes: OpenChanges; limit?: number | undefined },
): Promise<ChangeResult<T>> {
  const { line, tx, changes, limit = LONGEST_CHANGE } = params;
  const after: (() => void)[] = [];
  try {
    const value = await changes.run(line, async () => change({ tx, after: (task) => void after.push(task) }), limit);
    if (line.failure !== undefined) throw line.failure;
    return { value, after };
  } catch (error) {
    // The failure of the line counts, not what the change made of it: "not now" and "try again" are not the change's to
    // answer.
    throw line.failure instanceof StorageUnavailable ? line.failure : error;
  } finally {
    line.open = false;
    changes.ended(line);
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
