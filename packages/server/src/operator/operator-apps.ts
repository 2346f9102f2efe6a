// An operator does these things with apps beyond acts on one of them (operator.ts): making and listing them, giving
// roles at once, and deciding about access. The rules and the audit lines are those of the dashboard.
import { type AppRole, graphError } from '@hallpass/protocol';
import { change, type ChangeContext, type Operator } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import * as accessRequests from '../store/apps/access-requests.ts';
import * as apps from '../store/apps/apps.ts';
import * as people from '../store/people/people.ts';
import { decideAccess } from '../apps/app-access.ts';
import { giveAppRole } from '../apps/app-admin.ts';
import { removeFromApp } from '../apps/app-team.ts';
import { createApp } from '../apps/create-app.ts';
import type { AppId } from '../store/ids.ts';

/** An app of a person, in development. @returns its id and its secrets, for this one time */
export async function createAppFor(
  installation: ChangeContext,
  { name, type, administrator }: { name: string; type: apps.App['type']; administrator: people.Person },
  by: Operator,
): Promise<{ id: string; secret: string; clientToken: string }> {
  const settings = administrator.email === null ? {} : { contactEmail: administrator.email };
  const id = await createApp(installation, { name, type, settings, administrator: administrator.id, by });
  const app = await apps.byId(installation.db.read, installation.sealer, id);
  return { id, secret: app?.secret ?? '', clientToken: app?.clientToken ?? '' };
}

/** Every app that was not deleted, oldest first. */
export async function listApps({
  db,
  sealer,
}: Pick<Installation, 'db' | 'sealer'>): Promise<{ id: string; name: string; mode: string; status: string }[]> {
  const all = await apps.all(db.read, sealer);
  return all.flatMap(({ id, name, mode, status }) => (status === 'deleted' ? [] : [{ id, name, mode, status }]));
}

/** Platform-wide ids: for the operator, who sees every account. */
export async function listAppRoles(
  { db }: Pick<Installation, 'db'>,
  appId: AppId,
): Promise<{ person: string; name: string; role: string }[]> {
  const held = await apps.roles(db.read, appId);
  const names = new Map(
    (await people.byIds(db.read, [...new Set(held.map((one) => one.personId))])).map(({ id, name }) => [id, name]),
  );
  return held.map(({ personId, role }) => ({ person: personId, name: names.get(personId) ?? '', role }));
}

/**
 * Gives the role at once, without an invitation. @returns false when the person has it. @throws GraphError
 * permission.denied for test users and system users
 */
export function giveRoleOnApp(
  installation: ChangeContext,
  appId: AppId,
  person: people.Person,
  role: AppRole,
  by: Operator,
): Promise<boolean> {
  if (person.testUserOf !== null || person.systemUserOf !== null) throw graphError('permission.denied');
  return change(installation, async (making) => {
    if ((await apps.rolesOf(making.tx, appId, person.id)).includes(role)) return false;
    await giveAppRole(making, { appId, by, personId: person.id, role }, installation.world.clock.now());
    return true;
  });
}

/** @returns false when the person did not have it. @throws GraphError app.last_administrator */
export const takeRoleOnApp = (
  installation: ChangeContext,
  appId: AppId,
  person: people.Person,
  role: AppRole,
  by: Operator,
): Promise<boolean> =>
  change(installation, (making) => removeFromApp(installation, making, { appId, by, personId: person.id, role }));

const LONGEST_QUEUE = 1000;

/** Lists what waits for a decision, oldest first. */
export async function listAccessRequests({
  db,
  sealer,
}: Pick<Installation, 'db' | 'sealer'>): Promise<
  { id: string; app: string; permission: string; useCase: string; createdAt: number }[]
> {
  const waiting = await accessRequests.pending(db.read, LONGEST_QUEUE);
  const names = new Map((await apps.all(db.read, sealer)).map(({ id, name }) => [id, name]));
  return waiting.map(({ id, appId, permission, useCase, createdAt }) => ({
    id,
    app: names.get(appId) ?? appId,
    permission,
    useCase,
    createdAt,
  }));
}

/** @returns false when there is no such request. @throws GraphError app.access when it is decided already */
export function decideAccessRequest(
  installation: ChangeContext,
  id: string,
  { approve, reason, by }: { approve: boolean; reason: string; by: Operator },
): Promise<boolean> {
  return change(installation, async (making) => {
    const request = await accessRequests.byId(making.tx, id);
    if (!request) return false;
    await decideAccess(installation, making, request, { approve, reason, by });
    return true;
  });
}
