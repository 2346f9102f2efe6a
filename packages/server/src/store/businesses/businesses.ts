// These queries are about businesses, the people in them, and the Pages and apps that belong to them. Nothing removes a
// business here; rows of people and Pages go when they leave it, and when an account is deleted.
import { type BusinessRole, readJson, shape, type Task } from '@hallpass/protocol';
import type { Selectable } from 'kysely';
import { readTasks } from '../pages/page-tasks.ts';
import type { BusinessPagesTable, BusinessPeopleTable, BusinessesTable } from './tables.ts';
import { deleteFrom, holdRows, insertInto, updateTable } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, BusinessId, MemberId, PageId, PersonId } from '../ids.ts';

export const twoFactorTypes = ['none', 'admin_required', 'all_required'] as const;
export type TwoFactorType = (typeof twoFactorTypes)[number];

export interface BusinessSettings {
  vertical?: string;
  /** Number of a time zone, as clients send it. */
  timezone_id?: number;
  two_factor_type?: TwoFactorType;
  /** Tokens of its system users must end after 60 days. */
  require_expiring_tokens?: boolean;
}

export interface Business {
  id: BusinessId;
  name: string;
  settings: BusinessSettings;
  createdBy: PersonId | null;
  /** App in whose test world it was made; null for real ones. */
  testOf: AppId | null;
  createdAt: number;
  updatedAt: number;
}

/** A person or a system user in a business. */
export interface Member {
  /** The id of the membership itself, as the settings of the business show it. */
  id: MemberId;
  businessId: BusinessId;
  personId: PersonId;
  kind: BusinessPeopleTable['kind'];
  role: BusinessRole;
  title: string | null;
  /** Words that were sent along; nothing is allowed by them. */
  tasks: string[];
  createdBy: PersonId | null;
  createdAt: number;
}

const settingsShape = shape.object<BusinessSettings>({
  vertical: shape.optional(shape.text),
  timezone_id: shape.optional(shape.number),
  two_factor_type: shape.optional(shape.oneOf(...twoFactorTypes)),
  require_expiring_tokens: shape.optional(shape.boolean),
});

