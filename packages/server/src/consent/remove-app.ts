// This module takes back what an app was given, by log-in and by Limited Login: the whole app, or one permission. A
// token outlives the loss of a permission and may do less from the next call on; removing the app ends all its tokens
// for the person. The app is told. Source: "Revoking permissions".
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import * as grants from '../store/grants/grants.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import { notifyPermissions, notifyRemoval } from '../callbacks/notify-app.ts';
import type { AppId, PersonId } from '../store/ids.ts';

interface Removal {
  appId: AppId;
  personId: PersonId;
  by: Actor;
  /** Epoch seconds. */
  now: number;
}

/** Removes the app from a person within a change. @returns false when the person had not added it */
export async function removeApp(making: Change, { appId, personId, by, now }: Removal): Promise<boolean> {
  const { tx, record, event } = making;
  const before = await permissionsGranted(making, appId, personId);
  const removed = [await grants.remove(tx, appId, personId), await limitedGrants.remove(tx, appId, personId)];
  if (!removed.includes(true)) return false;
  await record('app_removed', { app: appId, user: personId }, by);
  event({ name: 'grant.changed', outcome: 'ok', reason: 'app_removed', appId, ...actorFacts(by), targetId: personId });
  await notifyRemoval(making, { appId, personId });
  await notifyPermissions(making, { appId, personId }, { before, after: undefined, now });
  return true;
}

/**
 * Takes one permission back within a change: it counts as declined from now on. @returns false when it was not granted
 */
export async function revokePermission(change: Change, removal: Removal & { permission: string }): Promise<boolean> {
  const { appId, personId, by, permission, now } = removal;
  const before = await permissionsGranted(change, appId, personId);
  let granted = false;
  for (const kind of [grants, limitedGrants]) {
    const grant = await kind.holdForChange(change.tx, appId, personId);
    if (grant?.permissions[permission]?.status !== 'granted') continue;
    const permissions = { ...grant.permissions, [permission]: { status: 'declined' as const } };
    await kind.put(change.tx, { ...grant, permissions, updatedAt: now });
    granted = true;
  }
  if (!granted) return false;
  change.event({
    name: 'grant.changed',
    outcome: 'ok',
    reason: `revoked ${permission}`,
    appId,
    ...actorFacts(by),
    targetId: personId,
  });
  await notifyPermissions(
    change,
    { appId, personId },
    { before, after: { ...before, [permission]: { status: 'declined' } }, now },
  );
  return true;
}

/**
 * Lists what is granted by either way of logging in, as the app is told of it; the grant is held until the change has
 * ended.
 */
async function permissionsGranted(
  { tx }: Change,
  appId: AppId,
  personId: PersonId,
): Promise<grants.Grant['permissions']> {
  const limited = await limitedGrants.holdForChange(tx, appId, personId);
  const full = await grants.holdForChange(tx, appId, personId);
  const granted = (one: grants.Grant | undefined) =>
    Object.entries(one?.permissions ?? {}).filter(([, permit]) => permit.status === 'granted');
  return Object.fromEntries([...granted(limited), ...granted(full)]);
}
