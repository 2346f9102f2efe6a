// This module walks the whole audit trail: lines that were edited or taken out, lanes that were cut or taken out, and
// seals that were meddled with show.
import type { Kysely, Selectable } from 'kysely';
import { keyedHashText } from '../../hash.ts';
import * as meta from '../installation/meta.ts';
import type { Schema } from '../schema.ts';
import { endProof, type LaneEnd } from './lanes.ts';
import { type LineRow, link } from './lines.ts';
import { SEAL_END, sealEnd, sealLink, type SealedEnd } from './seals.ts';

export interface AuditVerdict {
  rows: number;
  /** Sequence number of the first row that does not follow from the one before it. */
  brokenAt: number | undefined;
  /** Number of the first seal that does not follow from the one before it. */
  brokenSeal: number | undefined;
  /** Rows are missing at an end. */
  cut: boolean;
  /** The chain value of the newest seal: keep it elsewhere to notice that the whole database is an older one. */
  head: string;
}

type Query = Kysely<Schema>;

/** An end that was written down: after so many lines of its lane the chain has this value. */
type Witness = Pick<LaneEnd, 'lines' | 'chain'>;

/** Rows read at once. */
const PAGE = 1000;

/** Walks the whole trail, also while it grows. */
export async function verify(q: Query, key: Uint8Array): Promise<AuditVerdict> {
  // The ends first: lines that are added meanwhile come after them.
  const seals = await walkSeals(q, key);
  const ends = await readEnds(q, key);
  const old = await meta.get(q, OLD_END);
  const { rows, brokenAt, lanes } = await walkLines(q, key, [...ends.witnesses, ...seals.witnesses]);
  const cut =
    seals.cut ||
    ends.forged ||
    (brokenAt === undefined && ([...lanes.values()].some(isShort) || !endsAt(old, key, lanes.get(OLD_LANE)))) ||
    !(await haveRows(
      q,
      [...lanes.keys()].filter((name) => name !== OLD_LANE),
    ));
  return { rows, brokenAt, brokenSeal: seals.brokenSeal, cut, head: seals.head };
}

/** Lines of before there were lanes are one chain over all nodes. */
const OLD_LANE = 'old';
/** The row of `meta` that says where that chain ends. */
const OLD_END = 'audit_end';

const endsAt = (end: string | undefined, key: Uint8Array, lane: WalkedLane | undefined): boolean =>
  lane === undefined ? end === undefined : end === `${lane.chain}.${keyedHashText(key, `end|${lane.chain}`)}`;

const laneName = (node: string, lane: number | null): string => (lane === null ? OLD_LANE : `${node}/${lane}`);

/** All rows of a table that counts them, page by page. */
async function* all<Row extends { seq: number }>(page: (after: number) => Promise<Row[]>): AsyncGenerator<Row> {
  for (let rows = await page(0); rows.length > 0; rows = await page(rows.at(-1)?.seq ?? 0)) yield* rows;
}

const linesAfter = (q: Query, seq: number) =>
  q.selectFrom('events').selectAll().where('seq', '>', seq).orderBy('seq').limit(PAGE).execute();

const sealsAfter = (q: Query, seq: number) =>
  q.selectFrom('audit_seals').selectAll().where('seq', '>', seq).orderBy('seq').limit(PAGE).execute();

/** Of each lane the newest seal is enough: its chain value hangs on all lines before. */
async function walkSeals(
  q: Query,
  key: Uint8Array,
): Promise<{
  head: string;
  brokenSeal: number | undefined;
  cut: boolean;
  witnesses: [string, Witness][];
}> {
  const end = await meta.get(q, SEAL_END);
  const sealed = new Map<string, Witness>();
  let reachedEnd = false;
  let chain = '';
  for await (const { seq, chain: stored, ...row } of all((seq) => sealsAfter(q, seq))) {
    chain = sealLink(key, chain, row);
    if (chain !== stored) return { head: chain, brokenSeal: seq, cut: false, witnesses: [] };
    for (const [node, lane, lines, value] of JSON.parse(row.ends) as SealedEnd[])
      sealed.set(laneName(node, lane), { lines, chain: value });
    if (end === sealEnd(key, chain)) reachedEnd = true;
  }
  const cut = end === undefined ? chain !== '' : !reachedEnd;
  return { head: chain, brokenSeal: undefined, cut, witnesses: [...sealed] };
}

async function readEnds(q: Query, key: Uint8Array): Promise<{ witnesses: [string, Witness][]; forged: boolean }> {
  const rows = await q.selectFrom('audit_lanes').selectAll().execute();
  return {
    witnesses: rows.map(({ node, lane, lines, chain }) => [laneName(node, lane), { lines, chain }]),
    forged: rows.some(({ node, proof, ...end }) => proof !== endProof(key, node, end)),
  };
}

/** True when each of these lanes has its row. */
async function haveRows(q: Query, lanes: readonly string[]): Promise<boolean> {
  const rows = await q.selectFrom('audit_lanes').select(['node', 'lane']).execute();
  const known = new Set(rows.map(({ node, lane }) => laneName(node, lane)));
  return lanes.every((name) => known.has(name));
}

interface WalkedLane {
  lines: number;
  chain: string;
  /** Number of the last line that was walked. */
  seq: number;
  witnesses: Witness[];
}

async function walkLines(
  q: Query,
  key: Uint8Array,
  witnesses: readonly [string, Witness][],
): Promise<{ rows: number; brokenAt: number | undefined; lanes: ReadonlyMap<string, WalkedLane> }> {
  const lanes = new Map<string, WalkedLane>();
  const laneOf = (name: string): WalkedLane => {
    const lane = lanes.get(name) ?? { lines: 0, chain: '', seq: 0, witnesses: [] };
    lanes.set(name, lane);
    return lane;
  };
  for (const [name, witness] of witnesses) laneOf(name).witnesses.push(witness);
  let rows = 0;
  for await (const line of all((seq) => linesAfter(q, seq))) {
    const lane = laneOf(laneName(line.node, line.lane));
    // A line with a lower number may have been committed after its page was read: it is there by now.
    const follows = line.lane === null || link(key, lane.chain, rowOf(line)) === line.chain;
    for (const one of follows ? [line] : await between(q, lane.seq, line)) {
      lane.chain = link(key, lane.chain, rowOf(one));
      lane.lines++;
      rows++;
      if (lane.chain !== one.chain || !agrees(lane)) return { rows, brokenAt: one.seq, lanes };
      lane.seq = one.seq;
    }
  }
  return { rows, brokenAt: undefined, lanes };
}

const isShort = ({ lines, witnesses }: WalkedLane): boolean => witnesses.some((witness) => witness.lines > lines);

const agrees = ({ lines, chain, witnesses }: WalkedLane): boolean =>
  witnesses.every((witness) => witness.lines !== lines || witness.chain === chain);

type StoredLine = Selectable<Schema['events']>;

const rowOf = ({ seq: _seq, chain: _chain, ...row }: StoredLine): LineRow => row;

/** The lines of a lane after `seq`, up to and with `line`. */
function between(q: Query, seq: number, { node, lane, seq: last }: StoredLine): Promise<StoredLine[]> {
  return q
    .selectFrom('events')
    .selectAll()
    .where('seq', '>', seq)
    .where('seq', '<=', last)
    .where('node', '=', node)
    .where('lane', '=', lane)
    .orderBy('seq')
    .execute();
}
