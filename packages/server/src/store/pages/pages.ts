// Pages, the roles people have on them, and their metrics. Rows go with the Page.
import { readJson, scopeKey, shape, type Task } from '@hallpass/protocol';
import type { Selectable } from 'kysely';
import { readTasks } from './page-tasks.ts';
import type { PageMetricsTable, PagesTable } from './tables.ts';
import { deleteFrom, holdRows, insertInto, updateTable } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import { type AppId, type BusinessId, FIRST_PARTY, type PageId, type PersonId } from '../ids.ts';

/** The Instagram account that a Page is connected to. */
export interface InstagramAccount {
  id: string;
  username: string;
  name?: string;
  profile_picture_url?: string;
  followers_count?: number;
}

/** A Page says this about itself, by the names of the Graph. */
export interface PageProfile {
  about?: string;
  bio?: string;
  description?: string;
  general_info?: string;
  company_overview?: string;
  mission?: string;
  impressum?: string;
  emails?: string[];
  link?: string;
  username?: string;
  website?: string;
  phone?: string;
  fan_count?: number;
  followers_count?: number;
  instagram?: InstagramAccount;
}

export interface Page {
  id: PageId;
  name: string;
  category: string;
  categories: { id: string; name: string }[];
  profile: PageProfile;
  published: boolean;
  /** App in whose test world it was made; null for real ones. */
  testOf: AppId | null;
  createdAt: number;
}

const optionalText = shape.optional(shape.text);
const optionalNumber = shape.optional(shape.number);
const categoriesShape = shape.listOf(shape.object<Page['categories'][number]>({ id: shape.text, name: shape.text }));
const instagramShape = shape.object<InstagramAccount>({
  id: shape.text,
  username: shape.text,
  name: optionalText,
  profile_picture_url: optionalText,
  followers_count: optionalNumber,
});
const profileShape = shape.object<PageProfile>({
  about: optionalText,
  bio: optionalText,
  description: optionalText,
  general_info: optionalText,
  company_overview: optionalText,
  mission: optionalText,
  impressum: optionalText,
  emails: shape.optional(shape.listOf(shape.text)),
  link: optionalText,
  username: optionalText,
  website: optionalText,
  phone: optionalText,
  fan_count: optionalNumber,
  followers_count: optionalNumber,
  instagram: shape.optional(instagramShape),
});

const read = (row: Selectable<PagesTable>): Page => ({
  id: row.id,
  name: row.name,
  category: row.category,
  categories: readJson(categoriesShape, row.categories),
  profile: readJson(profileShape, row.profile),
  published: row.published === 1,
  testOf: row.test_of,
  createdAt: row.created_at,
});

