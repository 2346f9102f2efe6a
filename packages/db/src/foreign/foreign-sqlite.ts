// A SQLite file of another program, opened read only.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StorageRefused } from '../database.ts';
import { faultOf } from '../sqlite/sqlite-connection.ts';
import { type ForeignDatabase, type ForeignTable } from './foreign-database.ts';

/** Milliseconds for which a program that is writing is waited for. */
const PATIENCE = 5000;

/** @throws StorageRefused where the file isn't there, StorageUnavailable where it can't be read */
export function openForeignSqlite(file: string): ForeignDatabase {
  if (!existsSync(file)) throw new StorageRefused(`The database file ${file} isn't there.`);
  const db = inWords(() => new DatabaseSync(file, { readOnly: true, timeout: PATIENCE }));
  return {
    async tables(names) {
      return inWords(() =>
        names.flatMap((name): ForeignTable[] => {
          const columns = db.prepare(`select name from pragma_table_info(?)`).all(name);
          return columns.length === 0
            ? []
            : [{ schema: undefined, name, columns: columns.map((column) => String(column['name'])) }];
        }),
      );
    },
    async *rows(sql) {
      const found = inWords(() => db.prepare(sql).iterate());
      for (;;) {
        const next = inWords(() => found.next());
        if (next.done === true) return;
        yield { ...next.value };
      }
    },
    async close() {
      db.close();
    },
  };
}

function inWords<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw faultOf(error)?.away ?? error;
  }
}
