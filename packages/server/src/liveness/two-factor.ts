// This module decides whether somebody lacks the second factor that a business asks of them. It is looked at in every
// call and holds while it holds: whoever turns the factor on goes on with the tokens they have. Source: the text of
// subcode 492; decision 0022.
import type { BusinessRole } from '@hallpass/protocol';
import type { TwoFactorType } from '../store/businesses/businesses.ts';
import type { Installation } from '../installation/installation.ts';
import { type Maybe, withValue } from '../installation/maybe.ts';
import type { AdAccountId, BusinessId, PageId, PersonId } from '../store/ids.ts';

/** True when the rule of a business asks a second factor of a person with this role in it. */
export const ruleReaches = (rule: TwoFactorType, role: BusinessRole): boolean =>
  rule !== 'none' && (rule !== 'admin_required' || role === 'ADMIN');

/** Judges a member of the business. System users have no password, and are not asked for a second factor. */
export function lacksSecondFactor(
  installation: Pick<Installation, 'facts'>,
  businessId: BusinessId,
  personId: PersonId,
): Maybe<boolean> {
  const { facts } = installation;
  return withValue(
    facts.twoFactorRule(businessId),
    (rule) => rule !== 'none' && lacksWhatIsAsked(installation, rule, businessId, personId),
  );
}

async function lacksWhatIsAsked(
  { facts }: Pick<Installation, 'facts'>,
  rule: TwoFactorType,
  businessId: BusinessId,
  personId: PersonId,
): Promise<boolean> {
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
export const lacksSecondFactorFor = (
  installation: Pick<Installation, 'facts'>,
  pageId: PageId,
  personId: PersonId,
): Maybe<boolean> =>
  withValue(
    installation.facts.ownerOfPage(pageId),
    (owner) => owner !== null && lacksSecondFactor(installation, owner, personId),
  );
