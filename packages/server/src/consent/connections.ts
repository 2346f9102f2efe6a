// The apps that a person has to do with: those added now, by log-in, by Limited Login, or by both together, and those
// that were removed.
import * as grants from '../store/grants/grants.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import * as epochs from '../store/installation/epochs.ts';
import * as scopedIds from '../store/people/scoped-ids.ts';
import type { Query } from '../store/query.ts';
import type { AppId, PersonId } from '../store/ids.ts';

/** Lists what a person gave, one row an app, in the order in which the apps were added. */
export async function connectionsOf(q: Query, personId: PersonId): Promise<grants.Grant[]> {
  const rows = new Map((await limitedGrants.ofPerson(q, personId)).map((grant) => [grant.appId, grant]));
  for (const grant of await grants.ofPerson(q, personId)) {
    const limited = rows.get(grant.appId);
    const createdAt = Math.min(grant.createdAt, limited?.createdAt ?? grant.createdAt);
    rows.set(grant.appId, {
      ...grant,
      createdAt,
      permissions: { ...onlyGranted(limited?.permissions ?? {}), ...onlyGranted(grant.permissions) },
    });
  }
  return [...rows.values()].sort((a, b) => a.createdAt - b.createdAt || (a.appId < b.appId ? -1 : 1));
}

const onlyGranted = (permissions: grants.Grant['permissions']): grants.Grant['permissions'] =>
  Object.fromEntries(Object.entries(permissions).filter(([, permit]) => permit.status === 'granted'));

/** Apps that the person removed and has not added again, the latest first. */
export async function removedApps(q: Query, personId: PersonId): Promise<{ appId: AppId; removedAt: number }[]> {
  const added = new Set((await connectionsOf(q, personId)).map(({ appId }) => appId));
  const gone = (await scopedIds.appsThatKnow(q, personId)).filter((appId) => !added.has(appId));
  const scopeOf = (appId: AppId): string => `grant:${appId}:${personId}`;
  const ends = await epochs.lastOf(q, 'app_removed', gone.map(scopeOf));
  return gone
    .flatMap((appId) => {
      const removedAt = ends.get(scopeOf(appId));
      return removedAt === undefined ? [] : [{ appId, removedAt }];
    })
    .sort((a, b) => b.removedAt - a.removedAt || (a.appId < b.appId ? -1 : 1));
}
