// The calls about ad accounts share these requirements and the ways to name an account. Sources: the Marketing API
// guides (ads_read or ads_management to read, ads_management to change), the permission errors 200, 273 and 294.
import {
  adAccountTask,
  all,
  any,
  anyOr,
  everyAdAccountTask,
  isAdAccountTask,
  permission,
  graphError,
  type AdAccountTask,
  token,
} from '@hallpass/protocol';
import { adAccountTasks, reachesAdAccount } from '../../liveness/ad-access.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import * as adAccounts from '../../store/ads/ad-accounts.ts';
import type { Context } from '../../graph/language/context.ts';
import type { Target } from '../../graph/language/schema.ts';
import type { AdAccountId, PersonId } from '../../store/ids.ts';

const bearer = token('user', 'system_user');

/** Needed to see advertisements at all; the account is judged besides. */
export const mayReadAds = all(
  bearer,
  anyOr('permission.ads_not_granted', permission('ads_read'), permission('ads_management')),
);

/** Needed to see one ad account, its campaigns and figures. */
export const readsAdAccount = all(mayReadAds, adAccountTask('ANALYZE'));

/** Needed to make campaigns. Calls on the account and on its objects miss the permission in different words (294, 200). */
export const writesAds = all(bearer, anyOr('permission.ads', permission('ads_management')), adAccountTask('ADVERTISE'));

/** Needed to change one campaign. Source of its words: facebook/facebook-java-business-sdk#223. */
export const changesAds = all(bearer, permission('ads_management'), adAccountTask('ADVERTISE'));

/** Needed to make ad accounts for a business; the business is judged besides. */
export const mayManageAds = anyOr('permission.ads', permission('ads_management'));

/** Needed to assign people to an ad account; the call judges the role besides. */
export const mayManageAdPeople = all(bearer, any(permission('business_management'), permission('ads_management')));

/** Needed to assign people by a task on the account. */
export const managesAdAccount = all(mayManageAdPeople, anyOr('permission.ad_account_admin', adAccountTask('MANAGE')));

/** The target of a call on an ad account, or on something that belongs to it. */
export const onAdAccount = (accountId: AdAccountId): Target => ({ self: false, ownApp: false, adAccountId: accountId });

/** @throws GraphError param.* for an empty list and for what is no task */
export function adAccountTasksGiven(names: readonly string[], name: string): AdAccountTask[] {
  if (names.length === 0) throw graphError('param.required', { name });
  const wrong = names.findIndex((one) => !isAdAccountTask(one));
  if (wrong >= 0)
    throw graphError('param.must_be', { name: `${name}[${wrong}]`, what: `one of {${everyAdAccountTask.join(', ')}}` });
  return [...new Set(names as AdAccountTask[])];
}

/**
 * The accounts that somebody has through anything, by id; where it is the bearer of the token, those that the token
 * reaches.
 */
export async function adAccountsOf(
  { installation, viewer, q, findings }: Context,
  personId: PersonId,
): Promise<AdAccount[]> {
  const reached = (id: AdAccountId): boolean =>
    viewer.person?.id !== personId ||
    ['ads_read', 'ads_management'].some(
      (name) => viewer.inForce.names.has(name) && reachesAdAccount(viewer.grant, name, id),
    );
  // Of accounts that were not ticked the app must not even learn that they are there.
  const limited = ['ads_read', 'ads_management'].some((name) => viewer.grant?.permissions[name]?.targets !== undefined);
  findings.noteOmission('not_chosen', limited ? 1 : 0, false);
  const own = await adAccounts.rolesOfPerson(q, personId);
  const ids = new Set([...own.map((role) => role.accountId), ...(await adAccounts.throughBusinesses(q, personId))]);
  const found: AdAccount[] = [];
  for (const id of [...ids].sort()) {
    if (!reached(id)) continue;
    const account = await installation.facts.adAccount(id);
    if (account && (await adAccountTasks(installation, id, personId)).size > 0) found.push(account);
  }
  return found;
}
