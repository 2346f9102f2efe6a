// These queries are about apps of others that a business works with: its system users may have them. A row goes when
// the business gives the app up; of a deleted app the row stays and says nothing.
import type { Query } from '../query.ts';
import type { AppId, BusinessId } from '../ids.ts';

export async function ofBusiness(q: Query, businessId: BusinessId): Promise<AppId[]> {
  const rows = await q
    .selectFrom('business_client_apps')
    .select('app_id')
    .where('business_id', '=', businessId)
    .orderBy('app_id')
    .execute();
  return rows.map((row) => row.app_id);
}

export async function isHad(q: Query, businessId: BusinessId, appId: AppId): Promise<boolean> {
  const found = await q
    .selectFrom('business_client_apps')
    .select('app_id')
    .where('business_id', '=', businessId)
    .where('app_id', '=', appId)
    .execute();
  return found.length > 0;
}

export async function add(q: Query, businessId: BusinessId, appId: AppId, now: number): Promise<void> {
  await q
    .insertInto('business_client_apps')
    .values({ business_id: businessId, app_id: appId, created_at: now })
    .onConflict((c) => c.doNothing())
    .execute();
}

export async function remove(q: Query, businessId: BusinessId, appId: AppId): Promise<boolean> {
  const done = await q
    .deleteFrom('business_client_apps')
    .where('business_id', '=', businessId)
    .where('app_id', '=', appId)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}
