// This migration makes the tables of the proxy: handles, and a line for each call that came with one.
import type { Migration } from '@hallpass/db';

export const handles: Migration = {
  name: '0004-handles',
  async up(db, c) {
    await c
      .table(db, 'handles')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('tenant', c.text, (k) => k.notNull())
      .addColumn('connection_id', c.id, (k) => k.notNull())
      .addColumn('purpose', c.text, (k) => k.notNull())
      .addColumn('hash', c.text, (k) => k.notNull())
      .addColumn('allow', c.text, (k) => k.notNull())
      .addColumn('calls_per_minute', c.whole, (k) => k.notNull())
      .addColumn('minute', c.whole, (k) => k.notNull())
      .addColumn('calls', c.whole, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('until', c.moment)
      .addColumn('withdrawn_at', c.moment)
      .addColumn('used_at', c.moment)
      .execute();
    await db.schema.createIndex('handles_by_tenant').on('handles').columns(['tenant', 'id']).execute();
    await c
      .table(db, 'handle_calls')
      .addColumn('id', c.sequence)
      .addColumn('tenant', c.text, (k) => k.notNull())
      .addColumn('handle_id', c.id, (k) => k.notNull())
      .addColumn('connection_id', c.id, (k) => k.notNull())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('at', c.moment, (k) => k.notNull())
      .addColumn('method', c.text, (k) => k.notNull())
      .addColumn('path', c.text, (k) => k.notNull())
      .addColumn('status', c.whole)
      .addColumn('code', c.whole)
      .addColumn('refused_by', c.text)
      .addColumn('scopes', c.record, (k) => k.notNull())
      .addColumn('scopes_missing', c.flag, (k) => k.notNull())
      .addColumn('bytes_in', c.whole, (k) => k.notNull())
      .addColumn('bytes_out', c.whole, (k) => k.notNull())
      .addColumn('ms', c.whole, (k) => k.notNull())
      .execute();
    await db.schema.createIndex('handle_calls_by_tenant').on('handle_calls').columns(['tenant', 'id']).execute();
    await db.schema
      .createIndex('handle_calls_by_connection')
      .on('handle_calls')
      .columns(['tenant', 'connection_id', 'id'])
      .execute();
  },
};
