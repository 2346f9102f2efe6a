// This migration makes the table of codes for devices that cannot show a log-in page of their own.
import type { Migration } from '@hallpass/db';

export const deviceCodes: Migration = {
  name: '0003-device-codes',
  async up(db, c) {
    await c
      .table(db, 'device_codes')
      .addColumn('hash', c.text, (k) => k.primaryKey())
      .addColumn('user_code', c.text, (k) => k.notNull().unique())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('request', c.record, (k) => k.notNull())
      .addColumn('state', c.text, (k) => k.notNull())
      .addColumn('session_id', c.id)
      .addColumn('record', c.record)
      .addColumn('polled_at', c.moment)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('expires_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema.createIndex('device_codes_by_end').on('device_codes').column('expires_at').execute();
  },
};
