// Test users make these Pages, which go with a test user that is deleted.
import { classicTasks } from '@hallpass/protocol';
import { type Actor, type Change, change, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import { factKey } from '../installation/facts.ts';
import { newId } from '../installation/mint.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as pages from '../store/pages/pages.ts';
import type { Person } from '../store/people/people.ts';
import { givePageRole } from './page-roles.ts';
import { PageId, type PersonId } from '../store/ids.ts';

interface NewTestPage {
  name: string;
  category: string;
  about: string | undefined;
}

/** Makes a Page of a test user's world, with every task on it for its maker. @returns its id */
export async function createTestPage(
  installation: ChangeContext,
  person: Person,
  { name, category, about }: NewTestPage,
): Promise<PageId> {
  const now = installation.world.clock.now();
  const id = newId(installation, PageId);
  const by: Actor = { kind: 'person', id: person.id };
  const profile = about === undefined ? {} : { about };
  await change(installation, async (making) => {
    await pages.insert(making.tx, {
      id,
      name,
      category,
      categories: [],
      profile,
      published: true,
      testOf: person.testUserOf,
      createdAt: now,
    });
    making.touch(factKey.page(id));
    await givePageRole(making, { pageId: id, personId: person.id, tasks: [...classicTasks], by, now });
    making.event({ name: 'page.created', outcome: 'ok', reason: 'test user', ...actorFacts(by), targetId: id });
  });
  return id;
}

/** Takes a test user that is deleted out of its businesses, and removes the Pages on which nobody else has a role. */
export async function leaveTestWorld(
  { tx, touch }: Change,
  personId: PersonId,
  pageIds: readonly PageId[],
): Promise<void> {
  for (const { id: businessId } of await businesses.ofPerson(tx, personId)) {
    const member = await businesses.member(tx, businessId, personId);
    if (member) await businesses.removeMember(tx, member.id);
    touch(factKey.businessRole(businessId, personId));
  }
  for (const pageId of pageIds) {
    if ((await pages.rolesOfPage(tx, pageId)).length > 0) continue;
    for (const { businessId } of await businesses.ofPage(tx, pageId))
      await businesses.removePage(tx, pageId, businessId);
    await pages.remove(tx, pageId);
    touch(factKey.page(pageId));
  }
}
