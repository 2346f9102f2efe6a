// These edges are about apps that a business connected in Login for Business: the list and the way out, as the settings
// of a business have them (edges of ours), and tokens that are narrower than what the business gave. Source: the guide
// on Login for Business and the system_user_access_tokens edge of the business.
import {
  all,
  any,
  businessRole,
  isAboutAdAccounts,
  isAboutPages,
  isPermission,
  permission,
  presented,
  graphError,
  token,
  where,
} from '@hallpass/protocol';
import { findToken } from '../../codes/integration-tokens.ts';
import { disconnect } from '../../businesses/integrations.ts';
import { issueSystemUserToken } from '../../businesses/system-users.ts';
import { actOn, runsBusiness } from '../shared/business-requirements.ts';
import { personActor } from '../shared/actor.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import type { ViewerOf } from '../../graph/authentication/viewer.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { personBehindId } from '../shared/person-meant.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import { within } from '../../liveness/grant-of.ts';
import type { Business } from '../../store/businesses/businesses.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Permit } from '../../store/grants/grants.ts';
import * as integrations from '../../store/businesses/integrations.ts';
import { AppId } from '../../store/ids.ts';

/**
 * The rights that the caller may pass on: its own, when it is the integration; all that was given to it, when an
 * administrator asks.
 */
interface DelegationLimit {
  integration: integrations.Integration;
  permissions: Readonly<Record<string, Permit>>;
  /** A token that ends makes none that does not. */
  ends: boolean;
  own: boolean;
}

async function boundOf(
  context: Context<ViewerOf<'user' | 'system_user'>>,
  business: Business,
): Promise<DelegationLimit> {
  const { q, viewer } = context;
  const integration = await integrations.between(q, business.id, viewer.app.id);
  const own = integration !== undefined && integration.personId === viewer.person.id;
  if (!integration || integration.removedAt !== null) throw graphError('business.not_connected');
  const permissions = own ? within(viewer.grant.permissions, integration.permissions) : integration.permissions;
  return { integration, permissions, ends: own && viewer.record.expiresAt !== 0, own };
}

const withoutPrefix = (id: string): string => id.replace(/^act_/, '');

/**
 * @throws GraphError param.invalid for what is not among what the caller has: nothing is ever made wider (threats I-6)
 */
function narrowed(
  bound: Readonly<Record<string, Permit>>,
  scope: readonly string[] | undefined,
  asset: readonly string[] | undefined,
) {
  const names = scope ?? Object.keys(bound);
  if (names.length === 0 || names.some((name) => !isPermission(name) || bound[name]?.status !== 'granted'))
    throw graphError('param.invalid', { name: 'scope' });
  if (asset === undefined) return within(Object.fromEntries(names.map((name) => [name, { status: 'granted' }])), bound);
  const held = (about: (name: string) => boolean) =>
    new Set(Object.entries(bound).flatMap(([name, permit]) => (about(name) ? (permit.targets ?? []) : [])));
  const [pages, ads] = [held(isAboutPages), held(isAboutAdAccounts)];
  const chosen = {
    pages: asset.filter((id) => pages.has(id)),
    ads: asset.map(withoutPrefix).filter((id) => ads.has(id)),
  };
  if (asset.length === 0 || asset.some((id) => !pages.has(id) && !ads.has(withoutPrefix(id))))
    throw graphError('param.invalid', { name: 'asset' });
  const wanted = names.map((name): [string, Permit] => {
    if (isAboutPages(name)) return [name, { status: 'granted', targets: [...new Set(chosen.pages)] }];
    if (isAboutAdAccounts(name)) return [name, { status: 'granted', targets: [...new Set(chosen.ads)] }];
    return [name, { status: 'granted' }];
  });
  return within(Object.fromEntries(wanted), bound);
}

export const businessIntegrations: Edge<Business>[] = [
  listEdge('connected_apps', {
    doc: 'The apps that the business connected, with what it gave them.',
    source: 'ours',
    needs: runsBusiness,
    async run({ installation, q }, row: Business, _args, page) {
      const part = paginate(await integrations.ofBusiness(q, row.id), (one) => one.appId, page);
      const shown = part.rows.map(async (one) => ({
        id: one.appId,
        name: (await installation.facts.app(one.appId))?.name ?? '',
        configuration_id: one.configurationId,
        permissions: Object.keys(one.permissions),
        assets: [...(one.assets.pages ?? []), ...(one.assets.ad_accounts ?? []).map((id) => `act_${id}`)],
        connected_time: isoMoment(one.createdAt),
        updated_time: isoMoment(one.updatedAt),
      }));
      return { ...part, position: (one: { id: string }) => one.id, rows: await Promise.all(shown) };
    },
  }),
  edge('DELETE', 'connected_apps', {
    doc: 'Removes an app that the business connected. Its tokens stop working.',
    source: 'ours',
    needs: runsBusiness,
    params: { app_id: param.idOf(AppId, 'The app.', { required: true }) },
    async run(context, row: Business, { app_id }) {
      const done = await changeIn(context, (change) =>
        disconnect(change, { ...actOn(context, row.id), appId: app_id }),
      );
      if (!done) throw graphError('param.invalid', { name: 'app_id' });
      return { success: true };
    },
  }),
  edge('POST', 'system_user_access_tokens', {
    doc: 'A token of the system user that the app of the call acts as for this business, narrowed to some assets and scopes. It never has more than the caller; a token that ends makes only tokens that end.',
    needs: all(
      presented,
      any(
        all(token('system_user'), businessRole('ADMIN', 'EMPLOYEE')),
        all(token('user'), permission('business_management'), businessRole('ADMIN')),
      ),
      // Any other system user is asked for what a person is asked for.
      any(where('is_integration'), runsBusiness),
      where('proof_sent'),
    ),
    params: {
      asset: param.list('Only for these of the assets: Pages, and ad accounts with act_ or without.'),
      scope: param.list('Only these permissions.', { spaces: true }),
      system_user_id: param.id('The system user, by the id this app knows: there is only one.'),
      fetch_only: param.bool('Answers a token that was made for exactly this before, and makes none.'),
      set_token_expires_in_60_days: param.bool('The token ends after 60 days; otherwise it has no end.'),
    },
    async run(context, row: Business, args) {
      const { installation, q, viewer } = context;
      const { integration, permissions: bound, ends, own } = await boundOf(context, row);
      const { personId, appId } = integration;
      if (args.system_user_id !== undefined && (await personBehindId(context, args.system_user_id)) !== personId)
        throw graphError('param.invalid', { name: 'system_user_id' });
      const permissions = narrowed(bound, args.scope, args.asset);
      const mustEnd = ends || (await businesses.byId(q, row.id))?.settings.require_expiring_tokens === true;
      const sought = {
        personId,
        appId,
        permissions,
        expiring: mustEnd || (args.set_token_expires_in_60_days ?? false),
      };
      if (args.fetch_only) {
        const found = await findToken(installation, sought);
        if (found === undefined)
          throw graphError('param.invalid', { name: 'fetch_only' }).because(
            'no living token was made for exactly this',
          );
        return { access_token: found };
      }
      const by = personActor(context);
      const parent = own ? { refreshed: viewer.record } : {};
      return {
        access_token: (await issueSystemUserToken(installation, { ...sought, by, findable: true, ...parent })).text,
      };
    },
  }),
];
