// Businesses and ad accounts belong together here: making one, which businesses have it, and who was given tasks on it.
// Sources: the adaccount, owned_ad_accounts and ad_accounts edges of the business; the agencies and assigned_users
// edges of the ad account.
import { type AdAccountTask, adAccountTasksHeld, everyAdAccountTask, graphError } from '@hallpass/protocol';
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import * as adAccounts from '../store/ads/ad-accounts.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as people from '../store/people/people.ts';
import type { BusinessAct } from './business-act.ts';
import { demandSameWorld, type TestWorldId, worldOf } from '../people/test-world.ts';
import type { AdAccountId, BusinessId, PersonId } from '../store/ids.ts';

/** Makes an ad account that belongs to the business. */
export async function createAdAccount(
  change: Change,
  { businessId, by, now }: BusinessAct,
  account: adAccounts.AdAccount,
): Promise<void> {
  await adAccounts.insert(change.tx, account);
  await adAccounts.putHolder(
    change.tx,
    { accountId: account.id, businessId, relation: 'owner', tasks: [...everyAdAccountTask] },
    now,
  );
  change.event({
    name: 'adaccount.created',
    outcome: 'ok',
    reason: `of business ${businessId}`,
    ...actorFacts(by),
    targetId: account.id,
  });
}

/** Makes the business the owner of an ad account. @throws GraphError param.invalid where another business owns it */
export async function claimAdAccount(change: Change, act: BusinessAct, accountId: AdAccountId): Promise<void> {
  const { tx } = change;
  if (!(await adAccounts.holdForChange(tx, accountId))) throw graphError('param.invalid', { name: 'adaccount_id' });
  const owner = (await adAccounts.holders(tx, accountId)).find((one) => one.relation === 'owner');
  if (owner?.businessId === act.businessId) return;
  if (owner) throw graphError('param.invalid', { name: 'adaccount_id' }).because('another business owns it');
  await adAccounts.putHolder(
    tx,
    { accountId, businessId: act.businessId, relation: 'owner', tasks: [...everyAdAccountTask] },
    act.now,
  );
  holdersChanged(change, act, accountId, `owns ad account ${accountId}`);
}

/**
 * Lets another business work on an ad account with these tasks, in place of those it had. @throws GraphError
 * param.invalid for the owner
 */
export async function putAdAgency(
  change: Change,
  act: BusinessAct,
  accountId: AdAccountId,
  permitted: readonly AdAccountTask[],
): Promise<void> {
  const { tx } = change;
  await adAccounts.holdForChange(tx, accountId);
  const before = (await adAccounts.holders(tx, accountId)).find((one) => one.businessId === act.businessId);
  if (before?.relation === 'owner' || !(await businesses.byId(tx, act.businessId)))
    throw graphError('param.invalid', { name: 'business' });
  demandSameWorld(
    await worldOfAccount(change, accountId),
    (await businesses.byId(tx, act.businessId))?.testOf ?? null,
    'business',
  );
  const tasks = [...adAccountTasksHeld(permitted)];
  await adAccounts.putHolder(tx, { accountId, businessId: act.businessId, relation: 'agency', tasks }, act.now);
  // Tasks that were assigned beyond the new bounds are cut down to them, so that wider ones do not bring them back.
  for (const role of await adAccounts.rolesOn(tx, accountId, act.businessId)) {
    const left = role.tasks.filter((task) => tasks.includes(task));
    if (left.length === role.tasks.length) continue;
    if (left.length === 0) await takeAdAccountRole(change, { ...role, by: act.by });
    else await write(change, { ...role, tasks: left }, act.by);
  }
  holdersChanged(change, act, accountId, `agency of ad account ${accountId}`);
}

/**
 * Takes an ad account from a business, with every task it had assigned. @returns false when it had none
 * @throws GraphError param.invalid where nobody would have it afterwards
 */
export async function removeAdHolder(change: Change, act: BusinessAct, accountId: AdAccountId): Promise<boolean> {
  const { tx } = change;
  const account = await adAccounts.holdForChange(tx, accountId);
  const holder = (await adAccounts.holders(tx, accountId)).find((one) => one.businessId === act.businessId);
  if (!account || !holder) return false;
  if (holder.relation === 'owner' && account.ownerPerson === null)
    throw graphError('param.invalid', { name: 'adaccount_id' }).because(
      'the business made it, and nobody else owns it',
    );
  await adAccounts.removeHolder(tx, accountId, act.businessId);
  for (const role of await adAccounts.rolesOn(tx, accountId, act.businessId))
    await takeAdAccountRole(change, { ...role, by: act.by });
  holdersChanged(change, act, accountId, `left ad account ${accountId}`);
  return true;
}

