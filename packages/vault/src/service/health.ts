// Health for balancers: 200 while the vault is open and its database answers, else 503 with the reason in a word.
import type { Health } from '../client/answers.ts';
import type { Vault } from '../vault.ts';

export async function health({ sealedBecause, parts }: Vault): Promise<{ status: number; body: Health }> {
  if (sealedBecause !== undefined) return { status: 503, body: { status: 'sealed', reason: sealedBecause } };
  try {
    await parts.db.read.selectFrom('keys').select('id').limit(1).execute();
    return { status: 200, body: { status: 'ok' } };
  } catch {
    return { status: 503, body: { status: 'away', reason: "The database can't be reached now." } };
  }
}
