// This module runs strangers at every door, and looks at what is left of them in the database: the counted rows of each
// table, and bytes.
import { sql } from 'kysely';
import { flushUsage } from '../../src/jobs/flush-usage.ts';
import { NETWORKS } from '../../src/store/codes/attempts.ts';
import { doorsOf } from './strangers.ts';
import { cast, seed, testWorld, type TestWorld } from '../world.ts';

/** So many requests are on their way at once. */
const AT_ONCE = 50;

/**
 * Strangers may leave so many rows: counters of tries, codes of devices, the usage and the one line for each app there
 * is, what is made once at the first call, and on PostgreSQL what nodes tell each other of that.
 */
export const mostRows: Readonly<Record<string, number>> = {
  attempts: NETWORKS + 20,
  // A node has as many lanes as it commits lines of the audit trail at once, which is no more than it has lines.
  audit_lanes: 10,
  // A lane is sealed once when it begins, and at most once for each line after that.
  audit_seals: 20,
  device_codes: 10_000,
  usage_counts: 50,
  usage_days: 10,
  usage_kinds: 20,
  usage_recent: 400,
  events: 10,
  feed: 20,
  meta: 5,
  oidc_keys: 3,
};
export const MOST_BYTES = 12 * 1024 * 1024;

export interface LeftByStrangers {
  requests: number;
  doors: number;
  /** Answers by their status. */
  statuses: ReadonlyMap<number, number>;
  /** Rows more than before, of the tables that have more. */
  rows: ReadonlyMap<string, number>;
  /** Bytes more than before. */
  bytes: number;
}

/** A world at whose every door strangers can knock: also that of devices. */
export function worldOfStrangers(
  options: Omit<NonNullable<Parameters<typeof testWorld>[0]>, 'seed'> = {},
): Promise<TestWorld> {
  const apps = seed.apps.map((app) =>
    app.id === cast.shop.id ? { ...app, settings: { ...app.settings, deviceLogin: true } } : app,
  );
  return testWorld({ ...options, seed: { ...seed, apps } });
}

/** Sends so many requests of strangers, each from a network of its own, to all doors in turns. */
export async function knockEverywhere(world: TestWorld, requests: number): Promise<LeftByStrangers> {
  const doors = await doorsOf(world);
  const before = await rowsOf(world);
  const size = await bytesOf(world);
  const statuses = new Map<number, number>();
  for (let n = 0; n < requests; n += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, requests - n) }, async (_, at) => {
        const { status } = await world.send(doors[(n + at) % doors.length]?.knock(n + at) ?? { path: '/' });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }),
    );
  await flushUsage(world.server.installation);
  const more = [...(await rowsOf(world))].map(([table, now]) => [table, now - (before.get(table) ?? 0)] as const);
  return {
    requests,
    doors: doors.length,
    statuses,
    rows: new Map(more.filter(([, rows]) => rows > 0)),
    bytes: (await bytesOf(world)) - size,
  };
}

/** Rows of each table. */
export async function rowsOf({ server }: TestWorld): Promise<Map<string, number>> {
  const { db } = server.installation;
  const found = new Map<string, number>();
  for (const table of await tablesOf({ server })) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db.read);
    found.set(table, Number(rows[0]?.n));
  }
  return found;
}

/** Tables of this world alone: on PostgreSQL others have their own in the same database. */
async function tablesOf({ server }: Pick<TestWorld, 'server'>): Promise<string[]> {
  const { db } = server.installation;
  if (db.kind === 'sqlite') return (await db.read.introspection.getTables()).map(({ name }) => name);
  const { rows } = await sql<{ name: string }>`
    select table_name::text as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(db.read);
  return rows.map(({ name }) => name);
}

async function bytesOf(world: TestWorld): Promise<number> {
  const { db } = world.server.installation;
  if (db.kind === 'postgres') {
    const { rows } = await sql<{ bytes: string }>`
      select coalesce(sum(pg_total_relation_size(c.oid)), 0) as bytes from pg_class c
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'`.execute(db.read);
    return Number(rows[0]?.bytes);
  }
  const [pages, size] = [
    await sql<{ page_count: number }>`pragma page_count`.execute(db.read),
    await sql<{ page_size: number }>`pragma page_size`.execute(db.read),
  ];
  return Number(pages.rows[0]?.page_count) * Number(size.rows[0]?.page_size);
}
