// The tenants that have keys of their own, and by which master key these are wrapped. Rows stay until a tenant is removed.
import type { Kysely, Selectable } from 'kysely';
import type { TenantsTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export type TenantRow = Selectable<TenantsTable>;

export function allTenants(q: Query): Promise<TenantRow[]> {
  return q.selectFrom('tenants').selectAll().orderBy('name').execute();
}

export async function insertTenant(tx: Query, tenant: TenantRow): Promise<void> {
  await tx.insertInto('tenants').values(tenant).execute();
}

export async function setKeySource(tx: Query, name: string, source: string): Promise<void> {
  await tx.updateTable('tenants').set({ key_source: source }).where('name', '=', name).execute();
}

/** Answers false where the tenant has no keys of its own. */
export async function deleteTenant(tx: Query, name: string): Promise<boolean> {
  const gone = await tx.deleteFrom('tenants').where('name', '=', name).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
