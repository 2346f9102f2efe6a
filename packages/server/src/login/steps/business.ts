// These steps are about a system-user configuration: which business connects the app, and what of it the app may have.
// Only a business that the person runs, and only what belongs to it. Source: the guide on Login for Business.
import { type Permission, withDependencies } from '@hallpass/protocol';
import { isSupported } from '../../apps/login-configurations.ts';
import { mayAsk } from '../../liveness/permissions.ts';
import * as adAccounts from '../../store/ads/ad-accounts.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as integrations from '../../store/businesses/integrations.ts';
import * as pages from '../../store/pages/pages.ts';
import {
  type AdAccountChoice,
  type DialogStop,
  type Findings,
  isForBusiness,
  type PageChoice,
  type VisitStart,
  type VisitWith,
} from '../visit.ts';
import type { BusinessId } from '../../store/ids.ts';

/** Lists what the configuration asks of a business that the app may ask of this person's. */
export const askedOfBusiness = ({ app, insider, scope }: Pick<Findings, 'app' | 'insider' | 'scope'>): Permission[] =>
  withDependencies(scope.permissions).filter((name) => isSupported(name) && mayAsk(app, name, insider));

/** The businesses that the person may connect: as an administrator, and never as a test user (threats PR-08). */
async function runBy({ installation, me }: VisitWith<'me'>): Promise<businesses.Business[]> {
  if (me.person.testUserOf !== null) return [];
  const all = await businesses.ofPerson(installation.db.read, me.person.id);
  const roles = await Promise.all(all.map(async ({ id }) => installation.facts.businessRole(id, me.person.id)));
  return all.filter((_, at) => roles[at] === 'ADMIN').sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export async function businessChosen(
  visit: VisitWith<'configuration' | 'me'>,
): Promise<DialogStop | Pick<Findings, 'business'>> {
  if (!isForBusiness(visit)) return { business: undefined };
  const found = await runBy(visit);
  const business = found.find(({ id }) => id === visit.answers.business);
  return business ? { business } : { is: 'choose_business', businesses: found };
}

/** Lists what the configuration asks to choose of the business, with that ticked that was given before. */
export async function assetsChosen(
  visit: VisitWith<'app' | 'business' | 'configuration' | 'wanted'>,
): Promise<DialogStop | undefined> {
  const { app, answers, business, configuration, installation, wanted } = visit;
  if (answers.pages !== undefined || !business || !configuration || configuration.assets.length === 0) return undefined;
  const before = await integrations.between(installation.db.read, business.id, app.id);
  const previous = before?.removedAt === null ? before.assets : {};
  return {
    is: 'choose_pages',
    business,
    permissions: wanted.ask,
    ...(configuration.assets.includes('pages') && { pages: await pagesOf(visit, business.id, previous.pages) }),
    ...(configuration.assets.includes('ad_accounts') && {
      adAccounts: await adAccountsOf(visit, business.id, previous.ad_accounts),
    }),
  };
}

/** Lists all Pages of the business. @param previous what was ticked the last time; all, where it is undefined */
async function pagesOf(
  { installation }: VisitStart,
  businessId: BusinessId,
  previous: readonly string[] | undefined,
): Promise<PageChoice[]> {
  const q = installation.db.read;
  const owned = new Map((await businesses.pagesOf(q, businessId)).map((one) => [one.pageId, one.tasks]));
  return (await pages.byIds(q, [...owned.keys()]))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((page) => ({
      page,
      tasks: owned.get(page.id) ?? [],
      chosen: previous === undefined || previous.includes(page.id),
    }));
}

/** Lists all ad accounts of the business: its own, and those it works on for others. */
async function adAccountsOf(
  { installation }: VisitStart,
  businessId: BusinessId,
  previous: readonly string[] | undefined,
): Promise<AdAccountChoice[]> {
  const held = await adAccounts.heldBy(installation.db.read, businessId);
  const found = await Promise.all(held.map(async ({ accountId }) => installation.facts.adAccount(accountId)));
  return found
    .filter((account) => account !== null)
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((account) => ({ account, chosen: previous === undefined || previous.includes(account.id) }));
}
