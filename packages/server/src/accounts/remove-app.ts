// Taking back what an app was given, by log-in and by Limited Login: the whole app, or one permission. A token outlives the loss of a permission and
// may do less from the next call on; removing the app ends all its tokens for the person. Source: "Revoking permissions".
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../liveness/events.ts';
import { factKey } from '../liveness/facts.ts';
import * as grants from '../store/grants.ts';
import * as limitedGrants from '../store/limited-grants.ts';

export interface Removal {
  appId: string;
  personId: string;
  by: Actor;
}

/** Removes the app from a person within a change. @returns false when the person had not added it */
export async function removeApp({ tx, touch, record, event }: Change, { appId, personId, by }: Removal): Promise<boolean> {
  const removed = [await grants.remove(tx, appId, personId), await limitedGrants.remove(tx, appId, personId)];
  if (!removed.includes(true)) return false;
  touch(factKey.grant(appId, personId));
  await record('app_removed', { app: appId, user: personId }, by);
  event({ name: 'grant.changed', outcome: 'ok', reason: 'app_removed', appId, ...actorFacts(by), targetId: personId });
  return true;
}

/** Takes one permission back within a change: it counts as declined from now on. @returns false when it was not granted */
export async function revokePermission(change: Change, removal: Removal & { permission: string; now: number }): Promise<boolean> {
  const { appId, personId, by, permission, now } = removal;
  let granted = false;
  for (const kind of [grants, limitedGrants]) {
    const grant = await kind.holdForChange(change.tx, appId, personId);
    if (grant?.permissions[permission]?.status !== 'granted') continue;
    const permissions = { ...grant.permissions, [permission]: { status: 'declined' as const } };
    await kind.put(change.tx, { ...grant, permissions, updatedAt: now });
    granted = true;
  }
  if (!granted) return false;
  change.touch(factKey.grant(appId, personId));
  change.event({
    name: 'grant.changed',
    outcome: 'ok',
    reason: `revoked ${permission}`,
    appId,
    ...actorFacts(by),
    targetId: personId,
  });
  return true;
}
