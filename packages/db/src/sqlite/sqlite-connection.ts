// This is one connection of node:sqlite: statements prepared once, rows as ordinary objects, errors in our words.
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { StorageUnavailable } from '../database.ts';
import type { SqlResult } from '../line.ts';

/** So many statements are kept prepared; the oldest goes when one more comes. */
const MOST_STATEMENTS = 500;

/** Primary result codes that mean "not now": https://sqlite.org/rescode.html */
const AWAY = new Map<number, string>([
  [5, 'The database is locked by another program.'],
  [6, 'The database is locked.'],
  [7, 'The database ran out of memory.'],
  [8, 'The database cannot be written.'],
  [10, 'The disk of the database failed.'],
  [11, 'The database file is damaged.'],
  [13, 'The disk of the database is full.'],
  [14, 'The database file cannot be opened.'],
  [15, 'The database is locked by another program.'],
  [26, 'The file is not a database.'],
]);
/**
 * SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC: after these nobody knows what is on the disk, and a second sync may
 * lie.
 */
const SYNC_FAILED = new Set([10 | (4 << 8), 10 | (5 << 8)]);

/** Says what an error of node:sqlite means for us; undefined when it is an ordinary error of a statement. */
export function faultOf(error: unknown): { code: number; away: StorageUnavailable; fatal: boolean } | undefined {
  const code = (error as { errcode?: unknown }).errcode;
  if (typeof code !== 'number') return undefined;
  const words = AWAY.get(code & 0xff);
  return words === undefined
    ? undefined
    : { code, away: new StorageUnavailable(words, { cause: error }), fatal: SYNC_FAILED.has(code) };
}

/** True when another program holds the lock: worth waiting for. */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof StorageUnavailable && ((error.cause as { errcode?: number } | undefined)?.errcode ?? 0) % 256 === 5
  );
}

interface CachedStatement {
  readonly statement: StatementSync;
  /** Names of the columns; empty for statements that return nothing. */
  columns: string[];
  readonly changesSchema: boolean;
}

/** Node before 24.16 can't copy a database that is open. */
export const canCopyDatabases: boolean = 'serialize' in DatabaseSync.prototype;

export class SqliteConnection {
  readonly #db: DatabaseSync;
  readonly #onFatal: (error: Error) => void;
  readonly #prepared = new Map<string, CachedStatement>();
  #dead: StorageUnavailable | undefined;
  /** Set when tables were changed through this connection: columns of prepared statements may have changed. */
  schemaChanged = false;

  /** `timeout` is how long the whole process stands still for another program's lock, in milliseconds. */
  constructor(file: string, options: { readOnly: boolean; timeout: number; onFatal: (error: Error) => void }) {
    this.#onFatal = options.onFatal;
    this.#db = this.#guarded(
      () =>
        new DatabaseSync(file, {
          readOnly: options.readOnly,
          timeout: options.timeout,
          enableForeignKeyConstraints: true,
          allowExtension: false,
          defensive: true,
          limits: { attach: 0 },
        }),
    );
  }

  get inTransaction(): boolean {
    return this.#db.isOpen && this.#db.isTransaction;
  }

  /** Runs one statement to its end. */
  ask(sql: string, values: readonly unknown[]): SqlResult {
    return this.#guarded(() => {
      const prepared = this.#prepare(sql);
      const params = values as (string | number)[];
      if (prepared.columns.length === 0) {
        const { changes } = prepared.statement.run(...params);
        if (prepared.changesSchema) {
          this.forgetStatements();
          this.schemaChanged = true;
        }
        return { rows: [], changed: Number(changes) };
      }
      const found = prepared.statement.all(...params) as unknown as unknown[][];
      const rows = new Array<unknown>(found.length);
      for (let at = 0; at < found.length; at++) rows[at] = this.#object(prepared, found[at] as unknown[]);
      return { rows, changed: undefined };
    });
  }

  /** Copies the whole database: the bytes of its file. */
  image(): Uint8Array {
    return this.#guarded(() => this.#db.serialize());
  }

  /** Becomes the database of an image, and forgets its own. */
  load(image: Uint8Array): void {
    this.#prepared.clear();
    this.#guarded(() => this.#db.deserialize(image));
  }

  forgetStatements(): void {
    this.#prepared.clear();
    this.schemaChanged = false;
  }

  close(): void {
    this.#prepared.clear();
    if (this.#dead === undefined && this.#db.isOpen) this.#db.close();
    this.#dead = new StorageUnavailable('The database was closed.');
  }

  // Arrays turned into objects here are quicker than node:sqlite's objects without prototype, and compare like
  // anybody's.
  #object(prepared: CachedStatement, values: unknown[]): Record<string, unknown> {
    if (values.length !== prepared.columns.length) prepared.columns = columnsOf(prepared.statement);
    const { columns } = prepared;
    const row: Record<string, unknown> = {};
    for (let at = 0; at < columns.length; at++) row[columns[at] as string] = values[at];
    return row;
  }

  #prepare(sql: string): CachedStatement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    statement.setReturnArrays(true);
    const prepared = {
      statement,
      columns: columnsOf(statement),
      changesSchema: /^\s*(create|alter|drop)\b/i.test(sql),
    };
    if (this.#prepared.size >= MOST_STATEMENTS) this.#prepared.delete(this.#prepared.keys().next().value as string);
    this.#prepared.set(sql, prepared);
    return prepared;
  }

  #guarded<T>(task: () => T): T {
    if (this.#dead !== undefined) throw this.#dead;
    try {
      return task();
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      if (fault.fatal) {
        this.#dead = fault.away;
        this.#onFatal(fault.away);
      }
      throw fault.away;
    }
  }
}

function columnsOf(statement: StatementSync): string[] {
  return statement.columns().map((column) => column.name);
}
