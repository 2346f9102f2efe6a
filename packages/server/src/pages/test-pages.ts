// A test user that is deleted takes its Pages along.
import type { Change } from '../liveness/change.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as pages from '../store/pages/pages.ts';
import type { PageId, PersonId } from '../store/ids.ts';

/** Takes a test user that is deleted out of its businesses, and removes the Pages on which nobody else has a role. */
export async function leaveTestWorld({ tx }: Change, personId: PersonId, pageIds: readonly PageId[]): Promise<void> {
  for (const { id: businessId } of await businesses.ofPerson(tx, personId)) {
    const member = await businesses.member(tx, businessId, personId);
    if (member) await businesses.removeMember(tx, member.id);
  }
  for (const pageId of pageIds) {
    if ((await pages.rolesOfPage(tx, pageId)).length > 0) continue;
    for (const { businessId } of await businesses.ofPage(tx, pageId))
      await businesses.removePage(tx, pageId, businessId);
    await pages.remove(tx, pageId);
  }
}
