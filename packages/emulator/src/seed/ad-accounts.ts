// This module leads from the ad accounts of a checked seed file to those that the server plants.
import { type AdAccountTask, adAccountTasksHeld } from '@hallpass/protocol';
import type { SeedAdAccount } from '@hallpass/server/testing';
import { type Directory, madeUpId } from './directory.ts';
import { oneNamed } from './references.ts';
import type { SeedFile } from './shape.ts';
import type { FileAdAccount } from './shape/ads.ts';

const WEEK = 7 * 86_400;

const tasksOf = (names: readonly AdAccountTask[]): AdAccountTask[] => [...adAccountTasksHeld(names)];

/** Tasks that were assigned to a system user stand with the system user, and go to the ad account. */
function assignedTo(
  file: SeedFile,
  directory: Directory,
  accountId: string,
): { person: string; tasks: AdAccountTask[] }[] {
  return file.businesses.flatMap((business, at) =>
    (business.system_users ?? []).flatMap((user, n) => {
      const person = directory.system_users.find(({ path }) => path[1] === at && path[3] === n)?.id ?? '';
      return Object.entries(user.ad_accounts ?? {}).flatMap(([word, tasks]) =>
        oneNamed(directory, 'ad_accounts', word)?.id === accountId ? [{ person, tasks: tasksOf(tasks) }] : [],
      );
    }),
  );
}

export function adAccountsOf(file: SeedFile, directory: Directory): SeedAdAccount[] {
  const rows: SeedAdAccount[] = [];
  for (const owner of ['people', 'businesses'] as const)
    for (const [at, one] of file[owner].entries())
      for (const [n, account] of (one.ad_accounts ?? []).entries()) {
        const id =
          directory.ad_accounts.find(({ path }) => path[0] === owner && path[1] === at && path[3] === n)?.id ?? '';
        const ownerId = directory[owner][at]?.id ?? '';
        rows.push({
          ...adAccountOf(file, account, id, directory),
          owner: owner === 'people' ? { person: ownerId } : { business: ownerId },
        });
      }
  return rows;
}

function adAccountOf(
  file: SeedFile,
  account: FileAdAccount,
  id: string,
  directory: Directory,
): Omit<SeedAdAccount, 'owner'> {
  return {
    id,
    name: account.name,
    currency: account.currency ?? 'EUR',
    timezoneId: account.timezone_id ?? 1,
    status: account.account_status,
    disableReason: account.disable_reason,
    roles: [
      ...Object.entries(account.roles ?? {}).map(([word, tasks]) => ({
        person: oneNamed(directory, 'people', word)?.id ?? word,
        tasks: tasksOf(tasks),
      })),
      ...assignedTo(file, directory, id),
    ],
    agencies: Object.entries(account.agencies ?? {}).map(([word, tasks]) => ({
      business: oneNamed(directory, 'businesses', word)?.id ?? word,
      tasks: tasksOf(tasks),
    })),
    campaigns: account.campaigns?.map((campaign, at) => ({
      id: campaign.id ?? madeUpId(`${file.name}/campaigns/${id}/${campaign.key ?? at}`),
      name: campaign.name,
      objective: campaign.objective,
      status: (campaign.status ?? 'PAUSED') as 'ACTIVE' | 'PAUSED',
      specialAdCategories: campaign.special_ad_categories?.filter((name) => name !== 'NONE'),
      dailyBudget: campaign.daily_budget,
      lifetimeBudget: campaign.lifetime_budget,
      secondsAgo: campaign.ago ?? WEEK,
    })),
  };
}
