// These edges are about tokens of a system user: the app is installed, then tokens are made, listed and ended. Source:
// the guide "Install apps, generate, refresh and revoke tokens". The caller must be an administrator of the business: by
// a token of the very app, or in the dashboard, where `business_app` says which app is meant.
import {
  isAboutPages,
  isPermission,
  type Permission,
  readScope,
  graphError,
  systemUserAllowed,
  all,
  any,
  confirmed,
  dashboard,
  presented,
  where,
} from '@hallpass/protocol';
import {
  endSystemUserToken,
  endSystemUserTokens,
  installApp,
  issueSystemUserToken,
  uninstallApp,
} from '../../businesses/system-users.ts';
import { inBusiness, runsBusiness, runsOrServesBusiness } from '../shared/business-requirements.ts';
import { personActor } from '../shared/actor.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import type { ViewerForPerson } from '../../graph/authentication/viewer.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { ownedBy } from './app-of-business.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import type { Installation } from '../../installation/installation.ts';
import { mayAsk } from '../../liveness/permissions.ts';
import type { App } from '../../store/apps/apps.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Permit } from '../../store/grants/grants.ts';
import type { Person } from '../../store/people/people.ts';
import * as systemUsers from '../../store/businesses/system-users.ts';
import { AppId, PageId } from '../../store/ids.ts';

/** @param appId the app that is named; a token is of one app, and means that one */
const about = (context: Context<ViewerForPerson>, person: Person, appId: AppId = context.viewer.app.id) => ({
  personId: person.id,
  appId,
  by: personActor(context),
  now: context.now,
});

/** The app that a call names, which was looked at before: it is one of the business. @throws GraphError param.invalid */
async function appNamed({ installation }: Context, appId: AppId): Promise<App> {
  const app = await installation.facts.app(appId);
  if (app?.status !== 'active') throw graphError('param.invalid', { name: 'business_app' });
  return app;
}

const marketingAccess = any(where('marketing_access'), all(dashboard, where('named_marketing_access', 'business_app')));

/**
 * @throws GraphError param.invalid for what is unknown, what system users may not have, and what the app may not ask
 */
function scopeGiven(app: App, words: readonly string[], owned: boolean): Permission[] {
  const { permissions, unknown, openid } = readScope(words.join(','));
  if (unknown.length > 0 || openid || permissions.length === 0) throw graphError('param.invalid', { name: 'scope' });
  if (permissions.some((name) => !systemUserAllowed.has(name) || !mayAsk(app, name, owned)))
    throw graphError('param.invalid', { name: 'scope' });
  return permissions;
}

/** Every permission asked for; those about Pages for one Page only, where one is named. */
async function permitsFor(
  { installation }: Context<ViewerForPerson>,
  person: Person,
  scope: readonly Permission[],
  pageId: PageId | undefined,
): Promise<Record<string, Permit>> {
  if (pageId !== undefined && (await installation.facts.pageRole(pageId, person.id)) === null)
    throw graphError('permission.task', { tasks: 'any' });
  const targets = (name: Permission) =>
    pageId !== undefined && isPermission(name) && isAboutPages(name) ? { targets: [pageId] } : {};
  return Object.fromEntries(scope.map((name): [string, Permit] => [name, { status: 'granted', ...targets(name) }]));
}

