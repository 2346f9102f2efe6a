// Small records of the vault's own are kept for a tenant, each under a name. They stay until they are taken out by name.
import { parseJson, type Shape } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import type { VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

/** Reads a record; undefined where there is none, or one of another shape. */
export async function settingOf<T>(q: Query, tenant: string, key: string, shape: Shape<T>): Promise<T | undefined> {
  const row = await q
    .selectFrom('settings')
    .select('value')
    .where('tenant', '=', tenant)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && parseJson(shape, row.value);
}

export async function putSetting(tx: Query, tenant: string, key: string, value: object): Promise<void> {
  const text = JSON.stringify(value);
  await tx
    .insertInto('settings')
    .values({ tenant, key, value: text })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doUpdateSet({ value: text }))
    .execute();
}

/** Writes a record where there is none yet. Of several that do it at the same time, one is answered true. */
export async function addSetting(tx: Query, tenant: string, key: string, value: object): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('settings')
    .values({ tenant, key, value: JSON.stringify(value) })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Answers true where there was one. */
export async function deleteSetting(tx: Query, tenant: string, key: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('settings')
    .where('tenant', '=', tenant)
    .where('key', '=', key)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
