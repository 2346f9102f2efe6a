// Test users live in a world of their own, one for each app: its test users, and the Pages and businesses that they
// made. Nothing of one world ever has to do with a thing of another one, or of the real world (threats PR-08). Source:
// the guide on test users, which may only have to do with other test users.
import { graphError } from '@hallpass/protocol';
import * as businesses from '../store/businesses/businesses.ts';
import type { Person } from '../store/people/people.ts';
import type { Query } from '../store/query.ts';
import type { AppId } from '../store/ids.ts';

/** Id of the app whose world it is; null for the real one. */
export type TestWorldId = AppId | null;

/** A system user lives where its business does. */
export async function worldOf(q: Query, person: Person): Promise<TestWorldId> {
  if (person.systemUserOf === null) return person.testUserOf;
  return (await businesses.byId(q, person.systemUserOf))?.testOf ?? null;
}

/** @throws GraphError param.invalid, as for something that is not there */
export function demandSameWorld(one: TestWorldId, other: TestWorldId, name: string): void {
  if (one !== other) throw graphError('param.invalid', { name });
}
