// The feed tells nodes on PostgreSQL which facts to forget: one row for each change, written in its transaction. No lock
// puts the rows in order. A row carries the number of its transaction, and a reader keeps the snapshot of its last look:
// new is what that snapshot did not see, however late it was committed. jobs/purge.ts deletes rows after some hours and
// never the newest: so a node can tell rows that were cleared away from rows that were lost.
import { prepare } from '@hallpass/db';
import { sql } from 'kysely';
import type { Query } from '../query.ts';

export interface FeedRow {
  seq: number;
  /** Keys of facts, as `factKey` makes them. */
  keys: readonly string[];
  /** Wall time of the node that wrote it. */
  at: number;
}

/** The place up to which a node has read. */
export interface FeedPosition {
  /** The snapshot of the last look, as `pg_current_snapshot()` writes it. */
  snapshot: string;
  /** Rows of the last look that found any. While they stand, the database has lost nothing that was read. */
  witnesses: readonly FeedRow[];
}

/** One look at the feed: everything in it is of the same moment. */
export interface FeedLook {
  snapshot: string;
  /** The rows that the position had not seen, in no particular order. */
  rows: readonly FeedRow[];
  /** The witnesses that still stand as they were. */
  standing: ReadonlySet<number>;
  newest: FeedRow | undefined;
  /** The server has given out fewer transaction numbers than the position has seen: the database moved to another one. */
  movedAway: boolean;
}

const inserted = prepare((db: Query, row: { keys: string; at: number }) =>
  db.insertInto('feed').values({ keys: row.keys, at: row.at }),
);

export async function append(q: Query, keys: readonly string[], at: number): Promise<void> {
  await inserted.run(q, { keys: JSON.stringify(keys), at });
}

/** So many rows are remembered as witnesses, those of the latest transactions. */
const WITNESSES = 1000;

/** A row as the database writes it into JSON. */
type Written = [seq: number, keys: string, at: number];

const readRow = ([seq, keys, at]: Written): FeedRow => ({ seq, keys: JSON.parse(keys) as string[], at });

/** Begins to follow: what is committed from now on is new. */
export async function present(q: Query): Promise<FeedPosition> {
  const { rows } = await sql<{ snapshot: string; newest: Written | null }>`
    select pg_current_snapshot()::text as snapshot,
      (select json_build_array(seq, keys, at) from feed order by seq desc limit 1) as newest`.execute(q);
  const [{ snapshot, newest } = { snapshot: '', newest: null }] = rows;
  return { snapshot, witnesses: newest === null ? [] : [readRow(newest)] };
}

/**
 * Looks for what the position has not seen: transactions that began after it, and those that were open at it. A
 * transaction that stays open is asked for by its number and holds nobody back. Rows that came with a copy from another
 * server may have numbers that are still to be given out here, and are not looked at.
 * @param most where there are more new rows, so many of them are answered
 */
export async function look(q: Query, { snapshot, witnesses }: FeedPosition, most: number): Promise<FeedLook> {
  const known = JSON.stringify(witnesses.map(({ seq, keys, at }) => [seq, JSON.stringify(keys), at]));
  const { rows } = await sql<{
    snapshot: string;
    rows: Written[];
    standing: number[];
    newest: Written | null;
    moved_away: boolean;
  }>`
    with unseen as (
      select seq, keys, at, xact from feed where xact >= pg_snapshot_xmax(${snapshot}::pg_snapshot)
        and xact < pg_snapshot_xmax(pg_current_snapshot())
      union all
      select seq, keys, at, xact from feed where xact = any (array(select pg_snapshot_xip(${snapshot}::pg_snapshot)))
      limit ${most}
    )
    select pg_current_snapshot()::text as snapshot,
      (select coalesce(json_agg(json_build_array(seq, keys, at) order by xact desc), '[]') from unseen) as rows,
      (select coalesce(json_agg(feed.seq), '[]') from json_array_elements(${known}::json) as known
        join feed on feed.seq = (known->>0)::bigint and feed.keys = known->>1 and feed.at = (known->>2)::bigint) as standing,
      (select json_build_array(seq, keys, at) from feed order by seq desc limit 1) as newest,
      pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmax(${snapshot}::pg_snapshot) as moved_away`.execute(q);
  const [found] = rows;
  if (found === undefined) throw new TypeError('A look at the feed has one row.');
  return {
    snapshot: found.snapshot,
    rows: found.rows.map(readRow),
    standing: new Set(found.standing),
    newest: found.newest === null ? undefined : readRow(found.newest),
    movedAway: found.moved_away,
  };
}

/** The position after a look: where it found nothing new, the witnesses of before remain. */
export const after = ({ witnesses }: FeedPosition, { snapshot, rows }: FeedLook): FeedPosition => ({
  snapshot,
  witnesses: rows.length === 0 ? witnesses : rows.slice(0, WITNESSES),
});

/** Deletes from the beginning, up to the first row that is not older; the newest stays. */
export async function purge(q: Query, before: number, limit: number): Promise<number> {
  const rows = await q
    .selectFrom('feed')
    .select(['seq', 'at'])
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  // One more is read than is deleted, so the newest is never among those that go.
  const kept = rows.findIndex((row, i) => row.at >= before || i === rows.length - 1);
  const end = rows[kept - 1];
  if (end === undefined) return 0;
  await q.deleteFrom('feed').where('seq', '<=', end.seq).execute();
  return kept;
}
