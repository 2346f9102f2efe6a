// This module tells what can be told about a presented token: the answer of debug_token. Everything is said as it holds
// now, by the same functions that decide about calls. Sources: the debug_token reference; recorded answers for dead and
// unreadable tokens.
import {
  type DebugTokenData,
  type DebugTokenError,
  type ErrorKey,
  type GranularScope,
  permissions,
  refuseUnchecked,
  tokenKinds,
} from '@hallpass/protocol';
import type { App } from '../store/apps/apps.ts';
import type { Grant } from '../store/grants/grants.ts';
import type { ScopedId } from '../store/ids.ts';
import type { TokenRecord } from '../tokens/record.ts';
import type { Death } from './check.ts';
import { grantOf, isInactive } from './grant-of.ts';
import { isInsider } from './insider.ts';
import type { Installation } from '../installation/installation.ts';
import { type Maybe, withValue } from '../installation/maybe.ts';
import type { OpenedCredential } from './open-token.ts';
import { pageTokenState } from './page-tokens.ts';
import { type EffectiveGrant, inForce, reaches } from './permissions.ts';

/** @returns an object of its own, keys in the documented order */
export function describeToken(
  installation: Pick<Installation, 'facts' | 'settings' | 'world'>,
  presented: OpenedCredential,
): Maybe<DebugTokenData> {
  switch (presented.is) {
    case 'unreadable':
      return { error: errorOf(presented.error, {}), is_valid: false, scopes: [] };
    case 'joined':
      return { app_id: presented.app.id, type: 'APP', application: presented.app.name, is_valid: true, scopes: [] };
    case 'dead':
      return describeDead(installation, presented.record, presented.death);
    case 'sealed':
      return withValue(grantOf(installation, presented.record, presented.subject.person), (grant) =>
        describeLiving(installation, presented, grant),
      );
  }
}

function describeLiving(
  installation: Pick<Installation, 'facts' | 'settings' | 'world'>,
  { record, subject: { app, insider } }: Extract<OpenedCredential, { is: 'sealed' }>,
  grant: Grant | null,
): Maybe<DebugTokenData> {
  const force = inForce(app, grant, insider, installation.world.clock.now());
  return withValue(refusedNow(installation, record, force, grant), (error) =>
    assembleFacts(installation, record, {
      app,
      grant,
      scopes: error && !grant ? noScopes : scopesOf(record, force, grant),
      error,
      endedAt: undefined,
    }),
  );
}

/** Finds what refuses a token that has not died: the Page, the role on it, or what was granted for it. */
function refusedNow(
  installation: Pick<Installation, 'facts' | 'settings' | 'world'>,
  record: TokenRecord,
  force: EffectiveGrant,
  grant: Grant | null,
): Maybe<DebugTokenError | undefined> {
  if (!grant) return errorOf('token.app_removed', { app: record.app });
  if (isInactive(installation, record, grant)) return errorOf('token.inactive', {});
  if (record.kind !== 'page') return undefined;
  return withValue(pageTokenState(installation, record, force, grant), (state) =>
    state.page === undefined ? errorOf(state.error, state.params) : undefined,
  );
}

/** Causes after which nothing of what was granted belongs to the token any more. */
const endedWithGrant: ReadonlySet<Death['cause']> = new Set([
  'app_removed',
  'app_role_lost',
  'revoked',
  'page_token_revoked',
  'system_user_tokens_ended',
  'system_user_token_revoked',
  'code_replayed',
  'integration_removed',
  'person_deleted',
]);

