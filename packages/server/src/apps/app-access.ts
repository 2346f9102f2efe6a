// Access levels say for whom a permission works: with standard access a permission works for people with a role on the
// app only, with advanced access for anybody. An app asks, reviewers of the platform decide, and the app may go back.
// Source: access levels.
import { alwaysGranted, type Permission, graphError } from '@hallpass/protocol';
import { type Change, personOf } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import { mustStand, stands } from '../liveness/waiting/waiting.ts';
import { accessRequest } from '../liveness/waiting/waiting-kinds.ts';
import * as accessRequests from '../store/apps/access-requests.ts';
import type { AccessRequest } from '../store/apps/access-requests.ts';
import * as apps from '../store/apps/apps.ts';
import type { AppAct } from './app-admin.ts';

const cannot = (permission: string, reason: string) => graphError('app.access', { permission, reason });

/** @returns the id of the request. @throws GraphError app.access where there is nothing to ask for */
export async function requestAccess(
  installation: Pick<Installation, 'keys' | 'sealer' | 'settings' | 'world'>,
  change: Change,
  { appId, by }: AppAct,
  { permission, useCase }: { permission: Permission; useCase: string },
): Promise<string> {
  const { tx, event } = change;
  const now = installation.world.clock.now();
  const app = await apps.holdForChange(tx, installation.sealer, appId);
  if (!app || permission === alwaysGranted || app.settings.advancedAccess.includes(permission))
    throw cannot(permission, 'anyone may be asked for it already');
  if ((await accessRequests.ofApp(tx, appId)).some((one) => one.permission === permission && one.state === 'pending'))
    throw cannot(permission, 'it was asked for and is waiting for a decision');
  const request: AccessRequest = {
    id: newId(installation),
    appId,
    permission,
    useCase,
    state: 'pending',
    requestedBy: personOf(by),
    createdAt: now,
    decidedBy: null,
    decidedAt: null,
    reason: null,
  };
  await accessRequests.insert(tx, request);
  await mustStand(installation, tx, accessRequest, request);
  event({
    name: 'app.access.requested',
    outcome: 'ok',
    reason: permission,
    appId,
    ...actorFacts(by),
    targetId: request.id,
  });
  if (installation.settings.approveAccess)
    await decideAccess(installation, change, request, {
      approve: true,
      reason: 'This platform approves requests automatically.',
      by: { kind: 'system' },
    });
  return request.id;
}

/** @throws GraphError app.access where it is not waiting any more */
export async function decideAccess(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  { tx, event }: Change,
  request: AccessRequest,
  { approve, reason, by }: { approve: boolean; reason: string; by: AppAct['by'] },
): Promise<void> {
  const { id, appId, permission } = request;
  const app = await apps.holdForChange(tx, installation.sealer, appId);
  if (approve && !(await stands(installation, tx, accessRequest, request)))
    throw cannot(permission, 'it is not waiting for a decision');
  const state = approve ? ('approved' as const) : ('rejected' as const);
  const decision = { state, by: personOf(by), at: installation.world.clock.now(), reason };
  if (!app || app.status === 'deleted' || !(await accessRequests.decide(tx, id, decision)))
    throw cannot(permission, 'it is not waiting for a decision');
  if (approve) await setAdvanced(tx, app, [...new Set([...app.settings.advancedAccess, permission])]);
  event({ name: `app.access.${state}`, outcome: 'ok', reason: permission, appId, ...actorFacts(by), targetId: id });
}

/** Taken back by the app itself. @throws GraphError app.access where it is not waiting any more */
export async function withdrawRequest(
  installation: Pick<Installation, 'world'>,
  { tx, event }: Change,
  { id, appId, permission }: AccessRequest,
  by: AppAct['by'],
): Promise<void> {
  const decision = { state: 'withdrawn' as const, by: personOf(by), at: installation.world.clock.now(), reason: null };
  if (!(await accessRequests.decide(tx, id, decision))) throw cannot(permission, 'it is not waiting for a decision');
  event({ name: 'app.access.withdrawn', outcome: 'ok', reason: permission, appId, ...actorFacts(by), targetId: id });
}

/**
 * Back to standard access: what people without a role granted is out of force at the next call. @throws GraphError
 * app.access
 */
export async function dropAccess(
  installation: Pick<Installation, 'sealer'>,
  { tx, event }: Change,
  { appId, by }: AppAct,
  permission: Permission,
): Promise<void> {
  if (permission === alwaysGranted) throw cannot(permission, 'it cannot be removed from an app');
  const app = await apps.holdForChange(tx, installation.sealer, appId);
  if (!app?.settings.advancedAccess.includes(permission)) throw cannot(permission, 'the app has standard access');
  await setAdvanced(
    tx,
    app,
    app.settings.advancedAccess.filter((one) => one !== permission),
  );
  event({ name: 'app.access.dropped', outcome: 'ok', reason: permission, appId, ...actorFacts(by), targetId: appId });
}

const setAdvanced = (tx: Change['tx'], app: apps.App, advancedAccess: string[]): Promise<void> =>
  apps.update(tx, app.id, { settings: { ...app.settings, advancedAccess } });
