// These queries are about ad accounts, the businesses that have them, and who may do what with them. Nothing removes an
// ad account; the row of a business goes when it gives the account up or its work ends, that of a role when the role,
// the business or the person goes.
import { type AdAccountTask, adAccountTasks, readJson, shape } from '@hallpass/protocol';
import type { AdAccountBusinessesTable, AdAccountRolesTable, AdAccountsTable } from './tables.ts';
import { deleteFrom, holdRows, insertInto, updateTable } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AdAccountId, BusinessId, PersonId } from '../ids.ts';

export interface AdAccountSettings {
  /** ISO 4217. */
  currency: string;
  /** Number of a time zone, as clients send it. */
  timezoneId: number;
  /** `account_status`: 1 is active. */
  status: number;
  /** `disable_reason`: 0 is none. */
  disableReason: number;
  /** Ids of Pages or apps, or NONE and UNFOUND. */
  endAdvertiser?: string;
  mediaAgency?: string;
  partner?: string;
}

export interface AdAccount {
  /** The id without `act_`. */
  id: AdAccountId;
  name: string;
  ownerPerson: PersonId | null;
  settings: AdAccountSettings;
  createdAt: number;
}

/** A business that has an ad account: the owner, or an agency that works on it. */
export interface Holder {
  accountId: AdAccountId;
  businessId: BusinessId;
  relation: AdAccountBusinessesTable['relation'];
  /** The tasks that an agency has and may pass on; every task for the owner. */
  tasks: AdAccountTask[];
}

/** `businessId` is empty for a role of the person's own. */
export const OWN = '' as BusinessId;

export interface AdAccountRole {
  accountId: AdAccountId;
  personId: PersonId;
  businessId: BusinessId;
  tasks: AdAccountTask[];
  createdAt: number;
}

const settingsShape = shape.object<AdAccountSettings>({
  currency: shape.text,
  timezoneId: shape.number,
  status: shape.number,
  disableReason: shape.number,
  endAdvertiser: shape.optional(shape.text),
  mediaAgency: shape.optional(shape.text),
  partner: shape.optional(shape.text),
});
const tasksShape = shape.listOf(shape.keyOf(adAccountTasks));

const read = (row: AdAccountsTable): AdAccount => ({
  id: row.id,
  name: row.name,
  ownerPerson: row.owner_person,
  settings: readJson(settingsShape, row.settings),
  createdAt: row.created_at,
});

const readHolder = (row: AdAccountBusinessesTable): Holder => ({
  accountId: row.account_id,
  businessId: row.business_id,
  relation: row.relation,
  tasks: readJson(tasksShape, row.tasks),
});

const readRole = (row: AdAccountRolesTable): AdAccountRole => ({
  accountId: row.account_id,
  personId: row.person_id,
  businessId: row.business_id,
  tasks: readJson(tasksShape, row.tasks),
  createdAt: row.created_at,
});

