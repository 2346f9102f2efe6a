// This module finds what somebody may do on a Page, from every source: a role of their own, tasks assigned by a
// business, and for an administrator among system users everything that their business has. Source: "system users" (an
// admin system user sees every asset of the business, an employee the assigned ones).
import { scopeKey, type Task, tasksHeld } from '@hallpass/protocol';
import * as epochs from '../installation/epochs.ts';
import { readTasks } from './page-tasks.ts';
import * as pages from './pages.ts';
import type { Query } from '../query.ts';
import { FIRST_PARTY, type PageId, type PersonId } from '../ids.ts';

/** Pages that an administrator among system users has through the business; nothing for everybody else. */
async function throughBusiness(
  q: Query,
  personId: PersonId,
  pageId?: PageId,
): Promise<{ pageId: PageId; tasks: Task[] }[]> {
  let query = q
    .selectFrom('business_people')
    .innerJoin('business_pages', 'business_pages.business_id', 'business_people.business_id')
    .select(['business_pages.page_id', 'business_pages.tasks'])
    .where('business_people.person_id', '=', personId)
    .where('business_people.kind', '=', 'system_user')
    .where('business_people.role', '=', 'ADMIN');
  if (pageId !== undefined) query = query.where('business_pages.page_id', '=', pageId);
  return (await query.execute()).map((row) => ({ pageId: row.page_id, tasks: readTasks(row.tasks) }));
}

/** The tasks on one Page with the epoch that Page tokens of this role hang on; undefined without any claim to it. */
export async function role(
  q: Query,
  pageId: PageId,
  personId: PersonId,
): Promise<{ tasks: Task[]; epoch: number } | undefined> {
  // The epoch is read before what it guards: whoever loses the role in between gets a dead token, never a living one.
  const epoch = await epochs.ofScope(
    q,
    scopeKey('page_role', { app: FIRST_PARTY, page: pageId, user: personId }) ?? '',
  );
  const [whole] = await throughBusiness(q, personId, pageId);
  const own = await pages.role(q, pageId, personId);
  if (!whole) return own;
  return { tasks: [...tasksHeld([...(own?.tasks ?? []), ...whole.tasks])], epoch };
}

/** All Pages with the tasks on each, in order of id. */
export async function rolesOfPerson(q: Query, personId: PersonId): Promise<pages.HeldPage[]> {
  const found = new Map((await pages.rolesOfPerson(q, personId)).map((one) => [one.pageId, one]));
  for (const { pageId, tasks } of await throughBusiness(q, personId)) {
    const own = found.get(pageId);
    found.set(pageId, {
      pageId,
      tasks: [...tasksHeld([...(own?.tasks ?? []), ...tasks])],
      throughBusiness: own?.throughBusiness ?? true,
    });
  }
  return [...found.values()].sort((a, b) => (a.pageId < b.pageId ? -1 : 1));
}
