// A line for each call through the proxy. A line is written before the call is made and completed after it. Rows are
// deleted ninety days after they were written, and the oldest of a tenant that has very many.
import type { Kysely, Selectable } from 'kysely';
import type { HandleCallsTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export type HandleCallRow = Selectable<HandleCallsTable> & { id: number };

/** The lines that a tenant may have; the oldest go before their time. */
const MOST_LINES = 200_000;

/** Adds lines and answers their ids, in their order. */
export async function insertHandleCalls(tx: Query, lines: readonly Omit<HandleCallRow, 'id'>[]): Promise<number[]> {
  const ids: number[] = [];
  for (const line of lines) {
    const { id } = await tx.insertInto('handle_calls').values(line).returning('id').executeTakeFirstOrThrow();
    ids.push(Number(id));
  }
  return ids;
}

type Outcome = Partial<
  Pick<HandleCallRow, 'status' | 'code' | 'refused_by' | 'scopes' | 'scopes_missing' | 'bytes_out' | 'ms'>
>;

export async function completeHandleCall(tx: Query, id: number, outcome: Outcome): Promise<void> {
  await tx.updateTable('handle_calls').set(outcome).where('id', '=', id).execute();
}

interface HandleCallFilter {
  handleId?: string | undefined;
  connectionId?: string | undefined;
  before?: number | undefined;
  limit: number;
}

/** Lines of a tenant, the newest first. */
export async function listHandleCalls(q: Query, tenant: string, filter: HandleCallFilter): Promise<HandleCallRow[]> {
  let query = q.selectFrom('handle_calls').selectAll().where('tenant', '=', tenant);
  if (filter.handleId !== undefined) query = query.where('handle_id', '=', filter.handleId);
  if (filter.connectionId !== undefined) query = query.where('connection_id', '=', filter.connectionId);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  const rows = await query.orderBy('id', 'desc').limit(filter.limit).execute();
  return rows.map((row) => ({ ...row, id: row.id ?? 0 }));
}

/** Calls of one kind, counted. */
export interface CallCount {
  connectionId: string;
  method: string;
  path: string;
  scopes: string;
  missing: number;
  calls: number;
  firstAt: number;
  lastAt: number;
}

/** Counts the answered calls of a tenant by connection, call and permissions. */
export async function countHandleCalls(
  q: Query,
  tenant: string,
  connectionIds: readonly string[],
): Promise<CallCount[]> {
  if (connectionIds.length === 0) return [];
  const rows = await q
    .selectFrom('handle_calls')
    .select((e) => [
      'connection_id as connectionId',
      'method',
      'path',
      'scopes',
      'scopes_missing as missing',
      e.fn.countAll().as('calls'),
      e.fn.min('at').as('firstAt'),
      e.fn.max('at').as('lastAt'),
    ])
    .where('tenant', '=', tenant)
    .where('connection_id', 'in', [...connectionIds])
    .where('status', 'is not', null)
    .where('refused_by', 'is', null)
    .groupBy(['connection_id', 'method', 'path', 'scopes', 'scopes_missing'])
    .execute();
  return rows.map((row) => ({
    ...row,
    calls: Number(row.calls),
    firstAt: Number(row.firstAt),
    lastAt: Number(row.lastAt),
  }));
}

/**
 * Deletes lines of before `moment`, and answers how many. It looks at the `most` oldest rows alone, so that it takes no
 * longer in a long list.
 */
export async function deleteOldHandleCalls(tx: Query, moment: number, most: number): Promise<number> {
  const oldest = tx.selectFrom('handle_calls').select(['id', 'at']).orderBy('id').limit(most).as('oldest');
  const old = tx.selectFrom(oldest).select('id').where('at', '<', moment);
  const gone = await tx.deleteFrom('handle_calls').where('id', 'in', old).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** Deletes the lines of a tenant beyond the newest `MOST_LINES`, at most `most` of them. */
export async function deleteOverflow(tx: Query, tenant: string, most: number, kept = MOST_LINES): Promise<number> {
  const last = await tx
    .selectFrom('handle_calls')
    .select('id')
    .where('tenant', '=', tenant)
    .orderBy('id', 'desc')
    .offset(kept)
    .limit(1)
    .executeTakeFirst();
  if (last?.id === undefined) return 0;
  const over = tx
    .selectFrom('handle_calls')
    .select('id')
    .where('tenant', '=', tenant)
    .where('id', '<=', last.id)
    .orderBy('id')
    .limit(most);
  const gone = await tx.deleteFrom('handle_calls').where('id', 'in', over).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
