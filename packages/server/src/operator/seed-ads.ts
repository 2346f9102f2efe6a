// Plants ad accounts with their campaigns, as the acts of people would have left them.
import { type AdAccountTask, adAccountTasksHeld, everyAdAccountTask } from '@hallpass/protocol';
import type { Change } from '../liveness/change.ts';
import * as adAccounts from '../store/ads/ad-accounts.ts';
import * as campaigns from '../store/ads/campaigns.ts';
import { boundsOf } from '../ads/campaigns.ts';
import { AdAccountId, BusinessId, PersonId } from '../store/ids.ts';

export interface SeedCampaign {
  id: string;
  name: string;
  objective: string;
  status: 'ACTIVE' | 'PAUSED';
  specialAdCategories?: string[] | undefined;
  /** Budgets are in hundredths of the currency; at most one of the two is set. */
  dailyBudget?: number | undefined;
  lifetimeBudget?: number | undefined;
  /** When it was made, and where it is active began to run. */
  secondsAgo: number;
}

export interface SeedAdAccount {
  /** The id without `act_`. */
  id: string;
  name: string;
  currency: string;
  timezoneId: number;
  /** `account_status`; active when absent. */
  status?: number | undefined;
  disableReason?: number | undefined;
  /** The person or the business that owns it. */
  owner: { person: string } | { business: string };
  /** People and system users with tasks: given by the owning business, else their own. */
  roles?: { person: string; tasks: AdAccountTask[] }[] | undefined;
  agencies?: { business: string; tasks: AdAccountTask[] }[] | undefined;
  campaigns?: SeedCampaign[] | undefined;
}

export async function plantAdAccount(tx: Change['tx'], account: SeedAdAccount, now: number): Promise<void> {
  const id = AdAccountId.of(account.id);
  const { name, currency, timezoneId, status = 1, disableReason = 0, owner } = account;
  const oldest = Math.max(0, ...(account.campaigns ?? []).map(({ secondsAgo }) => secondsAgo));
  const ownerPerson = 'person' in owner ? PersonId.of(owner.person) : null;
  const businessId = 'business' in owner ? BusinessId.of(owner.business) : adAccounts.OWN;
  await adAccounts.insert(tx, {
    id,
    name,
    ownerPerson,
    settings: { currency, timezoneId, status, disableReason },
    createdAt: now - oldest,
  });
  const give = (personId: PersonId, tasks: Iterable<AdAccountTask>) =>
    adAccounts.setRole(tx, {
      accountId: id,
      personId,
      businessId,
      tasks: [...adAccountTasksHeld(tasks)],
      createdAt: now,
    });
  if (ownerPerson === null)
    await adAccounts.putHolder(
      tx,
      { accountId: id, businessId, relation: 'owner', tasks: [...everyAdAccountTask] },
      now,
    );
  else await give(ownerPerson, everyAdAccountTask);
  for (const { person, tasks } of account.roles ?? []) await give(PersonId.of(person), tasks);
  for (const { business, tasks } of account.agencies ?? [])
    await adAccounts.putHolder(
      tx,
      { accountId: id, businessId: BusinessId.of(business), relation: 'agency', tasks: [...adAccountTasksHeld(tasks)] },
      now,
    );
  for (const campaign of account.campaigns ?? []) await plantCampaign(tx, account, campaign, now);
}

async function plantCampaign(
  tx: Change['tx'],
  account: SeedAdAccount,
  campaign: SeedCampaign,
  now: number,
): Promise<void> {
  const { id, name, objective, status, specialAdCategories = [], dailyBudget, lifetimeBudget, secondsAgo } = campaign;
  const accountId = AdAccountId.of(account.id);
  const madeAt = now - secondsAgo;
  const settings = {
    specialAdCategories,
    ...(dailyBudget === undefined ? {} : { dailyBudget }),
    ...(lifetimeBudget === undefined ? {} : { lifetimeBudget }),
  };
  await campaigns.insert(tx, {
    id,
    accountId,
    name,
    objective,
    status,
    settings,
    createdAt: madeAt,
    updatedAt: madeAt,
  });
  if (status === 'ACTIVE' && (account.status ?? 1) === 1)
    await campaigns.beginRun(tx, { campaignId: id, accountId, startedAt: madeAt, ...boundsOf(settings) });
}
