// Subscriptions say what apps want to be told of: by object for the whole app (webhook_subscriptions), and on which
// Pages (page_subscriptions). Rows go when the app takes them back or is deleted (apps/app-admin.ts), or the Page is
// (store/pages/pages.ts).
import { readJson, shape } from '@hallpass/protocol';
import type { WebhookSubscriptionsTable } from './tables.ts';
import type { NoticeKind } from '../outbox/tables.ts';
import type { Query } from '../query.ts';
import type { AppId, PageId } from '../ids.ts';

export interface SubscribedField {
  name: string;
  /** The version of the call that asked for it. */
  version: string;
}

export interface Subscription {
  appId: AppId;
  object: NoticeKind;
  callbackUrl: string;
  fields: SubscribedField[];
  /** Notifications contain the new values, not just the names of the fields that changed. */
  includeValues: boolean;
}

const fieldsShape = shape.listOf(shape.object<SubscribedField>({ name: shape.text, version: shape.text }));

const read = (row: WebhookSubscriptionsTable): Subscription => ({
  appId: row.app_id,
  object: row.object,
  callbackUrl: row.callback_url,
  fields: readJson(fieldsShape, row.fields),
  includeValues: row.include_values === 1,
});

export async function of(q: Query, appId: AppId, object: NoticeKind): Promise<Subscription | undefined> {
  const row = await q
    .selectFrom('webhook_subscriptions')
    .selectAll()
    .where('app_id', '=', appId)
    .where('object', '=', object)
    .executeTakeFirst();
  return row && read(row);
}

export async function ofApp(q: Query, appId: AppId): Promise<Subscription[]> {
  return (
    await q.selectFrom('webhook_subscriptions').selectAll().where('app_id', '=', appId).orderBy('object').execute()
  ).map(read);
}

/** Inserts or replaces the subscription of an app to an object. */
export async function put(tx: Query, params: Subscription, now: number): Promise<void> {
  const values = {
    callback_url: params.callbackUrl,
    fields: JSON.stringify(params.fields),
    include_values: params.includeValues ? 1 : 0,
    updated_at: now,
  };
  await tx
    .insertInto('webhook_subscriptions')
    .values({ app_id: params.appId, object: params.object, created_at: now, ...values })
    .onConflict((c) => c.columns(['app_id', 'object']).doUpdateSet(values))
    .execute();
}

export async function remove(tx: Query, appId: AppId, object: NoticeKind): Promise<void> {
  await tx.deleteFrom('webhook_subscriptions').where('app_id', '=', appId).where('object', '=', object).execute();
}

export interface PageSubscription {
  pageId: PageId;
  appId: AppId;
  fields: string[];
}

export async function onPage(q: Query, pageId: PageId): Promise<PageSubscription[]> {
  const rows = await q
    .selectFrom('page_subscriptions')
    .selectAll()
    .where('page_id', '=', pageId)
    .orderBy('app_id')
    .execute();
  return rows.map((row) => ({
    pageId: row.page_id,
    appId: row.app_id,
    fields: readJson(shape.listOf(shape.text), row.fields),
  }));
}

export async function putOnPage(tx: Query, { pageId, appId, fields }: PageSubscription, now: number): Promise<void> {
  const values = { fields: JSON.stringify(fields) };
  await tx
    .insertInto('page_subscriptions')
    .values({ page_id: pageId, app_id: appId, created_at: now, ...values })
    .onConflict((c) => c.columns(['page_id', 'app_id']).doUpdateSet(values))
    .execute();
}

export async function removeFromPage(tx: Query, pageId: PageId, appId: AppId): Promise<boolean> {
  const done = await tx
    .deleteFrom('page_subscriptions')
    .where('page_id', '=', pageId)
    .where('app_id', '=', appId)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}

/** Everything that an app asked to be told. */
export async function removeApp(tx: Query, appId: AppId): Promise<void> {
  await tx.deleteFrom('webhook_subscriptions').where('app_id', '=', appId).execute();
  await tx.deleteFrom('page_subscriptions').where('app_id', '=', appId).execute();
}
