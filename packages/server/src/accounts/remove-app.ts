// Taking back what an app was given: the whole app, or one permission. A token outlives the loss of a permission and
// may do less from the next call on; removing the app ends all its tokens for the person. The app is told. Source: "Revoking permissions".
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../liveness/events.ts';
import { factKey } from '../liveness/facts.ts';
import * as grants from '../store/grants.ts';
import { tellPermissions, tellRemoved } from './tell-app.ts';

export interface Removal {
  appId: string;
  personId: string;
  by: Actor;
  /** Epoch seconds. */
  now: number;
}

/** Removes the app from a person within a change. @returns false when the person had not added it */
export async function removeApp(making: Change, { appId, personId, by, now }: Removal): Promise<boolean> {
  const { tx, touch, record, event } = making;
  const grant = await grants.holdForChange(tx, appId, personId);
  if (!grant) return false;
  await grants.remove(tx, appId, personId);
  touch(factKey.grant(appId, personId));
  await record('app_removed', { app: appId, user: personId }, by);
  event({ name: 'grant.changed', outcome: 'ok', reason: 'app_removed', appId, ...actorFacts(by), targetId: personId });
  await tellRemoved(making, { appId, personId });
  await tellPermissions(making, { appId, personId }, { before: grant.permissions, after: undefined, now });
  return true;
}

/** Takes one permission back within a change: it counts as declined from now on. @returns false when it was not granted */
export async function revokePermission(change: Change, removal: Removal & { permission: string }): Promise<boolean> {
  const { appId, personId, by, permission, now } = removal;
  const grant = await grants.holdForChange(change.tx, appId, personId);
  if (grant?.permissions[permission]?.status !== 'granted') return false;
  const permissions = { ...grant.permissions, [permission]: { status: 'declined' as const } };
  await grants.put(change.tx, { ...grant, permissions, updatedAt: now });
  change.touch(factKey.grant(appId, personId));
  change.event({
    name: 'grant.changed',
    outcome: 'ok',
    reason: `revoked ${permission}`,
    appId,
    ...actorFacts(by),
    targetId: personId,
  });
  await tellPermissions(change, { appId, personId }, { before: grant.permissions, after: permissions, now });
  return true;
}
