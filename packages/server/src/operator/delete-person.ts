// This module deletes an account: everything about the person goes in the same change; the id stays taken, so that the
// audit trail makes sense (threats ST-07).
import type { Actor, Change } from '../liveness/change.ts';
import { withdrawMadeBy } from '../liveness/waiting/waiting-kinds.ts';
import * as accessRequests from '../store/apps/access-requests.ts';
import * as appInvitations from '../store/apps/app-invitations.ts';
import * as invitations from '../store/businesses/business-invitations.ts';
import * as apps from '../store/apps/apps.ts';
import * as friendships from '../store/people/friendships.ts';
import * as grants from '../store/grants/grants.ts';
import * as outbox from '../store/outbox/outbox.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import * as pages from '../store/pages/pages.ts';
import * as people from '../store/people/people.ts';
import * as scopedIds from '../store/people/scoped-ids.ts';
import * as secondFactors from '../store/people/second-factors.ts';
import * as webSessions from '../store/people/web-sessions.ts';
import { leaveAdAccounts } from '../businesses/ad-accounts.ts';
import { leaveBusinesses } from '../businesses/businesses.ts';
import { takePageRole } from '../pages/page-roles.ts';
import { notifyPermissions, notifyRemoval } from '../callbacks/notify-app.ts';
import { leaveTestWorld } from '../pages/test-pages.ts';
import { type AppId, FIRST_PARTY, type PersonId } from '../store/ids.ts';

/** Deletes within a change; every token of the person is dead (190, subcode 465). The caller adds the audit line. */
export async function deletePersonIn(making: Change, personId: PersonId, by: Actor, now: number): Promise<void> {
  const { tx, record } = making;
  // First of all, so that it is the reason that dead tokens give.
  await record('person_deleted', { app: FIRST_PARTY, user: personId }, by);
  const permissionsByApp = new Map<AppId, grants.Grant['permissions']>();
  for (const { appId, permissions } of [
    ...(await limitedGrants.ofPerson(tx, personId)),
    ...(await grants.ofPerson(tx, personId)),
  ])
    permissionsByApp.set(appId, { ...permissionsByApp.get(appId), ...permissions });
  for (const [appId, before] of permissionsByApp) {
    await grants.remove(tx, appId, personId);
    await notifyRemoval(making, { appId, personId });
    await notifyPermissions(making, { appId, personId }, { before, after: undefined, now });
  }
  await limitedGrants.removePerson(tx, personId);
  for (const appId of await apps.appsWithRole(tx, personId)) {
    for (const role of await apps.rolesOf(tx, appId, personId)) await apps.removeRole(tx, appId, personId, role);
  }
  await withdrawMadeBy(making, personId, now);
  await outbox.forgetPerson(tx, personId);
  await leaveAdAccounts(making, personId, by);
  await appInvitations.removePerson(tx, personId, (await people.byId(tx, personId))?.email ?? null);
  await accessRequests.forgetPerson(tx, personId);
  const held = await pages.rolesOfPerson(tx, personId);
  for (const { pageId } of held) await takePageRole(making, { pageId, personId, by });
  const person = await people.byId(tx, personId);
  if (person && person.testUserOf !== null)
    await leaveTestWorld(
      making,
      personId,
      held.map(({ pageId }) => pageId),
    );
  await leaveBusinesses(making, personId, by);
  await friendships.removePerson(tx, personId);
  await webSessions.removePerson(tx, personId);
  await secondFactors.remove(tx, personId);
  await scopedIds.removePerson(tx, personId);
  const { email } = (await people.byId(tx, personId)) ?? { email: null };
  if (email !== null) await invitations.removeFor(tx, email);
  await people.erase(tx, personId);
}
