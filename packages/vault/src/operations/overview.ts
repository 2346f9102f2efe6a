// The figures above a list of connections: how many stand how, and what waits to be told.
import { entriesOf } from '@hallpass/protocol';
import type { Overview } from '../client/answers/overview.ts';
import type { VaultParts } from '../parts.ts';
import { countByApp } from '../store/figures/connection-counts.ts';
import { countByState } from '../store/connections.ts';
import { countDeliveries } from '../store/people/deliveries.ts';

/** @throws VaultSealed */
export async function overviewOf(
  { db, keys, world }: Pick<VaultParts, 'db' | 'keys' | 'world'>,
  tenant: string,
): Promise<Overview> {
  keys.requireOpen(tenant);
  const [states, apps, deliveries] = await Promise.all([
    countByState(db.read, tenant),
    countByApp(db.read, tenant),
    countDeliveries(db.read, tenant),
  ]);
  return {
    now: world.clock.now(),
    states: entriesOf(states).map(([state, count = 0]) => ({ state, count })),
    apps,
    waitingDeliveries: deliveries.waiting,
    failedDeliveries: deliveries.failed,
  };
}
