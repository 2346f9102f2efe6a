// This module puts SQLite in one file (or in memory) behind the face of database.ts: one process, one writer, group
// commit, and reads on a connection of their own that never sees a change before it is durable.
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { OpenChanges } from '../change.ts';
import { StorageRefused } from '../database.ts';
import type { Database, DatabaseEnvironment } from '../database.ts';
import { GroupCommit } from '../group-commit.ts';
import { reader, transactions } from '../line.ts';
import type { SqlDialect, SqlConnection } from '../line.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { lockFile, makePrivate, realFile, refuseNetwork } from './sqlite-file.ts';

export interface SqliteOptions extends DatabaseEnvironment {
  /** A path, or ':memory:'. */
  file: string;
  /** Only in memory: the database begins as this copy of another one, see `image` of `SqliteDatabase`. */
  image?: Uint8Array | undefined;
  /** Tests only: the statfs type of a directory, instead of asking the operating system. */
  fileSystemType?: (directory: string) => number;
}

/** One process has it, so the whole of it can be copied at a moment between two changes. */
export interface SqliteDatabase<S> extends Database<S> {
  /** Copies everything that is committed: the bytes of the file. */
  image(): Promise<Uint8Array>;
}

const LANGUAGE: SqlDialect = {
  createAdapter: () => new SqliteAdapter(),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createIntrospector: (db) => new SqliteIntrospector(db),
};

/**
 * Reads wait so long for another program's lock, in milliseconds; in WAL mode only a program that takes the whole file
 * has one.
 */
const READ_TIMEOUT = 250;

/**
 * Opens a database of one process. Throws `StorageRefused` when the file must not be used, `StorageUnavailable` when it
 * cannot.
 */
export async function openSqlite<S>(options: SqliteOptions): Promise<SqliteDatabase<S>> {
  const changes = new OpenChanges(options.wall);
  const onFatal = options.onFatal ?? stopTheProcess;
  const { writer, read, letGo } =
    options.file === ':memory:' ? openMemory(onFatal, options.image) : openFile(options, onFatal);
  const forget = (): void => {
    writer.forgetStatements();
    read.forgetStatements();
  };
  const group = new GroupCommit<S>(writer, {
    surroundings: options,
    changes,
    transaction: transactions<S>(LANGUAGE),
    onSchemaChange: forget,
  });
  let closing: Promise<void> | undefined;
  const sharesConnection = read === writer;
  const line: SqlConnection = {
    async ask(sql, values) {
      changes.refuseInside('database.read');
      while (sharesConnection && group.openGroup !== undefined) await group.openGroup;
      return read.ask(sql, values);
    },
  };
  return {
    kind: 'sqlite',
    async image() {
      while (group.openGroup !== undefined) await group.openGroup;
      return writer.image();
    },
    read: reader<S>(LANGUAGE, line),
    async act(change) {
      changes.refuseInside('database.act');
      return group.act(change);
    },
    // One process, and one change after another: the order is given.
    inOrder: async () => {},
    listen: async () => {},
    tell: () => {},
    alone: (work) => work((change) => group.act(({ tx }) => change(tx), Number.POSITIVE_INFINITY)),
    close() {
      closing ??= group.close().then(letGo);
      return closing;
    },
  };
}

interface OpenFile {
  writer: SqliteConnection;
  read: SqliteConnection;
  letGo: () => void;
}

function openMemory(onFatal: (error: Error) => void, image: Uint8Array | undefined): OpenFile {
  const only = new SqliteConnection(':memory:', { readOnly: false, timeout: 0, onFatal });
  // Most tables in memory are small, and each takes a page at least.
  if (image) only.load(image);
  else only.ask('pragma page_size = 1024', []);
  return { writer: only, read: only, letGo: () => only.close() };
}

function openFile(options: SqliteOptions, onFatal: (error: Error) => void): OpenFile {
  const file = realFile(options.file);
  refuseNetwork(file, options.fileSystemType);
  makePrivate(file);
  const lock = lockFile(file);
  const opened: SqliteConnection[] = [];
  const letGo = (): void => {
    for (const connection of opened) connection.close();
    lock.release();
  };
  try {
    const writer = new SqliteConnection(file, { readOnly: false, timeout: 0, onFatal });
    opened.unshift(writer);
    const mode = writer.ask('pragma journal_mode = wal', []).rows[0] as { journal_mode: string };
    if (mode.journal_mode !== 'wal')
      throw new StorageRefused(`The database file ${file} cannot use a write-ahead log: move it to another disk.`);
    writer.ask('pragma synchronous = full', []);
    writer.ask('pragma trusted_schema = off', []);
    const read = new SqliteConnection(file, { readOnly: true, timeout: READ_TIMEOUT, onFatal });
    // Closed before the writer, which then folds the log into the file.
    opened.unshift(read);
    return { writer, read, letGo };
  } catch (error) {
    letGo();
    throw error;
  }
}

// Nobody was named to stop the process: an error that nobody catches does.
function stopTheProcess(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}
