// One look tells in which tables something has an id, and so what the id can be of. An id from outside names anything
// that a call of the Graph can be about.
import { prepare } from '@hallpass/db';
import { keysOf } from '@hallpass/protocol';
import { sql } from 'kysely';
import type { Query } from './query.ts';

/** The tables, and the column by whose value something is named to callers. */
const columns = {
  app_people: 'scoped_id',
  pages: 'id',
  apps: 'id',
  posts: 'id',
  comments: 'id',
  photos: 'id',
  businesses: 'id',
  business_people: 'id',
  business_invitations: 'id',
  ad_accounts: 'id',
  campaigns: 'id',
  ad_report_runs: 'id',
  app_invitations: 'id',
  access_requests: 'id',
} as const;

/** A table with rows that callers name. */
export type NamedTable = keyof typeof columns;

const look = prepare((db: Query, { id }: { id: string }) => {
  const looks = keysOf(columns).map(
    (table) =>
      sql`select ${sql.lit(table)} as name where exists
        (select 1 from ${sql.table(table)} where ${sql.ref(columns[table])} = ${id})`,
  );
  const all = sql<{ name: NamedTable }>`${sql.join(looks, sql` union all `)}`;
  return { compile: () => all.compile(db) };
});

/** The tables with a row of this id. */
export async function tablesOf(q: Query, id: string): Promise<readonly NamedTable[]> {
  return (await look.all(q, { id })).map(({ name }) => name);
}
