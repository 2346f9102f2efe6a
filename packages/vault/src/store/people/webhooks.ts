// The addresses that are called when something happens to a connection, each with its sealed secret. Rows stay until
// somebody removes them.
import type { Kysely, Selectable } from 'kysely';
import type { VaultSchema, WebhooksTable } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export type WebhookRow = Selectable<WebhooksTable>;

export async function insertWebhook(tx: Query, webhook: WebhookRow): Promise<void> {
  await tx.insertInto('webhooks').values(webhook).execute();
}

export function webhooksOf(q: Query, tenant: string): Promise<WebhookRow[]> {
  return q.selectFrom('webhooks').selectAll().where('tenant', '=', tenant).orderBy('id').execute();
}

export function webhookById(q: Query, tenant: string, id: string): Promise<WebhookRow | undefined> {
  return q.selectFrom('webhooks').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
}

/** Answers false where the tenant has no such webhook. */
export async function deleteWebhook(tx: Query, tenant: string, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('webhooks').where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
