// The keys of the REST interface. Their secret halves are random, and stored as a hash. Rows stay until somebody removes
// them.
import type { Kysely, Selectable } from 'kysely';
import type { ApiKeysTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export type ApiKeyRow = Selectable<ApiKeysTable>;

export async function insertApiKey(tx: Query, key: ApiKeyRow): Promise<void> {
  await tx.insertInto('api_keys').values(key).execute();
}

export function apiKeyById(q: Query, id: string): Promise<ApiKeyRow | undefined> {
  return q.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
}

export function apiKeysOf(q: Query, tenant: string): Promise<ApiKeyRow[]> {
  return q
    .selectFrom('api_keys')
    .selectAll()
    .where('tenant', '=', tenant)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function touchApiKey(tx: Query, id: string, usedAt: number): Promise<void> {
  await tx.updateTable('api_keys').set({ used_at: usedAt }).where('id', '=', id).execute();
}

/** Answers false where the tenant has no such key. */
export async function deleteApiKey(tx: Query, tenant: string, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('api_keys').where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
