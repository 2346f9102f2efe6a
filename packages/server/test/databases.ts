// Server suites run on these databases: SQLite in memory, and a real PostgreSQL (DATABASE_URL) with a schema for each
// world.
import { randomBytes } from 'node:crypto';
import type { DatabaseOptions } from '@hallpass/db';
import { nodeWorld } from '@hallpass/world';

export const { wall } = nodeWorld();

/** Name and a function that gives the options of a new, empty database. */
export function databases(): [name: string, open: () => Promise<DatabaseOptions>][] {
  const url = process.env.DATABASE_URL;
  if (url === undefined) throw new Error('DATABASE_URL is not set: run this suite by `npm test -- db`');
  return [
    ['SQLite', async () => ({ kind: 'sqlite', file: ':memory:', wall })],
    [
      'PostgreSQL',
      async () => ({ kind: 'postgres', url, schema: `test_${randomBytes(6).toString('hex')}`, poolSize: 4, wall }),
    ],
  ];
}
