// Opens either database, by what the settings name.
import type { Database } from './database.ts';
import type { ForeignDatabase } from './foreign/foreign-database.ts';
import type { PostgresOptions } from './postgres/postgres-pool.ts';
import { openSqlite } from './sqlite/sqlite.ts';
import type { SqliteOptions } from './sqlite/sqlite.ts';

export type DatabaseOptions = ({ kind: 'sqlite' } & SqliteOptions) | ({ kind: 'postgres' } & PostgresOptions);

/** Opens PostgreSQL for any number of nodes. Its driver is loaded here, because most starts do without it. */
export async function openPostgres<S>(options: PostgresOptions): Promise<Database<S>> {
  const postgres = await import('./postgres/postgres.ts');
  return postgres.openPostgres<S>(options);
}

/** Throws `StorageRefused` when the database must not be used as it is, `StorageUnavailable` when it cannot be reached. */
export async function openDatabase<S>(options: DatabaseOptions): Promise<Database<S>> {
  return options.kind === 'sqlite' ? openSqlite<S>(options) : openPostgres<S>(options);
}

/** Begins to read the PostgreSQL of another program. @throws StorageRefused for what is no address, StorageUnavailable */
export async function openForeignPostgres(url: string): Promise<ForeignDatabase> {
  const postgres = await import('./foreign/foreign-postgres.ts');
  return postgres.openForeignPostgres(url);
}
