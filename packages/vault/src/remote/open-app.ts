// An app of a tenant with the way to its server, and its secret where it is known.
import { createClient, type GraphClient } from '@hallpass/client';
import { Secret } from '@hallpass/protocol';
import type { VaultParts } from '../parts.ts';
import { type AppRow, appById } from '../store/apps/apps.ts';
import { appSecretPlace } from '../store/keys/places.ts';
import type { RemoteApp } from './extend.ts';

export interface OpenApp {
  row: AppRow;
  client: GraphClient;
  /** The app with its secret; undefined where the secret isn't known: then each token asks about itself. */
  remote: RemoteApp | undefined;
}

/** The token by which an app asks about tokens. */
export const appTokenOf = ({ id, secret }: RemoteApp): Secret => new Secret(`${id}|${secret.open()}`);

/** The app as it is set now; undefined where the tenant has no such app. @throws VaultSealed */
export async function openApp(
  { db, keys, fetch }: Pick<VaultParts, 'db' | 'keys' | 'fetch'>,
  tenant: string,
  appId: string,
): Promise<OpenApp | undefined> {
  keys.requireOpen(tenant);
  const row = await appById(db.read, tenant, appId);
  if (row === undefined) return undefined;
  const client = createClient({ base: row.graph_base, fetch, version: row.version ?? undefined });
  const secret = row.secret === null ? undefined : new Secret(await keys.open(row.secret, appSecretPlace(row)));
  return { row, client, remote: secret && { client, id: row.app_id, secret } };
}
