// Plants businesses with their people, assets, system users and requests, as the acts of people would have left them.
import { type BusinessRole, classicTasks, type Task, tasksHeld } from '@hallpass/protocol';
import type { Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as pageRequests from '../store/pages/page-requests.ts';
import * as pages from '../store/pages/pages.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import { scopedIdFor } from '../people/scoped-id.ts';
import { addSystemUser } from '../businesses/system-users.ts';
import { AppId, BusinessId, MemberId, PageId, PersonId, SystemUserId } from '../store/ids.ts';

export interface SeedBusiness {
  id: string;
  name: string;
  settings?: businesses.BusinessSettings | undefined;
  /** Id of the app to whose test users it belongs. */
  testOf?: string | undefined;
  people?: { person: string; role: BusinessRole }[] | undefined;
  /** Ids of the Pages and apps that belong to it. */
  pages?: string[] | undefined;
  apps?: string[] | undefined;
  /** The Pages that it assigned to its people, who have no other claim to them. */
  assignedPages?: { page: string; person: string; tasks: Task[] }[] | undefined;
  systemUsers?: SeedSystemUser[] | undefined;
  /** The Pages of other businesses that it asked to work on, until their owners answer. */
  pageRequests?: { page: string; tasks: Task[] }[] | undefined;
}

export interface SeedSystemUser {
  id: string;
  name: string;
  role: BusinessRole;
  /** Ids of the apps that are installed on it. */
  apps?: string[] | undefined;
  /** The Pages that were assigned to it. */
  pages?: { page: string; tasks: Task[] }[] | undefined;
}

/** Plants a business with its people, assets and system users. */
export async function plantBusiness(
  installation: Pick<Installation, 'keys' | 'world'>,
  { tx }: Pick<Change, 'tx'>,
  business: SeedBusiness,
  now: number,
): Promise<void> {
  const { name, testOf } = business;
  const id = BusinessId.of(business.id);
  const administrator = firstAdministrator(business);
  await businesses.insert(tx, {
    id,
    name,
    settings: business.settings ?? {},
    createdBy: administrator,
    testOf: testOf === undefined ? undefined : AppId.of(testOf),
    createdAt: now,
    updatedAt: now,
  });
  for (const { person, role } of business.people ?? [])
    await businesses.addMember(tx, {
      id: newId(installation, MemberId),
      businessId: id,
      personId: PersonId.of(person),
      kind: 'person',
      role,
      createdBy: administrator,
      createdAt: now,
    });
  for (const page of business.pages ?? []) {
    const owned = { pageId: PageId.of(page), businessId: id, relation: 'owner' as const, tasks: [...classicTasks] };
    await businesses.putPage(tx, owned, now);
  }
  for (const app of business.apps ?? []) await businesses.claimApp(tx, AppId.of(app), id, now);
  for (const { page, person, tasks } of business.assignedPages ?? [])
    await pages.setRole(tx, PageId.of(page), PersonId.of(person), tasks, now, id);
  for (const user of business.systemUsers ?? []) {
    const userId = SystemUserId.of(user.id);
    await addSystemUser(tx, {
      ...user,
      id: userId,
      memberId: newId(installation, MemberId),
      businessId: id,
      createdBy: administrator,
      now,
    });
    for (const app of user.apps ?? []) {
      await systemUsers.install(tx, userId, AppId.of(app), administrator, now);
      await scopedIdFor(installation, tx, AppId.of(app), userId);
    }
    for (const { page, tasks } of user.pages ?? []) await pages.setRole(tx, PageId.of(page), userId, tasks, now, id);
  }
}

/** The one who did what a business has done, as far as a description tells. */
function firstAdministrator({ people: members }: SeedBusiness): PersonId | null {
  const first = members?.find(({ role }) => role === 'ADMIN')?.person;
  return first === undefined ? null : PersonId.of(first);
}

/**
 * Plants the requests of a business for Pages of others, once all businesses are there.
 *
 * @throws Error for a Page that has no other business which could answer
 */
export async function plantPageRequests(
  installation: Pick<Installation, 'world'>,
  { tx }: Pick<Change, 'tx'>,
  business: SeedBusiness,
  now: number,
): Promise<void> {
  for (const { page, tasks } of business.pageRequests ?? []) {
    const pageId = PageId.of(page);
    const ownerId = await businesses.ownerOfPage(tx, pageId);
    if (ownerId === undefined || ownerId === business.id)
      throw new Error(`business ${business.id} can't ask for Page ${page}: no other business owns it`);
    await pageRequests.insert(tx, {
      id: newId(installation),
      businessId: BusinessId.of(business.id),
      pageId,
      ownerId,
      tasks: [...tasksHeld(tasks)],
      state: 'pending',
      createdBy: firstAdministrator(business),
      madeThrough: null,
      createdAt: now,
    });
  }
}
