// This table holds what the developers of an app are told about it.
import type { Migration } from '@hallpass/db';

export const appAlerts: Migration = {
  name: '0018-app-alerts',
  async up(db, c) {
    await c
      .table(db, 'app_alerts')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('kind', c.text, (k) => k.notNull())
      .addColumn('people', c.moment, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema.createIndex('app_alerts_app').on('app_alerts').columns(['app_id', 'created_at', 'id']).execute();
    await db.schema.createIndex('app_alerts_age').on('app_alerts').column('created_at').execute();
  },
};
