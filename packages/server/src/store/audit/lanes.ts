// A lane is a chain of lines of the audit trail that one change after another adds to. A node has as many as it commits
// at once, so no change waits for the commit of another. The row of a lane says where it ends: without it, a cut at the
// end would leave a whole, shorter lane. Rows are kept.
import { prepare, StorageUnavailable, type Database, type WriteTransaction } from '@hallpass/db';
import type { Kysely } from 'kysely';
import { keyedHashText } from '../../hash.ts';
import type { Schema } from '../schema.ts';
import { type AuditLine, insertLine, lineRow, link } from './lines.ts';
import { openLane } from './seals.ts';

/** The end of a lane, as far as it is committed. */
export interface LaneEnd {
  lane: number;
  /** The number of its lines; 0 before the first. */
  lines: number;
  /** Chain value of its last line; empty before the first. */
  chain: string;
}

/** The lanes of one node on PostgreSQL. On SQLite changes share a transaction, and the end of the only lane is read in it. */
export class AuditLanes {
  readonly #free: LaneEnd[] = [];
  #count = 0;
  /** Lines that this node has added and not yet sealed. */
  unsealed = 0;

  /** A lane that no other change has. It is nobody's for good unless it is given back. */
  take(): LaneEnd {
    return this.#free.pop() ?? { lane: this.#count++, lines: 0, chain: '' };
  }

  /** Only after a commit that was answered: of any other change nobody knows whether its lines are there. */
  giveBack(end: LaneEnd): void {
    this.#free.push(end);
  }
}

/** Proves that the platform itself wrote where a lane ends. */
export const endProof = (key: Uint8Array, node: string, { lane, lines, chain }: LaneEnd): string =>
  keyedHashText(key, JSON.stringify(['lane', node, lane, lines, chain]));

const storedEnd = prepare((db: Kysely<Schema>, at: { node: string; lane: number }) =>
  db
    .selectFrom('audit_lanes')
    .select(['lane', 'lines', 'chain'])
    .where('node', '=', at.node)
    .where('lane', '=', at.lane),
);

const moveEnd = prepare(
  (db: Kysely<Schema>, to: LaneEnd & { node: string; proof: string; before: string; had: number }) =>
    db
      .updateTable('audit_lanes')
      .set({ lines: to.lines, chain: to.chain, proof: to.proof })
      .where('node', '=', to.node)
      .where('lane', '=', to.lane)
      .where('lines', '=', to.had)
      .where('chain', '=', to.before),
);

/** A line is written with the key of the trail, protocol time, and the node with its lanes. */
export interface AuditWriter {
  key: Uint8Array;
  now: number;
  node: string;
  lanes: AuditLanes;
}

/** Adds lines within a change. @throws StorageUnavailable when somebody else has moved the end of the lane */
export async function append(
  db: Database<Schema>,
  act: WriteTransaction<Schema>,
  { key, now, node, lanes }: AuditWriter,
  lines: readonly AuditLine[],
): Promise<void> {
  const onlyLane = db.kind === 'sqlite' ? { lane: 0, lines: 0, chain: '' } : undefined;
  const end = onlyLane ? ((await storedEnd.first(act.tx, { node, lane: 0 })) ?? onlyLane) : lanes.take();
  const { lane } = end;
  if (end.lines === 0) await openLane(db, act, { key, now }, { node, lane, proof: endProof(key, node, end) });
  let { chain } = end;
  for (const line of lines) {
    const row = lineRow(line, now, { node, lane });
    chain = link(key, chain, row);
    await insertLine.run(act.tx, { ...row, chain });
  }
  const moved: LaneEnd = { lane, lines: end.lines + lines.length, chain };
  const to = { ...moved, node, proof: endProof(key, node, moved), before: end.chain, had: end.lines };
  if ((await moveEnd.run(act.tx, to)) !== 1)
    throw new StorageUnavailable('A lane of the audit trail does not end as it did.');
  act.after(() => {
    lanes.unsealed += lines.length;
    if (!onlyLane) lanes.giveBack(moved);
  });
}
