// Addresses that want no more mails. Rows stay until their owners take them back.
import type { Kysely } from 'kysely';
import type { VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export async function isOptedOut(q: Query, tenant: string, address: string): Promise<boolean> {
  const row = await q
    .selectFrom('mail_opt_outs')
    .select('since')
    .where('tenant', '=', tenant)
    .where('address', '=', address)
    .executeTakeFirst();
  return row !== undefined;
}

/** Every address of a tenant that wants none. */
export async function optedOut(q: Query, tenant: string): Promise<string[]> {
  const rows = await q
    .selectFrom('mail_opt_outs')
    .select('address')
    .where('tenant', '=', tenant)
    .orderBy('address')
    .execute();
  return rows.map(({ address }) => address);
}

export async function optOut(tx: Query, tenant: string, address: string, since: number): Promise<void> {
  await tx
    .insertInto('mail_opt_outs')
    .values({ tenant, address, since })
    .onConflict((conflict) => conflict.columns(['tenant', 'address']).doNothing())
    .execute();
}

export async function optIn(tx: Query, tenant: string, address: string): Promise<void> {
  await tx.deleteFrom('mail_opt_outs').where('tenant', '=', tenant).where('address', '=', address).execute();
}
