// A link that leads a person through the dialog. State and PKCE are kept by the vault; the link itself holds neither a
// token nor a secret, and may be opened once within its time.
import { readJson, sha256, shape, toBase64url } from '@hallpass/protocol';
import { services } from '../kinds.ts';
import type { DialogLink } from '../client/answers/connect.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { repairOf } from '../repairs.ts';
import { appById, type AppRow } from '../store/apps/apps.ts';
import { connectionById, type ConnectionKey } from '../store/connections.ts';
import { insertLogin, type LoginRow } from '../store/logins.ts';
import { verifierPlace } from '../store/keys/places.ts';
import { checkLabels, type ConnectionLabels } from './save.ts';

/** A trip through the dialog keeps this until its answer. */
interface WantedLogin extends ConnectionLabels {
  /** The connection of a Page that gets its token by this log-in. */
  pageConnection?: string | undefined;
}

const texts = shape.listOf(shape.text);

export const wantedLogin = shape.object<WantedLogin>({
  name: shape.optional(shape.text),
  ownerName: shape.optional(shape.text),
  ownerEmail: shape.optional(shape.text),
  language: shape.optional(shape.text),
  wantedScopes: shape.optional(texts),
  pageChoice: shape.optional(texts),
  pageConnection: shape.optional(shape.text),
});

export interface ConnectOptions extends ConnectionLabels {
  appId: string;
  /** Permissions to ask for; those that are wanted when they aren't given. */
  scopes?: readonly string[] | undefined;
  /** The id of a configuration of Login for Business, instead of permissions. */
  configId?: string | undefined;
  /** The address that the dialog returns to; that of this vault's own page when it isn't given. */
  redirectUri?: string | undefined;
  authType?: 'rerequest' | 'reauthorize' | undefined;
}

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world' | 'settings'>;

/** Begins a new connection. @throws VaultSealed, VaultRefusal `unknown_app`, `app_without_secret`, `bad_value` */
export async function connectLink(parts: Parts, tenant: string, options: ConnectOptions): Promise<DialogLink> {
  const { appId, scopes, configId, redirectUri, authType, ...labels } = options;
  return begin(parts, tenant, {
    purpose: 'connect',
    appId,
    scopes: scopes ?? labels.wantedScopes ?? [],
    configId,
    redirectUri,
    authType,
    labels,
  });
}

export interface ReconnectOptions {
  redirectUri?: string | undefined;
  /** Permissions to ask for besides those that the holder needs. */
  scopes?: readonly string[] | undefined;
  /** Another person takes over: whoever comes back becomes the subject. Without it anybody else is refused (VT-06). */
  handOver?: boolean | undefined;
  /** Labels of the connection that change with it, such as its owner. */
  labels?: ConnectionLabels | undefined;
}

/**
 * Begins to connect again in place: the connection keeps its id. The dialog is the one that mends it, with the
 * `auth_type` and the permissions for that.
 *
 * @throws VaultSealed, VaultRefusal `unknown_connection`, `unknown_app`, `app_without_secret`, `bad_value`
 */
