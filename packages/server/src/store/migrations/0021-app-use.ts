// A table counts what the people of an app see of its use: calls by use case and errors by code, day by day. And alerts may
// be about something else than people.
import type { Migration } from '@hallpass/db';

export const appUse: Migration = {
  name: '0021-app-use',
  async up(db, c) {
    await c
      .table(db, 'usage_kinds')
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('day', c.moment, (k) => k.notNull())
      .addColumn('kind', c.text, (k) => k.notNull())
      .addColumn('calls', c.whole, (k) => k.notNull())
      .addPrimaryKeyConstraint('usage_kinds_key', ['app_id', 'day', 'kind'])
      .execute();
    await db.schema.createIndex('usage_kinds_by_day').on('usage_kinds').column('day').execute();
    await db.schema.alterTable('app_alerts').addColumn('about', c.text).execute();
  },
};
