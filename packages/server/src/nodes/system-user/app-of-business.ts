// A system user can have tokens for some apps only. Source: the guide "Install apps, generate, refresh and revoke
// tokens".
import type { Context } from '../../graph/language/context.ts';
import * as clientApps from '../../store/businesses/client-apps.ts';
import type { Person } from '../../store/people/people.ts';
import { AppId } from '../../store/ids.ts';

/** True when the business of the system user owns the app. */
export const ownedBy = async ({ installation }: Context, person: Person, appId: AppId): Promise<boolean> =>
  (await installation.facts.businessOfApp(appId)) === person.systemUserOf;

/**
 * True when this is an app of which the system user can have tokens: its business owns it or took it up from others,
 * and it is the one of the token. In the dashboard, where there is no token, it is any of them.
 */
export async function isAppOfBusiness(context: Context, person: Person, app: string | undefined): Promise<boolean> {
  const { viewer } = context;
  const appId = AppId.parse(app ?? '');
  if (appId === undefined || (viewer.dashboard === undefined && appId !== viewer.app?.id)) return false;
  if (await ownedBy(context, person, appId)) return true;
  return person.systemUserOf !== null && clientApps.isHad(context.q, person.systemUserOf, appId);
}

/** True when a named app has access to the Marketing API. */
export const hasMarketingAccess = async ({ installation }: Context, _person: Person, named = ''): Promise<boolean> => {
  const appId = AppId.parse(named);
  const app = appId && (await installation.facts.app(appId));
  return app?.status === 'active' && app.settings.marketingTier !== 'none';
};
