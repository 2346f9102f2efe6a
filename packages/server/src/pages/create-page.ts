// Makes a Page: people do for themselves, operators for somebody, and test users in the world of their app.
import { classicTasks, type Task } from '@hallpass/protocol';
import { type Actor, change, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import { newId } from '../installation/mint.ts';
import * as pages from '../store/pages/pages.ts';
import type { Person } from '../store/people/people.ts';
import { givePageRole } from './page-roles.ts';
import type { Installation } from '../installation/installation.ts';
import { PageId, type PersonId } from '../store/ids.ts';

interface NewPage {
  name: string;
  category: string;
  about?: string | undefined;
}

const LONGEST_CATEGORY = 255;
/** Somebody with so many Pages makes no more of them: the choice of Pages in a dialog stays one that can be read. */
const MOST_PAGES = 200;
const unprintable = /\p{Cc}/u;

/** True for what may stand in one line of a Page. */
export const isOneLine = (text: string): boolean => !unprintable.test(text);

/** A category as it is kept; undefined where it is empty, too long or more than one line. */
export function categoryOf(text: string): string | undefined {
  const category = text.trim();
  return category !== '' && category.length <= LONGEST_CATEGORY && isOneLine(category) ? category : undefined;
}

/**
 * Makes a Page with every task on it for its owner; one of a test user belongs to the world of their app.
 * @returns its id; undefined where the owner has as many Pages as anybody may have
 */
export async function createPage(
  installation: ChangeContext,
  owner: Person,
  { name, category, about }: NewPage,
  by: Actor,
): Promise<PageId | undefined> {
  const now = installation.world.clock.now();
  const id = newId(installation, PageId);
  const profile = about === undefined ? {} : { about };
  const testOf = owner.testUserOf;
  return change(installation, async (making) => {
    if ((await pages.rolesOfPerson(making.tx, owner.id)).length >= MOST_PAGES) return undefined;
    await pages.insert(making.tx, {
      id,
      name,
      category,
      categories: [],
      profile,
      published: true,
      testOf,
      createdAt: now,
    });
    await givePageRole(making, { pageId: id, personId: owner.id, tasks: [...classicTasks], by, now });
    const reason = testOf === null ? undefined : 'test user';
    making.event({ name: 'page.created', outcome: 'ok', reason, ...actorFacts(by), targetId: id });
    return id;
  });
}

/** The Pages on which a person has tasks, by name. */
export async function pagesOfPerson(
  { db }: Pick<Installation, 'db'>,
  personId: PersonId,
): Promise<{ id: PageId; name: string; tasks: readonly Task[] }[]> {
  const held = await pages.rolesOfPerson(db.read, personId);
  const found = await Promise.all(
    held.map(async ({ pageId, tasks }) => ({
      id: pageId,
      name: (await pages.byId(db.read, pageId))?.name ?? '',
      tasks,
    })),
  );
  return found.toSorted((a, b) => a.name.localeCompare(b.name));
}
