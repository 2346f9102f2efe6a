// A token is shown by this call alone (VT-02). It has a right of its own, each time is written into the history before
// anything is shown, and only so many an hour are: a stolen key does not empty the vault in a minute.
import { HOUR } from '@hallpass/protocol';
import { recordEvent } from '../events/record-event.ts';
import { listEvents } from '../store/events.ts';
import type { Vault } from '../vault.ts';
import type { Caller } from './api-keys.ts';
import { ServiceRefusal } from './refusal-answer.ts';

/** Tokens of a tenant that are shown in an hour. */
export const REVEALS = 30;

/** @throws ServiceRefusal `too_many`, VaultRefusal, VaultSealed */
export async function reveal(vault: Vault, { tenant, by }: Pick<Caller, 'tenant' | 'by'>, id: string): Promise<string> {
  const { db, world } = vault.parts;
  const now = world.clock.now();
  return vault.forTenant(tenant).use(id, async (token) => {
    await db.act(async (act) => {
      await db.inOrder(act, `reveal ${tenant}`);
      const shown = await listEvents(act.tx, tenant, { kinds: ['revealed'], limit: REVEALS });
      const oldest = shown.at(-1);
      if (oldest && shown.length === REVEALS && oldest.at > now - HOUR)
        throw new ServiceRefusal('too_many', { seconds: oldest.at + HOUR - now });
      await recordEvent(act, { tenant, connectionId: id, kind: 'revealed', at: now, facts: { by } });
    });
    world.log('warn', 'vault.revealed', { tenant, connection: id, by });
    return token.open();
  });
}
