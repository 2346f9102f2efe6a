// Opens either database, by what the settings name.
import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import type { PostgresOptions } from './postgres-pool.ts';
import { openSqlite } from './sqlite.ts';
import type { SqliteOptions } from './sqlite.ts';

export type DatabaseOptions = ({ kind: 'sqlite' } & SqliteOptions) | ({ kind: 'postgres' } & PostgresOptions);

/** Throws `StorageRefused` when the database must not be used as it is, `StorageAway` when it cannot be reached. */
export async function openDatabase<S>(options: DatabaseOptions): Promise<Database<S>> {
  return options.kind === 'sqlite' ? openSqlite<S>(options) : openPostgres<S>(options);
}
