// This module finds the person that an id means. One person has several ids, and each is given out by some edge or
// page: the one that the app of the token knows, the one of a membership in a business (business_users), and the one
// that the platform's own pages show. An id that one edge gives is taken by the next, so every parameter and path that
// names a person asks here.
import { graphError } from '@hallpass/protocol';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Context } from '../../graph/language/context.ts';
import { FIRST_PARTY, MemberId, type PersonId, ScopedId } from '../../store/ids.ts';

/** The person or system user behind any of these ids; null where the viewer may know of nobody by it. */
export async function personBehindId({ installation, viewer, q }: Context, id: string): Promise<PersonId | null> {
  const { facts } = installation;
  if (!viewer.app) return null;
  const scopedId = ScopedId.parse(id);
  const memberId = MemberId.parse(id);
  if (scopedId === undefined || memberId === undefined) return null;
  const known = await facts.personBehind(viewer.app.id, scopedId);
  if (known !== null) return known;
  if (!viewer.person) return null;
  const member = await businesses.memberById(q, memberId);
  if (member) return (await facts.businessRole(member.businessId, viewer.person.id)) === null ? null : member.personId;
  // Settings of a business show its system users by the ids of the platform's pages.
  const shown = await facts.personBehind(FIRST_PARTY, scopedId);
  const person = shown === null ? null : await facts.person(shown);
  if (!person || person.systemUserOf === null) return null;
  return (await facts.businessRole(person.systemUserOf, viewer.person.id)) === null ? null : person.id;
}

/**
 * The person or system user that a parameter names.
 * @throws GraphError param.invalid for an id of nobody, alike for somebody who cannot be meant
 */
export async function personMeant(context: Context, name: string, id: string): Promise<PersonId> {
  const personId = await personBehindId(context, id);
  if (personId === null) throw graphError('param.invalid', { name });
  return personId;
}
