// Others work on the same PostgreSQL: a person at psql, a backup, a node that hangs. Their transactions may stay open for as
// long as they like, because no limit of ours is set for them.
import pg from 'pg';
import type { DatabaseOptions } from '../src/index.ts';

interface Statement {
  text: string;
  values?: readonly (number | string)[];
}

/** Opens a transaction for each list of statements, on connections of their own. @returns commits them */
export async function openTransactions(
  database: DatabaseOptions,
  begun: readonly (readonly Statement[])[],
): Promise<() => Promise<void>> {
  if (database.kind !== 'postgres') throw new TypeError('Others have a part in a PostgreSQL only.');
  const { url, schema } = database;
  const clients: pg.Client[] = [];
  for (const statements of begun) {
    const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
    await client.connect();
    for (const { text, values = [] } of statements) await client.query(text, [...values]);
    clients.push(client);
  }
  return async () => {
    for (const client of clients) {
      await client.query('commit');
      await client.end();
    }
  };
}
