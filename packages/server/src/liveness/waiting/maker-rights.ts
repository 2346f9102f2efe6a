// The maker of a thing that waits must hold certain rights at this moment so that it still counts: asked of the
// database inside the change that uses the thing, never of a cache (invariant I-6).
import type { AppRole, BusinessRole, Permission } from '@hallpass/protocol';
import * as apps from '../../store/apps/apps.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as grants from '../../store/grants/grants.ts';
import * as people from '../../store/people/people.ts';
import type { Query } from '../../store/query.ts';
import * as secondFactors from '../../store/people/second-factors.ts';
import * as systemUsers from '../../store/businesses/system-users.ts';
import type { Installation } from '../../installation/installation.ts';
import { inForce } from '../permissions.ts';
import { ruleReaches } from '../two-factor.ts';
import type { AppId, BusinessId, PersonId } from '../../store/ids.ts';

export type MakerRight =
  /** One of these roles on an active app. */
  | { of: 'app'; id: AppId; roles: readonly AppRole[] }
  /** One of these roles in a business, with the second factor that the business asks for. */
  | { of: 'business'; id: BusinessId; roles: readonly BusinessRole[] }
  /**
   * A right that an app has for the maker, if the thing was made by its token: granted, within what the app may ask
   * for, and with access to data that has not ended.
   */
  | { of: 'grant'; app: AppId; permission: Permission };

/** True when the person or system user has the right now; a locked, unconfirmed or deleted account has none. */
export async function holdsRight(
  installation: Pick<Installation, 'sealer' | 'world'>,
  q: Query,
  makerId: PersonId,
  right: MakerRight,
): Promise<boolean> {
  const maker = await people.byId(q, makerId);
  if (maker?.state !== 'active') return false;
  if (right.of === 'app') return holdsAppRole(installation, q, maker, right);
  if (right.of === 'business') return holdsBusinessRole(q, maker, right);
  return actsThrough(installation, q, maker, right);
}

async function holdsAppRole(
  installation: Pick<Installation, 'sealer'>,
  q: Query,
  maker: people.Person,
  { id, roles }: Extract<MakerRight, { of: 'app' }>,
): Promise<boolean> {
  if ((await apps.byId(q, installation.sealer, id))?.status !== 'active') return false;
  const held: readonly string[] = await apps.rolesOf(q, id, maker.id);
  return roles.some((role) => held.includes(role));
}

async function holdsBusinessRole(
  q: Query,
  maker: people.Person,
  { id, roles }: Extract<MakerRight, { of: 'business' }>,
): Promise<boolean> {
  const role = await businesses.role(q, id, maker.id);
  if (role === undefined || !roles.includes(role)) return false;
  const rule = (await businesses.byId(q, id))?.settings.two_factor_type ?? 'none';
  return maker.systemUserOf !== null || !ruleReaches(rule, role) || (await secondFactors.isOn(q, maker.id));
}

async function actsThrough(
  installation: Pick<Installation, 'sealer' | 'world'>,
  q: Query,
  maker: people.Person,
  { app: appId, permission }: Extract<MakerRight, { of: 'grant' }>,
): Promise<boolean> {
  const app = await apps.byId(q, installation.sealer, appId);
  if (app?.status !== 'active') return false;
  if (maker.systemUserOf !== null) return systemUsers.isInstalled(q, maker.id, appId);
  const insider = maker.testUserOf === appId || (await apps.rolesOf(q, appId, maker.id)).length > 0;
  const grant = (await grants.find(q, appId, maker.id)) ?? null;
  return inForce(app, grant, insider, installation.world.clock.now()).names.has(permission);
}
