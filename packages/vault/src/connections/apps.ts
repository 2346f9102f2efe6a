// The apps of a tenant, in whose name tokens are asked for, extended and inspected. Their secrets are sealed and never
// shown again.
import { isHttpsOrLocal, isId, isKeyOf, type Secret } from '@hallpass/protocol';
import type { App } from '../client/answers/apps.ts';
import { type ServiceName, services } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { appById, appsOf, deleteApp, putApp } from '../store/apps/apps.ts';
import { listConnections } from '../store/connections.ts';
import { appSecretPlace } from '../store/keys/places.ts';

export interface AppSettings {
  /** Of Threads: the Threads app id, which is another one than that of the app itself. */
  appId: string;
  /** The secret that belongs to this id; kept as it is when it isn't given. Without one nothing can be extended. */
  secret?: Secret | undefined;
  service?: ServiceName | undefined;
  /** The address of the Graph; that of the real service when it isn't given. */
  graphBase?: string | undefined;
  /** The address of the dialog with its path. */
  dialogBase?: string | undefined;
  /** `v25.0`; the default of the app when it isn't given. */
  version?: string | undefined;
}

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

/** Plain http is for this machine alone: secrets travel there. */
function addressFrom(text: string, what: string): string {
  const url = URL.parse(text);
  if (url === null || !isHttpsOrLocal(url) || url.username !== '')
    throw new VaultRefusal('bad_value', { what: `${what} must be an https address, or http on this machine.` });
  return text.replace(/\/$/, '');
}

/** Adds an app, or changes the one with the same id. @throws VaultSealed, VaultRefusal `bad_value` */
export async function setApp({ db, keys, world }: Parts, tenant: string, app: AppSettings): Promise<void> {
  keys.requireOpen(tenant);
  const { appId, service = 'facebook', secret, version } = app;
  if (!isId(appId)) throw new VaultRefusal('bad_value', { what: 'An app id must be a number.' });
  if (!isKeyOf(services, service)) throw new VaultRefusal('bad_value', { what: 'There is no such service.' });
  if (version !== undefined && !/^v\d{1,3}\.\d{1,2}$/.test(version))
    throw new VaultRefusal('bad_value', { what: 'Write a version such as v25.0.' });
  if (secret !== undefined && !/^\S{8,200}$/.test(secret.open()))
    throw new VaultRefusal('bad_value', { what: 'An app secret must be one word.' });
  const before = await appById(db.read, tenant, appId);
  const secret_version = (before?.secret_version ?? 0) + (secret === undefined ? 0 : 1);
  const place = appSecretPlace({ tenant, app_id: appId, secret_version });
  const sealed = secret === undefined ? (before?.secret ?? null) : await keys.seal(secret.open(), place);
  await db.act(({ tx }) =>
    putApp(tx, {
      tenant,
      app_id: appId,
      service,
      graph_base: addressFrom(app.graphBase ?? services[service].graph, 'The address of the Graph'),
      dialog_base: addressFrom(app.dialogBase ?? services[service].dialog, 'The address of the dialog'),
      version: version ?? null,
      secret: sealed,
      secret_version,
      changed_at: world.clock.now(),
    }),
  );
}

/** @throws VaultSealed */
export async function listApps({ db, keys }: Pick<Parts, 'db' | 'keys'>, tenant: string): Promise<App[]> {
  keys.requireOpen(tenant);
  return (await appsOf(db.read, tenant)).map((row) => ({
    appId: row.app_id,
    service: row.service,
    graphBase: row.graph_base,
    dialogBase: row.dialog_base,
    version: row.version ?? undefined,
    hasSecret: row.secret !== null,
  }));
}

/** Takes an app out. @throws VaultSealed, VaultRefusal `unknown_app`, `app_in_use` */
export async function removeApp(
  { db, keys }: Pick<Parts, 'db' | 'keys'>,
  tenant: string,
  appId: string,
): Promise<void> {
  keys.requireOpen(tenant);
  const used = await listConnections(db.read, tenant, { app_id: appId, limit: 1 });
  if (used.length > 0) throw new VaultRefusal('app_in_use', { id: appId });
  if (!(await db.act(({ tx }) => deleteApp(tx, tenant, appId)))) throw new VaultRefusal('unknown_app', { id: appId });
}
