// Page requests are what businesses ask of the owners of Pages. jobs/purge.ts deletes rows 90 days after they were
// made, answered or not.
import type { Task } from '@hallpass/protocol';
import { readTasks } from './page-tasks.ts';
import type { PageRequestsTable } from './tables.ts';
import type { Query } from '../query.ts';
import type { AppId, BusinessId, PageId, PersonId } from '../ids.ts';

export interface PageRequest {
  id: string;
  /** The business that wants to work on the Page. */
  businessId: BusinessId;
  pageId: PageId;
  /** The business that owned the Page when it was asked, and that answers. */
  ownerId: string;
  tasks: Task[];
  state: PageRequestsTable['state'];
  createdBy: PersonId | null;
  /** The app by whose token it was made; null in the dashboard. */
  madeThrough: AppId | null;
  createdAt: number;
}

const read = (row: PageRequestsTable): PageRequest => ({
  id: row.id,
  businessId: row.business_id,
  pageId: row.page_id,
  ownerId: row.owner_id,
  tasks: readTasks(row.tasks),
  state: row.state,
  createdBy: row.created_by,
  madeThrough: row.made_through,
  createdAt: row.created_at,
});

export async function byId(q: Query, id: string): Promise<PageRequest | undefined> {
  const row = await q.selectFrom('page_requests').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Those that nobody has answered, by id: what a business is asked (`owner_id`), or what it asks (`business_id`). */
export async function pending(
  q: Query,
  side: 'owner_id' | 'business_id',
  businessId: BusinessId,
): Promise<PageRequest[]> {
  const rows = await q
    .selectFrom('page_requests')
    .selectAll()
    .where(side, '=', businessId)
    .where('state', '=', 'pending')
    .orderBy('id')
    .execute();
  return rows.map(read);
}

export async function insert(q: Query, params: PageRequest): Promise<void> {
  await q
    .insertInto('page_requests')
    .values({
      id: params.id,
      business_id: params.businessId,
      page_id: params.pageId,
      owner_id: params.ownerId,
      tasks: JSON.stringify(params.tasks),
      state: params.state,
      created_by: params.createdBy,
      made_through: params.madeThrough,
      created_at: params.createdAt,
    })
    .execute();
}

type RequestAnswer = Exclude<PageRequest['state'], 'pending'>;

/** @returns false where it was not pending any more */
export async function end(q: Query, id: string, state: RequestAnswer): Promise<boolean> {
  const done = await q
    .updateTable('page_requests')
    .set({ state })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Ends all that are pending and fit. */
export async function endAll(
  q: Query,
  of: { businessId?: BusinessId; pageId?: PageId; ownerId?: string },
  state: RequestAnswer,
): Promise<void> {
  let query = q.updateTable('page_requests').set({ state }).where('state', '=', 'pending');
  if (of.businessId !== undefined) query = query.where('business_id', '=', of.businessId);
  if (of.pageId !== undefined) query = query.where('page_id', '=', of.pageId);
  if (of.ownerId !== undefined) query = query.where('owner_id', '=', of.ownerId);
  await query.execute();
}
