// The suites of this package keep these tables in a database, and measure time by this clock.
import type { Database, Migration } from '@hallpass/db';
import type { Wall } from '@hallpass/protocol';

export const wall: Wall = {
  now: () => Math.floor(Date.now() / 1000),
  ms: () => performance.now(),
  every(ms, task) {
    const timer = setInterval(task, ms);
    return { cancel: () => clearInterval(timer) };
  },
};

/** Two tables that a change writes together, and one that counts. */
export interface Tables {
  left: { id: string; note: string | null };
  right: { id: string; note: string | null };
  feed: { seq?: number; key: string };
}

export const tables: Migration[] = [
  {
    name: '0001-tables',
    async up(db, columns) {
      for (const name of ['left', 'right']) {
        await columns
          .table(db, name)
          .addColumn('id', columns.id, (column) => column.primaryKey())
          .addColumn('note', columns.text)
          .execute();
      }
      await columns
        .table(db, 'feed')
        .addColumn('seq', columns.sequence)
        .addColumn('key', columns.text, (column) => column.notNull())
        .execute();
    },
  },
];

/** Both tables in one look: ids that are on one side only would be half changes. */
export async function sides(database: Database<Tables>): Promise<{ whole: string[]; half: string[] }> {
  const rows = await database.read
    .selectFrom('left')
    .fullJoin('right', 'left.id', 'right.id')
    .select(['left.id as left', 'right.id as right'])
    .execute();
  const whole = rows.flatMap(({ left, right }) => (left !== null && right !== null ? [left] : []));
  const half = rows.flatMap(({ left, right }) => (left === null || right === null ? [left ?? right ?? ''] : []));
  return { whole: whole.sort(), half };
}

/** One change that writes both sides. */
export function both(database: Database<Tables>, id: string): Promise<string> {
  return database.act(async ({ tx }) => {
    await tx.insertInto('left').values({ id, note: null }).execute();
    await tx.insertInto('right').values({ id, note: null }).execute();
    return id;
  });
}
