// The audit trail is many chains, which are held together by a chain of their ends.
import type { Migration } from '@hallpass/db';

export const auditLanes: Migration = {
  name: '0024-audit-lanes',
  async up(db, c) {
    await db.schema.alterTable('events').addColumn('lane', c.whole).execute();
    await c
      .table(db, 'audit_lanes')
      .addColumn('node', c.text, (k) => k.notNull())
      .addColumn('lane', c.whole, (k) => k.notNull())
      .addColumn('lines', c.whole, (k) => k.notNull())
      .addColumn('chain', c.text, (k) => k.notNull())
      .addColumn('proof', c.text, (k) => k.notNull())
      .addColumn('sealed', c.whole, (k) => k.notNull())
      .addPrimaryKeyConstraint('audit_lanes_key', ['node', 'lane'])
      .execute();
    await c
      .table(db, 'audit_seals')
      .addColumn('seq', c.sequence)
      .addColumn('at', c.moment, (k) => k.notNull())
      .addColumn('ends', c.record, (k) => k.notNull())
      .addColumn('chain', c.text, (k) => k.notNull())
      .execute();
  },
};
