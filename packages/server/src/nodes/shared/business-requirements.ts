// The calls about businesses share these requirements and the ways to name who acts. Source: the business reference
// (business_management, and a role in the business that is the target).
import { all, any, businessRole, permission, token } from '@hallpass/protocol';
import type { BusinessAct } from '../../businesses/business-act.ts';
import { knownAs } from '../../people/scoped-id.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Person } from '../../store/people/people.ts';
import type { Context } from '../../graph/language/context.ts';
import type { KnownViewer, ViewerWithPerson } from '../../graph/authentication/viewer.ts';
import { personActor } from './actor.ts';
import type { BusinessId, PersonId } from '../../store/ids.ts';

const manager = all(token('user', 'system_user'), permission('business_management'));

/** Anybody in the business. */
export const inBusiness = all(manager, businessRole('ADMIN', 'EMPLOYEE'));

/** Its administrators, people and system users alike. */
export const runsBusiness = all(manager, businessRole('ADMIN'));

/** Its administrators, and any of its system users. */
export const runsOrServesBusiness = all(
  manager,
  any(all(token('system_user'), businessRole('ADMIN', 'EMPLOYEE')), businessRole('ADMIN')),
);

/** The actor of a change of a business, as events name it. */
export const actOn = (context: Context<ViewerWithPerson>, businessId: BusinessId): BusinessAct => ({
  businessId,
  by: personActor(context),
  through: context.viewer.dashboard ? undefined : context.viewer.app.id,
  now: context.now,
});

/**
 * The id by which the edges of a business list somebody: people by their membership in it, system users by what the app
 * knows.
 */
export async function idInBusiness(
  { installation, viewer, q }: Context<KnownViewer>,
  businessId: BusinessId,
  person: Person,
): Promise<string> {
  const member = person.systemUserOf === null ? await businesses.member(q, businessId, person.id) : undefined;
  return member?.id ?? knownAs(installation, viewer.app.id, person.id);
}

/** A person or system user as `{id, name}`, by the id the app knows. */
export async function personInShort(
  { installation, viewer }: Context<KnownViewer>,
  personId: PersonId | null,
): Promise<{ id: string; name: string } | undefined> {
  const person = personId === null ? null : await installation.facts.person(personId);
  if (!person || person.state === 'deleted') return undefined;
  return { id: await knownAs(installation, viewer.app.id, person.id), name: person.name };
}
