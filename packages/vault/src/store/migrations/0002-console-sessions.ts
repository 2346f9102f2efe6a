// This migration makes the table of the sessions of the console.
import type { Migration } from '@hallpass/db';

export const consoleSessions: Migration = {
  name: '0002-console-sessions',
  async up(db, c) {
    await c
      .table(db, 'console_sessions')
      .addColumn('hash', c.text, (k) => k.primaryKey())
      .addColumn('tenant', c.text, (k) => k.notNull())
      .addColumn('key_id', c.id, (k) => k.notNull())
      .addColumn('begun_at', c.moment, (k) => k.notNull())
      .addColumn('expires_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema
      .createIndex('console_sessions_by_key')
      .on('console_sessions')
      .columns(['tenant', 'key_id', 'begun_at'])
      .execute();
    await db.schema.createIndex('console_sessions_by_end').on('console_sessions').column('expires_at').execute();
  },
};
