// Who may try an app that was not given advanced access: people with a role on it, its test users, and the system users of
// the business that owns it. Source: access levels ("standard access").
import type { Person } from '../store/people.ts';
import type { Installation } from './installation.ts';

/** @param roles of the person on the app */
export async function isInsider({ facts }: Installation, appId: string, person: Person, roles: readonly string[]): Promise<boolean> {
  if (roles.length > 0 || person.testUserOf === appId) return true;
  return person.systemUserOf !== null && (await facts.businessOfApp(appId)) === person.systemUserOf;
}
