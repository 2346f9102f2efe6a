// Calls to the servers of apps that wait to be sent or were sent, and what apps want to be told of.
import type { Migration } from '@hallpass/db';

export const outbox: Migration = {
  name: '0007-outbox',
  async up(db, c) {
    await c
      .table(db, 'outbox')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('kind', c.text, (k) => k.notNull())
      .addColumn('place', c.whole, (k) => k.notNull())
      .addColumn('person_id', c.id)
      .addColumn('payload', c.record, (k) => k.notNull())
      .addColumn('state', c.text, (k) => k.notNull())
      .addColumn('tries', c.record, (k) => k.notNull())
      .addColumn('answer', c.record)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('due_at', c.moment, (k) => k.notNull())
      .addColumn('ended_at', c.moment)
      .addColumn('lease_owner', c.text)
      .addColumn('lease_until', c.moment)
      .execute();
    await db.schema.createIndex('outbox_by_line').on('outbox').columns(['app_id', 'kind', 'place']).execute();
    await db.schema.createIndex('outbox_by_due').on('outbox').columns(['state', 'due_at']).execute();
    await db.schema.createIndex('outbox_by_person').on('outbox').column('person_id').execute();
    await c
      .table(db, 'webhook_subscriptions')
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('object', c.text, (k) => k.notNull())
      .addColumn('callback_url', c.text, (k) => k.notNull())
      .addColumn('fields', c.record, (k) => k.notNull())
      .addColumn('include_values', c.flag, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('updated_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('webhook_subscriptions_key', ['app_id', 'object'])
      .execute();
    await c
      .table(db, 'page_subscriptions')
      .addColumn('page_id', c.id, (k) => k.notNull())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('fields', c.record, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('page_subscriptions_key', ['page_id', 'app_id'])
      .execute();
  },
};
