// Insiders may try an app that was not given advanced access: people with a role on it, its test users, and the system
// users of the business that owns it. The system user of an integration counts as whoever connected it: who has a role
// on the app may try it with a business of their own. Source: access levels ("standard access").
import type { Person } from '../store/people/people.ts';
import type { Installation } from '../installation/installation.ts';
import type { AppId } from '../store/ids.ts';

/** @param roles of the person on the app */
export async function isInsider(
  { facts }: Pick<Installation, 'facts'>,
  appId: AppId,
  person: Person,
  roles: readonly string[],
): Promise<boolean> {
  if (roles.length > 0 || person.testUserOf === appId) return true;
  if (person.systemUserOf === null) return false;
  if ((await facts.businessOfApp(appId)) === person.systemUserOf) return true;
  const integration = await facts.integration(person.id);
  return integration !== null && (await facts.appRoles(appId, integration.connectedBy)).length > 0;
}
