// Partners work together like this: a business asks to work on the Page of another one, whose administrators answer;
// and either of them ends all that the one does for the other. Sources: the client_pages, agencies and clients edges of
// the business.
import { graphError, type Task, tasksHeld } from '@hallpass/protocol';
import { type Actor, type Change, personOf } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import { mustStand, stands } from '../liveness/waiting/waiting.ts';
import { pageRequest } from '../liveness/waiting/waiting-kinds.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as pageRequests from '../store/pages/page-requests.ts';
import * as pages from '../store/pages/pages.ts';
import * as partners from '../store/businesses/partners.ts';
import { removeAdHolder } from './ad-accounts.ts';
import { demandSharedWorld, putAgency, removeBusinessPage } from './business-assets.ts';
import type { BusinessAct } from './business-act.ts';
import type { BusinessId, PageId } from '../store/ids.ts';

/**
 * Asks the owner of a Page, in place of what the business had asked about it before. @returns the id of the request
 * @throws GraphError param.invalid for a Page that is not there, business.page_unowned, business.page_own
 */
export async function askForPage(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  change: Change,
  { businessId, by, through, now }: BusinessAct,
  { pageId, tasks }: { pageId: PageId; tasks: readonly Task[] },
): Promise<string> {
  const { tx } = change;
  if (!(await pages.holdForChange(tx, pageId))) throw graphError('param.invalid', { name: 'page_id' });
  await demandSharedWorld(change, businessId, pageId, 'page_id');
  const ownerId = await businesses.ownerOfPage(tx, pageId);
  if (ownerId === undefined) throw graphError('business.page_unowned');
  if (ownerId === businessId) throw graphError('business.page_own');
  await businesses.holdForChange(tx, businessId);
  await pageRequests.endAll(tx, { businessId, pageId }, 'cancelled');
  const request: pageRequests.PageRequest = {
    id: newId(installation),
    businessId,
    pageId,
    ownerId,
    tasks: [...tasksHeld(tasks)],
    state: 'pending',
    createdBy: personOf(by),
    madeThrough: through ?? null,
    createdAt: now,
  };
  await pageRequests.insert(tx, request);
  await mustStand(installation, tx, pageRequest, request);
  told(change, by, businessId, `asked: page ${pageId}`);
  return request.id;
}

/** Yes or no of the business that is asked. @returns false where there is nothing to answer */
export async function answerPageRequest(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  change: Change,
  { businessId, by, now }: BusinessAct,
  id: string,
  yes: boolean,
): Promise<boolean> {
  const { tx } = change;
  const found = await pageRequests.byId(tx, id);
  if (found?.ownerId !== businessId) return false;
  // The Page before the request, as everybody does it who changes who has a Page.
  await pages.holdForChange(tx, found.pageId);
  if (yes && !(await stands(installation, tx, pageRequest, found))) return false;
  if (!(await pageRequests.end(tx, id, yes ? 'accepted' : 'declined'))) return false;
  told(change, by, businessId, `${yes ? 'accepted' : 'declined'}: page ${found.pageId}, business ${found.businessId}`);
  if (yes) await putAgency(change, { businessId: found.businessId, by, now }, found.pageId, found.tasks);
  return true;
}

/** Takes back what the business itself asked for. @returns false where the business has no such request */
export async function cancelPageRequest(change: Change, { businessId, by }: BusinessAct, id: string): Promise<boolean> {
  const found = await pageRequests.byId(change.tx, id);
  if (found?.businessId !== businessId || !(await pageRequests.end(change.tx, id, 'cancelled'))) return false;
  told(change, by, businessId, `cancelled: page ${found.pageId}`);
  return true;
}

/**
 * Ends all that one business does for another, with everything that was assigned by it. @returns false where it does
 * nothing for it
 */
export async function endPartnership(
  change: Change,
  { ownerId, agencyId, by, now }: { ownerId: BusinessId; agencyId: BusinessId; by: Actor; now: number },
): Promise<boolean> {
  const found = await partners.shared(change.tx, { ownerId, agencyId });
  const act = { businessId: agencyId, by, now };
  for (const asset of found) {
    if (asset.kind === 'page') await removeBusinessPage(change, act, asset.assetId);
    else await removeAdHolder(change, act, asset.assetId);
  }
  if (found.length > 0) await pageRequests.endAll(change.tx, { businessId: agencyId, ownerId }, 'declined');
  return found.length > 0;
}

function told({ event }: Change, by: Actor, businessId: BusinessId, reason: string): void {
  event({ name: 'business.page_request', outcome: 'ok', reason, ...actorFacts(by), targetId: businessId });
}
