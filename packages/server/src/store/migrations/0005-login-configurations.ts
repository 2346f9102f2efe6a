// This migration makes the tables of Login for Business: configurations of apps, and the businesses that connected an
// app by one.
import type { Migration } from '@hallpass/db';

export const loginConfigurations: Migration = {
  name: '0005-login-configurations',
  async up(db, c) {
    await c
      .table(db, 'login_configurations')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('name', c.text, (k) => k.notNull())
      .addColumn('login_variation', c.text, (k) => k.notNull())
      .addColumn('token_type', c.text, (k) => k.notNull())
      .addColumn('token_expiration', c.text, (k) => k.notNull())
      .addColumn('assets', c.record, (k) => k.notNull())
      .addColumn('permissions', c.record, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('updated_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema
      .createIndex('login_configurations_by_app')
      .on('login_configurations')
      .columns(['app_id', 'id'])
      .execute();
    await c
      .table(db, 'integrations')
      .addColumn('person_id', c.id, (k) => k.primaryKey())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('configuration_id', c.id, (k) => k.notNull())
      .addColumn('permissions', c.record, (k) => k.notNull())
      .addColumn('assets', c.record, (k) => k.notNull())
      .addColumn('connected_by', c.id, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('updated_at', c.moment, (k) => k.notNull())
      .addColumn('removed_at', c.moment)
      .addUniqueConstraint('integrations_once', ['business_id', 'app_id'])
      .execute();
  },
};