const read = (row: Selectable<BusinessesTable>): Business => ({
  id: row.id,
  name: row.name,
  settings: readJson(settingsShape, row.settings),
  createdBy: row.created_by,
  testOf: row.test_of,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const readMember = (row: Selectable<BusinessPeopleTable>): Member => ({
  id: row.id,
  businessId: row.business_id,
  personId: row.person_id,
  kind: row.kind,
  role: row.role,
  title: row.title,
  tasks: row.tasks === null ? [] : readJson(shape.listOf(shape.text), row.tasks),
  createdBy: row.created_by,
  createdAt: row.created_at,
});

export async function byId(q: Query, id: BusinessId): Promise<Business | undefined> {
  const row = await q.selectFrom('businesses').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Reads the business and keeps others from changing it until this change has ended: for read, decide, write back. */
export async function holdForChange(tx: ChangeTransaction, id: BusinessId): Promise<Business | undefined> {
  const [row] = await holdRows(tx, 'businesses', 'name', { id });
  return row && read(row);
}

export async function insert(
  tx: ChangeTransaction,
  business: Omit<Business, 'testOf'> & { testOf?: AppId | null | undefined },
): Promise<void> {
  await insertInto(tx, 'businesses', (rows) =>
    rows.values({
      id: business.id,
      name: business.name,
      settings: JSON.stringify(business.settings),
      created_by: business.createdBy,
      test_of: business.testOf ?? null,
      created_at: business.createdAt,
      updated_at: business.updatedAt,
    }),
  );
}

export async function update(
  tx: ChangeTransaction,
  { id, name, settings, updatedAt }: Pick<Business, 'id' | 'name' | 'settings' | 'updatedAt'>,
): Promise<void> {
  const values = { name, settings: JSON.stringify(settings), updated_at: updatedAt };
  await updateTable(tx, 'businesses', (rows) => rows.set(values).where('id', '=', id));
}

/** Businesses a person is in, by id. */
export async function ofPerson(q: Query, personId: PersonId): Promise<Business[]> {
  const rows = await q
    .selectFrom('businesses')
    .innerJoin('business_people', 'business_people.business_id', 'businesses.id')
    .selectAll('businesses')
    .where('business_people.person_id', '=', personId)
    .orderBy('businesses.id')
    .execute();
  return rows.map(read);
}

export async function role(q: Query, businessId: BusinessId, personId: PersonId): Promise<BusinessRole | undefined> {
  return (await member(q, businessId, personId))?.role;
}

export async function member(q: Query, businessId: BusinessId, personId: PersonId): Promise<Member | undefined> {
  const row = await q
    .selectFrom('business_people')
    .selectAll()
    .where('business_id', '=', businessId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && readMember(row);
}

export async function memberById(q: Query, id: MemberId): Promise<Member | undefined> {
  const row = await q.selectFrom('business_people').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readMember(row);
}

/** The people, or the system users, of a business in the order in which they came. */
export async function members(q: Query, businessId: BusinessId, kind: Member['kind']): Promise<Member[]> {
  const rows = await q
    .selectFrom('business_people')
    .selectAll()
    .where('business_id', '=', businessId)
    .where('kind', '=', kind)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(readMember);
}

export async function addMember(
  tx: ChangeTransaction,
  row: Omit<Member, 'title' | 'tasks'> & Partial<Pick<Member, 'title' | 'tasks'>>,
): Promise<void> {
  await insertInto(tx, 'business_people', (rows) =>
    rows.values({
      id: row.id,
      business_id: row.businessId,
      person_id: row.personId,
      kind: row.kind,
      role: row.role,
      title: row.title ?? null,
      tasks: row.tasks === undefined ? null : JSON.stringify(row.tasks),
      created_by: row.createdBy,
      created_at: row.createdAt,
    }),
  );
}

export async function setMemberRole(tx: ChangeTransaction, id: MemberId, role: BusinessRole): Promise<void> {
  await updateTable(tx, 'business_people', (rows) => rows.set({ role }).where('id', '=', id));
}

export async function setMemberTitle(tx: ChangeTransaction, id: MemberId, title: string): Promise<void> {
  await updateTable(tx, 'business_people', (rows) => rows.set({ title }).where('id', '=', id));
}

export async function removeMember(tx: ChangeTransaction, id: MemberId): Promise<boolean> {
  return (await deleteFrom(tx, 'business_people', (rows) => rows.where('id', '=', id))).length > 0;
}

/** Takes somebody out of every business. @returns the ids of those */
export async function removePerson(tx: ChangeTransaction, personId: PersonId): Promise<BusinessId[]> {
  const left = await deleteFrom(tx, 'business_people', (rows) => rows.where('person_id', '=', personId));
  return left.map((row) => row.business_id).sort();
}

export interface BusinessPage {
  pageId: PageId;
  businessId: BusinessId;
  relation: BusinessPagesTable['relation'];
  /** The tasks that an agency has and may pass on; every task for the owner. */
  tasks: Task[];
}

const readPage = (row: BusinessPagesTable): BusinessPage => ({
  pageId: row.page_id,
  businessId: row.business_id,
  relation: row.relation,
  tasks: readTasks(row.tasks),
});

export async function pagesOf(
  q: Query,
  businessId: BusinessId,
  relation?: BusinessPage['relation'],
): Promise<BusinessPage[]> {
  let query = q.selectFrom('business_pages').selectAll().where('business_id', '=', businessId).orderBy('page_id');
  if (relation) query = query.where('relation', '=', relation);
  return (await query.execute()).map(readPage);
}

/** The owner and the agencies of a Page, the owner first. */
export async function ofPage(q: Query, pageId: PageId): Promise<BusinessPage[]> {
  const rows = await q
    .selectFrom('business_pages')
    .selectAll()
    .where('page_id', '=', pageId)
    .orderBy('relation', 'desc')
    .orderBy('business_id')
    .execute();
  return rows.map(readPage);
}

export async function ownerOfPage(q: Query, pageId: PageId): Promise<BusinessId | undefined> {
  const row = await q
    .selectFrom('business_pages')
    .select('business_id')
    .where('page_id', '=', pageId)
    .where('relation', '=', 'owner')
    .executeTakeFirst();
  return row?.business_id;
}

export async function putPage(tx: ChangeTransaction, page: BusinessPage, now: number): Promise<void> {
  const values = { relation: page.relation, tasks: JSON.stringify(page.tasks) };
  await insertInto(tx, 'business_pages', (rows) =>
    rows
      .values({ page_id: page.pageId, business_id: page.businessId, created_at: now, ...values })
      .onConflict((c) => c.columns(['page_id', 'business_id']).doUpdateSet(values)),
  );
}

export async function removePage(tx: ChangeTransaction, pageId: PageId, businessId: BusinessId): Promise<boolean> {
  const gone = await deleteFrom(tx, 'business_pages', (rows) =>
    rows.where('page_id', '=', pageId).where('business_id', '=', businessId),
  );
  return gone.length > 0;
}

export async function businessOfApp(q: Query, appId: AppId): Promise<BusinessId | undefined> {
  return (await q.selectFrom('business_apps').select('business_id').where('app_id', '=', appId).executeTakeFirst())
    ?.business_id;
}

export async function appsOf(q: Query, businessId: BusinessId): Promise<AppId[]> {
  const rows = await q
    .selectFrom('business_apps')
    .select('app_id')
    .where('business_id', '=', businessId)
    .orderBy('app_id')
    .execute();
  return rows.map((row) => row.app_id);
}

/** @returns false when another business has the app */
export async function claimApp(
  tx: ChangeTransaction,
  appId: AppId,
  businessId: BusinessId,
  now: number,
): Promise<boolean> {
  await insertInto(tx, 'business_apps', (rows) =>
    rows.values({ app_id: appId, business_id: businessId, created_at: now }).onConflict((c) => c.doNothing()),
  );
  return (await businessOfApp(tx, appId)) === businessId;
}
