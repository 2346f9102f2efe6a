// Administrators and developers do these things with an app: settings, secret, client token, roles, its end. Each is
// one change with its audit line. Who may do it is said where it is called. Source: the app roles page.
import { alwaysGranted, type AppRole, randomHex } from '@hallpass/protocol';
import { type Actor, type Change, change, type ChangeContext } from '../liveness/change.ts';
import { alertApp } from '../liveness/app-alerts.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import * as accessRequests from '../store/apps/access-requests.ts';
import * as appInvitations from '../store/apps/app-invitations.ts';
import * as apps from '../store/apps/apps.ts';
import * as subscriptions from '../store/apps/subscriptions.ts';
import { demandOnDomains, demandReady } from './app-rules.ts';
import type { AppId, PersonId } from '../store/ids.ts';

export interface AppAct {
  appId: AppId;
  by: Actor;
}

export interface AppChange {
  name?: string;
  mode?: apps.App['mode'];
  type?: apps.App['type'];
  /** Disabled apps keep their tokens, which work again when the app is active again. */
  status?: 'active' | 'disabled';
  settings?: Partial<apps.AppSettings>;
}

/** 32 hex digits: a new app secret or client token. */
export const newAppSecret = (installation: Pick<Installation, 'world'>): string =>
  randomHex(installation.world.random, 16);

const ofPeople: ReadonlySet<string> = new Set([alwaysGranted, 'email']);

/**
 * Writes what is named and nothing else.
 * @param demand is given the app as it is now, and throws where it must not be changed; nobody else changes it meanwhile
 * @throws GraphError app.login_address for an address that is not on the domains of the app, app.not_ready for a live
 * app
 *   that lacks something
 */
export function changeApp(
  installation: ChangeContext,
  { appId, by }: AppAct,
  wanted: AppChange,
  demand: (present: apps.App) => void = () => {},
): Promise<void> {
  return change(installation, async ({ tx, record, event }) => {
    const app = await apps.holdForChange(tx, installation.sealer, appId);
    if (!app || app.status === 'deleted') return;
    demand(app);
    const { settings, ...plain } = wanted;
    // The app's own call is documented to take any domains; what is registered stays then, and people are told in the
    // dashboard.
    const { appDomains, ...others } = settings ?? {};
    demandOnDomains(
      { ...app.settings, ...settings },
      by.kind === 'app' || appDomains === undefined ? others : { ...others, appDomains },
    );
    if (wanted.mode === 'live' && app.mode !== 'live')
      demandReady({ ...app, settings: { ...app.settings, ...settings } });
    // Source: Login for Business (an app that asks for nothing else loses its tokens when it is switched).
    const switched = settings?.loginType !== undefined && settings.loginType !== app.settings.loginType;
    if (switched && app.settings.advancedAccess.every((one) => ofPeople.has(one)))
      await record('login_type_switched', { app: appId }, by);
    await apps.update(tx, appId, { ...plain, ...(settings ? { settings: { ...app.settings, ...settings } } : {}) });
    const names = [...Object.keys(plain), ...Object.keys(settings ?? {})];
    event({
      name: 'app.settings.changed',
      outcome: 'ok',
      reason: names.join(' '),
      appId,
      ...actorFacts(by),
      targetId: appId,
    });
  });
}

/**
 * Archives the app, or takes it out of the archive: while it is there everything of it is refused, and its tokens work
 * again afterwards. @returns false when it was so before, or the operator has disabled it
 */
export function archiveApp(installation: ChangeContext, { appId, by }: AppAct, archived: boolean): Promise<boolean> {
  return change(installation, async ({ tx, event }) => {
    const app = await apps.holdForChange(tx, installation.sealer, appId);
    if (app?.status !== (archived ? 'active' : 'archived')) return false;
    await apps.update(tx, appId, { status: archived ? 'archived' : 'active' });
    event({
      name: 'app.archived',
      outcome: 'ok',
      reason: archived ? 'archived' : 'active again',
      appId,
      ...actorFacts(by),
      targetId: appId,
    });
    return true;
  });
}

/**
 * Gives the app a new secret; app tokens made with the old one are dead at once. @returns the new secret, for this one
 * time
 */
export function resetAppSecret(installation: ChangeContext, { appId, by }: AppAct): Promise<string> {
  const secret = newAppSecret(installation);
  return change(installation, async (making) => {
    const { tx, record, event } = making;
    await alertApp(installation, making, { appId, kind: 'secret_reset' });
    await record('app_secret_reset', { app: appId }, by);
    await apps.setSecret(tx, installation.sealer, appId, secret);
    event({ name: 'app.secret.reset', outcome: 'ok', appId, ...actorFacts(by), targetId: appId });
    return secret;
  });
}

/** Gives the app a new client token; the old one names it no longer. @returns the new one */
export function resetClientToken(installation: ChangeContext, { appId, by }: AppAct): Promise<string> {
  const clientToken = newAppSecret(installation);
  return change(installation, async ({ tx, event }) => {
    await apps.setClientToken(tx, installation.sealer, appId, clientToken);
    event({ name: 'app.client_token.reset', outcome: 'ok', appId, ...actorFacts(by), targetId: appId });
    return clientToken;
  });
}

/** Notes that the secret was shown, and to whom: in the same change as it is read. @returns it */
export function showAppSecret(installation: ChangeContext, { appId, by }: AppAct): Promise<string> {
  return change(installation, async ({ tx, event }) => {
    event({ name: 'app.secret.shown', outcome: 'ok', appId, ...actorFacts(by), targetId: appId });
    return (await apps.byId(tx, installation.sealer, appId))?.secret ?? '';
  });
}

/** Deletes the app for good: its id never comes back, and every token of it is refused from now on. */
export function deleteApp(installation: ChangeContext, { appId, by }: AppAct): Promise<void> {
  return change(installation, async ({ tx, event }) => {
    await apps.remove(tx, appId);
    await subscriptions.removeApp(tx, appId);
    await appInvitations.removeApp(tx, appId);
    await accessRequests.removeApp(tx, appId);
    event({ name: 'app.deleted', outcome: 'ok', appId, ...actorFacts(by), targetId: appId });
  });
}

interface AppRoleAct extends AppAct {
  personId: PersonId;
  role: AppRole;
}

export async function giveAppRole(
  { tx, event }: Change,
  { appId, by, personId, role }: AppRoleAct,
  now: number,
): Promise<void> {
  await apps.addRole(tx, appId, personId, role, now);
  event({ name: 'role.changed', outcome: 'ok', reason: `app: ${role}`, appId, ...actorFacts(by), targetId: personId });
}

/**
 * Takes one role away. Whoever loses the last one on an app in development may no longer use it, and tokens of that
 * time stay dead when a role is given back. @returns false when the person did not have it
 */
export async function takeAppRole(
  installation: Pick<Installation, 'sealer'>,
  change: Change,
  { appId, by, personId, role }: AppRoleAct,
): Promise<boolean> {
  const { tx, record, event } = change;
  if (!(await apps.removeRole(tx, appId, personId, role))) return false;
  const app = await apps.byId(tx, installation.sealer, appId);
  const left = await apps.rolesOf(tx, appId, personId);
  if (left.length === 0 && app?.mode === 'development')
    await record('app_role_lost', { app: appId, user: personId }, by);
  event({
    name: 'role.changed',
    outcome: 'ok',
    reason: `app: no longer ${role}`,
    appId,
    ...actorFacts(by),
    targetId: personId,
  });
  return true;
}
