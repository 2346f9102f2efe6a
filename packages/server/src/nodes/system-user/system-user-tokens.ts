// These edges are about tokens of a system user: the app is installed, then tokens are made, listed and ended. Source:
// the guide "Install apps, generate, refresh and revoke tokens". Who asks must be an administrator of the business, by
// a token of the very app.
import {
  isAboutPages,
  isPermission,
  type Permission,
  readScope,
  graphError,
  systemUserAllowed,
  all,
  where,
} from '@hallpass/protocol';
import {
  endSystemUserToken,
  endSystemUserTokens,
  installApp,
  issueSystemUserToken,
  uninstallApp,
} from '../../businesses/system-users.ts';
import { runsBusiness, runsOrServesBusiness } from '../shared/business-requirements.ts';
import { personActor } from '../shared/actor.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import type { ViewerForPerson } from '../../graph/authentication/viewer.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { ownedBy } from './app-of-business.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import { mayAsk } from '../../liveness/permissions.ts';
import type { App } from '../../store/apps/apps.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Permit } from '../../store/grants/grants.ts';
import type { Person } from '../../store/people/people.ts';
import * as systemUsers from '../../store/businesses/system-users.ts';

const about = (context: Context<ViewerForPerson>, person: Person) => ({
  personId: person.id,
  appId: context.viewer.app.id,
  by: personActor(context),
  now: context.now,
});

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
  pageId: string | undefined,
): Promise<Record<string, Permit>> {
  if (pageId !== undefined && (await installation.facts.pageRole(pageId, person.id)) === null)
    throw graphError('permission.task', { tasks: 'any' });
  const targets = (name: Permission) =>
    pageId !== undefined && isPermission(name) && isAboutPages(name) ? { targets: [pageId] } : {};
  return Object.fromEntries(scope.map((name): [string, Permit] => [name, { status: 'granted', ...targets(name) }]));
}

export const systemUserTokens: Edge<Person>[] = [
  edge('POST', 'applications', {
    doc: 'Installs the app on the system user: before, no token can be made for it.',
    needs: all(runsOrServesBusiness, where('app_of_business', 'business_app'), where('marketing_access')),
    params: { business_app: param.id('The app.', { required: true }) },
    async run(context, person: Person) {
      await changeIn(context, (change) => installApp(change, about(context, person)));
      return { success: true };
    },
  }),
  edge('DELETE', 'applications', {
    doc: 'Takes the app from the system user: its tokens for it are dead.',
    source: 'ours',
    // An app of somebody else was connected by the business, and is removed as such.
    needs: all(runsBusiness, where('app_of_business', 'business_app')),
    params: { business_app: param.id('The app.', { required: true }) },
    async run(context, person: Person) {
      if (!(await changeIn(context, (change) => uninstallApp(change, about(context, person)))))
        throw graphError('param.invalid', { name: 'business_app' });
      return { success: true };
    },
  }),
  edge('POST', 'access_tokens', {
    doc: 'Makes a token of the system user for the app.',
    needs: all(runsBusiness, where('app_of_business', 'business_app'), where('marketing_access'), where('proof_sent')),
    params: {
      business_app: param.id('The app.', { required: true }),
      scope: param.list('Permissions that system users may have.', { required: true, spaces: true }),
      set_token_expires_in_60_days: param.bool(
        'The token ends after 60 days; otherwise it has no end. A business may require it.',
      ),
      page_id: param.id('The permissions about Pages are for this Page only.'),
    },
    async run(context, person: Person, args) {
      const { app } = context.viewer;
      const scope = scopeGiven(app, args.scope, await ownedBy(context, person, app.id));
      const permissions = await permitsFor(context, person, scope, args.page_id);
      const expiring = args.set_token_expires_in_60_days ?? false;
      const business = await businesses.byId(context.q, person.systemUserOf ?? '');
      if (business?.settings.require_expiring_tokens && !expiring)
        throw graphError('param.must_be', {
          name: 'set_token_expires_in_60_days',
          what: 'true: this business requires tokens that expire',
        });
      const { text } = await issueSystemUserToken(context.installation, {
        ...about(context, person),
        permissions,
        expiring,
      });
      return { access_token: text };
    },
  }),
  edge('DELETE', 'access_tokens', {
    doc: 'Ends every token of the system user for the app.',
    needs: runsBusiness,
    async run(context, person: Person) {
      await changeIn(context, (change) => endSystemUserTokens(change, about(context, person)));
      return true;
    },
  }),
  listEdge('issued_tokens', {
    doc: 'The tokens that were made for the app, newest first: what they are for and until when, never the tokens themselves.',
    source: 'ours',
    needs: runsBusiness,
    async run({ q, viewer, now }, person: Person, _args, page) {
      const rows = await systemUsers.tokens(q, person.id, viewer.app.id);
      const part = paginate(rows, (row) => row.id, page);
      return {
        ...part,
        position: (row: { id: string }) => row.id,
        rows: part.rows.map((row) => ({
          id: row.id,
          fingerprint: row.fingerprint,
          scopes: Object.keys(row.permissions),
          issued_time: isoMoment(row.issuedAt),
          expires_at: row.expiresAt,
          is_valid: row.endedAt === null && (row.expiresAt === 0 || now < row.expiresAt),
          ...(row.endedAt === null ? {} : { ended_time: isoMoment(row.endedAt) }),
        })),
      };
    },
  }),
  edge('DELETE', 'issued_tokens', {
    doc: 'Ends one token, by its id in the list.',
    source: 'ours',
    needs: runsBusiness,
    params: { token_id: param.id('The id in the list.', { required: true }) },
    async run(context, person: Person, { token_id }) {
      const done = await changeIn(context, (change) =>
        endSystemUserToken(change, { ...about(context, person), id: token_id }),
      );
      if (!done) throw graphError('param.invalid', { name: 'token_id' });
      return { success: true };
    },
  }),
];
