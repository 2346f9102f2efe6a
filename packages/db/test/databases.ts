// Every suite runs on these databases. PostgreSQL is a real one, in DATABASE_URL; each suite has a schema of its own
// there.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { migrate, openDatabase } from '@hallpass/db';
import type { Database, DatabaseOptions, DatabaseEnvironment } from '@hallpass/db';
import pg from 'pg';
import { tables, wall } from './tables.ts';
import type { Tables } from './tables.ts';

/** A place for one database: opened any number of times, one after another or (PostgreSQL) together. */
export interface Place {
  readonly kind: 'sqlite' | 'postgres';
  options(extra?: Partial<DatabaseEnvironment>): DatabaseOptions;
  remove(): Promise<void>;
}

export function filePlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-db-'));
  return {
    kind: 'sqlite',
    options: (extra) => ({ kind: 'sqlite', file: join(directory, 'test.db'), wall, ...extra }),
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

export function memoryPlace(): Place {
  return {
    kind: 'sqlite',
    options: (extra) => ({ kind: 'sqlite', file: ':memory:', wall, ...extra }),
    remove: async () => {},
  };
}

function postgresUrl(): string {
  const url = process.env['DATABASE_URL'];
  if (url === undefined || url === '')
    throw new Error('These tests need PostgreSQL: node scripts/postgres.ts node --conditions=source --test …');
  return url;
}

export function postgresPlace(): Place & { url: string; schema: string } {
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const url = postgresUrl();
  return {
    kind: 'postgres',
    url,
    schema,
    options: (extra) => ({ kind: 'postgres', url, schema, wall, ...extra }),
    async remove() {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`drop schema if exists ${schema} cascade`);
      await client.end();
    },
  };
}

/** Opens the database of `place` with its tables. */
export async function openTables(place: Place, extra?: Partial<DatabaseEnvironment>): Promise<Database<Tables>> {
  const database = await openDatabase<Tables>(place.options(extra));
  await migrate(database, tables, wall);
  return database;
}

/** Makes an empty place on each database. */
export const places: Record<string, () => Place> = {
  'SQLite in a file': filePlace,
  'SQLite in memory': memoryPlace,
  PostgreSQL: postgresPlace,
};

/** Runs the same suite on each database; `open` closes what it opened before. */
export function onEach(
  title: string,
  suite: (place: Place, open: (extra?: Partial<DatabaseEnvironment>) => Promise<Database<Tables>>) => void,
): void {
  for (const [name, makePlace] of Object.entries(places)) {
    describe(`${title} (${name})`, () => {
      const place = makePlace();
      let opened: Database<Tables> | undefined;
      after(async () => {
        await opened?.close();
        await place.remove();
      });
      suite(place, async (extra) => {
        await opened?.close();
        opened = await openTables(place, extra);
        return opened;
      });
    });
  }
}
