// Lines of the audit trail: one row for each security-relevant event, committed with what it describes, and chained to
// the line before it in its lane (lanes.ts) by a keyed hash. Rows are kept; an operator may archive them.
import { prepare } from '@hallpass/db';
import type { Kysely } from 'kysely';
import { keyedHashText } from '../../hash.ts';
import type { AppId } from '../ids.ts';
import type { EventsTable } from '../installation/tables.ts';
import type { Schema } from '../schema.ts';

/** A line as it is stored, without its number and its place in the chain. */
export type LineRow = Omit<EventsTable, 'seq' | 'chain'>;

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

export const lineRow = (line: AuditLine, at: number, { node, lane }: { node: string; lane: number }): LineRow => ({
  at,
  name: line.name,
  outcome: line.outcome,
  reason: line.reason ?? null,
  node,
  lane,
  request_id: line.requestId ?? null,
  app_id: line.appId ?? null,
  actor_kind: line.actorKind ?? null,
  actor_id: line.actorId ?? null,
  target_id: line.targetId ?? null,
  ip_prefix: line.ipPrefix ?? null,
  token_fp: line.tokenFp ?? null,
});

/** The chain value of a line after the one with the chain value `before`. Lines of before there were lanes have none. */
export const link = (key: Uint8Array, before: string, row: LineRow): string =>
  keyedHashText(
    key,
    JSON.stringify([
      before,
      row.at,
      row.name,
      row.outcome,
      row.reason,
      row.node,
      ...(row.lane === null ? [] : [row.lane]),
      row.request_id,
      row.app_id,
      row.actor_kind,
      row.actor_id,
      row.target_id,
      row.ip_prefix,
      row.token_fp,
    ]),
  );

export const insertLine = prepare((db: Kysely<Schema>, row: LineRow & { chain: string }) =>
  db.insertInto('events').values({
    at: row.at,
    name: row.name,
    outcome: row.outcome,
    reason: row.reason,
    node: row.node,
    lane: row.lane,
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

/** The line with the highest number; number 0 where there is none. */
export async function newestLine(q: Kysely<Schema>): Promise<{ seq: number; chain: string }> {
  return (await newestLink.first(q, {})) ?? { seq: 0, chain: '' };
}

const newestLink = prepare((db: Kysely<Schema>) =>
  db.selectFrom('events').select(['seq', 'chain']).orderBy('seq', 'desc').limit(1),
);

/** True when the line of this number is still this one. */
export async function holds(q: Kysely<Schema>, seq: number, chain: string): Promise<boolean> {
  return (await q.selectFrom('events').select('chain').where('seq', '=', seq).executeTakeFirst())?.chain === chain;
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
