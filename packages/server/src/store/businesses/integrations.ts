// These queries are about businesses that connected an app (Login for Business): one row for each pair, with the system
// user that the app acts as and what was given to it. A row stays when the business removes the app, so that its system
// user comes back with it.
import { readJson, shape } from '@hallpass/protocol';
import type { Selectable } from 'kysely';
import { type Permit, permitsShape } from '../grants/grants.ts';
import type { IntegrationsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import { AdAccountId, type AppId, type BusinessId, PageId, type PersonId } from '../ids.ts';

/** Ids; those of ad accounts without act_. */
export interface Assets {
  pages?: PageId[];
  ad_accounts?: AdAccountId[];
}

export interface Integration {
  /** The system user. */
  personId: PersonId;
  appId: AppId;
  /** The business that connected the app. */
  businessId: BusinessId;
  configurationId: string;
  permissions: Record<string, Permit>;
  assets: Assets;
  /** The person who said yes the last time. */
  connectedBy: PersonId;
  createdAt: number;
  updatedAt: number;
  removedAt: number | null;
}

const assetsShape = shape.object<Assets>({
  pages: shape.optional(shape.listOf(PageId.shape)),
  ad_accounts: shape.optional(shape.listOf(AdAccountId.shape)),
});

const read = (row: Selectable<IntegrationsTable>): Integration => ({
  personId: row.person_id,
  appId: row.app_id,
  businessId: row.business_id,
  configurationId: row.configuration_id,
  permissions: readJson(permitsShape, row.permissions),
  assets: readJson(assetsShape, row.assets),
  connectedBy: row.connected_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  removedAt: row.removed_at,
});

/** Finds an integration by its system user; undefined for every other person. */
export async function ofPerson(q: Query, personId: PersonId): Promise<Integration | undefined> {
  const row = await q.selectFrom('integrations').selectAll().where('person_id', '=', personId).executeTakeFirst();
  return row && read(row);
}

/** Finds an integration, also one that was removed. */
export async function between(q: Query, businessId: BusinessId, appId: AppId): Promise<Integration | undefined> {
  const row = await q
    .selectFrom('integrations')
    .selectAll()
    .where('business_id', '=', businessId)
    .where('app_id', '=', appId)
    .executeTakeFirst();
  return row && read(row);
}

/** Those of several businesses, also removed ones, the latest first. */
export async function ofBusinesses(q: Query, businessIds: readonly BusinessId[]): Promise<Integration[]> {
  if (businessIds.length === 0) return [];
  const rows = await q
    .selectFrom('integrations')
    .selectAll()
    .where('business_id', 'in', [...businessIds])
    .orderBy('updated_at', 'desc')
    .orderBy('person_id')
    .execute();
  return rows.map(read);
}

/** Those of a business that go on, by app. */
export async function ofBusiness(q: Query, businessId: BusinessId): Promise<Integration[]> {
  const rows = await q
    .selectFrom('integrations')
    .selectAll()
    .where('business_id', '=', businessId)
    .where('removed_at', 'is', null)
    .orderBy('app_id')
    .execute();
  return rows.map(read);
}

export async function put(tx: ChangeTransaction, params: Integration): Promise<void> {
  const values = {
    configuration_id: params.configurationId,
    permissions: JSON.stringify(params.permissions),
    assets: JSON.stringify(params.assets),
    connected_by: params.connectedBy,
    updated_at: params.updatedAt,
    removed_at: params.removedAt,
  };
  await insertInto(tx, 'integrations', (rows) =>
    rows
      .values({
        person_id: params.personId,
        app_id: params.appId,
        business_id: params.businessId,
        created_at: params.createdAt,
        ...values,
      })
      .onConflict((c) => c.column('person_id').doUpdateSet(values)),
  );
}
