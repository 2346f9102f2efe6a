// The wrapped keys of the vault. A retiring one is deleted once nothing is sealed with it any more.
import type { Kysely, Selectable } from 'kysely';
import type { KeysTable, VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

export type KeyRow = Selectable<KeysTable>;

/** All of them, the active one of each purpose first. */
export function allKeys(q: Query): Promise<KeyRow[]> {
  return q.selectFrom('keys').selectAll().orderBy('status').orderBy('since', 'desc').orderBy('id').execute();
}

export async function insertKey(tx: Query, key: KeyRow): Promise<void> {
  await tx.insertInto('keys').values(key).execute();
}

/** Makes every active sealing key one that only opens. */
export async function retireSealingKeys(tx: Query, since: number): Promise<void> {
  await tx
    .updateTable('keys')
    .set({ status: 'retiring', since })
    .where('purpose', '=', 'seal')
    .where('status', '=', 'active')
    .execute();
}

export async function rewrapKey(tx: Query, id: string, wrapped: string): Promise<void> {
  await tx.updateTable('keys').set({ wrapped }).where('id', '=', id).execute();
}

export async function deleteKey(tx: Query, id: string): Promise<void> {
  await tx.deleteFrom('keys').where('id', '=', id).where('status', '=', 'retiring').execute();
}
