// Reads an ad account back into the description that it could have been planted from (seed-ads.ts).
import type { Installation } from '../installation/installation.ts';
import * as adAccounts from '../store/ads/ad-accounts.ts';
import * as campaigns from '../store/ads/campaigns.ts';
import type { AdAccountId } from '../store/ids.ts';
import type { SeedAdAccount, SeedCampaign } from './seed-ads.ts';

/** Returns undefined for an account that nobody owns any more. */
export async function exportAdAccount(
  { db, world }: Pick<Installation, 'db' | 'world'>,
  id: AdAccountId,
): Promise<SeedAdAccount | undefined> {
  const q = db.read;
  const account = await adAccounts.byId(q, id);
  const holders = await adAccounts.holders(q, id);
  const business = holders.find(({ relation }) => relation === 'owner')?.businessId;
  const person = account?.ownerPerson ?? null;
  if (!account || (business === undefined && person === null)) return undefined;
  const owner = business !== undefined ? { business } : { person: person ?? '' };
  const roles = await adAccounts.rolesOn(q, id, business ?? adAccounts.OWN);
  const now = world.clock.now();
  const { currency, timezoneId, status, disableReason } = account.settings;
  return {
    id,
    name: account.name,
    currency,
    timezoneId,
    status,
    disableReason,
    owner,
    // A person's own account is all the person's without a role.
    roles: roles
      .filter(({ personId }) => business !== undefined || personId !== person)
      .map(({ personId, tasks }) => ({ person: personId, tasks }))
      .sort((a, b) => (a.person < b.person ? -1 : 1)),
    agencies: holders
      .filter(({ relation }) => relation === 'agency')
      .map(({ businessId, tasks }) => ({ business: businessId, tasks })),
    campaigns: (await campaigns.allOfAccount(q, id)).flatMap((campaign) => exportCampaign(campaign, now)),
  };
}

/** Campaigns that were archived or deleted are left out: a description has none. */
function exportCampaign(
  { id, name, objective, status, settings, createdAt }: campaigns.Campaign,
  now: number,
): SeedCampaign[] {
  if (status !== 'ACTIVE' && status !== 'PAUSED') return [];
  const { specialAdCategories, dailyBudget, lifetimeBudget } = settings;
  const secondsAgo = Math.max(0, now - createdAt);
  return [{ id, name, objective, status, specialAdCategories, dailyBudget, lifetimeBudget, secondsAgo }];
}