async function describeDead(
  installation: Pick<Installation, 'facts' | 'world'>,
  record: TokenRecord,
  death: Death,
): Promise<DebugTokenData> {
  const { facts, world } = installation;
  const app = await facts.app(record.app);
  // A reader of a withdrawn key may have written the token: of what it says only the app is told, which is the asker's
  // own.
  if (death.cause === 'withdrawn')
    return {
      app_id: record.app,
      type: tokenKinds[record.kind].debugType,
      ...(app ? { application: app.name } : {}),
      error: errorOf(death.error, death.params),
      invalidated_at: death.at,
      is_valid: false,
      scopes: [],
    };
  const person = await facts.person(record.user);
  const grant = await grantOf(installation, record, person);
  const insider =
    person !== null &&
    (await isInsider(installation, record.app, person, await facts.appRoles(record.app, record.user)));
  const scopes =
    app && grant && !endedWithGrant.has(death.cause)
      ? scopesOf(record, inForce(app, grant, insider, world.clock.now()), grant)
      : noScopes;
  const endedAt = death.cause === 'expired' ? undefined : death.at;
  return assembleFacts(installation, record, {
    app,
    grant,
    scopes,
    error: errorOf(death.error, death.params),
    endedAt,
  });
}

interface TokenDescription {
  app: App | null;
  grant: Grant | null;
  scopes: Scopes;
  error: DebugTokenError | undefined;
  endedAt: number | undefined;
}

const assembleFacts = (
  { facts }: Pick<Installation, 'facts'>,
  record: TokenRecord,
  told: TokenDescription,
): Maybe<DebugTokenData> =>
  withValue(facts.scopedId(record.app, record.user), (user) => debugTokenData(record, told, user));

/** The members, in the documented order. */
function debugTokenData(
  record: TokenRecord,
  { app, grant, scopes, error, endedAt }: TokenDescription,
  user: ScopedId | null,
): DebugTokenData {
  const data: Partial<DebugTokenData> = { app_id: record.app, type: tokenKinds[record.kind].debugType };
  if (app) data.application = app.name;
  if (grant) data.data_access_expires_at = grant.dataAccessUntil;
  if (error) data.error = error;
  data.expires_at = record.expiresAt;
  if (endedAt !== undefined) data.invalidated_at = endedAt;
  data.is_valid = error === undefined;
  if (record.longLived && record.issuedAt !== 0) data.issued_at = record.issuedAt;
  if (record.authType !== undefined || record.authNonce !== undefined)
    data.metadata = {
      ...(record.authType === undefined ? {} : { auth_type: record.authType }),
      ...(record.authNonce === undefined ? {} : { auth_nonce: record.authNonce }),
    };
  if (record.page !== undefined) data.profile_id = record.page;
  data.scopes = scopes.names;
  if (scopes.granular.length > 0) data.granular_scopes = scopes.granular;
  if (user !== null) data.user_id = user;
  return data as DebugTokenData;
}

interface Scopes {
  names: string[];
  granular: GranularScope[];
}

const noScopes: Scopes = { names: [], granular: [] };
const remembered = new WeakMap<EffectiveGrant, Scopes>();

/**
 * Granted and askable now, also where data access has ended. A Page token shows what reaches its Page, a session-info
 * token nothing.
 */
function scopesOf(record: TokenRecord, force: EffectiveGrant, grant: Grant | null): Scopes {
  if (!grant || record.kind === 'session_info') return noScopes;
  const { page } = record;
  if (page !== undefined) return listScopes(force, grant, (name) => reaches(grant, name, page), [page]);
  let known = remembered.get(force);
  if (!known) {
    known = listScopes(force, grant, () => true);
    remembered.set(force, known);
  }
  return known;
}

function listScopes(force: EffectiveGrant, grant: Grant, shown: (name: string) => boolean, only?: string[]): Scopes {
  const names = Object.keys(grant.permissions).filter(
    (name) => (force.names.has(name) || force.ended.has(name)) && shown(name),
  );
  const granular = names.filter(aboutObjects).map((scope) => {
    const targets = grant.permissions[scope]?.targets;
    return { scope, ...(targets === undefined ? {} : { target_ids: only ?? targets }) };
  });
  return { names, granular };
}

/** Permissions that can be granted for some objects and not for others. */
const aboutObjects = (name: string): boolean =>
  Object.hasOwn(permissions, name) && permissions[name as keyof typeof permissions].group !== 'profile';

function errorOf(key: ErrorKey, params: Record<string, string>): DebugTokenError {
  const refusal = refuseUnchecked(key, params);
  // Every error of a token has a number.
  const { code = 190, subcode } = refusal.entry;
  return { code, message: refusal.message, ...(subcode === undefined ? {} : { subcode }) };
}
