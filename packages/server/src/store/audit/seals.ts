// Seals are the chain of the ends of lanes: each lists the lanes that have grown since the one before, and every new lane
// is named by one before its first line. So a lane that is taken out, or put back to a shorter one, shows. Rows are kept.
import type { Database, WriteTransaction } from '@hallpass/db';
import type { Kysely } from 'kysely';
import { keyedHashText } from '../../hash.ts';
import * as meta from '../installation/meta.ts';
import type { Schema } from '../schema.ts';

/** A lane of a node that had so many lines, the last of them with this chain value. */
export type SealedEnd = readonly [node: string, lane: number, lines: number, chain: string];

/** The key of the trail, and protocol time. */
interface SealWriter {
  key: Uint8Array;
  now: number;
}

/** The row of `meta` that says where the chain of seals ends. */
export const SEAL_END = 'audit_seal_end';

export const sealEnd = (key: Uint8Array, chain: string): string => keyedHashText(key, `seal end|${chain}`);

/** The chain value of a seal after the one with the chain value `before`. */
export const sealLink = (key: Uint8Array, before: string, { at, ends }: { at: number; ends: string }): string =>
  keyedHashText(key, JSON.stringify(['seal', before, at, ends]));

/** Names a new lane, within the change that writes its first line. */
export async function openLane(
  db: Database<Schema>,
  act: WriteTransaction<Schema>,
  writer: SealWriter,
  { node, lane, proof }: { node: string; lane: number; proof: string },
): Promise<void> {
  await act.tx.insertInto('audit_lanes').values({ node, lane, lines: 0, chain: '', proof, sealed: 0 }).execute();
  await addSeal(db, act, writer, [[node, lane, 0, '']]);
}

/** Seals the lanes of all nodes that have grown since the last time. @returns how many they were */
export async function sealLanes(
  db: Database<Schema>,
  act: WriteTransaction<Schema>,
  writer: SealWriter,
): Promise<number> {
  const grown = await act.tx
    .selectFrom('audit_lanes')
    .select(['node', 'lane', 'lines', 'chain'])
    .whereRef('lines', '>', 'sealed')
    .orderBy('node')
    .orderBy('lane')
    .execute();
  if (grown.length === 0) return 0;
  await addSeal(
    db,
    act,
    writer,
    grown.map(({ node, lane, lines, chain }) => [node, lane, lines, chain]),
  );
  for (const { node, lane, lines } of grown)
    await act.tx
      .updateTable('audit_lanes')
      .set({ sealed: lines })
      .where('node', '=', node)
      .where('lane', '=', lane)
      .execute();
  return grown.length;
}

async function addSeal(
  db: Database<Schema>,
  act: WriteTransaction<Schema>,
  { key, now }: SealWriter,
  sealed: readonly SealedEnd[],
): Promise<void> {
  await db.inOrder(act, 'hallpass_audit_seal');
  const row = { at: now, ends: JSON.stringify(sealed) };
  const chain = sealLink(key, await newestSeal(act.tx), row);
  await act.tx
    .insertInto('audit_seals')
    .values({ ...row, chain })
    .execute();
  await meta.put(act.tx, SEAL_END, sealEnd(key, chain));
}

/** The chain value of the newest seal; empty where there is none. */
async function newestSeal(q: Kysely<Schema>): Promise<string> {
  return (
    (await q.selectFrom('audit_seals').select('chain').orderBy('seq', 'desc').limit(1).executeTakeFirst())?.chain ?? ''
  );
}

/** True when this chain value is that of a seal, or of a line of before there were seals. */
export async function hasHead(q: Kysely<Schema>, head: string): Promise<boolean> {
  for (const table of ['audit_seals', 'events'] as const)
    if (await q.selectFrom(table).select('seq').where('chain', '=', head).limit(1).executeTakeFirst()) return true;
  return false;
}