export async function byId(q: Query, id: PageId): Promise<Page | undefined> {
  const row = await q.selectFrom('pages').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/**
 * Keeps others from changing the Page, who has it and what it has posted until this change has ended. @returns false
 * where there is no such Page
 */
export async function holdForChange(tx: ChangeTransaction, id: PageId): Promise<boolean> {
  return (await holdRows(tx, 'pages', 'name', { id })).length > 0;
}

export async function byIds(q: Query, ids: readonly PageId[]): Promise<Page[]> {
  if (ids.length === 0) return [];
  return (
    await q
      .selectFrom('pages')
      .selectAll()
      .where('id', 'in', [...ids])
      .execute()
  ).map(read);
}

export async function insert(
  tx: ChangeTransaction,
  page: Omit<Page, 'testOf'> & { testOf?: AppId | null | undefined },
): Promise<void> {
  await insertInto(tx, 'pages', (rows) =>
    rows.values({
      id: page.id,
      name: page.name,
      category: page.category,
      categories: JSON.stringify(page.categories),
      profile: JSON.stringify(page.profile),
      published: page.published ? 1 : 0,
      test_of: page.testOf ?? null,
      created_at: page.createdAt,
    }),
  );
}

/** Removes a Page with its roles, posts, comments, photos, figures and the apps that listen to it. */
export async function remove(tx: ChangeTransaction, id: PageId): Promise<void> {
  await tx.deleteFrom('page_subscriptions').where('page_id', '=', id).execute();
  await tx.deleteFrom('page_metrics').where('page_id', '=', id).execute();
  await tx.deleteFrom('comments').where('page_id', '=', id).execute();
  await tx.deleteFrom('photos').where('page_id', '=', id).execute();
  await tx.deleteFrom('posts').where('page_id', '=', id).execute();
  await deleteFrom(tx, 'page_roles', (rows) => rows.where('page_id', '=', id));
  await deleteFrom(tx, 'pages', (rows) => rows.where('id', '=', id));
}

/** Writes what a Page says about itself, and whether everybody sees it. */
export async function change(
  tx: ChangeTransaction,
  id: PageId,
  { profile, published }: Pick<Page, 'profile' | 'published'>,
): Promise<void> {
  const values = { profile: JSON.stringify(profile), published: published ? 1 : 0 };
  await updateTable(tx, 'pages', (rows) => rows.set(values).where('id', '=', id));
}

/**
 * The tasks of a person on a Page, with the epoch that Page tokens of this role hang on, as they stood at one moment.
 */
export async function role(
  q: Query,
  pageId: PageId,
  personId: PersonId,
): Promise<{ tasks: Task[]; epoch: number } | undefined> {
  const row = await q
    .selectFrom('page_roles')
    .select('tasks')
    .select((e) =>
      e
        .selectFrom('epochs')
        .select('epoch')
        .where('scope', '=', scopeKey('page_role', { app: FIRST_PARTY, page: pageId, user: personId }) ?? '')
        .as('epoch'),
    )
    .where('page_id', '=', pageId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && { tasks: readTasks(row.tasks), epoch: row.epoch ?? 0 };
}

export interface HeldPage {
  pageId: PageId;
  tasks: Task[];
  /** The person has the Page only because a business gave it. */
  throughBusiness: boolean;
}

/** All Pages on which the person has a role, with the tasks, in order of id. */
export async function rolesOfPerson(q: Query, personId: PersonId): Promise<HeldPage[]> {
  const rows = await q
    .selectFrom('page_roles')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('page_id')
    .execute();
  return rows.map((row) => ({
    pageId: row.page_id,
    tasks: readTasks(row.tasks),
    throughBusiness: row.business_id !== null,
  }));
}

export interface RoleOnPage {
  personId: PersonId;
  tasks: Task[];
  /** The business that assigned it; null for a role of the person's own. */
  businessId: BusinessId | null;
  createdAt: number;
}

export async function rolesOfPage(q: Query, pageId: PageId): Promise<RoleOnPage[]> {
  const rows = await q
    .selectFrom('page_roles')
    .selectAll()
    .where('page_id', '=', pageId)
    .orderBy('created_at')
    .orderBy('person_id')
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    tasks: readTasks(row.tasks),
    businessId: row.business_id,
    createdAt: row.created_at,
  }));
}

/** @param businessId the business on whose behalf; null for a role of the person's own */
export async function setRole(
  tx: ChangeTransaction,
  pageId: PageId,
  personId: PersonId,
  tasks: readonly string[],
  now: number,
  businessId: BusinessId | null = null,
): Promise<void> {
  const values = { tasks: JSON.stringify(tasks), business_id: businessId };
  await insertInto(tx, 'page_roles', (rows) =>
    rows
      .values({ page_id: pageId, person_id: personId, created_at: now, ...values })
      .onConflict((c) => c.columns(['page_id', 'person_id']).doUpdateSet(values)),
  );
}

/** Pages and people a business assigned: of one person, of one Page, or both. */
export async function assignedBy(
  q: Query,
  businessId: BusinessId,
  of: { personId?: PersonId; pageId?: PageId },
): Promise<{ pageId: PageId; personId: PersonId }[]> {
  let query = q.selectFrom('page_roles').select(['page_id', 'person_id']).where('business_id', '=', businessId);
  if (of.personId !== undefined) query = query.where('person_id', '=', of.personId);
  if (of.pageId !== undefined) query = query.where('page_id', '=', of.pageId);
  return (await query.orderBy('page_id').execute()).map((row) => ({ pageId: row.page_id, personId: row.person_id }));
}

export async function removeRole(tx: ChangeTransaction, pageId: PageId, personId: PersonId): Promise<boolean> {
  const gone = await deleteFrom(tx, 'page_roles', (rows) =>
    rows.where('page_id', '=', pageId).where('person_id', '=', personId),
  );
  return gone.length > 0;
}

export async function metrics(
  q: Query,
  pageId: PageId,
  names: readonly string[],
  period: string,
  from: number,
  to: number,
): Promise<PageMetricsTable[]> {
  return q
    .selectFrom('page_metrics')
    .selectAll()
    .where('page_id', '=', pageId)
    .where('metric', 'in', [...names])
    .where('period', '=', period)
    .where('end_time', '>=', from)
    .where('end_time', '<=', to)
    .orderBy('metric')
    .orderBy('end_time')
    .execute();
}

export async function putMetric(q: Query, metric: PageMetricsTable): Promise<void> {
  await q
    .insertInto('page_metrics')
    .values(metric)
    .onConflict((c) => c.columns(['page_id', 'metric', 'period', 'end_time']).doUpdateSet({ value: metric.value }))
    .execute();
}
