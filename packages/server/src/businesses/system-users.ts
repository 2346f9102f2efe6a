// System users belong to a business: accounts of a business that no person logs in to. They are made and renamed, never
// deleted; their tokens are made one by one and ended one by one or all together. Source: the guides on system users.
import { type BusinessRole, lifetimes, type MarketingTier, marketingTiers, graphError } from '@hallpass/protocol';
import { type Actor, type Change, change, personOf, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { mint, newId } from '../installation/mint.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as epochs from '../store/installation/epochs.ts';
import type { Permit } from '../store/grants/grants.ts';
import * as people from '../store/people/people.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import { scopesOf, type TokenRecord } from '../tokens/record.ts';
import { sealDeterministic } from '../tokens/seal.ts';
import { scopedIdFor } from '../people/scoped-id.ts';
import { type AppId, type BusinessId, MemberId, type PersonId, SystemUserId } from '../store/ids.ts';

interface NewSystemUser {
  businessId: BusinessId;
  /** The name in its stored form. */
  name: string;
  role: BusinessRole;
  /** The app that makes it: its tier says how many there may be. */
  appId: AppId;
  tier: MarketingTier;
  by: Actor;
}

/**
 * @returns the id by which the app knows the new system user @throws GraphError business.system_users over the limit of
 * the tier
 */
export function createSystemUser(
  installation: ChangeContext,
  { businessId, name, role, appId, tier, by }: NewSystemUser,
): Promise<string> {
  const now = installation.world.clock.now();
  return change(installation, async ({ tx, event }) => {
    await businesses.holdForChange(tx, businessId);
    const limit = marketingTiers[tier].systemUsers[role];
    const there = (await businesses.members(tx, businessId, 'system_user')).filter((one) => one.role === role).length;
    if (there >= limit) throw graphError('business.system_users', { limit: String(limit), role });
    const personId = await addSystemUser(tx, {
      id: newId(installation, SystemUserId),
      memberId: newId(installation, MemberId),
      businessId,
      name,
      role,
      createdBy: personOf(by),
      now,
    });
    event({ name: 'sysuser.created', outcome: 'ok', reason: role, appId, ...actorFacts(by), targetId: personId });
    return scopedIdFor(installation, tx, appId, personId);
  });
}

interface SystemUserRow {
  id: SystemUserId;
  memberId: MemberId;
  businessId: BusinessId;
  name: string;
  role: BusinessRole;
  /** `integration` for that of a connected app. */
  kind?: 'system_user' | 'integration';
  createdBy: PersonId | null;
  now: number;
}

/** Inserts the account and its place in the business, within a change. */
export async function addSystemUser(tx: Change['tx'], input: SystemUserRow): Promise<SystemUserId> {
  const { id, memberId, businessId, name, role, kind = 'system_user', createdBy, now } = input;
  await people.insert(tx, {
    id,
    name,
    email: null,
    password: null,
    state: 'active',
    testUserOf: null,
    systemUserOf: businessId,
    profile: {},
    administrator: false,
    createdAt: now,
  });
  await businesses.addMember(tx, { id: memberId, businessId, personId: id, kind, role, createdBy, createdAt: now });
  return id;
}

export async function renameSystemUser(
  { tx, event }: Change,
  personId: PersonId,
  name: string,
  by: Actor,
  demand: (present: { name: string }) => void = () => {},
): Promise<void> {
  const present = await people.holdForChange(tx, personId);
  if (present) demand(present);
  await people.setName(tx, personId, name);
  event({ name: 'sysuser.renamed', outcome: 'ok', ...actorFacts(by), targetId: personId });
}

export async function installApp(
  { tx, event }: Change,
  { personId, appId, by, now }: { personId: PersonId; appId: AppId; by: Actor; now: number },
): Promise<void> {
  if (await systemUsers.isInstalled(tx, personId, appId)) return;
  await systemUsers.install(tx, personId, appId, personOf(by), now);
  event({ name: 'sysuser.app_installed', outcome: 'ok', appId, ...actorFacts(by), targetId: personId });
}

/** Takes an app from a system user: its tokens for it are dead. @returns false where it was not installed */
export async function uninstallApp(
  making: Change,
  input: { personId: PersonId; appId: AppId; by: Actor; now: number },
): Promise<boolean> {
  const { tx, event } = making;
  const { personId, appId, by } = input;
  if (!(await systemUsers.isInstalled(tx, personId, appId))) return false;
  await systemUsers.uninstall(tx, personId, appId);
  await endSystemUserTokens(making, input);
  event({ name: 'sysuser.app_uninstalled', outcome: 'ok', appId, ...actorFacts(by), targetId: personId });
  return true;
}

interface SystemUserTokenRequest {
  personId: PersonId;
  appId: AppId;
  permissions: Record<string, Permit>;
  /** Ends after 60 days. */
  expiring: boolean;
  by: Actor;
  /** The token this one continues: if that died meanwhile, nothing is made. */
  refreshed?: TokenRecord;
  /** Sealed so that it can be found again, see integration-tokens.ts. */
  findable?: boolean;
}

/**
 * Makes a token for a system user. @returns its text @throws GraphError business.not_installed where it does not have
 * the app
 */
export function issueSystemUserToken(
  installation: ChangeContext & Pick<Installation, 'ring'>,
  wanted: SystemUserTokenRequest,
): Promise<{ text: string; expiresAt: number }> {
  const { personId, appId, permissions, expiring, by, refreshed } = wanted;
  const now = installation.world.clock.now();
  const expiresAt = expiring ? now + lifetimes.expiringSystemUserToken : 0;
  return change(installation, async ({ tx, event }) => {
    const login = newId(installation);
    const minted = await mint(installation, tx, {
      kind: 'system_user',
      app: appId,
      user: personId,
      session: undefined,
      login,
      issuedAt: now,
      expiresAt,
      longLived: true,
      native: false,
      authType: undefined,
      authNonce: undefined,
    });
    // Looked at after the epochs of the token were read: whoever takes the app away meanwhile is seen here, or ends the
    // token.
    if (!(await systemUsers.isInstalled(tx, personId, appId))) throw graphError('business.not_installed');
    const text = wanted.findable ? sealDeterministic(installation.ring(), minted.record) : minted.text;
    if (refreshed && !(await goesOn(tx, refreshed))) throw graphError('token.revoked');
    const tokenFp = fingerprint(installation.keys, text);
    await systemUsers.insertToken(tx, {
      id: login,
      personId,
      appId,
      fingerprint: tokenFp,
      permissions,
      issuedBy: personOf(by),
      issuedAt: now,
      expiresAt,
      endedAt: null,
    });
    event({
      name: 'sysuser.token_issued',
      outcome: 'ok',
      reason: Object.keys(permissions).join(' '),
      appId,
      ...actorFacts(by),
      targetId: personId,
      tokenFp,
    });
    return { text, expiresAt };
  });
}

/** Looked at after the epochs of the new token were read: what ended the old one before that is seen here. */
async function goesOn(tx: Change['tx'], record: TokenRecord): Promise<boolean> {
  const scopes = scopesOf(record);
  const current = await epochs.current(
    tx,
    scopes.map(({ scope }) => scope),
  );
  return scopes.every(({ scope, epoch }) => (current.get(scope) ?? 0) === epoch);
}

/** Ends every token of a system user for one app. */
export async function endSystemUserTokens(
  { tx, record, event }: Change,
  { personId, appId, by, now }: { personId: PersonId; appId: AppId; by: Actor; now: number },
): Promise<void> {
  await systemUsers.endTokens(tx, personId, appId, now);
  await record('system_user_tokens_ended', { app: appId, user: personId }, by);
  event({ name: 'sysuser.tokens_ended', outcome: 'ok', reason: 'all', appId, ...actorFacts(by), targetId: personId });
}

/** Ends one token, with the Page tokens made by it. @returns false when it was not going on */
export async function endSystemUserToken(
  { tx, record, event }: Change,
  { id, personId, appId, by, now }: { id: string; personId: PersonId; appId: AppId; by: Actor; now: number },
): Promise<boolean> {
  const row = await systemUsers.token(tx, id);
  if (row?.personId !== personId || row.appId !== appId || !(await systemUsers.endToken(tx, id, now))) return false;
  await record('system_user_token_revoked', { app: appId, user: personId, login: id }, by);
  event({
    name: 'sysuser.tokens_ended',
    outcome: 'ok',
    reason: 'one',
    appId,
    ...actorFacts(by),
    targetId: personId,
    tokenFp: row.fingerprint,
  });
  return true;
}
