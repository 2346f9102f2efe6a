// A table can be a queue: its rows wait until they are due, are taken under a lease, and end. Rows
// with the same values in some columns form a line, which is worked on by one node at a time. The outbox of a server and
// the deliveries of a vault are such tables.
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { givenBack, isFree, type Lease, type LeaseColumns, taken } from '../lease.ts';

/** The columns that the table of a queue has, beside those that say what is in it. */
export interface QueueColumns extends LeaseColumns {
  id: string;
  /** Counts up within the line. */
  place: number;
  /** `waiting` until its end; the table says what ends there are. */
  state: string;
  /** JSON: the tries so far. */
  tries: string;
  created_at: number;
  due_at: number;
  ended_at: number | null;
}

/** Two moments, epoch seconds: `now` of the clock by which rows fall due, `wall` of real time, by which leases end. */
export interface QueueTime {
  now: number;
  wall: number;
}

export interface QueueTable<Row extends QueueColumns, Key extends keyof Row & string> {
  /** Lines in which something is due and nothing is being sent, the longest due first. */
  dueLines(q: QueryExecutorProvider, time: QueueTime, limit: number): Promise<Pick<Row, Key>[]>;
  /** The time when the next row falls due that nobody has taken; undefined when nothing waits. */
  nextDue(q: QueryExecutorProvider, wall: number): Promise<number | undefined>;
  /** The last place of a line, 0 for an empty one, and the latest time at which a row of it falls due. */
  endOf(q: QueryExecutorProvider, line: Pick<Row, Key>): Promise<{ place: number; due: number }>;
  /**
   * Takes up to `most` rows that are due at the head of a line. Of any number of nodes one gets them: each row is taken
   * by a conditional update, and nothing is taken while another node works on this line.
   */
  take(tx: QueryExecutorProvider, line: Pick<Row, Key>, lease: Lease & { now: number; most: number }): Promise<Row[]>;
  /** Writes what became of a row and gives it back. Where the lease was lost to another node, that one's word counts. */
  settle(tx: QueryExecutorProvider, row: { id: string; owner: string }, values: Partial<Row>): Promise<void>;
  /** Lets every waiting row wait until `due`: of one line, or of all lines that agree with `lines`. */
  postpone(
    tx: QueryExecutorProvider,
    lines: Partial<Pick<Row, Key>>,
    until: { due: number; wall: number },
  ): Promise<void>;
}

interface QueueOptions<Row extends QueueColumns, Key extends keyof Row & string> {
  table: string;
  /** Rows with the same values in these columns form a line. */
  line: readonly Key[];
  /** In a line that goes in its order, everything behind a row that waits for another try waits with it. */
  isInOrder(line: Pick<Row, Key>): boolean;
}

/** Gives the functions of a queue in this table. Its index should be over the columns of a line and `place`. */
export function queueTable<Row extends QueueColumns, Key extends keyof Row & string>({
  table: name,
  line: keys,
  isInOrder,
}: QueueOptions<Row, Key>): QueueTable<Row, Key> {
  const table = sql.table(name);
  const lineColumns = sql.join(keys.map((key) => sql.ref(key)));
  /** The waiting rows of lines that have these values. */
  const waitingIn = (line: Partial<Pick<Row, Key>>): RawBuilder<unknown> =>
    sql.join(
      [
        ...keys.flatMap((key) => (line[key] === undefined ? [] : [sql`${sql.ref(key)} = ${line[key]}`])),
        sql`state = 'waiting'`,
      ],
      sql` and `,
    );
  const assigned = (values: Readonly<Record<string, unknown>>): RawBuilder<unknown> =>
    sql.join(Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`));

  const postpone: QueueTable<Row, Key>['postpone'] = async (tx, lines, { due, wall }) => {
    await sql`update ${table} set due_at = ${due} where ${waitingIn(lines)} and due_at < ${due} and ${isFree(wall)}`.execute(
      tx,
    );
  };

  return {
    postpone,
    async dueLines(q, { now, wall }, limit) {
      const found = sql<Pick<Row, Key>>`select ${lineColumns} from ${table}
        where state = 'waiting' and due_at <= ${now} group by ${lineColumns}
        having max(coalesce(lease_until, 0)) <= ${wall} order by min(due_at) limit ${limit}`;
      return (await found.execute(q)).rows;
    },
    async nextDue(q, wall) {
      const found = sql<{
        due: number | null;
      }>`select min(due_at) as due from ${table} where state = 'waiting' and ${isFree(wall)}`;
      const due = (await found.execute(q)).rows[0]?.due ?? null;
      return due === null ? undefined : Number(due);
    },
    async endOf(q, line) {
      const ofLine = sql.join(
        keys.map((key) => sql`${sql.ref(key)} = ${line[key]}`),
        sql` and `,
      );
      const last = sql<{ place: number | null }>`select max(place) as place from ${table} where ${ofLine}`;
      const latest = sql<{ due: number | null }>`select max(due_at) as due from ${table} where ${waitingIn(line)}`;
      const place = Number((await last.execute(q)).rows[0]?.place ?? 0);
      return { place, due: Number((await latest.execute(q)).rows[0]?.due ?? 0) };
    },
    async take(tx, line, { now, most, ...lease }) {
      const { wall } = lease;
      const busy = sql`select id from ${table} where ${waitingIn(line)} and lease_until > ${wall} limit 1`;
      if ((await busy.execute(tx)).rows.length > 0) return [];
      const due = isInOrder(line) ? sql`` : sql` and due_at <= ${now}`;
      const head = sql<Row>`select * from ${table} where ${waitingIn(line)}${due} order by place, id limit ${most}`;
      const waiting = (await head.execute(tx)).rows;
      const [first] = waiting;
      if (first === undefined) return [];
      if (first.due_at > now) {
        await postpone(tx, line, { due: first.due_at, wall });
        return [];
      }
      const got: Row[] = [];
      for (const row of waiting) {
        if (row.due_at > now) break;
        const take = sql`update ${table} set ${assigned({ ...taken(lease) })}
          where id = ${row.id} and state = 'waiting' and ${isFree(wall)}`;
        // Another node was quicker: the rest of the line is its own, too.
        if ((await take.execute(tx)).numAffectedRows === 0n) break;
        got.push(row);
      }
      return got;
    },
    async settle(tx, { id, owner }, values) {
      await sql`update ${table} set ${assigned({ ...values, ...givenBack })}
        where id = ${id} and lease_owner = ${owner}`.execute(tx);
    },
  };
}
