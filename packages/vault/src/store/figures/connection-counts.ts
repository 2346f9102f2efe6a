// Connections of a tenant are counted here, for the doctor and for lists.
import type { Kysely } from 'kysely';
import type { VaultSchema } from '../schema.ts';

/** Counts those without an owner, and those that were due before a moment. */
export async function countConnections(
  q: Kysely<VaultSchema>,
  tenant: string,
  dueBefore: number,
): Promise<{ ownerless: number; late: number }> {
  const ownerless = await q
    .selectFrom('connections')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('tenant', '=', tenant)
    .where('owner_email', 'is', null)
    .executeTakeFirstOrThrow();
  const late = await q
    .selectFrom('looks')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('tenant', '=', tenant)
    .where('due_at', '<', dueBefore)
    .executeTakeFirstOrThrow();
  return { ownerless: Number(ownerless.n), late: Number(late.n) };
}

/** Counts the connections that hang on each of these; one on which none hangs is not in the answer. */
export async function countChildren(
  q: Kysely<VaultSchema>,
  tenant: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await q
    .selectFrom('connections')
    .select(['parent_id', (e) => e.fn.countAll<number>().as('n')])
    .where('tenant', '=', tenant)
    .where('parent_id', 'in', [...ids])
    .groupBy('parent_id')
    .execute();
  return new Map(rows.flatMap(({ parent_id: id, n }) => (id === null ? [] : [[id, Number(n)] as const])));
}

/** Counts the connections of a tenant by app, the app with the most first. */
export async function countByApp(q: Kysely<VaultSchema>, tenant: string): Promise<{ appId: string; count: number }[]> {
  const rows = await q
    .selectFrom('connections')
    .select(['app_id', (e) => e.fn.countAll<number>().as('n')])
    .where('tenant', '=', tenant)
    .groupBy('app_id')
    .execute();
  return rows.map(({ app_id: appId, n }) => ({ appId, count: Number(n) })).toSorted((a, b) => b.count - a.count);
}
