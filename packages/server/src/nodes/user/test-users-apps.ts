// This edge lists the apps that use one test user: the one it was made for, and those that it was shared with.
import type { Context } from '../../graph/language/context.ts';
import * as apps from '../../store/apps/apps.ts';
import type { Person } from '../../store/people/people.ts';

/** Ids of the apps, each once; none for a real person. */
export const appsOfTestUser = async (q: Context['q'], { id, testUserOf }: Person): Promise<string[]> =>
  testUserOf === null ? [] : [...new Set([testUserOf, ...(await apps.appsWithRole(q, id))])];
