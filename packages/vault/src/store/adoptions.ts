// Rows of other products whose tokens were taken over: a second run knows by them what it need not take again, and the way
// back knows where a token came from. They go with their connection.
import type { Kysely, Selectable } from 'kysely';
import type { ConnectionKey } from './connections.ts';
import type { AdoptionsTable, VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

type AdoptionRow = Selectable<AdoptionsTable>;

/** The rows among these that were taken over. */
export async function adoptionsFrom(q: Query, tenant: string, sources: readonly string[]): Promise<AdoptionRow[]> {
  if (sources.length === 0) return [];
  return q
    .selectFrom('adoptions')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('source', 'in', [...sources])
    .execute();
}

/** The rows that these connections were taken over from, by their names. */
export async function adoptionsOf(q: Query, tenant: string, connections: readonly string[]): Promise<AdoptionRow[]> {
  if (connections.length === 0) return [];
  const rows = await q
    .selectFrom('adoptions')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('connection_id', 'in', [...connections])
    .execute();
  // Asked for in this order, SQLite would go through all rows of the tenant.
  return rows.sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** Notes that the token in a row was taken over; what was noted of that row before is replaced. */
export async function putAdoption(tx: Query, row: AdoptionRow): Promise<void> {
  await tx
    .insertInto('adoptions')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'source']).doUpdateSet({
        fingerprint: row.fingerprint,
        connection_id: row.connection_id,
        taken_at: row.taken_at,
      }),
    )
    .execute();
}

export async function deleteAdoptionsOf(tx: Query, { tenant, id }: ConnectionKey): Promise<void> {
  await tx.deleteFrom('adoptions').where('tenant', '=', tenant).where('connection_id', '=', id).execute();
}
