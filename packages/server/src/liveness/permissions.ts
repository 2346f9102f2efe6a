// The permissions of a token are never frozen in it: what the person granted ∩ what the app may ask of this person ∩
// data access that has not ended. Computed from facts in force now, remembered per grant row.
import { dataAccessExempt, permissions as table } from '@hallpass/protocol';
import type { App } from '../store/apps/apps.ts';
import type { Grant } from '../store/grants/grants.ts';
import type { Permit } from '../store/grants/grant-rows.ts';

export interface EffectiveGrant {
  /** Names in force for at least one object. */
  names: ReadonlySet<string>;
  /** Granted, but data access has ended: the person must come back through the dialog (auth_type=reauthorize). */
  ended: ReadonlySet<string>;
}

const nothing: EffectiveGrant = { names: new Set(), ended: new Set() };
const remembered = new WeakMap<Grant, { app: App; insider: boolean; over: boolean; value: EffectiveGrant }>();

/** @param insider the person has a role on the app, or is its test user: standard access is enough */
export function inForce(app: App, grant: Grant | null, insider: boolean, now: number): EffectiveGrant {
  if (!grant) return nothing;
  const over = isOver(grant, now);
  const known = remembered.get(grant);
  if (known && known.app === app && known.insider === insider && known.over === over) return known.value;
  const names = new Set<string>();
  const ended = new Set<string>();
  for (const [name, permit] of Object.entries(grant.permissions)) {
    const standing = standingOf(app, permit, { name, insider, over });
    if (standing === 'ended') ended.add(name);
    else if (standing === 'in_force') names.add(name);
  }
  const value = { names, ended };
  remembered.set(grant, { app, insider, over, value });
  return value;
}

/** True when the access to data that the person allowed has ended. */
export const isOver = (grant: Grant, now: number): boolean =>
  grant.dataAccessUntil !== 0 && now >= grant.dataAccessUntil;

type Standing = 'in_force' | 'ended' | 'no_advanced_access' | 'declined' | 'not_granted';

/** Says how one permission of a grant stands now. */
export function standingOf(
  app: App,
  permit: Permit | undefined,
  { name, insider, over }: { name: string; insider: boolean; over: boolean },
): Standing {
  if (permit?.status === 'declined') return 'declined';
  if (permit?.status !== 'granted') return 'not_granted';
  if (!mayAsk(app, name, insider)) return 'no_advanced_access';
  return over && !dataAccessExempt.has(name) ? 'ended' : 'in_force';
}

/** True when the app may hold this permission of this person: advanced access, or a role on the app. */
export function mayAsk(app: App, name: string, insider: boolean): boolean {
  if (!(name in table) && name !== 'openid') return false;
  return name === 'public_profile' || name === 'openid' || insider || app.settings.advancedAccess.includes(name);
}

/** True when a granted permission reaches this object (a Page the person ticked). */
export function reaches(grant: Grant | null, name: string, target: string): boolean {
  const permit = grant?.permissions[name];
  return permit?.status === 'granted' && (permit.targets === undefined || permit.targets.includes(target));
}
