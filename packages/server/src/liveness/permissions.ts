// The permissions of a token are never frozen in it: what the person granted ∩ what the app may ask of this person ∩
// data access that has not ended. Computed from facts in force now, and remembered.
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

type Permissions = Grant['permissions'];

/** Permissions in force, by app and by what was granted: people who granted the same have them in common. */
const remembered = new WeakMap<App, WeakMap<Permissions, EffectiveGrant[]>>();

/** @param insider the person has a role on the app, or is its test user: standard access is enough */
export function inForce(app: App, grant: Grant | null, insider: boolean, now: number): EffectiveGrant {
  if (!grant) return nothing;
  const over = isOver(grant, now);
  let ofApp = remembered.get(app);
  if (!ofApp) remembered.set(app, (ofApp = new WeakMap()));
  let known = ofApp.get(grant.permissions);
  if (!known) ofApp.set(grant.permissions, (known = []));
  return (known[(insider ? 1 : 0) + (over ? 2 : 0)] ??= select(app, grant.permissions, { insider, over }));
}

function select(app: App, granted: Permissions, how: { insider: boolean; over: boolean }): EffectiveGrant {
  const names = new Set<string>();
  const ended = new Set<string>();
  for (const [name, permit] of Object.entries(granted)) {
    const standing = standingOf(app, permit, { name, ...how });
    if (standing === 'ended') ended.add(name);
    else if (standing === 'in_force') names.add(name);
  }
  return { names, ended };
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
