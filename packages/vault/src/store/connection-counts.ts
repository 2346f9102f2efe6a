// Connections of a tenant are counted here, for the doctor.
import type { Kysely } from 'kysely';
import type { VaultSchema } from './schema.ts';

/** Counts those without an owner, and those that were due before a moment. */
export async function countConnections(
  q: Kysely<VaultSchema>,
  tenant: string,
  dueBefore: number,
): Promise<{ ownerless: number; late: number }> {
  const counted = q
    .selectFrom('connections')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('tenant', '=', tenant);
  const ownerless = await counted.where('owner_email', 'is', null).executeTakeFirstOrThrow();
  const late = await counted.where('due_at', '<', dueBefore).executeTakeFirstOrThrow();
  return { ownerless: Number(ownerless.n), late: Number(late.n) };
}
