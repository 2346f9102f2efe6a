// Partners are businesses that work for one another: what it is let work on, of what the other owns. Nothing is stored
// about it besides.
import type { Query } from '../query.ts';
import type { AdAccountId, BusinessId, PageId } from '../ids.ts';

export type SharedAsset = {
  ownerId: BusinessId;
  agencyId: BusinessId;
} & ({ kind: 'page'; assetId: PageId } | { kind: 'ad_account'; assetId: AdAccountId });

/** Lists what is shared: by an owner, with an agency, or by the one with the other; in order of id, Pages first. */
export async function shared(
  q: Query,
  of: { ownerId?: BusinessId | undefined; agencyId?: BusinessId | undefined },
): Promise<SharedAsset[]> {
  let pages = q
    .selectFrom('business_pages as owner')
    .innerJoin('business_pages as agency', 'agency.page_id', 'owner.page_id')
    .select(['owner.page_id as asset', 'owner.business_id as owner_id', 'agency.business_id as agency_id'])
    .where('owner.relation', '=', 'owner')
    .where('agency.relation', '=', 'agency');
  let accounts = q
    .selectFrom('ad_account_businesses as owner')
    .innerJoin('ad_account_businesses as agency', 'agency.account_id', 'owner.account_id')
    .select(['owner.account_id as asset', 'owner.business_id as owner_id', 'agency.business_id as agency_id'])
    .where('owner.relation', '=', 'owner')
    .where('agency.relation', '=', 'agency');
  if (of.ownerId !== undefined) {
    pages = pages.where('owner.business_id', '=', of.ownerId);
    accounts = accounts.where('owner.business_id', '=', of.ownerId);
  }
  if (of.agencyId !== undefined) {
    pages = pages.where('agency.business_id', '=', of.agencyId);
    accounts = accounts.where('agency.business_id', '=', of.agencyId);
  }
  const parties = (row: { owner_id: BusinessId; agency_id: BusinessId }) => ({
    ownerId: row.owner_id,
    agencyId: row.agency_id,
  });
  return [
    ...(await pages.orderBy('owner.page_id').execute()).map((row) => ({
      ...parties(row),
      kind: 'page' as const,
      assetId: row.asset,
    })),
    ...(await accounts.orderBy('owner.account_id').execute()).map((row) => ({
      ...parties(row),
      kind: 'ad_account' as const,
      assetId: row.asset,
    })),
  ];
}
