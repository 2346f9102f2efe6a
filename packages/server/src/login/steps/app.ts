// These steps are about the app.
import { mayExplore } from '../../codes/explorer.ts';
import { isLetIn } from '../../people/restrictions.ts';
import type { Block, Findings, VisitStart, VisitWith } from '../visit.ts';

export async function appKnown(visit: VisitStart): Promise<Block | Pick<Findings, 'app'>> {
  const app = await visit.installation.facts.app(visit.request.appId);
  if (!app) return { is: 'blocked', reason: 'invalid_app_id' };
  if (app.status !== 'active') return { is: 'blocked', reason: 'app_disabled' };
  return { app };
}

/** Client OAuth Login is the master switch; Web OAuth Login is for addresses of web sites. Source: section 2.6. */
export function loginSwitchedOn({
  app,
  target,
}: Pick<VisitWith<'app' | 'target'>, 'app' | 'target'>): Block | undefined {
  const { settings } = app;
  if (!settings.clientOauthLogin) return { is: 'blocked', reason: 'client_login_off' };
  if (!settings.webOauthLogin && (target.form === 'web' || target.form === 'localhost'))
    return { is: 'blocked', reason: 'web_login_off' };
  if (!settings.jsSdkLogin && target.form === 'relay') return { is: 'blocked', reason: 'sdk_login_off' };
  return undefined;
}

/** Apps in development are for people with a role on them, and for their test users (threats DL-19). */
export async function appOpenTo({
  installation,
  app,
  me,
}: VisitWith<'app' | 'me'>): Promise<Block | Pick<Findings, 'insider'>> {
  const roles = await installation.facts.appRoles(app.id, me.person.id);
  const insider = roles.length > 0 || me.person.testUserOf === app.id;
  // A test user is for its own app, and for those that it was shared with (threats PR-08).
  const closed = app.mode === 'development' || me.person.testUserOf !== null;
  if (closed && !insider) return { is: 'blocked', reason: 'app_not_active' };
  const now = installation.world.clock.now();
  return insider || isLetIn(app, me.person, now) ? { insider } : { is: 'blocked', reason: 'app_restricted' };
}

/** The Explorer gives tokens to those who work on the app, and to nobody else. */
export async function explorerOpenTo({
  installation,
  app,
  me,
  target,
}: VisitWith<'app' | 'me' | 'target'>): Promise<Block | undefined> {
  if (target.form !== 'explorer' || (await mayExplore(installation, app.id, me.person.id))) return undefined;
  return { is: 'blocked', reason: 'explorer_role' };
}

/** A scope that does not exist is shown to those who can repair it, and dropped for others (threats DL-06). */
export function scopesKnown({ insider, scope }: VisitWith<'insider' | 'scope'>): Block | undefined {
  return insider && scope.unknown.length > 0
    ? { is: 'blocked', reason: 'invalid_scopes', detail: { scopes: scope.unknown } }
    : undefined;
}
