// These queries are about the audit trail: one row per security-relevant event, committed with what it describes. Rows
// are chained by a keyed hash, so an edit, a gap or a cut shows. Rows are kept; an operator may archive them.
import { type WriteTransaction, prepare, type Database } from '@hallpass/db';
import type { Kysely } from 'kysely';
import { keyedHashText } from '../../hash.ts';
import type { EventsTable } from './tables.ts';
import type { Schema } from '../schema.ts';
import type { AppId } from '../ids.ts';

type Row = Omit<EventsTable, 'seq' | 'chain'>;

export interface AuditLine {
  name: string;
  outcome: string;
  reason?: string;
  appId?: AppId;
  actorKind?: string;
  actorId?: string;
  targetId?: string;
  ipPrefix?: string;
  requestId?: string;
  /** First 12 hex digits of a keyed hash of the token. */
  tokenFp?: string;
}

const link = (key: Uint8Array, before: string, row: Row): string =>
  keyedHashText(
    key,
    JSON.stringify([
      before,
      row.at,
      row.name,
      row.outcome,
      row.reason,
      row.node,
      row.request_id,
      row.app_id,
      row.actor_kind,
      row.actor_id,
      row.target_id,
      row.ip_prefix,
      row.token_fp,
    ]),
  );

/** The newest line; sequence number 0 where there is none. */
export async function head(q: Kysely<Schema>): Promise<{ seq: number; chain: string }> {
  return (await newestLink.first(q, {})) ?? { seq: 0, chain: '' };
}

const newestLink = prepare((db: Kysely<Schema>) =>
  db.selectFrom('events').select(['seq', 'chain']).orderBy('seq', 'desc').limit(1),
);

/**
 * The row of `meta` that says where the trail ends: without it, a cut at the end would leave a whole, shorter trail.
 */
export const END = 'audit_end';

const endOf = (key: Uint8Array, chain: string): string => `${chain}.${keyedHashText(key, `end|${chain}`)}`;

const ended = prepare((db: Kysely<Schema>, { value }: { value: string }) =>
  db
    .insertInto('meta')
    .values({ key: END, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value })),
);

const inserted = prepare((db: Kysely<Schema>, row: Row & { chain: string }) =>
  db.insertInto('events').values({
    at: row.at,
    name: row.name,
    outcome: row.outcome,
    reason: row.reason,
    node: row.node,
    request_id: row.request_id,
    app_id: row.app_id,
    actor_kind: row.actor_kind,
    actor_id: row.actor_id,
    target_id: row.target_id,
    ip_prefix: row.ip_prefix,
    token_fp: row.token_fp,
    chain: row.chain,
  }),
);

/** Adds lines within a change. */
export async function append(
  db: Database<Schema>,
  act: WriteTransaction<Schema>,
  key: Uint8Array,
  now: number,
  node: string,
  lines: readonly AuditLine[],
): Promise<void> {
  await db.inOrder(act, 'hallpass_audit');
  let { chain } = await head(act.tx);
  for (const line of lines) {
    const row: Row = {
      at: now,
      name: line.name,
      outcome: line.outcome,
      reason: line.reason ?? null,
      node,
      request_id: line.requestId ?? null,
      app_id: line.appId ?? null,
      actor_kind: line.actorKind ?? null,
      actor_id: line.actorId ?? null,
      target_id: line.targetId ?? null,
      ip_prefix: line.ipPrefix ?? null,
      token_fp: line.tokenFp ?? null,
    };
    chain = link(key, chain, row);
    await inserted.run(act.tx, { ...row, chain });
  }
  await ended.run(act.tx, { value: endOf(key, chain) });
}

export interface AuditVerdict {
  rows: number;
  /** Sequence number of the first row that does not follow from the one before it. */
  brokenAt: number | undefined;
  /** Rows are missing at the end. */
  cut: boolean;
  /** The chain value of the newest row: keep it elsewhere to notice that the whole database is an older one. */
  head: string;
}

/** Walks the whole trail. */
export async function verify(q: Kysely<Schema>, key: Uint8Array): Promise<AuditVerdict> {
  const end = (await q.selectFrom('meta').select('value').where('key', '=', END).executeTakeFirst())?.value;
  let cut = end !== undefined;
  let chain = '';
  let rows = 0;
  let after = 0;
  for (;;) {
    const page = await q.selectFrom('events').selectAll().where('seq', '>', after).orderBy('seq').limit(1000).execute();
    if (page.length === 0)
      return { rows, brokenAt: undefined, cut: cut || (end === undefined && rows > 0), head: chain };
    for (const { seq, chain: stored, ...row } of page) {
      chain = link(key, chain, row);
      if (chain !== stored) return { rows, brokenAt: seq, cut: false, head: chain };
      if (cut && end === endOf(key, chain)) cut = false;
      rows++;
      after = seq;
    }
  }
}

/** True when the line of this number is still this one. */
export async function holds(q: Kysely<Schema>, seq: number, chain: string): Promise<boolean> {
  return (await q.selectFrom('events').select('chain').where('seq', '=', seq).executeTakeFirst())?.chain === chain;
}

/** True when a line with this chain value is in the trail. */
export async function has(q: Kysely<Schema>, chain: string): Promise<boolean> {
  return (
    (await q.selectFrom('events').select('seq').where('chain', '=', chain).limit(1).executeTakeFirst()) !== undefined
  );
}

/** Newest first. */
export function newest(
  q: Kysely<Schema>,
  filter: { appId?: AppId; limit: number },
): Promise<{ seq: number; at: number; name: string; reason: string | null }[]> {
  let query = q.selectFrom('events').select(['seq', 'at', 'name', 'reason']).orderBy('seq', 'desc').limit(filter.limit);
  if (filter.appId !== undefined) query = query.where('app_id', '=', filter.appId);
  return query.execute();
}
