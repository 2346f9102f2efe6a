// This migration makes the table for businesses that ask to work on the Page of another one.
import type { Migration } from '@hallpass/db';

export const partners: Migration = {
  name: '0013-partners',
  async up(db, c) {
    await c
      .table(db, 'page_requests')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('page_id', c.id, (k) => k.notNull())
      .addColumn('owner_id', c.id, (k) => k.notNull())
      .addColumn('tasks', c.record, (k) => k.notNull())
      .addColumn('state', c.text, (k) => k.notNull())
      .addColumn('created_by', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema
      .createIndex('page_requests_by_owner')
      .on('page_requests')
      .columns(['owner_id', 'state', 'id'])
      .execute();
    await db.schema
      .createIndex('page_requests_by_business')
      .on('page_requests')
      .columns(['business_id', 'state', 'id'])
      .execute();
    await db.schema.createIndex('page_requests_by_age').on('page_requests').column('created_at').execute();
  },
};
