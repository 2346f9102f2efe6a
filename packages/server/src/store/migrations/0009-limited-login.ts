// This table holds what people gave apps by Limited Login: apart from the grants that tokens go by.
import type { Migration } from '@hallpass/db';

export const limitedLogin: Migration = {
  name: '0009-limited-login',
  async up(db, c) {
    await c
      .table(db, 'limited_grants')
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('person_id', c.id, (k) => k.notNull())
      .addColumn('permissions', c.record, (k) => k.notNull())
      .addColumn('data_access_until', c.moment, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('updated_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('limited_grants_key', ['app_id', 'person_id'])
      .execute();
    await db.schema.createIndex('limited_grants_by_person').on('limited_grants').column('person_id').execute();
  },
};
