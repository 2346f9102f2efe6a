// The wrapped keys of the vault and of its tenants. A retiring one is deleted once nothing is sealed with it any more.
import type { Kysely, Selectable } from 'kysely';
import type { KeysTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export type KeyRow = Selectable<KeysTable>;

/** All of them, the active one of each purpose first. */
export function allKeys(q: Query): Promise<KeyRow[]> {
  return q.selectFrom('keys').selectAll().orderBy('status').orderBy('since', 'desc').orderBy('id').execute();
}

export async function insertKey(tx: Query, key: KeyRow): Promise<void> {
  await tx.insertInto('keys').values(key).execute();
}

/** Makes the active sealing key of a tenant, or the shared one, a key that only opens. @param tenant '' for the shared */
export async function retireSealingKeys(tx: Query, tenant: string, since: number): Promise<void> {
  await tx
    .updateTable('keys')
    .set({ status: 'retiring', since })
    .where('purpose', '=', 'seal')
    .where('tenant', '=', tenant)
    .where('status', '=', 'active')
    .execute();
}

export async function rewrapKey(tx: Query, id: string, wrapped: string): Promise<void> {
  await tx.updateTable('keys').set({ wrapped }).where('id', '=', id).execute();
}

/** Deletes every key of a tenant: nothing that they sealed opens any more. Answers how many there were. */
export async function deleteKeysOf(tx: Query, tenant: string): Promise<number> {
  const gone = await tx
    .deleteFrom('keys')
    .where('tenant', '=', tenant)
    .where('purpose', '=', 'seal')
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

export async function deleteKey(tx: Query, id: string): Promise<void> {
  await tx.deleteFrom('keys').where('id', '=', id).where('status', '=', 'retiring').execute();
}
