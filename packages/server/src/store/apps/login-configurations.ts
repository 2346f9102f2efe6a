// These queries are about configurations of Login for Business: what an app asks for by `config_id`. Rows go when an
// administrator of the app deletes them; those of a deleted app stay and mean nothing any more.
import { type Permission, permissions, readJson, shape } from '@hallpass/protocol';
import type { Selectable } from 'kysely';
import type { LoginConfigurationsTable } from './tables.ts';
import type { Query } from '../query.ts';
import type { AppId } from '../ids.ts';

export const assetKinds = ['pages', 'ad_accounts'] as const;
/** These kinds can be chosen in the dialog. */
export type AssetKind = (typeof assetKinds)[number];

export interface LoginConfiguration {
  id: string;
  appId: AppId;
  name: string;
  loginVariation: LoginConfigurationsTable['login_variation'];
  tokenType: LoginConfigurationsTable['token_type'];
  /** The life of system-user tokens that it gives. */
  tokenExpiration: LoginConfigurationsTable['token_expiration'];
  assets: AssetKind[];
  /** The permissions without those that they depend on. */
  permissions: Permission[];
  createdAt: number;
  updatedAt: number;
}

const assetsShape = shape.listOf(shape.oneOf(...assetKinds));
const permissionsShape = shape.listOf(shape.keyOf(permissions));

const read = (row: Selectable<LoginConfigurationsTable>): LoginConfiguration => ({
  id: row.id,
  appId: row.app_id,
  name: row.name,
  loginVariation: row.login_variation,
  tokenType: row.token_type,
  tokenExpiration: row.token_expiration,
  assets: readJson(assetsShape, row.assets),
  permissions: readJson(permissionsShape, row.permissions),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export async function byId(q: Query, id: string): Promise<LoginConfiguration | undefined> {
  const row = await q.selectFrom('login_configurations').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Finds a configuration by its id. */
export async function ofApp(q: Query, appId: AppId): Promise<LoginConfiguration[]> {
  return (
    await q.selectFrom('login_configurations').selectAll().where('app_id', '=', appId).orderBy('id').execute()
  ).map(read);
}

/** Inserts it, or writes over the one with this id. */
export async function put(q: Query, params: LoginConfiguration): Promise<void> {
  const values = {
    name: params.name,
    login_variation: params.loginVariation,
    token_type: params.tokenType,
    token_expiration: params.tokenExpiration,
    assets: JSON.stringify(params.assets),
    permissions: JSON.stringify(params.permissions),
    updated_at: params.updatedAt,
  };
  await q
    .insertInto('login_configurations')
    .values({ id: params.id, app_id: params.appId, created_at: params.createdAt, ...values })
    .onConflict((c) => c.column('id').doUpdateSet(values))
    .execute();
}

export async function remove(q: Query, id: string, appId: AppId): Promise<boolean> {
  const done = await q
    .deleteFrom('login_configurations')
    .where('id', '=', id)
    .where('app_id', '=', appId)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}
