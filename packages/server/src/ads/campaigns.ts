// Campaigns change in these ways: made, changed, paused and deleted. When one is active a run goes on, and by its runs
// alone it spends; a change of budget begins a new run, so that what was spent before stays as it was. Source: the
// campaign reference.
import { graphError } from '@hallpass/protocol';
import type { Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import type { AdAccount } from '../store/ads/ad-accounts.ts';
import * as campaigns from '../store/ads/campaigns.ts';
import { spentBy } from './ad-figures.ts';
import type { AdAccountId } from '../store/ids.ts';

type Campaign = campaigns.Campaign;

/** An account may never have more campaigns. */
const MOST_CAMPAIGNS = 1000;
/** In hundredths of the currency, where only the advertisements of a campaign would have a budget. */
const WITHOUT_BUDGET = 1000;
const DAYS_OF_LIFETIME = 30;
/** Ids begin with the second they were made in and leave so much room for others of the same second, so they rise. */
const PER_SECOND = 2n * 10n ** 9n;

export interface CampaignInput {
  name?: string | undefined;
  status?: Campaign['status'] | undefined;
  specialAdCategories?: string[] | undefined;
  dailyBudget?: number | undefined;
  lifetimeBudget?: number | undefined;
  sharesBudget?: boolean | undefined;
}

/** Reads the bounds of what may be spent, in a day and in all. */
export const boundsOf = ({
  dailyBudget,
  lifetimeBudget,
}: campaigns.CampaignSettings): Pick<campaigns.CampaignRun, 'daily' | 'lifetime'> => ({
  daily: dailyBudget ?? (lifetimeBudget === undefined ? WITHOUT_BUDGET : Math.ceil(lifetimeBudget / DAYS_OF_LIFETIME)),
  lifetime: lifetimeBudget ?? null,
});

/** @throws GraphError ads.too_many_campaigns, ads.account_not_active for an active one in an account that is not */
export async function createCampaign(
  installation: Pick<Installation, 'world'>,
  { tx }: Change,
  account: AdAccount,
  wanted: Omit<Campaign, 'id' | 'accountId' | 'createdAt' | 'updatedAt'>,
  now: number,
): Promise<string> {
  if ((await campaigns.count(tx, account.id)) >= MOST_CAMPAIGNS)
    throw graphError('ads.too_many_campaigns', { limit: String(MOST_CAMPAIGNS) });
  demandActive(account);
  const id = await nextId(installation, tx, account.id, now);
  await campaigns.insert(tx, { ...wanted, id, accountId: account.id, createdAt: now, updatedAt: now });
  if (wanted.status === 'ACTIVE')
    await campaigns.beginRun(tx, {
      campaignId: id,
      accountId: account.id,
      startedAt: now,
      ...boundsOf(wanted.settings),
    });
  return id;
}

/** A number above that of the newest campaign of the account. */
async function nextId(
  { world }: Pick<Installation, 'world'>,
  tx: Change['tx'],
  accountId: AdAccountId,
  now: number,
): Promise<string> {
  const [newest] = await campaigns.ofAccount(tx, accountId, {
    statuses: ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED'],
    limit: 1,
  });
  const last = BigInt(newest?.id ?? 0);
  const first = BigInt(now) * PER_SECOND;
  for (;;) {
    const step = Buffer.from(world.random.bytes(3)).readUIntBE(0, 3) + 1;
    const id = String((last > first ? last : first) + BigInt(step));
    if ((await campaigns.byId(tx, id)) === undefined) return id;
  }
}

/**
 * Writes what is named and nothing else.
 * @throws GraphError ads.campaign_deleted, ads.account_not_active, param.* for a budget that cannot be
 */
export async function changeCampaign(
  { tx }: Change,
  account: AdAccount,
  id: string,
  wanted: CampaignInput,
  now: number,
): Promise<void> {
  const before = await campaigns.holdForChange(tx, id);
  if (!before || before.status === 'DELETED') throw graphError('ads.campaign_deleted');
  const status = wanted.status ?? before.status;
  const settings = { ...before.settings, ...budgetsOf(before, wanted) };
  if (wanted.sharesBudget !== undefined) settings.sharesBudget = wanted.sharesBudget;
  if (wanted.specialAdCategories) settings.specialAdCategories = wanted.specialAdCategories;
  if (
    wanted.lifetimeBudget !== undefined &&
    wanted.lifetimeBudget < spentBy(before, await campaigns.runs(tx, { campaignId: id }), now)
  )
    throw graphError('param.must_be', { name: 'lifetime_budget', what: 'no less than what was spent' });
  if (status === 'ACTIVE' && before.status !== 'ACTIVE') demandActive(account);
  await campaigns.update(tx, { id, name: wanted.name ?? before.name, status, settings, updatedAt: now });
  const running = account.settings.status === 1 && before.status === 'ACTIVE';
  const runs = account.settings.status === 1 && status === 'ACTIVE';
  const [bounds, boundsBefore] = [boundsOf(settings), boundsOf(before.settings)];
  if (running === runs && (!runs || (bounds.daily === boundsBefore.daily && bounds.lifetime === boundsBefore.lifetime)))
    return;
  if (running) await campaigns.endRun(tx, id, now);
  if (runs) await campaigns.beginRun(tx, { campaignId: id, accountId: before.accountId, startedAt: now, ...bounds });
}

/** A campaign has a budget for each day or for all its life, and keeps to which of the two. */
function budgetsOf(
  before: Campaign,
  { dailyBudget, lifetimeBudget }: CampaignInput,
): Partial<campaigns.CampaignSettings> {
  if (dailyBudget !== undefined && (lifetimeBudget !== undefined || before.settings.lifetimeBudget !== undefined))
    throw graphError('param.invalid', { name: 'daily_budget' }).because('the campaign has a lifetime_budget');
  if (lifetimeBudget !== undefined && before.settings.dailyBudget !== undefined)
    throw graphError('param.invalid', { name: 'lifetime_budget' }).because('the campaign has a daily_budget');
  return {
    ...(dailyBudget === undefined ? {} : { dailyBudget }),
    ...(lifetimeBudget === undefined ? {} : { lifetimeBudget }),
  };
}

function demandActive({ settings: { status } }: AdAccount): void {
  if (status !== 1) throw graphError('ads.account_not_active', { status: String(status) });
}
