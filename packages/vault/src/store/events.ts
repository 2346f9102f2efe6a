// The history of connections. Rows are deleted two years after they were written, and only once they were handled.
import { prepare } from '@hallpass/db';
import type { Kysely, Selectable } from 'kysely';
import type { EventKind } from '../event-kinds.ts';
import type { EventsTable, VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

export type EventRow = Selectable<EventsTable> & { id: number };

type NewEvent = Omit<EventRow, 'id' | 'handled_at'>;

const insert = prepare((tx: Query, { tenant, connection_id, kind, at, facts }: NewEvent) =>
  tx.insertInto('events').values({ tenant, connection_id, kind, at, facts, handled_at: null }),
);

export async function insertEvent(tx: Query, event: NewEvent): Promise<void> {
  await insert.run(tx, event);
}

export interface EventFilter {
  connection_id?: string | undefined;
  kinds?: readonly EventKind[] | undefined;
  /** Events before this one. */
  before?: number | undefined;
  limit: number;
}

/** Events of a tenant, the newest first. */
export async function listEvents(q: Query, tenant: string, filter: EventFilter): Promise<EventRow[]> {
  let query = q.selectFrom('events').selectAll().where('tenant', '=', tenant);
  if (filter.connection_id !== undefined) query = query.where('connection_id', '=', filter.connection_id);
  if (filter.kinds !== undefined) query = query.where('kind', 'in', [...filter.kinds]);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  return (await query.orderBy('id', 'desc').limit(filter.limit).execute()).map(withId);
}

/**
 * Events of which no deliveries were made yet, the oldest first.
 *
 * @param notOf tenants whose events wait
 */
export async function unhandledEvents(q: Query, limit: number, notOf: readonly string[]): Promise<EventRow[]> {
  let query = q.selectFrom('events').selectAll().where('handled_at', 'is', null);
  if (notOf.length > 0) query = query.where('tenant', 'not in', [...notOf]);
  return (await query.orderBy('id').limit(limit).execute()).map(withId);
}

/** Answers false where somebody else has handled it meanwhile. */
export async function markHandled(tx: Query, id: number, at: number): Promise<boolean> {
  const done = await tx
    .updateTable('events')
    .set({ handled_at: at })
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/**
 * Deletes handled events of before `moment`, and answers how many. It looks at the `most` oldest rows alone, so that it
 * takes no longer in a long history.
 */
export async function deleteOldEvents(tx: Query, moment: number, most: number): Promise<number> {
  const oldest = tx.selectFrom('events').select(['id', 'at', 'handled_at']).orderBy('id').limit(most).as('oldest');
  const old = tx.selectFrom(oldest).select('id').where('at', '<', moment).where('handled_at', 'is not', null);
  const gone = await tx.deleteFrom('events').where('id', 'in', old).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

const withId = (row: Selectable<EventsTable>): EventRow => ({ ...row, id: row.id ?? 0 });
