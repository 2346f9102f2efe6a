// Roles say who may do what on a Page. Losing the role ends the Page tokens made by it for good: a role that is given
// back later needs new ones. Sources: POST and DELETE /{page}/assigned_users.
import { graphError, type Task, tasksHeld } from '@hallpass/protocol';
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import * as pages from '../store/pages/pages.ts';
import * as people from '../store/people/people.ts';
import { demandSameWorld, worldOf } from '../people/test-world.ts';
import { type BusinessId, FIRST_PARTY, type PageId, type PersonId } from '../store/ids.ts';

interface PageRole {
  pageId: PageId;
  personId: PersonId;
  by: Actor;
}

/**
 * Gives a person these tasks on a Page, in place of any they had, within a change.
 * @param role.businessId the business that assigns it; absent for a role of the person's own
 * @throws GraphError param.invalid for people of another world than the Page's (threats PR-08); and for system users,
 * whom
 *   only
 *   their own business assigns anything
 */
export async function givePageRole(
  change: Change,
  role: PageRole & { tasks: readonly Task[]; now: number; businessId?: BusinessId },
): Promise<void> {
  const { pageId, personId, by, businessId = null } = role;
  const person = await people.byId(change.tx, personId);
  if (!person || person.state === 'deleted') throw graphError('param.invalid', { name: 'user' });
  demandSameWorld((await pages.byId(change.tx, pageId))?.testOf ?? null, await worldOf(change.tx, person), 'user');
  if (person.systemUserOf !== null && person.systemUserOf !== businessId)
    throw graphError('param.invalid', { name: 'user' });
  await pages.setRole(change.tx, pageId, personId, [...tasksHeld(role.tasks)], role.now, businessId);
  change.event({
    name: 'role.changed',
    outcome: 'ok',
    reason: `page ${pageId}: ${role.tasks.join(' ')}`,
    ...actorFacts(by),
    targetId: personId,
  });
}

/** Takes a person's role on a Page within a change. @returns false when there was none */
export async function takePageRole(change: Change, role: PageRole): Promise<boolean> {
  const { pageId, personId, by } = role;
  if (!(await pages.removeRole(change.tx, pageId, personId))) return false;
  await change.record('page_role_lost', { app: FIRST_PARTY, user: personId, page: pageId }, by);
  change.event({
    name: 'role.changed',
    outcome: 'ok',
    reason: `page ${pageId}: none`,
    ...actorFacts(by),
    targetId: personId,
  });
  return true;
}
