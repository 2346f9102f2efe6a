// A schema in PostgreSQL that belongs to another program: a test writes into it as that program would.
import pg from 'pg';
import { postgresPlace } from './databases.ts';

type Value = string | number | null;

interface ScratchPostgres {
  /** The address, in whose schema it is. */
  url: string;
  run(sql: string, values?: readonly Value[]): Promise<void>;
  all(table: string): Promise<unknown[]>;
  remove(): Promise<void>;
}

export async function scratchPostgres(): Promise<ScratchPostgres> {
  const { url, schema, remove } = postgresPlace();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create schema ${schema}`);
  await client.query(`set search_path to ${schema}`);
  const there = new URL(url);
  there.searchParams.set('options', `-c search_path=${schema}`);
  return {
    url: there.href,
    async run(sql, values = []) {
      await client.query(sql, [...values]);
    },
    all: async (table) => (await client.query(`select * from ${table}`)).rows,
    async remove() {
      await client.end();
      await remove();
    },
  };
}
