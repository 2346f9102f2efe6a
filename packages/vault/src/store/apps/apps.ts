// The apps of a tenant, with their sealed secrets. Rows stay until somebody removes them.
import { prepare } from '@hallpass/db';
import type { Kysely, Selectable } from 'kysely';
import type { AppsTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export type AppRow = Selectable<AppsTable>;

const byKey = prepare((q: Query, { tenant, appId }: { tenant: string; appId: string }) =>
  q.selectFrom('apps').selectAll().where('tenant', '=', tenant).where('app_id', '=', appId),
);

export const appById = (q: Query, tenant: string, appId: string): Promise<AppRow | undefined> =>
  byKey.first(q, { tenant, appId });

export function appsOf(q: Query, tenant: string): Promise<AppRow[]> {
  return q.selectFrom('apps').selectAll().where('tenant', '=', tenant).orderBy('app_id').execute();
}

/** Adds an app, or puts this in the place of the one with the same id. */
export async function putApp(tx: Query, app: AppRow): Promise<void> {
  const { tenant: _tenant, app_id: _id, ...rest } = app;
  await tx
    .insertInto('apps')
    .values(app)
    .onConflict((conflict) => conflict.columns(['tenant', 'app_id']).doUpdateSet(rest))
    .execute();
}

/** Answers false where the tenant has no such app. */
export async function deleteApp(tx: Query, tenant: string, appId: string): Promise<boolean> {
  const gone = await tx.deleteFrom('apps').where('tenant', '=', tenant).where('app_id', '=', appId).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
