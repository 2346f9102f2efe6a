// These queries find rows that wait for somebody's answer, by what their maker's right hangs on
// (liveness/waiting/waiting-kinds.ts).
import { sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { Query } from './query.ts';

/** Ids of people, apps, businesses and Pages of which a change has touched a right. */
export interface TouchedRights {
  people: ReadonlySet<string>;
  /** People whose grant to some app, or system users whose tokens, were touched. */
  callers: ReadonlySet<string>;
  apps: ReadonlySet<string>;
  businesses: ReadonlySet<string>;
  pages: ReadonlySet<string>;
}

/** A table whose rows wait, and the columns that hold such ids. */
export interface WaitingTable {
  table: keyof Schema;
  key: string;
  /** The value that a row that waits has in this column; absent where a row goes when it is answered. */
  waits?: { column: string; is: string | null };
  columns: Partial<Record<keyof TouchedRights, readonly string[]>>;
}

/** Keys of the waiting rows that hang on any of these. */
export async function waitingOn(
  q: Query,
  { table, key, waits, columns }: WaitingTable,
  touched: TouchedRights,
): Promise<string[]> {
  const found = new Set<string>();
  for (const kind of ['people', 'callers', 'apps', 'businesses', 'pages'] as const) {
    const ids = touched[kind];
    if (ids.size === 0) continue;
    for (const column of columns[kind] ?? []) {
      const open =
        waits === undefined
          ? sql``
          : waits.is === null
            ? sql`and ${sql.ref(waits.column)} is null`
            : sql`and ${sql.ref(waits.column)} = ${waits.is}`;
      const rows = await sql<{ key: string }>`
        select ${sql.ref(key)} as key from ${sql.table(table)} where ${sql.ref(column)} in (${sql.join([...ids])}) ${open}`.execute(
        q,
      );
      for (const row of rows.rows) found.add(row.key);
    }
  }
  return [...found];
}
