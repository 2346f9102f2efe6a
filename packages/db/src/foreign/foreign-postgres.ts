// A PostgreSQL of another program: one connection, one read-only transaction, and a cursor for each query.
import pg from 'pg';
import { inOurWords } from '../postgres/postgres-errors.ts';
import { clientConfig } from '../postgres/postgres-pool.ts';
import type { ForeignDatabase, ForeignTable } from './foreign-database.ts';

/** Rows that are fetched at a time. */
const SOME = 500;
const CURSOR = 'hallpass_reading';
const TIMESTAMP = 1114;

/**
 * Begins to read. Nothing can be written on this connection, and nothing is locked: its owner goes on meanwhile.
 *
 * @param url `postgres://…`
 * @throws StorageRefused for what is no address, StorageUnavailable
 */
export async function openForeignPostgres(url: string): Promise<ForeignDatabase> {
  const client = new pg.Client({
    ...clientConfig({ url }),
    options: '-c default_transaction_read_only=on',
    types: {
      // Moments without a zone are UTC in these databases; the driver would take them for the time of this machine.
      getTypeParser: (type: number, format?: string) =>
        type === TIMESTAMP ? (text: string) => text : pg.types.getTypeParser(type, format as 'text'),
    },
  });
  client.on('error', () => {});
  const ask = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> => {
    try {
      return (await client.query<T>(sql, values)).rows;
    } catch (error) {
      throw inOurWords(error);
    }
  };
  try {
    await client.connect();
    await ask('begin transaction isolation level repeatable read, read only');
  } catch (error) {
    await client.end().catch(() => undefined);
    throw inOurWords(error);
  }
  return {
    async tables(names) {
      const found = await ask<{ schema: string; name: string; columns: string[] }>(
        `select table_schema as schema, table_name as name, array_agg(column_name::text order by ordinal_position) as columns
        from information_schema.columns where table_name = any($1) group by table_schema, table_name
        order by table_schema = current_schema() desc, table_schema, table_name`,
        [[...names]],
      );
      return found.map((table): ForeignTable => table);
    },
    async *rows(sql) {
      await ask(`declare ${CURSOR} no scroll cursor for ${sql}`);
      try {
        for (;;) {
          const rows = await ask<Record<string, unknown>>(`fetch ${SOME} from ${CURSOR}`);
          yield* rows;
          if (rows.length < SOME) return;
        }
      } finally {
        await ask(`close ${CURSOR}`).catch(() => undefined);
      }
    },
    async close() {
      await client.end().catch(() => undefined);
    },
  };
}