export async function reconnectLink(
  parts: Parts,
  key: ConnectionKey,
  options: ReconnectOptions = {},
): Promise<DialogLink> {
  parts.keys.requireOpen(key.tenant);
  const row = await connectionById(parts.db.read, key);
  if (row === undefined) throw new VaultRefusal('unknown_connection', { id: key.id });
  const { subject_type } = row;
  if (subject_type === 'system_user' || subject_type === 'app')
    throw new VaultRefusal('not_this_kind', {
      what: 'Nobody can log in for it. Create a new token in its settings, and hand the connection over to it.',
    });
  const handOver = options.handOver === true;
  const isPage = subject_type === 'page';
  // The token of a Page is read with that of a person, so it is a person who logs in: the one that it hangs on, or anybody
  // who has the Page.
  const parent =
    isPage && !handOver && row.parent_id !== null
      ? await connectionById(parts.db.read, { ...key, id: row.parent_id })
      : undefined;
  const person = isPage ? parent : row;
  const asked = person ?? row;
  const wanted = [...readJson(texts, asked.wanted_scopes), ...(options.scopes ?? [])];
  return begin(parts, key.tenant, {
    purpose: handOver ? 'hand_over' : 'reconnect',
    appId: asked.app_id,
    ...(person && { connectionId: person.id }),
    expectedSubject: handOver ? undefined : (person?.subject_id ?? undefined),
    scopes: wanted.length > 0 ? [...new Set(wanted)] : readJson(texts, asked.granted_scopes),
    redirectUri: options.redirectUri,
    authType: repairOf(asked.state, asked.advice)?.authType,
    labels: { ...options.labels, ...(isPage && { pageConnection: row.id }) },
  });
}

interface Trip {
  purpose: LoginRow['purpose'];
  appId: string;
  connectionId?: string;
  expectedSubject?: string | undefined;
  scopes: readonly string[];
  configId?: string | undefined;
  redirectUri?: string | undefined;
  authType?: string | undefined;
  labels: WantedLogin;
}

async function begin(parts: Parts, tenant: string, trip: Trip): Promise<DialogLink> {
  const { db, keys, world, settings } = parts;
  keys.requireOpen(tenant);
  checkLabels(trip.labels);
  const app = await appById(db.read, tenant, trip.appId);
  if (app === undefined) throw new VaultRefusal('unknown_app', { id: trip.appId });
  if (app.secret === null) throw new VaultRefusal('app_without_secret', { id: trip.appId });
  const redirect = redirectOf(trip.redirectUri ?? (settings.publicUrl === '' ? '' : `${settings.publicUrl}/callback`));
  // The tenant stands in it, because the page that the dialog returns to serves all of them.
  const state = `${tenant}.${toBase64url(world.random.bytes(32))}`;
  const state_hash = keys.hash('state', state);
  const verifier = toBase64url(world.random.bytes(32));
  const expiresAt = world.clock.now() + settings.loginLife;
  const sealed = await keys.seal(verifier, verifierPlace({ tenant, state_hash }));
  await db.act(({ tx }) =>
    insertLogin(tx, {
      tenant,
      state_hash,
      purpose: trip.purpose,
      app_id: trip.appId,
      connection_id: trip.connectionId ?? null,
      expected_subject: trip.expectedSubject ?? null,
      verifier: sealed,
      redirect,
      wanted: JSON.stringify(trip.labels),
      expires_at: expiresAt,
    }),
  );
  return { url: dialogUrl(app, trip, { redirect, state, challenge: await sha256(verifier) }), state, expiresAt };
}

function redirectOf(address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hash !== '')
    throw new VaultRefusal('bad_value', {
      what: 'Give the address that the dialog returns to, or set the public address of the vault.',
    });
  return address;
}

function dialogUrl(
  app: AppRow,
  { scopes, configId, authType }: Trip,
  { redirect, state, challenge }: { redirect: string; state: string; challenge: string },
): string {
  const url = new URL(app.dialog_base);
  // Meta's dialog has its version in the path: /v25.0/dialog/oauth.
  if (app.service === 'facebook' && app.version !== null && !/^\/v\d/.test(url.pathname))
    url.pathname = `/${app.version}${url.pathname}`;
  const params = {
    client_id: app.app_id,
    redirect_uri: redirect,
    response_type: 'code',
    state,
    ...(configId === undefined ? { scope: scopes.join(',') } : { config_id: configId }),
    ...(services[app.service].pkce && { code_challenge: challenge, code_challenge_method: 'S256' }),
    ...(authType !== undefined && app.service === 'facebook' && { auth_type: authType }),
  };
  for (const [name, value] of Object.entries(params)) if (value !== '') url.searchParams.set(name, value);
  return url.href;
}
