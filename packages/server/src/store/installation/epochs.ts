// These queries are about epoch counters and the history of what moved them. Both are kept for good: a token that never
// expires needs its reason.
import { prepare } from '@hallpass/db';
import type { InvalidationsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';

export interface Invalidation {
  seq: number;
  scope: string;
  epoch: number;
  name: string;
  at: number;
  by_kind: string;
  by_id: string | null;
}

/** A scope without a row stands at 0. */
export async function current(q: Query, scopes: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  if (scopes.length === 0) return found;
  const rows = await q
    .selectFrom('epochs')
    .selectAll()
    .where('scope', 'in', [...scopes])
    .execute();
  for (const row of rows) found.set(row.scope, row.epoch);
  return found;
}

const one = prepare((db: Query, params: { scope: string }) =>
  db.selectFrom('epochs').select('epoch').where('scope', '=', params.scope),
);

/** The epoch of a single scope. */
export async function ofScope(q: Query, scope: string): Promise<number> {
  return (await one.first(q, { scope }))?.epoch ?? 0;
}

/** Moves a scope on by one. @returns the new epoch */
export async function advance(tx: ChangeTransaction, scope: string): Promise<number> {
  const [row] = await insertInto(tx, 'epochs', (rows) =>
    rows
      .values({ scope, epoch: 1 })
      .onConflict((c) => c.column('scope').doUpdateSet((e) => ({ epoch: e('epochs.epoch', '+', 1) }))),
  );
  if (row === undefined) throw new Error('an epoch was not written');
  return row.epoch;
}

const inserted = prepare((db: Query, row: Omit<InvalidationsTable, 'seq'>) =>
  db.insertInto('invalidations').values({
    scope: row.scope,
    epoch: row.epoch,
    name: row.name,
    at: row.at,
    by_kind: row.by_kind,
    by_id: row.by_id,
  }),
);

export async function addHistory(q: Query, row: Omit<InvalidationsTable, 'seq'>): Promise<void> {
  await inserted.run(q, row);
}

/** The event that moved `scope` from `epoch` to the next one. */
export function ending(q: Query, scope: string, epoch: number): Promise<Invalidation | undefined> {
  return q
    .selectFrom('invalidations')
    .select(['seq', 'scope', 'epoch', 'name', 'at', 'by_kind', 'by_id'])
    .where('scope', '=', scope)
    .where('epoch', '=', epoch + 1)
    .executeTakeFirst();
}

/** When an event of this name last moved each of the scopes, epoch seconds; scopes that it never moved are left out. */
export async function lastOf(q: Query, name: string, scopes: readonly string[]): Promise<Map<string, number>> {
  if (scopes.length === 0) return new Map();
  const rows = await q
    .selectFrom('invalidations')
    .select((e) => ['scope', e.fn.max('at').as('at')])
    .where('scope', 'in', [...scopes])
    .where('name', '=', name)
    .groupBy('scope')
    .execute();
  return new Map(rows.map((row) => [row.scope, Number(row.at)]));
}

/** The newest sequence number of the history, 0 when there is none. */
export async function newest(q: Query): Promise<number> {
  const row = await q
    .selectFrom('invalidations')
    .select((e) => e.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}
