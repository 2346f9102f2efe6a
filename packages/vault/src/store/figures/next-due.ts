// Moments at which something is next to be done about connections, for who moves a clock instead of waiting.
import { type Kysely, sql } from 'kysely';
import type { EventRow } from '../events.ts';
import type { VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

/**
 * The next look at any connection: `regular` for looks that come so many seconds after the one before, `special` for all
 * others, as at an end, a warning or an extension. `looks` counts the connections that are looked at.
 */
export async function nextLooks(
  q: Query,
  intervals: readonly number[],
): Promise<{ regular: number | undefined; special: number | undefined; looks: number }> {
  const since = sql<number>`due_at - coalesce(checked_at, 0)`;
  const looks = q
    .selectFrom('looks')
    .select((e) => [e.fn.min('due_at').as('at'), e.fn.countAll<number>().as('n')])
    .where('due_at', 'is not', null);
  const regular = await looks.where(since, 'in', [...intervals]).executeTakeFirstOrThrow();
  const special = await looks.where(since, 'not in', [...intervals]).executeTakeFirstOrThrow();
  return {
    regular: regular.at ?? undefined,
    special: special.at ?? undefined,
    looks: Number(regular.n) + Number(special.n),
  };
}

/** Events of a tenant after this one, the oldest first. */
export async function eventsAfter(q: Query, tenant: string, after: number): Promise<EventRow[]> {
  const rows = await q
    .selectFrom('events')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', '>', after)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, id: row.id ?? 0 }));
}
