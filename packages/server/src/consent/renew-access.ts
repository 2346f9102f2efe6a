// The access of an app to data of a person ends 90 days after the last log-in. The person gives it anew by logging in to
// the app, or in their settings. Sources: "Data access expiration"; the help page Apps and websites ("Renew").
import { lifetimes } from '@hallpass/protocol';
import type { Change } from '../liveness/change.ts';
import * as grants from '../store/grants/grants.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import type { AppId, PersonId } from '../store/ids.ts';

/** Begins the 90 days anew within a change. @returns false when the person has not added the app */
export async function renewAccess(
  { tx, event }: Change,
  { appId, personId, now }: { appId: AppId; personId: PersonId; now: number },
): Promise<boolean> {
  let found = false;
  for (const kind of [grants, limitedGrants]) {
    const grant = await kind.holdForChange(tx, appId, personId);
    if (!grant) continue;
    await kind.put(tx, { ...grant, dataAccessUntil: now + lifetimes.dataAccess });
    found = true;
  }
  if (!found) return false;
  event({
    name: 'grant.changed',
    outcome: 'ok',
    reason: 'data access renewed',
    appId,
    actorKind: 'person',
    actorId: personId,
    targetId: personId,
  });
  return true;
}
