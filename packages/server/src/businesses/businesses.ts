// Businesses change in these ways: making one, its settings, and who is in it. Whoever leaves loses what the business
// had assigned, and with it the Page tokens made by it. Sources: the business and business_users references.
import { type BusinessRole, graphError } from '@hallpass/protocol';
import { type Actor, type Change, change, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import { newId } from '../installation/mint.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as pages from '../store/pages/pages.ts';
import { endAdAccountRoles } from './ad-accounts.ts';
import { takePageRole } from '../pages/page-roles.ts';
import type { TestWorldId } from '../people/test-world.ts';
import { BusinessId, MemberId, type PersonId } from '../store/ids.ts';
import type { BusinessAct } from './business-act.ts';

/** Makes a business whose administrator is the person who makes it. @returns its id */
export function createBusiness(
  installation: ChangeContext,
  {
    name,
    settings,
    personId,
    testOf = null,
  }: { name: string; settings: businesses.BusinessSettings; personId: PersonId; testOf?: TestWorldId },
): Promise<BusinessId> {
  const now = installation.world.clock.now();
  const id = newId(installation, BusinessId);
  return change(installation, async ({ tx, event }) => {
    await businesses.insert(tx, { id, name, settings, createdBy: personId, testOf, createdAt: now, updatedAt: now });
    await businesses.addMember(tx, {
      id: newId(installation, MemberId),
      businessId: id,
      personId,
      kind: 'person',
      role: 'ADMIN',
      createdBy: personId,
      createdAt: now,
    });
    event({ name: 'business.created', outcome: 'ok', actorKind: 'person', actorId: personId, targetId: id });
    return id;
  });
}

/**
 * Writes what is named and nothing else.
 * @param demand is given the business as it is now, and throws where it must not be changed
 */
export async function changeBusiness(
  { tx, event }: Change,
  { businessId, by, now }: BusinessAct,
  wanted: { name?: string | undefined; settings: businesses.BusinessSettings },
  demand: (present: businesses.Business) => void = () => {},
): Promise<void> {
  const business = await businesses.holdForChange(tx, businessId);
  if (!business) return;
  demand(business);
  const settings = { ...business.settings, ...wanted.settings };
  await businesses.update(tx, { id: businessId, name: wanted.name ?? business.name, settings, updatedAt: now });
  const names = [...(wanted.name === undefined ? [] : ['name']), ...Object.keys(wanted.settings)];
  event({
    name: 'business.settings.changed',
    outcome: 'ok',
    reason: names.join(' '),
    ...actorFacts(by),
    targetId: businessId,
  });
}

/** @throws GraphError business.last_administrator where nobody would be one any more */
export async function setBusinessRole(
  { tx, event }: Change,
  { businessId, by }: BusinessAct,
  memberId: MemberId,
  role: BusinessRole,
): Promise<void> {
  await businesses.holdForChange(tx, businessId);
  const member = await personIn(tx, businessId, memberId);
  if (member.role === role) return;
  if (role !== 'ADMIN') await demandAnotherAdministrator(tx, member);
  await businesses.setMemberRole(tx, member.id, role);
  event({
    name: 'business.role.changed',
    outcome: 'ok',
    reason: `business ${businessId}: ${role}`,
    ...actorFacts(by),
    targetId: member.personId,
  });
}

/** Sets what a person is called there. @param title in its stored form */
export async function setTitle(
  { tx, event }: Change,
  { businessId, by }: BusinessAct,
  memberId: MemberId,
  title: string,
): Promise<void> {
  const member = await personIn(tx, businessId, memberId);
  await businesses.setMemberTitle(tx, member.id, title);
  event({
    name: 'business.role.changed',
    outcome: 'ok',
    reason: `business ${businessId}: title`,
    ...actorFacts(by),
    targetId: member.personId,
  });
}

/**
 * Takes a person out of the business, with all that it had assigned. @throws GraphError
 * business.last_administrator
 */
export async function removeBusinessUser(
  change: Change,
  { businessId, by }: BusinessAct,
  memberId: MemberId,
): Promise<void> {
  const { tx, event } = change;
  await businesses.holdForChange(tx, businessId);
  const member = await personIn(tx, businessId, memberId);
  await demandAnotherAdministrator(tx, member);
  const { personId } = member;
  for (const { pageId } of await pages.assignedBy(tx, businessId, { personId }))
    await takePageRole(change, { pageId, personId, by });
  await endAdAccountRoles(change, personId, by, businessId);
  await businesses.removeMember(tx, member.id);
  event({
    name: 'business.role.changed',
    outcome: 'ok',
    reason: `business ${businessId}: none`,
    ...actorFacts(by),
    targetId: personId,
  });
}

/**
 * For an account that is deleted: it leaves every business, also as its last administrator. Nobody is made one in its
 * place, because nobody decided that: an administrator among the system users may invite somebody.
 */
export async function leaveBusinesses({ tx, event }: Change, personId: PersonId, by: Actor): Promise<void> {
  for (const businessId of await businesses.removePerson(tx, personId)) {
    event({
      name: 'business.role.changed',
      outcome: 'ok',
      reason: `business ${businessId}: none`,
      ...actorFacts(by),
      targetId: personId,
    });
  }
}

type Tx = Change['tx'];

async function personIn(tx: Tx, businessId: BusinessId, memberId: MemberId): Promise<businesses.Member> {
  const member = await businesses.memberById(tx, memberId);
  if (member?.businessId !== businessId || member.kind !== 'person')
    throw graphError('param.invalid', { name: 'user' });
  return member;
}

async function demandAnotherAdministrator(tx: Tx, member: businesses.Member): Promise<void> {
  if (member.role !== 'ADMIN') return;
  const others = (await businesses.members(tx, member.businessId, 'person')).filter(
    (one) => one.role === 'ADMIN' && one.id !== member.id,
  );
  if (others.length === 0) throw graphError('business.last_administrator');
}
