// A business works with an app of somebody else: its system users may have it, as long as it does. Source: the
// client_apps edge of the business.
import type { Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as clientApps from '../store/businesses/client-apps.ts';
import type { BusinessAct } from './business-act.ts';
import { uninstallApp } from './system-users.ts';
import { demandSameWorld } from '../people/test-world.ts';
import type { AppId } from '../store/ids.ts';

/** @throws GraphError param.invalid for a business of test users: apps are real (threats PR-08) */
export async function addClientApp(
  { tx, event }: Change,
  { businessId, by, now }: BusinessAct,
  appId: AppId,
): Promise<void> {
  const business = await businesses.holdForChange(tx, businessId);
  demandSameWorld(business?.testOf ?? null, null, 'app_id');
  await clientApps.add(tx, businessId, appId, now);
  event({
    name: 'business.asset.changed',
    outcome: 'ok',
    reason: `works with app ${appId}`,
    appId,
    ...actorFacts(by),
    targetId: businessId,
  });
}

/**
 * Gives the app up: it is taken from every system user of the business, with its tokens. @returns false where it was
 * not had
 */
export async function removeClientApp(
  making: Change,
  { businessId, by, now }: BusinessAct,
  appId: AppId,
): Promise<boolean> {
  const { tx, event } = making;
  await businesses.holdForChange(tx, businessId);
  if (!(await clientApps.remove(tx, businessId, appId))) return false;
  for (const { personId } of await businesses.members(tx, businessId, 'system_user'))
    await uninstallApp(making, { personId, appId, by, now });
  event({
    name: 'business.asset.changed',
    outcome: 'ok',
    reason: `gave up app ${appId}`,
    appId,
    ...actorFacts(by),
    targetId: businessId,
  });
  return true;
}
