// These changes decide what belongs to a business: Pages it owns or works for as an agency, apps it claimed, and the
// tasks it assigns on Pages to its people and system users. Sources: owned_pages, owned_apps, agencies, assigned_users.
import { classicTasks, graphError, type Task, tasksHeld } from '@hallpass/protocol';
import type { Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as pageRequests from '../store/pages/page-requests.ts';
import * as pages from '../store/pages/pages.ts';
import * as people from '../store/people/people.ts';
import type { BusinessAct } from './business-act.ts';
import { givePageRole, takePageRole } from '../pages/page-roles.ts';
import { demandSameWorld } from '../people/test-world.ts';
import { type AppId, type BusinessId, FIRST_PARTY, type PageId, type PersonId } from '../store/ids.ts';

/** Makes the business the owner of a Page. @throws GraphError param.invalid where another business owns it */
export async function claimPage(change: Change, act: BusinessAct, pageId: PageId): Promise<void> {
  const { tx } = change;
  if (!(await pages.holdForChange(tx, pageId))) throw graphError('param.invalid', { name: 'page_id' });
  await demandSharedWorld(change, act.businessId, pageId, 'page_id');
  const owner = (await businesses.ofPage(tx, pageId)).find((one) => one.relation === 'owner');
  if (owner?.businessId === act.businessId) return;
  if (owner) throw graphError('param.invalid', { name: 'page_id' });
  await businesses.putPage(
    tx,
    { pageId, businessId: act.businessId, relation: 'owner', tasks: [...classicTasks] },
    act.now,
  );
  await pageChanged(change, act, pageId, `owns page ${pageId}`);
}

/**
 * Lets another business work on a Page with these tasks, in place of those it had. @throws GraphError param.invalid for
 * the owner
 */
export async function putAgency(
  change: Change,
  act: BusinessAct,
  pageId: PageId,
  permitted: readonly Task[],
): Promise<void> {
  const { tx } = change;
  const { businessId, by } = act;
  await pages.holdForChange(tx, pageId);
  const before = (await businesses.ofPage(tx, pageId)).find((one) => one.businessId === businessId);
  if (before?.relation === 'owner' || !(await businesses.byId(tx, businessId)))
    throw graphError('param.invalid', { name: 'business' });
  await demandSharedWorld(change, businessId, pageId, 'business');
  const held = tasksHeld(permitted);
  await businesses.putPage(tx, { pageId, businessId, relation: 'agency', tasks: [...held] }, act.now);
  // Tasks that were assigned beyond the new bounds are cut down to them.
  for (const { personId, tasks } of await assignedTasks(change, businessId, pageId)) {
    const left = tasks.filter((task) => held.has(task));
    if (left.length === tasks.length) continue;
    if (left.length === 0) await takePageRole(change, { pageId, personId, by });
    else await givePageRole(change, { pageId, personId, tasks: left, businessId, by, now: act.now });
  }
  await pageChanged(change, act, pageId, `agency of page ${pageId}`);
}

/**
 * @throws GraphError param.invalid where one of the two belongs to test users, and the other to somebody else (threats
 * PR-08)
 */
export async function demandSharedWorld(
  { tx }: Change,
  businessId: BusinessId,
  pageId: PageId,
  name: string,
): Promise<void> {
  const [business, page] = [await businesses.byId(tx, businessId), await pages.byId(tx, pageId)];
  demandSameWorld(business?.testOf ?? null, page?.testOf ?? null, name);
}

const assignedTasks = async ({ tx }: Change, businessId: BusinessId, pageId: PageId) =>
  (await pages.rolesOfPage(tx, pageId)).filter((role) => role.businessId === businessId);

/** Takes a Page from a business, with every task it had assigned on it. @returns false when it had none */
export async function removeBusinessPage(change: Change, act: BusinessAct, pageId: PageId): Promise<boolean> {
  const { tx, record } = change;
  const { businessId, by } = act;
  await pages.holdForChange(tx, pageId);
  if (!(await businesses.removePage(tx, pageId, businessId))) return false;
  // A business that does not own the Page any more answers for it no more.
  await pageRequests.endAll(tx, { pageId, ownerId: businessId }, 'declined');
  for (const { personId } of await pages.assignedBy(tx, businessId, { pageId }))
    await takePageRole(change, { pageId, personId, by });
  for (const user of await administratorsAmongSystemUsers(change, businessId))
    await record('page_role_lost', { app: FIRST_PARTY, user, page: pageId }, by);
  await pageChanged(change, act, pageId, `left page ${pageId}`);
  return true;
}

/**
 * Claims an app for the business: its system users may have it. @throws GraphError param.invalid where another business
 * has it
 */
export async function claimApp(
  { tx, event }: Change,
  { businessId, by, now }: BusinessAct,
  appId: AppId,
): Promise<void> {
  // Apps are real, also those that test users are of.
  demandSameWorld((await businesses.byId(tx, businessId))?.testOf ?? null, null, 'app_id');
  if (!(await businesses.claimApp(tx, appId, businessId, now))) throw graphError('param.invalid', { name: 'app_id' });
  event({
    name: 'business.asset.changed',
    outcome: 'ok',
    reason: `owns app ${appId}`,
    appId,
    ...actorFacts(by),
    targetId: businessId,
  });
}

/**
 * Assigns tasks on a Page of the business to one of its people or system users, in place of those it had assigned.
 * @throws GraphError param.invalid for a Page, a person or tasks that are not the business's to give;
 *   business.role_elsewhere for somebody who has the Page in another way
 */
export async function assignPage(
  change: Change,
  act: BusinessAct,
  assignment: { pageId: PageId; personId: PersonId; tasks: readonly Task[] },
): Promise<void> {
  const { tx } = change;
  const { businessId, by, now } = act;
  const { pageId, personId, tasks } = assignment;
  await pages.holdForChange(tx, pageId);
  const had = (await businesses.ofPage(tx, pageId)).find((one) => one.businessId === businessId);
  if (!had) throw graphError('param.invalid', { name: 'business' });
  if (had.relation === 'agency' && tasks.some((task) => !had.tasks.includes(task)))
    throw graphError('param.invalid', { name: 'tasks' });
  // A person who leaves at this moment leaves nothing behind.
  await businesses.holdForChange(tx, businessId);
  if (!(await businesses.member(tx, businessId, personId))) throw graphError('param.invalid', { name: 'user' });
  // A role of the person's own, or of another business, is not this business's to change.
  const before = (await pages.rolesOfPage(tx, pageId)).find((role) => role.personId === personId);
  if (before && before.businessId !== businessId)
    throw graphError('business.role_elsewhere', { name: (await people.byId(tx, personId))?.name ?? 'The person' });
  await givePageRole(change, { pageId, personId, tasks, businessId, by, now });
}

/** Takes back what the business had assigned. @returns false when it had assigned nothing */
export async function unassignPage(
  change: Change,
  { businessId, by }: BusinessAct,
  pageId: PageId,
  personId: PersonId,
): Promise<boolean> {
  const found = (await pages.assignedBy(change.tx, businessId, { pageId, personId })).length > 0;
  return found && takePageRole(change, { pageId, personId, by });
}

async function administratorsAmongSystemUsers({ tx }: Change, businessId: BusinessId): Promise<PersonId[]> {
  return (await businesses.members(tx, businessId, 'system_user'))
    .filter((one) => one.role === 'ADMIN')
    .map((one) => one.personId);
}

async function pageChanged(
  change: Change,
  { businessId, by }: BusinessAct,
  pageId: PageId,
  reason: string,
): Promise<void> {
  change.event({ name: 'business.asset.changed', outcome: 'ok', reason, ...actorFacts(by), targetId: businessId });
}
