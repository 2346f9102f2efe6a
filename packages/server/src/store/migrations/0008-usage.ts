// These tables hold what apps, people, Pages and ad accounts have used of their limits, and how each app was used day
// by day.
import type { Migration } from '@hallpass/db';

export const usage: Migration = {
  name: '0008-usage',
  async up(db, c) {
    await c
      .table(db, 'usage_counts')
      .addColumn('subject', c.text, (k) => k.notNull())
      .addColumn('slot', c.moment, (k) => k.notNull())
      .addColumn('calls', c.whole, (k) => k.notNull())
      .addColumn('cpu', c.whole, (k) => k.notNull())
      .addColumn('time', c.whole, (k) => k.notNull())
      .addColumn('ends', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('usage_counts_key', ['subject', 'slot'])
      .execute();
    await db.schema.createIndex('usage_counts_by_end').on('usage_counts').column('ends').execute();
    await c
      .table(db, 'usage_days')
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('day', c.moment, (k) => k.notNull())
      .addColumn('calls', c.whole, (k) => k.notNull())
      .addColumn('errors', c.whole, (k) => k.notNull())
      .addColumn('limited', c.whole, (k) => k.notNull())
      .addColumn('marketing_calls', c.whole, (k) => k.notNull())
      .addColumn('marketing_errors', c.whole, (k) => k.notNull())
      .addColumn('active', c.whole, (k) => k.notNull())
      .addColumn('people', c.text, (k) => k.notNull())
      .addPrimaryKeyConstraint('usage_days_key', ['app_id', 'day'])
      .execute();
    await db.schema.createIndex('usage_days_by_day').on('usage_days').column('day').execute();
    await c
      .table(db, 'usage_recent')
      .addColumn('app_id', c.id, (k) => k.primaryKey())
      .addColumn('outcomes', c.text, (k) => k.notNull())
      .execute();
    // The number of people who logged in to an app within a week is asked often: it must not read every grant of the
    // app.
    await db.schema.createIndex('grants_by_activity').on('grants').columns(['app_id', 'updated_at']).execute();
  },
};
