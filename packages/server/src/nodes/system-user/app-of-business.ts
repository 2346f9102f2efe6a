// A system user can have tokens for some apps only. Source: the guide "Install apps, generate, refresh and revoke
// tokens".
import type { Context } from '../../graph/language/context.ts';
import * as clientApps from '../../store/businesses/client-apps.ts';
import type { Person } from '../../store/people/people.ts';

/** True when the business of the system user owns the app. */
export const ownedBy = async ({ installation }: Context, person: Person, appId: string): Promise<boolean> =>
  (await installation.facts.businessOfApp(appId)) === person.systemUserOf;

/** True when this is the app of the token, and the business of the system user owns it or took it up from others. */
export async function isAppOfBusiness(context: Context, person: Person, appId: string | undefined): Promise<boolean> {
  if (appId === undefined || appId !== context.viewer.app?.id) return false;
  return (await ownedBy(context, person, appId)) || clientApps.isHad(context.q, person.systemUserOf ?? '', appId);
}
