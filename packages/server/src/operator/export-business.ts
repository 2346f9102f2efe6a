// Reads a business back into the description that it could have been planted from (seed-world.ts). Invitations, the
// Pages that other businesses shared with it, and apps that it connected have no word in a description.
import * as businesses from '../store/businesses/businesses.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import type { AppId, BusinessId } from '../store/ids.ts';
import * as pageRequests from '../store/pages/page-requests.ts';
import * as pages from '../store/pages/pages.ts';
import * as people from '../store/people/people.ts';
import type { Query } from '../store/query.ts';
import { byId, each, type ExportScope } from './export-lists.ts';
import type { SeedBusiness } from './seed-businesses.ts';

/** Returns undefined for a business that is gone. */
export async function exportBusiness(q: Query, all: ExportScope, id: BusinessId): Promise<SeedBusiness | undefined> {
  const business = await businesses.byId(q, id);
  if (!business) return undefined;
  const owned = (await businesses.pagesOf(q, id, 'owner')).map(({ pageId }) => pageId);
  const ownApps = (await businesses.appsOf(q, id)).filter(all.has);
  const members = (await businesses.members(q, id, 'person')).filter(({ personId }) => all.has(personId));
  const assigned = (
    await each(owned, async (page) => {
      const roles = (await pages.rolesOfPage(q, page)).filter(({ businessId }) => businessId === id);
      return roles.map(({ personId, tasks }) => ({ page, person: personId, tasks }));
    })
  ).flat();
  const requests = (await pageRequests.pending(q, 'business_id', id)).filter(({ pageId }) => all.has(pageId));
  const users = (await businesses.members(q, id, 'system_user')).sort(byId(({ personId }) => personId));
  return {
    id,
    name: business.name,
    settings: business.settings,
    testOf: business.testOf !== null && all.has(business.testOf) ? business.testOf : undefined,
    people: members.map(({ personId, role }) => ({ person: personId, role })).sort(byId(({ person }) => person)),
    pages: owned,
    apps: ownApps,
    assignedPages: assigned
      .filter(({ person }) => all.has(person))
      .sort(byId(({ page, person }) => `${page} ${person}`)),
    systemUsers: await each(users, async ({ personId, role }) => ({
      id: personId,
      name: (await people.byId(q, personId))?.name ?? '',
      role,
      apps: (await systemUsers.installedApps(q, personId))
        .map(({ appId }) => appId)
        .filter((app: AppId) => ownApps.includes(app)),
      pages: assigned.filter(({ person }) => person === personId).map(({ page, tasks }) => ({ page, tasks })),
    })),
    pageRequests: requests.map(({ pageId, tasks }) => ({ page: pageId, tasks })).sort(byId(({ page }) => page)),
  };
}
