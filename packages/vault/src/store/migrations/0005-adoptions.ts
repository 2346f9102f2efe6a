// This migration makes the table of rows that were taken over from other products.
import type { Migration } from '@hallpass/db';

export const adoptions: Migration = {
  name: '0005-adoptions',
  async up(db, c) {
    await c
      .table(db, 'adoptions')
      .addColumn('tenant', c.text, (k) => k.notNull())
      .addColumn('source', c.text, (k) => k.notNull())
      .addColumn('fingerprint', c.text, (k) => k.notNull())
      .addColumn('connection_id', c.id, (k) => k.notNull())
      .addColumn('taken_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('adoptions_key', ['tenant', 'source'])
      .execute();
    await db.schema
      .createIndex('adoptions_by_connection')
      .on('adoptions')
      .columns(['tenant', 'connection_id'])
      .execute();
  },
};
