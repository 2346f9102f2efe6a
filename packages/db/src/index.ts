// Opens SQLite or PostgreSQL the same way: columns, migrations, transactions, sealing.
export * from './columns.ts';
export * from './compiled.ts';
export * from './database.ts';
export * from './files.ts';
export * from './foreign/foreign-database.ts';
export { openForeignSqlite } from './foreign/foreign-sqlite.ts';
export * from './lease.ts';
export * from './migrate.ts';
export * from './open.ts';
export * from './queue/dispatcher.ts';
export * from './queue/queue-table.ts';
export type { PostgresOptions } from './postgres/postgres-pool.ts';
export * from './sealing.ts';
export { canCopyDatabases } from './sqlite/sqlite-connection.ts';
export { openSqlite } from './sqlite/sqlite.ts';
export type { SqliteDatabase, SqliteOptions } from './sqlite/sqlite.ts';
