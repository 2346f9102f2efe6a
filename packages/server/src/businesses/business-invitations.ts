// People are invited into a business by e-mail address. It is answered alike whether or not somebody has an account
// with the address (invariant I-15); the link works once, for that address alone, and is worth nothing without its key.
import { type BusinessRole, DAY, graphError } from '@hallpass/protocol';
import { keyedHashText, sameText } from '../hash.ts';
import { type Change, change, personOf, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import { mustStand, stands } from '../liveness/waiting/waiting.ts';
import { businessInvitation } from '../liveness/waiting/waiting-kinds.ts';
import * as invitations from '../store/businesses/business-invitations.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as people from '../store/people/people.ts';
import type { BusinessAct } from './business-act.ts';
import { MemberId } from '../store/ids.ts';

const LIFE = 14 * DAY;

export type Invitation = invitations.Invitation;

interface NewInvitation {
  /** The address in its stored form. */
  email: string;
  role: BusinessRole;
  tasks: string[];
  userType: string;
}

/**
 * In place of an earlier one to the same address. @throws GraphError param.invalid for somebody who is in the business
 */
export async function invite(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  { tx, event }: Change,
  { businessId, by, through, now }: BusinessAct,
  invited: NewInvitation,
): Promise<Invitation> {
  await businesses.holdForChange(tx, businessId);
  const person = await people.byEmail(tx, invited.email);
  if (person && (await businesses.member(tx, businessId, person.id)))
    throw graphError('param.invalid', { name: 'email' });
  for (const { id } of await invitations.pendingOf(tx, businessId, invited.email))
    await invitations.end(tx, id, 'cancelled');
  const made: Invitation = {
    ...invited,
    id: newId(installation),
    businessId,
    state: 'pending',
    createdBy: personOf(by),
    offeredBy: personOf(by),
    offeredThrough: through ?? null,
    createdAt: now,
    expiresAt: now + LIFE,
  };
  await invitations.insert(tx, made);
  await mustStand(installation, tx, businessInvitation, made);
  event({
    name: 'business.invitation',
    outcome: 'ok',
    reason: `sent: ${made.role}`,
    ...actorFacts(by),
    targetId: businessId,
  });
  return made;
}

/** Makes the part of the link besides the id. It is made anew each time, so nothing of it is stored. */
export const invitationKey = ({ keys }: Pick<Installation, 'keys'>, { id }: Pick<Invitation, 'id'>): string =>
  keyedHashText(keys.link, `business_invitation:${id}`);

/** One that can still be answered, by whoever holds the link. */
export async function openInvitation(
  installation: Pick<Installation, 'db' | 'keys' | 'sealer' | 'world'>,
  id: string,
  key: string,
): Promise<Invitation | undefined> {
  const found = await invitations.byId(installation.db.read, id);
  const right = sameText(installation.keys.compare, key, invitationKey(installation, { id }));
  if (!right || found?.state !== 'pending' || found.expiresAt <= installation.world.clock.now()) return undefined;
  return (await stands(installation, installation.db.read, businessInvitation, found)) ? found : undefined;
}

/**
 * True when it is to this person: to nobody else, and to nobody of another world than the business's (threats PR-08).
 */
const reaches = ({ email }: Invitation, person: people.Person, business: businesses.Business | undefined): boolean =>
  person.email === email && person.testUserOf === (business?.testOf ?? null);

export async function isTo(
  { db }: Pick<Installation, 'db'>,
  invitation: Invitation,
  person: people.Person,
): Promise<boolean> {
  return reaches(invitation, person, await businesses.byId(db.read, invitation.businessId));
}

/** Offers another role. Whoever does it answers for the invitation from now on. @throws GraphError param.invalid */
export async function changeInvitation(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  { tx, event }: Change,
  { businessId, by, through }: BusinessAct,
  id: string,
  role: BusinessRole,
): Promise<void> {
  await businesses.holdForChange(tx, businessId);
  const offer = { role, offeredBy: personOf(by), offeredThrough: through ?? null };
  if (!(await invitations.setRole(tx, id, offer))) throw graphError('param.invalid', { name: 'role' });
  const changed = await invitations.byId(tx, id);
  if (changed) await mustStand(installation, tx, businessInvitation, changed);
  event({
    name: 'business.invitation',
    outcome: 'ok',
    reason: `changed: ${role}`,
    ...actorFacts(by),
    targetId: businessId,
  });
}

export async function cancelInvitation(
  { tx, event }: Change,
  { businessId, by }: BusinessAct,
  id: string,
): Promise<boolean> {
  if (!(await invitations.end(tx, id, 'cancelled'))) return false;
  event({ name: 'business.invitation', outcome: 'ok', reason: 'cancelled', ...actorFacts(by), targetId: businessId });
  return true;
}

/** Yes or no of the person it is to. @returns false when it could not be answered any more */
export function answerInvitation(
  installation: ChangeContext,
  invitation: Invitation,
  person: people.Person,
  yes: boolean,
): Promise<boolean> {
  const by = { kind: 'person' as const, id: person.id };
  const { businessId } = invitation;
  return change(installation, async ({ tx, event }) => {
    const business = await businesses.holdForChange(tx, businessId);
    const present = await people.holdForChange(tx, person.id);
    // The role as it is now: it may have been changed since the page was shown.
    const now = await invitations.byId(tx, invitation.id);
    if (
      !business ||
      !present ||
      !now ||
      !reaches(invitation, present, business) ||
      present.state !== 'active' ||
      now.role !== invitation.role
    )
      return false;
    if (yes && !(await stands(installation, tx, businessInvitation, now))) return false;
    if (!(await invitations.end(tx, invitation.id, yes ? 'accepted' : 'declined'))) return false;
    event({
      name: 'business.invitation',
      outcome: 'ok',
      reason: yes ? 'accepted' : 'declined',
      ...actorFacts(by),
      targetId: businessId,
    });
    if (!yes || (await businesses.member(tx, businessId, person.id))) return true;
    await businesses.addMember(tx, {
      id: newId(installation, MemberId),
      businessId,
      personId: person.id,
      kind: 'person',
      role: now.role,
      title: null,
      tasks: now.tasks,
      createdBy: now.createdBy,
      createdAt: installation.world.clock.now(),
    });
    event({
      name: 'business.role.changed',
      outcome: 'ok',
      reason: `business ${businessId}: ${now.role}`,
      ...actorFacts(by),
      targetId: person.id,
    });
    return true;
  });
}
