// This module decides what somebody may do with an ad account, from every source and evaluated now: a role of their
// own; through a business that has the account all its tasks for an administrator, and for everybody else in it what
// was assigned; an agency passes on no more than it was permitted. Source: the business guides (an administrator has
// every asset, an employee the assigned ones).
import { type AdAccountTask, adAccountTasksHeld, isAboutAdAccounts } from '@hallpass/protocol';
import { OWN } from '../store/ads/ad-accounts.ts';
import type { Grant } from '../store/grants/grants.ts';
import type { Installation } from '../installation/installation.ts';
import type { AdAccountId, PersonId } from '../store/ids.ts';

/**
 * Looked up at each call and never remembered as a whole: each part is a fact that its own change makes forgotten
 * (threats I-6).
 */
export async function adAccountTasks(
  { facts }: Pick<Installation, 'facts'>,
  accountId: AdAccountId,
  personId: PersonId,
): Promise<ReadonlySet<AdAccountTask>> {
  const roles = await facts.adAccountRoles(accountId, personId);
  const held = new Set<AdAccountTask>(roles.find(({ businessId }) => businessId === OWN)?.tasks);
  for (const { businessId, tasks } of await facts.adAccountHolders(accountId)) {
    const role = await facts.businessRole(businessId, personId);
    if (role === null) continue;
    const ownTasks = role === 'ADMIN' ? tasks : (roles.find((one) => one.businessId === businessId)?.tasks ?? []);
    const permitted = adAccountTasksHeld(tasks);
    for (const task of adAccountTasksHeld(ownTasks)) if (permitted.has(task)) held.add(task);
  }
  return adAccountTasksHeld(held);
}

/** True when a granted permission reaches this ad account: all of them, unless some were chosen. */
export function reachesAdAccount(grant: Grant | null, name: string, accountId: AdAccountId): boolean {
  const permit = grant?.permissions[name];
  if (permit?.status !== 'granted') return false;
  // Permissions about other things may have been given for some of those.
  if (permit.targets === undefined || !isAboutAdAccounts(name)) return true;
  return permit.targets.includes(accountId) || permit.targets.includes(`act_${accountId}`);
}
