// This migration makes the table for apps of others that a business works with.
import type { Migration } from '@hallpass/db';

export const clientApps: Migration = {
  name: '0014-client-apps',
  async up(db, c) {
    await c
      .table(db, 'business_client_apps')
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('business_client_apps_key', ['business_id', 'app_id'])
      .execute();
  },
};
