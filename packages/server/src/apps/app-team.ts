// These changes decide who works on an app: inviting, answering, taking a role away, leaving. An invitation is to an
// address or a person, and looks the same whether or not the address is anybody's (invariant I-15); nobody has a role
// before accepting it. Source: app roles.
import { type AppRole, appRoleLimits, graphError } from '@hallpass/protocol';
import { type Actor, type Change, personOf } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import { mustStand, stands } from '../liveness/waiting/waiting.ts';
import { appInvitation } from '../liveness/waiting/waiting-kinds.ts';
import * as appInvitations from '../store/apps/app-invitations.ts';
import type { Invitation } from '../store/apps/app-invitations.ts';
import * as apps from '../store/apps/apps.ts';
import type { Person } from '../store/people/people.ts';
import { type AppAct, giveAppRole, takeAppRole } from './app-admin.ts';
import type { AppId, PersonId } from '../store/ids.ts';

const everyRole = 'people with a role';

/** @throws GraphError app.too_many where one more would be over the limit of the role or of all together */
async function demandRoom(
  tx: Change['tx'],
  appId: AppId,
  role: AppRole,
  invitations: readonly Invitation[],
): Promise<void> {
  const held = [...(await apps.roles(tx, appId)), ...invitations].map((one) => one.role);
  const limit =
    role === 'administrators'
      ? appRoleLimits.administrators
      : role === 'testers'
        ? appRoleLimits.testers
        : appRoleLimits.everybody;
  if (held.filter((one) => one === role).length >= limit)
    throw graphError('app.too_many', { limit: String(limit), what: role });
  if (role !== 'administrators' && held.filter((one) => one !== 'administrators').length >= appRoleLimits.everybody)
    throw graphError('app.too_many', { limit: String(appRoleLimits.everybody), what: everyRole });
}

interface NewInvitation {
  /** The address in its stored form. */
  email?: string | undefined;
  personId?: PersonId | undefined;
  role: AppRole;
}

/** @returns the id of the invitation; of the one that is there, for the second of two that are the same */
export async function inviteToApp(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  { tx, event }: Change,
  { appId, by }: AppAct,
  invited: NewInvitation,
): Promise<string> {
  const now = installation.world.clock.now();
  await apps.holdForChange(tx, installation.sealer, appId);
  const [email, personId] = [invited.email ?? null, invited.personId ?? null];
  const waiting = await appInvitations.ofApp(tx, appId);
  const same = waiting.find((one) => one.email === email && one.personId === personId && one.role === invited.role);
  if (same) return same.id;
  await demandRoom(tx, appId, invited.role, waiting);
  const id = newId(installation);
  const made: Invitation = {
    id,
    appId,
    email,
    personId,
    role: invited.role,
    invitedBy: personOf(by),
    createdAt: now,
  };
  await appInvitations.insert(tx, made);
  await mustStand(installation, tx, appInvitation, made);
  event({
    name: 'role.invited',
    outcome: 'ok',
    reason: `app: ${invited.role}`,
    appId,
    ...actorFacts(by),
    targetId: id,
  });
  return id;
}

/** True when an invitation is to this person. */
export const isFor = (invitation: Invitation, person: Person): boolean =>
  invitation.personId === person.id || (invitation.email !== null && invitation.email === person.email);

/** Gives the role. @returns false when the invitation is gone */
export async function acceptInvitation(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  change: Change,
  invitation: Invitation,
  person: Person,
): Promise<boolean> {
  const { appId, id } = invitation;
  // People of an app are people: a test user may not work on any (threats PR-08).
  if (person.testUserOf !== null) throw graphError('permission.denied');
  const app = await apps.holdForChange(change.tx, installation.sealer, appId);
  // As it is now: what was read before the app was held may have been withdrawn meanwhile.
  const present = await appInvitations.byId(change.tx, id);
  if (!app || !present || !(await stands(installation, change.tx, appInvitation, present))) return false;
  if (!(await appInvitations.remove(change.tx, id))) return false;
  const role = invitation.role as AppRole;
  const act = { appId, by: { kind: 'person' as const, id: person.id }, personId: person.id, role };
  await giveAppRole(change, act, installation.world.clock.now());
  return true;
}

/** Declined by who was invited, or taken back by the app's administrators. @returns false when it is gone already */
export async function endInvitation(
  { tx, event }: Change,
  { id, appId }: Invitation,
  by: Actor,
  reason: 'declined' | 'taken back',
): Promise<boolean> {
  if (!(await appInvitations.remove(tx, id))) return false;
  event({ name: 'role.invitation.ended', outcome: 'ok', reason, appId, ...actorFacts(by), targetId: id });
  return true;
}

/** @returns false when the person did not have the role. @throws GraphError app.last_administrator */
export async function removeFromApp(
  installation: Pick<Installation, 'sealer'>,
  change: Change,
  act: AppAct & { personId: PersonId; role: AppRole },
): Promise<boolean> {
  await apps.holdForChange(change.tx, installation.sealer, act.appId);
  const roles = await apps.roles(change.tx, act.appId);
  if (!roles.some((one) => one.personId === act.personId && one.role === act.role)) return false;
  if (act.role === 'administrators' && roles.filter((one) => one.role === act.role).length === 1)
    throw graphError('app.last_administrator');
  return takeAppRole(installation, change, act);
}

/** Gives up every role that the person has on the app. @throws GraphError app.last_administrator */
export async function leaveApp(
  installation: Pick<Installation, 'sealer'>,
  change: Change,
  { appId, personId }: { appId: AppId; personId: PersonId },
): Promise<void> {
  const by = { kind: 'person' as const, id: personId };
  for (const role of await apps.rolesOf(change.tx, appId, personId))
    await removeFromApp(installation, change, { appId, by, personId, role: role as AppRole });
}
