// Brings the tables to what the code expects: numbered steps, forward only, each in one transaction together with the
// note that it was done. One node does it while the others wait.
import type { Wall } from '@hallpass/protocol';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { COLUMNS } from './columns.ts';
import type { Columns } from './columns.ts';
import { StorageRefused } from './database.ts';
import type { Database, Step } from './database.ts';

export interface Migration {
  /** Four digits and a few words: `0001-first`. Never changed once it has run anywhere. */
  readonly name: string;
  up(db: Kysely<any>, columns: Columns): Promise<void>;
}

interface MigrationLog {
  migrations: { name: string; at: number };
}

/**
 * Applies what is missing of `list`, in order, and answers the names applied. Throws `StorageRefused` when the database
 * has been brought further than `list` knows.
 */
export async function migrate<S>(
  database: Database<S>,
  list: readonly Migration[],
  wall: Pick<Wall, 'now'>,
): Promise<string[]> {
  checkNames(list);
  const columns = COLUMNS[database.kind];
  return database.alone(async (step) => {
    const known = await notesOf(step as Step<any>, columns);
    const missing = afterKnown(list, known);
    for (const { name, up } of missing) {
      await step(async (tx) => {
        await up(tx, columns);
        await (tx as unknown as Kysely<MigrationLog>)
          .insertInto('migrations')
          .values({ name, at: wall.now() })
          .execute();
      });
    }
    return missing.map(({ name }) => name);
  });
}

async function notesOf(step: Step<MigrationLog>, columns: Columns): Promise<string[]> {
  return step(async (tx) => {
    await columns
      .table(tx, 'migrations')
      .ifNotExists()
      .addColumn('name', columns.text, (column) => column.primaryKey())
      .addColumn('at', columns.moment, (column) => column.notNull())
      .execute();
    const rows = await tx.selectFrom('migrations').select('name').orderBy(sql`name`).execute();
    return rows.map(({ name }) => name);
  });
}

function afterKnown(list: readonly Migration[], known: readonly string[]): readonly Migration[] {
  const names = new Set(list.map(({ name }) => name));
  const unknown = known.find((name) => !names.has(name));
  if (unknown !== undefined) {
    throw new StorageRefused(
      `The database was used by a newer version (it has the migration ${unknown}, which this version does not know): start that version, or restore a backup from before.`,
    );
  }
  const skipped = list.findIndex(({ name }) => !known.includes(name));
  if (skipped !== -1 && skipped < known.length) {
    throw new StorageRefused(
      `The migration ${list[skipped]?.name} is missing in the database although later ones are there: start the version that made this database.`,
    );
  }
  return list.slice(known.length);
}

function checkNames(list: readonly Migration[]): void {
  for (const [at, { name }] of list.entries()) {
    const before = list[at - 1]?.name ?? '';
    if (!/^\d{4}-[a-z0-9-]+$/.test(name) || name.slice(0, 4) <= before.slice(0, 4))
      throw new TypeError(`The migration ${name} is out of order or misnamed: 0001-first, 0002-next.`);
  }
}
