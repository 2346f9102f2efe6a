// This migration makes the table for reports about advertisements that are made in the background.
import type { Migration } from '@hallpass/db';

export const adReportRuns: Migration = {
  name: '0017-ad-report-runs',
  async up(db, c) {
    await c
      .table(db, 'ad_report_runs')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('account_id', c.id, (k) => k.notNull())
      .addColumn('campaign_id', c.id)
      .addColumn('wanted', c.record, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema.createIndex('ad_report_runs_by_age').on('ad_report_runs').column('created_at').execute();
  },
};
