// Steps of a system-user configuration: which business connects the app, and what of it the app may have. Only a business that
// the person runs, and only what belongs to it. Source: the guide on Login for Business.
import { type Permission, withDependencies } from '@hallpass/protocol';
import { isSupported } from '../../accounts/login-configurations.ts';
import { mayAsk } from '../../liveness/permissions.ts';
import * as businesses from '../../store/businesses.ts';
import * as integrations from '../../store/integrations.ts';
import * as pages from '../../store/pages.ts';
import type { Stop, Visit } from '../visit.ts';

/** What the configuration asks of a business that the app may ask of this person's. */
export const askedOfBusiness = ({ app, insider, scope }: Pick<Visit, 'app' | 'insider' | 'scope'>): Permission[] =>
  withDependencies(scope.permissions).filter((name) => isSupported(name) && mayAsk(app, name, insider));

/** The businesses that the person may connect: as an administrator, and never as a test user (threats PR-08). */
async function runBy({ installation, me }: Visit): Promise<businesses.Business[]> {
  if (me.person.testUserOf !== null) return [];
  const all = await businesses.ofPerson(installation.db.read, me.person.id);
  const roles = await Promise.all(all.map(async ({ id }) => installation.facts.businessRole(id, me.person.id)));
  return all.filter((_, at) => roles[at] === 'ADMIN').sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export async function businessChosen(visit: Visit): Promise<Stop | undefined> {
  if (!visit.forBusiness) return undefined;
  const found = await runBy(visit);
  visit.business = found.find(({ id }) => id === visit.answers.business);
  return visit.business ? undefined : { is: 'choose_business', businesses: found };
}

/** All Pages of the business, with those ticked that it gave before. */
export async function assetsChosen(visit: Visit): Promise<Stop | undefined> {
  const { app, answers, business, configuration, installation, wanted } = visit;
  if (answers.pages !== undefined || !business || !configuration?.assets.includes('pages')) return undefined;
  const q = installation.db.read;
  const owned = new Map((await businesses.pagesOf(q, business.id)).map((one) => [one.pageId, one.tasks]));
  const before = await integrations.between(q, business.id, app.id);
  const given = before?.removedAt === null ? before.assets.pages : undefined;
  const rows = await pages.byIds(q, [...owned.keys()]);
  return {
    is: 'choose_pages',
    business,
    permissions: wanted.ask,
    pages: rows
      .sort((a, b) => a.name.localeCompare(b.name, 'en'))
      .map((page) => ({ page, tasks: owned.get(page.id) ?? [], chosen: given === undefined || given.includes(page.id) })),
  };
}