export async function byId(q: Query, id: AdAccountId): Promise<AdAccount | undefined> {
  const row = await q.selectFrom('ad_accounts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Reads the account and keeps others from changing it, and who has it, until this change has ended. */
export async function holdForChange(tx: ChangeTransaction, id: AdAccountId): Promise<AdAccount | undefined> {
  const [row] = await holdRows(tx, 'ad_accounts', 'name', { id });
  return row && read(row);
}

export async function insert(tx: ChangeTransaction, account: AdAccount): Promise<void> {
  await insertInto(tx, 'ad_accounts', (rows) =>
    rows.values({
      id: account.id,
      name: account.name,
      owner_person: account.ownerPerson,
      settings: JSON.stringify(account.settings),
      created_at: account.createdAt,
    }),
  );
}

/** The owner and the agencies of an account, the owner first. */
export async function holders(q: Query, accountId: AdAccountId): Promise<Holder[]> {
  const rows = await q
    .selectFrom('ad_account_businesses')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('relation', 'desc')
    .orderBy('business_id')
    .execute();
  return rows.map(readHolder);
}

/** The ad accounts that a business has by this relation, or by any. */
export async function ofBusiness(
  q: Query,
  businessId: BusinessId,
  relation?: Holder['relation'],
): Promise<AdAccountId[]> {
  const all = q
    .selectFrom('ad_account_businesses')
    .select('account_id')
    .where('business_id', '=', businessId)
    .orderBy('account_id');
  const rows = await (relation === undefined ? all : all.where('relation', '=', relation)).execute();
  return rows.map((row) => row.account_id);
}

/** Lists what a business has, owned and of others, by account. */
export async function heldBy(q: Query, businessId: BusinessId): Promise<Holder[]> {
  const rows = await q
    .selectFrom('ad_account_businesses')
    .selectAll()
    .where('business_id', '=', businessId)
    .orderBy('account_id')
    .execute();
  return rows.map(readHolder);
}

export async function putHolder(tx: ChangeTransaction, holder: Holder, now: number): Promise<void> {
  const values = { relation: holder.relation, tasks: JSON.stringify(holder.tasks) };
  await insertInto(tx, 'ad_account_businesses', (rows) =>
    rows
      .values({ account_id: holder.accountId, business_id: holder.businessId, created_at: now, ...values })
      .onConflict((c) => c.columns(['account_id', 'business_id']).doUpdateSet(values)),
  );
}

export async function removeHolder(
  tx: ChangeTransaction,
  accountId: AdAccountId,
  businessId: BusinessId,
): Promise<boolean> {
  const gone = await deleteFrom(tx, 'ad_account_businesses', (rows) =>
    rows.where('account_id', '=', accountId).where('business_id', '=', businessId),
  );
  return gone.length > 0;
}

/** Lists what a person or system user was given on one account: of their own, and by each business. */
export async function rolesOf(q: Query, accountId: AdAccountId, personId: PersonId): Promise<AdAccountRole[]> {
  const rows = await q
    .selectFrom('ad_account_roles')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('person_id', '=', personId)
    .orderBy('business_id')
    .execute();
  return rows.map(readRole);
}

/** Everybody who was given something, in the order in which they were; of one business where it is named. */
export async function rolesOn(q: Query, accountId: AdAccountId, businessId?: BusinessId): Promise<AdAccountRole[]> {
  let query = q
    .selectFrom('ad_account_roles')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('person_id');
  if (businessId !== undefined) query = query.where('business_id', '=', businessId);
  return (await query.execute()).map(readRole);
}

/** Lists what somebody was given on every account, by account. */
export async function rolesOfPerson(q: Query, personId: PersonId, businessId?: BusinessId): Promise<AdAccountRole[]> {
  let query = q.selectFrom('ad_account_roles').selectAll().where('person_id', '=', personId).orderBy('account_id');
  if (businessId !== undefined) query = query.where('business_id', '=', businessId);
  return (await query.execute()).map(readRole);
}

/** Ids of the accounts of the businesses that somebody administers, in no order. */
export async function throughBusinesses(q: Query, personId: PersonId): Promise<AdAccountId[]> {
  const rows = await q
    .selectFrom('business_people')
    .innerJoin('ad_account_businesses', 'ad_account_businesses.business_id', 'business_people.business_id')
    .select('ad_account_businesses.account_id')
    .where('business_people.person_id', '=', personId)
    .where('business_people.role', '=', 'ADMIN')
    .execute();
  return rows.map((row) => row.account_id);
}

export async function setRole(tx: ChangeTransaction, role: AdAccountRole): Promise<void> {
  const tasks = JSON.stringify(role.tasks);
  await insertInto(tx, 'ad_account_roles', (rows) =>
    rows
      .values({
        account_id: role.accountId,
        person_id: role.personId,
        business_id: role.businessId,
        tasks,
        created_at: role.createdAt,
      })
      .onConflict((c) => c.columns(['account_id', 'person_id', 'business_id']).doUpdateSet({ tasks })),
  );
}

export async function removeRole(
  tx: ChangeTransaction,
  accountId: AdAccountId,
  personId: PersonId,
  businessId: BusinessId,
): Promise<boolean> {
  const gone = await deleteFrom(tx, 'ad_account_roles', (rows) =>
    rows.where('account_id', '=', accountId).where('person_id', '=', personId).where('business_id', '=', businessId),
  );
  return gone.length > 0;
}

/** The accounts that were a person's own lose their owner: nobody else becomes it. */
export async function disown(tx: ChangeTransaction, personId: PersonId): Promise<void> {
  await updateTable(tx, 'ad_accounts', (rows) => rows.set({ owner_person: null }).where('owner_person', '=', personId));
}
