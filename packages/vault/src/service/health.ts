// Health for balancers: 200 while the vault is open and its database answers, else 503 with the reason in a word. A tenant
// that is sealed by itself does not make the others wait, so it is only counted.
import type { Health } from '../client/answers/operations.ts';
import type { Vault } from '../vault.ts';

export async function health({ sealedBecause, parts }: Vault): Promise<{ status: number; body: Health }> {
  if (sealedBecause !== undefined) return { status: 503, body: { status: 'sealed', reason: sealedBecause } };
  try {
    await parts.db.read.selectFrom('keys').select('id').limit(1).execute();
    const sealedTenants = parts.keys.sealedTenants.length;
    return { status: 200, body: { status: 'ok', ...(sealedTenants > 0 && { sealedTenants }) } };
  } catch {
    return { status: 503, body: { status: 'away', reason: "The database can't be reached now." } };
  }
}
