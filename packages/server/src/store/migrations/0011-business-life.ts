// This migration makes the tables for invitations into a business, and what a business notes of its people.
import type { Migration } from '@hallpass/db';

export const businessLife: Migration = {
  name: '0011-business-life',
  async up(db, c) {
    await db.schema.alterTable('business_people').addColumn('title', c.text).execute();
    await db.schema.alterTable('business_people').addColumn('tasks', c.record).execute();
    await c
      .table(db, 'business_invitations')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('email', c.text, (k) => k.notNull())
      .addColumn('role', c.text, (k) => k.notNull())
      .addColumn('tasks', c.record, (k) => k.notNull())
      .addColumn('user_type', c.text, (k) => k.notNull())
      .addColumn('state', c.text, (k) => k.notNull())
      .addColumn('created_by', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('expires_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema
      .createIndex('business_invitations_by_business')
      .on('business_invitations')
      .columns(['business_id', 'state', 'created_at'])
      .execute();
    await db.schema.createIndex('business_invitations_by_email').on('business_invitations').column('email').execute();
    await db.schema
      .createIndex('business_invitations_by_end')
      .on('business_invitations')
      .column('expires_at')
      .execute();
  },
};