/** Facts about people need no word of this: what follows from it is worked out at each call. */
function holdersChanged(
  { event }: Change,
  { businessId, by }: BusinessAct,
  accountId: AdAccountId,
  reason: string,
): void {
  event({ name: 'business.asset.changed', outcome: 'ok', reason, ...actorFacts(by), targetId: businessId });
}

interface AssetHolder {
  accountId: AdAccountId;
  personId: PersonId;
  /** The business that assigns it; `OWN` for a role of the person's own. */
  businessId: BusinessId;
  by: Actor;
}

/**
 * Gives somebody these tasks on an ad account, in place of those the same business had given.
 * @throws GraphError param.invalid for somebody outside the business, for a test user (threats PR-08), for a system
 * user
 *   without its
 *   business, and for tasks that the business may not pass on
 */
export async function giveAdAccountRole(
  change: Change,
  assignment: AssetHolder & { tasks: readonly AdAccountTask[]; now: number },
): Promise<void> {
  const { tx } = change;
  const { accountId, personId, businessId } = assignment;
  await adAccounts.holdForChange(tx, accountId);
  const person = await people.byId(tx, personId);
  if (!person || person.state === 'deleted' || person.testUserOf !== null)
    throw graphError('param.invalid', { name: 'user' });
  demandSameWorld(await worldOfAccount(change, accountId), await worldOf(tx, person), 'user');
  if (businessId === adAccounts.OWN) {
    if (person.systemUserOf !== null) throw graphError('param.invalid', { name: 'user' });
  } else {
    const holder = (await adAccounts.holders(tx, accountId)).find((one) => one.businessId === businessId);
    if (!holder) throw graphError('param.invalid', { name: 'business' });
    if (!assignment.tasks.every((task) => holder.tasks.includes(task)))
      throw graphError('param.invalid', { name: 'tasks' });
    // A person who leaves at this moment leaves nothing behind.
    await businesses.holdForChange(tx, businessId);
    if (!(await businesses.member(tx, businessId, personId))) throw graphError('param.invalid', { name: 'user' });
  }
  const tasks = [...adAccountTasksHeld(assignment.tasks)];
  await write(change, { accountId, personId, businessId, tasks, createdAt: assignment.now }, assignment.by);
}

/** An ad account lives where the business lives that owns it. */
async function worldOfAccount({ tx }: Change, accountId: AdAccountId): Promise<TestWorldId> {
  const owner = (await adAccounts.holders(tx, accountId)).find((one) => one.relation === 'owner');
  return owner ? ((await businesses.byId(tx, owner.businessId))?.testOf ?? null) : null;
}

async function write(change: Change, role: adAccounts.AdAccountRole, by: Actor): Promise<void> {
  await adAccounts.setRole(change.tx, role);
  roleChanged(change, { ...role, by }, role.tasks.join(' '));
}

/** @returns false when there was nothing to take */
export async function takeAdAccountRole(change: Change, assignment: AssetHolder): Promise<boolean> {
  if (!(await adAccounts.removeRole(change.tx, assignment.accountId, assignment.personId, assignment.businessId)))
    return false;
  roleChanged(change, assignment, 'none');
  return true;
}

function roleChanged({ event }: Change, { accountId, personId, by }: AssetHolder, what: string): void {
  event({
    name: 'role.changed',
    outcome: 'ok',
    reason: `ad account ${accountId}: ${what}`,
    ...actorFacts(by),
    targetId: personId,
  });
}

/** Everything that somebody was given, or that one business had given them, ends. */
export async function endAdAccountRoles(
  change: Change,
  personId: PersonId,
  by: Actor,
  businessId?: BusinessId,
): Promise<void> {
  for (const role of await adAccounts.rolesOfPerson(change.tx, personId, businessId))
    await takeAdAccountRole(change, { ...role, by });
}

/** Takes a deleted person's roles away; ad accounts that were the person's own have no owner any more. */
export async function leaveAdAccounts(change: Change, personId: PersonId, by: Actor): Promise<void> {
  await endAdAccountRoles(change, personId, by);
  await adAccounts.disown(change.tx, personId);
}
