// This migration makes the tables of businesses: people with roles, system users, the Pages and apps that belong to
// them, and the tokens of system users.
import type { Migration } from '@hallpass/db';
import { sql } from 'kysely';

export const businesses: Migration = {
  name: '0002-businesses',
  async up(db, c) {
    await db.schema.alterTable('people').addColumn('system_user_of', c.id).execute();
    await db.schema.alterTable('page_roles').addColumn('business_id', c.id).execute();
    await c
      .table(db, 'businesses')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('name', c.text, (k) => k.notNull())
      .addColumn('settings', c.record, (k) => k.notNull())
      .addColumn('created_by', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('updated_at', c.moment, (k) => k.notNull())
      .execute();
    await c
      .table(db, 'business_people')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('person_id', c.id, (k) => k.notNull())
      .addColumn('kind', c.text, (k) => k.notNull())
      .addColumn('role', c.text, (k) => k.notNull())
      .addColumn('created_by', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addUniqueConstraint('business_people_once', ['business_id', 'person_id'])
      .execute();
    await db.schema.createIndex('business_people_by_person').on('business_people').column('person_id').execute();
    await c
      .table(db, 'business_pages')
      .addColumn('page_id', c.id, (k) => k.notNull())
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('relation', c.text, (k) => k.notNull())
      .addColumn('tasks', c.record, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('business_pages_key', ['page_id', 'business_id'])
      .execute();
    await db.schema
      .createIndex('business_pages_by_business')
      .on('business_pages')
      .columns(['business_id', 'page_id'])
      .execute();
    await db.schema
      .createIndex('business_pages_one_owner')
      .unique()
      .on('business_pages')
      .column('page_id')
      .where(sql.ref('relation'), '=', 'owner')
      .execute();
    await c
      .table(db, 'business_apps')
      .addColumn('app_id', c.id, (k) => k.primaryKey())
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema
      .createIndex('business_apps_by_business')
      .on('business_apps')
      .columns(['business_id', 'app_id'])
      .execute();
    await c
      .table(db, 'system_user_apps')
      .addColumn('person_id', c.id, (k) => k.notNull())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('created_by', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('system_user_apps_key', ['person_id', 'app_id'])
      .execute();
    await c
      .table(db, 'system_user_tokens')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('person_id', c.id, (k) => k.notNull())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('fingerprint', c.text, (k) => k.notNull())
      .addColumn('permissions', c.record, (k) => k.notNull())
      .addColumn('issued_by', c.id)
      .addColumn('issued_at', c.moment, (k) => k.notNull())
      .addColumn('expires_at', c.moment, (k) => k.notNull())
      .addColumn('ended_at', c.moment)
      .execute();
    await db.schema
      .createIndex('system_user_tokens_by_subject')
      .on('system_user_tokens')
      .columns(['person_id', 'app_id', 'issued_at'])
      .execute();
  },
};
