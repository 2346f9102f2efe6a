// In this step a person chooses their Pages. A choice counts for every permission about Pages. It can be for single
// Pages, or for all that the person has and will have.
import { MOST_PAGES_LISTED } from '@hallpass/pages';
import { isAboutPages } from '@hallpass/protocol';
import type { Installation } from '../../installation/installation.ts';
import type { Grant } from '../../store/grants/grants.ts';
import * as pages from '../../store/pages/pages.ts';
import { agreedOf, type DialogStop, isForBusiness, type PageChoice, type Visit, type VisitWith } from '../visit.ts';
import { assetsChosen } from './business.ts';
import type { PersonId } from '../../store/ids.ts';

/** A permission about Pages is given for the Pages that the person ticks. */
export async function pagesChosen(visit: Visit): Promise<DialogStop | undefined> {
  const { answers, grant } = visit;
  if (isForBusiness(visit)) return assetsChosen(visit);
  const agreed = agreedOf(visit).filter(isAboutPages);
  if (answers.pages !== undefined || (agreed.length === 0 && !answers.choosePages)) return undefined;
  const held = visit.wanted.granted.filter(isAboutPages);
  return {
    is: 'choose_pages',
    pages: await pagesToChoose(visit.installation, visit.me.person.id, grant),
    all: chosenBefore(grant) === 'all',
    permissions: [...new Set([...held, ...agreed])],
  };
}

/**
 * The Pages that a person can tick, by name, with those ticked that were chosen before; of very many, those that were
 * chosen before and as many others as a page lists.
 */
export async function pagesToChoose(
  installation: Installation,
  personId: PersonId,
  grant: Grant | null,
): Promise<PageChoice[]> {
  const all = await ownPages(installation, personId, grant);
  if (all.length <= MOST_PAGES_LISTED) return all;
  const chosenFirst = [...all.filter(({ chosen }) => chosen), ...all.filter(({ chosen }) => !chosen)];
  return chosenFirst.slice(0, MOST_PAGES_LISTED);
}

/** All Pages that a person has a task on, by name. */
async function ownPages(installation: Installation, personId: PersonId, grant: Grant | null): Promise<PageChoice[]> {
  const roles = await installation.facts.pagesOf(personId);
  const tasksOf = new Map(roles.map((role) => [role.pageId, role.tasks]));
  const rows = await pages.byIds(installation.db.read, [...tasksOf.keys()]);
  const before = chosenBefore(grant);
  return rows
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((page) => ({
      page,
      tasks: tasksOf.get(page.id) ?? [],
      chosen: before === undefined || before === 'all' || before.has(page.id),
    }));
}

/**
 * Pages of the person that the app may not use though it was given others, or was given permissions before there was a
 * Page.
 */
export async function pagesNotChosen({ installation, me, grant }: VisitWith<'me' | 'grant'>): Promise<PageChoice[]> {
  const before = chosenBefore(grant);
  if (before === undefined || before === 'all') return [];
  return (await ownPages(installation, me.person.id, grant))
    .filter(({ chosen }) => !chosen)
    .slice(0, MOST_PAGES_LISTED);
}

/** Returns the Pages that were chosen the last time; undefined where no permission about Pages is granted. */
export function chosenBefore(grant: Grant | null): ReadonlySet<string> | 'all' | undefined {
  const lists = Object.entries(grant?.permissions ?? {}).flatMap(([name, permit]) =>
    permit.status === 'granted' && isAboutPages(name) ? [permit.targets] : [],
  );
  if (lists.length === 0) return undefined;
  return lists.includes(undefined) ? 'all' : new Set(lists.flatMap((list) => list ?? []));
}
