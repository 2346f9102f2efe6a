// Cases act in the dashboard of an app with these functions: the calls that a page of the platform makes for whoever is
// logged in.
import { Dashboard } from '@hallpass/server/testing';
import { type PersonName, people } from './cast.ts';
import { type ConformanceWorld, type Params, queryOf, type Reply } from './world.ts';

interface PersonAtDashboard {
  get(path: string, params?: Params): Promise<Reply>;
  post(path: string, params?: Params): Promise<Reply>;
  delete(path: string, params?: Params): Promise<Reply>;
}

/** The dashboard, opened by somebody who has just logged in. */
export async function dashboard(world: ConformanceWorld, person: PersonName): Promise<PersonAtDashboard> {
  const opened = await new Dashboard(world.browser()).open(people[person]);
  const address = (path: string, params: Params = {}): string => {
    const query = queryOf(params);
    return query === '' ? path : `${path}?${query}`;
  };
  return {
    get: (path, params) => opened.get(address(path, params)),
    post: (path, params = {}) => opened.post(path, Object.fromEntries(new URLSearchParams(queryOf(params)))),
    delete: (path, params) => opened.delete(address(path, params)),
  };
}
