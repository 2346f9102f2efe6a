// An integration begins like this: a business connects an app in the dialog of a system-user configuration. The app
// then acts as a system user of that business, one for each pair of app and business; it belongs to the business, and
// not to the person who said yes. Connecting again replaces what was given. Source: the guide on Login for Business
// ("business integration system user").
import { isAboutAdAccounts, isAboutPages, type Permission } from '@hallpass/protocol';
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import type { App } from '../store/apps/apps.ts';
import * as adAccounts from '../store/ads/ad-accounts.ts';
import * as businesses from '../store/businesses/businesses.ts';
import type { Permit } from '../store/grants/grants.ts';
import * as integrations from '../store/businesses/integrations.ts';
import * as pages from '../store/pages/pages.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import { endAdAccountRoles, giveAdAccountRole, takeAdAccountRole } from './ad-accounts.ts';
import { givePageRole, takePageRole } from '../pages/page-roles.ts';
import { scopedIdFor } from '../people/scoped-id.ts';
import { addSystemUser } from './system-users.ts';
import { type AppId, type BusinessId, MemberId, type PersonId, SystemUserId } from '../store/ids.ts';

interface ConnectionRequest {
  app: App;
  businessId: BusinessId;
  /** The administrator of the business who says yes. */
  personId: PersonId;
  configurationId: string;
  permissions: readonly Permission[];
  /** The assets that were chosen of the business. */
  assets: integrations.Assets;
  now: number;
}

/**
 * @returns undefined when the person no longer runs the business, or something chosen is not the business's any more
 */
export async function connect(
  installation: Pick<Installation, 'keys' | 'world'>,
  making: Change,
  request: ConnectionRequest,
): Promise<integrations.Integration | undefined> {
  const { tx, event } = making;
  const { app, businessId, personId, assets, now } = request;
  // Ad accounts before their business, as in every other change.
  for (const id of [...(assets.ad_accounts ?? [])].sort()) await adAccounts.holdForChange(tx, id);
  const business = await businesses.holdForChange(tx, businessId);
  const member = await businesses.member(tx, businessId, personId);
  if (!business || member?.kind !== 'person' || member.role !== 'ADMIN') return undefined;
  const owned = new Map((await businesses.pagesOf(tx, businessId)).map((page) => [page.pageId, page]));
  const chosen = (assets.pages ?? []).map((id) => owned.get(id));
  const held = new Map((await adAccounts.heldBy(tx, businessId)).map((one) => [one.accountId, one]));
  const chosenAds = (assets.ad_accounts ?? []).map((id) => held.get(id));
  if (chosen.includes(undefined) || chosenAds.includes(undefined)) return undefined;

  const by: Actor = { kind: 'person', id: personId };
  const before = await integrations.between(tx, businessId, app.id);
  const userId = before?.personId ?? (await newUser(installation, making, request));
  const integration: integrations.Integration = {
    personId: userId,
    appId: app.id,
    businessId,
    configurationId: request.configurationId,
    permissions: permitsOf(request.permissions, assets),
    assets,
    connectedBy: personId,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    removedAt: null,
  };
  await integrations.put(tx, integration);
  await systemUsers.install(tx, userId, app.id, personId, now);
  await scopedIdFor(installation, tx, app.id, userId);
  const assigned = await pages.assignedBy(tx, businessId, { personId: userId });
  for (const { pageId } of assigned)
    if (!assets.pages?.includes(pageId)) await takePageRole(making, { pageId, personId: userId, by });
  for (const page of chosen)
    if (page)
      await givePageRole(making, { pageId: page.pageId, personId: userId, tasks: page.tasks, businessId, by, now });
  for (const role of await adAccounts.rolesOfPerson(tx, userId, businessId))
    if (!assets.ad_accounts?.includes(role.accountId)) await takeAdAccountRole(making, { ...role, by });
  for (const account of chosenAds)
    if (account) await giveAdAccountRole(making, { ...account, personId: userId, tasks: tasksOn(account), by, now });
  event({
    name: 'integration.connected',
    outcome: 'ok',
    reason: `business ${businessId}: ${Object.keys(integration.permissions).join(' ')}`,
    appId: app.id,
    ...actorFacts(by),
    targetId: userId,
  });
  return integration;
}

/** All that the business has, but to decide who may do what: the app changes nothing of the business. */
const tasksOn = (account: adAccounts.Holder) => account.tasks.filter((task) => task !== 'MANAGE');

async function newUser(
  installation: Pick<Installation, 'world'>,
  { tx }: Change,
  { app, businessId, personId, now }: ConnectionRequest,
): Promise<SystemUserId> {
  const id = newId(installation, SystemUserId);
  await addSystemUser(tx, {
    id,
    memberId: newId(installation, MemberId),
    businessId,
    name: app.name,
    role: 'EMPLOYEE',
    kind: 'integration',
    createdBy: personId,
    now,
  });
  return id;
}

/**
 * Permissions about Pages for the Pages that were chosen, those about ad accounts likewise; the others are about the
 * business.
 */
const permitsOf = (permissions: readonly Permission[], assets: integrations.Assets): Record<string, Permit> =>
  Object.fromEntries(
    permissions.map((name): [string, Permit] => {
      if (isAboutPages(name)) return [name, { status: 'granted', targets: [...(assets.pages ?? [])] }];
      if (isAboutAdAccounts(name)) return [name, { status: 'granted', targets: [...(assets.ad_accounts ?? [])] }];
      return [name, { status: 'granted' }];
    }),
  );

/**
 * The client business removes the app: every token of its system user is dead (190, subcode 458), also after a later
 * connection. @returns false when it is not connected
 */
export async function disconnect(
  making: Change,
  { businessId, appId, by, now }: { businessId: BusinessId; appId: AppId; by: Actor; now: number },
): Promise<boolean> {
  const { tx, record, event } = making;
  await businesses.holdForChange(tx, businessId);
  const before = await integrations.between(tx, businessId, appId);
  if (!before || before.removedAt !== null) return false;
  const { personId } = before;
  // First of all, so that it is the reason that dead tokens give.
  await record('integration_removed', { app: appId, user: personId }, by);
  await integrations.put(tx, { ...before, permissions: {}, assets: {}, updatedAt: now, removedAt: now });
  for (const { pageId } of await pages.assignedBy(tx, businessId, { personId }))
    await takePageRole(making, { pageId, personId, by });
  await endAdAccountRoles(making, personId, by, businessId);
  await systemUsers.endTokens(tx, personId, appId, now);
  await systemUsers.uninstall(tx, personId, appId);
  event({
    name: 'integration.removed',
    outcome: 'ok',
    reason: `business ${businessId}`,
    appId,
    ...actorFacts(by),
    targetId: personId,
  });
  return true;
}