export const systemUserTokens: Edge<Person>[] = [
  edge('POST', 'applications', {
    doc: 'Installs the app on the system user. Without this, no token can be created for it.',
    needs: all(runsOrServesBusiness, where('app_of_business', 'business_app'), marketingAccess),
    params: { business_app: param.idOf(AppId, 'The app.', { required: true }) },
    async run(context, person: Person, { business_app }) {
      await changeIn(context, (change) => installApp(change, about(context, person, business_app)));
      return { success: true };
    },
  }),
  edge('DELETE', 'applications', {
    doc: 'Removes the app from the system user. Its tokens for the app stop working.',
    source: 'ours',
    // An app of somebody else was connected by the business, and is removed as such.
    needs: all(runsBusiness, where('app_of_business', 'business_app')),
    params: { business_app: param.idOf(AppId, 'The app.', { required: true }) },
    async run(context, person: Person, { business_app }) {
      if (!(await changeIn(context, (change) => uninstallApp(change, about(context, person, business_app)))))
        throw graphError('param.invalid', { name: 'business_app' });
      return { success: true };
    },
  }),
  edge('POST', 'access_tokens', {
    doc: 'Makes a token of the system user for the app. In the dashboard the password stands in for the proof, which needs a token.',
    needs: all(
      runsBusiness,
      where('app_of_business', 'business_app'),
      marketingAccess,
      any(where('proof_sent'), all(dashboard, confirmed)),
    ),
    params: {
      business_app: param.idOf(AppId, 'The app.', { required: true }),
      scope: param.list('Permissions that system users may have.', { required: true, spaces: true }),
      set_token_expires_in_60_days: param.bool(
        'The token ends after 60 days; otherwise it has no end. A business may require it.',
      ),
      page_id: param.idOf(PageId, 'The permissions about Pages are for this Page only.'),
    },
    async run(context, person: Person, args) {
      const app = await appNamed(context, args.business_app);
      const scope = scopeGiven(app, args.scope, await ownedBy(context, person, app.id));
      const permissions = await permitsFor(context, person, scope, args.page_id);
      const expiring = args.set_token_expires_in_60_days ?? false;
      const business = person.systemUserOf && (await businesses.byId(context.q, person.systemUserOf));
      if (business?.settings.require_expiring_tokens && !expiring)
        throw graphError('param.must_be', {
          name: 'set_token_expires_in_60_days',
          what: 'true: this business requires tokens that expire',
        });
      const { text } = await issueSystemUserToken(context.installation, {
        ...about(context, person, app.id),
        permissions,
        expiring,
      });
      return { access_token: text };
    },
  }),
  edge('DELETE', 'access_tokens', {
    doc: 'Ends every token of the system user for the app; in the dashboard for the app that is named.',
    needs: all(runsBusiness, any(presented, all(dashboard, where('app_of_business', 'business_app')))),
    params: { business_app: param.idOf(AppId, 'The app, in the dashboard.') },
    async run(context, person: Person, { business_app }) {
      await changeIn(context, (change) =>
        endSystemUserTokens(change, about(context, person, appMeant(context, business_app))),
      );
      return true;
    },
  }),
  listEdge('issued_tokens', {
    doc: 'The tokens that were made for the app, newest first: what they are for and until when, never the tokens themselves. In the dashboard those of every app.',
    source: 'ours',
    needs: runsBusiness,
    params: { business_app: param.idOf(AppId, 'Only of this app, in the dashboard.') },
    async run(context, person: Person, { business_app }, page) {
      const { q, now, installation } = context;
      const rows = await systemUsers.tokens(q, person.id, appMeant(context, business_app));
      const part = paginate(rows, (row) => row.id, page);
      return {
        ...part,
        position: (row: { id: string }) => row.id,
        rows: await Promise.all(
          part.rows.map(async (row) => ({
            id: row.id,
            fingerprint: row.fingerprint,
            scopes: Object.keys(row.permissions),
            issued_time: isoMoment(row.issuedAt),
            expires_at: row.expiresAt,
            is_valid: row.endedAt === null && (row.expiresAt === 0 || now < row.expiresAt),
            ...(row.endedAt === null ? {} : { ended_time: isoMoment(row.endedAt) }),
            ...(context.viewer.dashboard && { app: await appInShort(installation, row.appId) }),
          })),
        ),
      };
    },
  }),
  edge('DELETE', 'issued_tokens', {
    doc: 'Ends one token, by its id in the list.',
    source: 'ours',
    needs: runsBusiness,
    params: { token_id: param.id('The id in the list.', { required: true }) },
    async run(context, person: Person, { token_id }) {
      const row = await systemUsers.token(context.q, token_id);
      const appId = appMeant(context, row?.appId);
      const done =
        appId !== undefined &&
        (await changeIn(context, (change) =>
          endSystemUserToken(change, { ...about(context, person, appId), id: token_id }),
        ));
      if (!done) throw graphError('param.invalid', { name: 'token_id' });
      return { success: true };
    },
  }),
  listEdge('installed_apps', {
    doc: 'The apps that the system user has, each with the number of its living tokens.',
    source: 'ours',
    needs: inBusiness,
    async run({ installation, q, now }, person: Person, _args, page) {
      const part = paginate(await systemUsers.installedApps(q, person.id), (row) => row.appId, page);
      const living = await systemUsers.livingTokens(q, person.id, now);
      return {
        ...part,
        position: (row: { id: string }) => row.id,
        rows: await Promise.all(
          part.rows.map(async ({ appId, installedAt }) => ({
            ...(await appInShort(installation, appId)),
            installed_time: isoMoment(installedAt),
            living_tokens: living.filter((one) => one.appId === appId).length,
          })),
        ),
      };
    },
  }),
];

/** The app of the token; in the dashboard the one that is named, undefined for none. */
const appMeant = ({ viewer }: Context<ViewerForPerson>, named: AppId | undefined): AppId | undefined =>
  viewer.dashboard === undefined ? viewer.app.id : named;

const appInShort = async ({ facts }: Installation, id: AppId): Promise<{ id: string; name: string }> => ({
  id,
  name: (await facts.app(id))?.name ?? '',
});
