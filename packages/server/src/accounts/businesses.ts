// Businesses: making one, its settings, and who is in it. Whoever leaves loses what the business had assigned, and with it
// the Page tokens made by it. Sources: the business and business_users references.
import { type BusinessRole, refuse } from '@hallpass/protocol';
import { type Actor, type Change, change } from '../liveness/change.ts';
import { actorFacts } from '../liveness/events.ts';
import { factKey } from '../liveness/facts.ts';
import type { Installation } from '../liveness/installation.ts';
import { newId } from '../liveness/mint.ts';
import * as businesses from '../store/businesses.ts';
import * as pages from '../store/pages.ts';
import * as people from '../store/people.ts';
import { endAdAccountRoles } from './ad-accounts.ts';
import { takePageRole } from './page-roles.ts';

export interface BusinessAct {
  businessId: string;
  by: Actor;
  /** Epoch seconds. */
  now: number;
}

/** Makes a business whose administrator is the person who makes it. @returns its id */
export function createBusiness(
  installation: Installation,
  { name, settings, personId }: { name: string; settings: businesses.BusinessSettings; personId: string },
): Promise<string> {
  const now = installation.world.clock.now();
  const id = newId(installation);
  return change(installation, async ({ tx, touch, event }) => {
    await businesses.insert(tx, { id, name, settings, createdBy: personId, createdAt: now, updatedAt: now });
    await businesses.addMember(tx, {
      id: newId(installation),
      businessId: id,
      personId,
      kind: 'person',
      role: 'ADMIN',
      createdBy: personId,
      createdAt: now,
    });
    touch(factKey.businessRole(id, personId));
    event({ name: 'business.created', outcome: 'ok', actorKind: 'person', actorId: personId, targetId: id });
    return id;
  });
}

/** Writes what is named and nothing else. */
export async function changeBusiness(
  { tx, event }: Change,
  { businessId, by, now }: BusinessAct,
  wanted: { name?: string | undefined; settings: businesses.BusinessSettings },
): Promise<void> {
  const business = await businesses.holdForChange(tx, businessId);
  if (!business) return;
  const settings = { ...business.settings, ...wanted.settings };
  await businesses.update(tx, { id: businessId, name: wanted.name ?? business.name, settings, updatedAt: now });
  const names = [...(wanted.name === undefined ? [] : ['name']), ...Object.keys(wanted.settings)];
  event({ name: 'business.settings.changed', outcome: 'ok', reason: names.join(' '), ...actorFacts(by), targetId: businessId });
}

/**
 * Adds the person with this e-mail address. @returns the id of the membership
 * @throws Refusal param.invalid for an address of nobody, of a test user (threats PR-08), or of somebody who is in already
 */
export async function addBusinessUser(
  installation: Installation,
  { tx, touch, event }: Change,
  { businessId, by, now }: BusinessAct,
  { email, role }: { email: string; role: BusinessRole },
): Promise<string> {
  const person = await people.byEmail(tx, email);
  if (!person || person.state === 'deleted' || person.testUserOf !== null) throw refuse('param.invalid', { name: 'email' });
  await businesses.holdForChange(tx, businessId);
  if (await businesses.member(tx, businessId, person.id)) throw refuse('param.invalid', { name: 'email' });
  const id = newId(installation);
  await businesses.addMember(tx, { id, businessId, personId: person.id, kind: 'person', role, createdBy: by.id ?? null, createdAt: now });
  touch(factKey.businessRole(businessId, person.id));
  event({ name: 'business.role.changed', outcome: 'ok', reason: `business ${businessId}: ${role}`, ...actorFacts(by), targetId: person.id });
  return id;
}

/** @throws Refusal param.invalid where the last administrator would lose the role */
export async function setBusinessRole(
  { tx, touch, event }: Change,
  { businessId, by }: BusinessAct,
  memberId: string,
  role: BusinessRole,
): Promise<void> {
  await businesses.holdForChange(tx, businessId);
  const member = await personIn(tx, businessId, memberId);
  if (member.role === role) return;
  if (role !== 'ADMIN') await demandAnotherAdministrator(tx, member, 'role');
  await businesses.setMemberRole(tx, member.id, role);
  touch(factKey.businessRole(businessId, member.personId));
  event({ name: 'business.role.changed', outcome: 'ok', reason: `business ${businessId}: ${role}`, ...actorFacts(by), targetId: member.personId });
}

/** Takes a person out of the business, with all that it had assigned. @throws Refusal param.invalid for the last administrator */
export async function removeBusinessUser(change: Change, { businessId, by }: BusinessAct, memberId: string): Promise<void> {
  const { tx, touch, event } = change;
  await businesses.holdForChange(tx, businessId);
  const member = await personIn(tx, businessId, memberId);
  await demandAnotherAdministrator(tx, member, 'user');
  const { personId } = member;
  for (const { pageId } of await pages.assignedBy(tx, businessId, { personId })) await takePageRole(change, { pageId, personId, by });
  await endAdAccountRoles(change, personId, by, businessId);
  await businesses.removeMember(tx, member.id);
  touch(factKey.businessRole(businessId, personId));
  event({ name: 'business.role.changed', outcome: 'ok', reason: `business ${businessId}: none`, ...actorFacts(by), targetId: personId });
}

type Tx = Change['tx'];

async function personIn(tx: Tx, businessId: string, memberId: string): Promise<businesses.Member> {
  const member = await businesses.memberById(tx, memberId);
  if (member?.businessId !== businessId || member.kind !== 'person') throw refuse('param.invalid', { name: 'user' });
  return member;
}

async function demandAnotherAdministrator(tx: Tx, member: businesses.Member, name: string): Promise<void> {
  if (member.role !== 'ADMIN') return;
  const others = (await businesses.members(tx, member.businessId, 'person')).filter((one) => one.role === 'ADMIN' && one.id !== member.id);
  if (others.length === 0) throw refuse('param.invalid', { name });
}
