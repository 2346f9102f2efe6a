// This module decides whether somebody lacks the second factor that a business asks of them. It is looked at in every
// call and holds while it holds: whoever turns the factor on goes on with the tokens they have. Source: the text of
// subcode 492; decision 0022.
import type { BusinessRole } from '@hallpass/protocol';
import type { TwoFactorType } from '../store/businesses/businesses.ts';
import type { Installation } from '../installation/installation.ts';
import type { AdAccountId, BusinessId, PageId, PersonId } from '../store/ids.ts';

/** True when the rule of a business asks a second factor of a person with this role in it. */
export const ruleReaches = (rule: TwoFactorType, role: BusinessRole): boolean =>
  rule !== 'none' && (rule !== 'admin_required' || role === 'ADMIN');

/** Judges a member of the business. System users have no password, and are not asked for a second factor. */
export async function lacksSecondFactor(
  { facts }: Pick<Installation, 'facts'>,
  businessId: BusinessId,
  personId: PersonId,
): Promise<boolean> {
  const rule = await facts.twoFactorRule(businessId);
  if (rule === 'none') return false;
  const role = await facts.businessRole(businessId, personId);
  if (role === null || !ruleReaches(rule, role)) return false;
  const person = await facts.person(personId);
  return person?.systemUserOf === null && !(await facts.secondFactor(personId));
}

/** The same, asked by the business that owns an ad account. */
export async function lacksSecondFactorForAds(
  installation: Pick<Installation, 'facts'>,
  accountId: AdAccountId,
  personId: PersonId,
): Promise<boolean> {
  const owner = (await installation.facts.adAccountHolders(accountId)).find((one) => one.relation === 'owner');
  return owner !== undefined && lacksSecondFactor(installation, owner.businessId, personId);
}

/** The same, asked by the business that owns a Page; nobody owns some Pages, and they ask for nothing. */
export async function lacksSecondFactorFor(
  installation: Pick<Installation, 'facts'>,
  pageId: PageId,
  personId: PersonId,
): Promise<boolean> {
  const owner = await installation.facts.ownerOfPage(pageId);
  return owner !== null && lacksSecondFactor(installation, owner, personId);
}
