// This migration lets a tenant have keys of its own, and notes the person behind each token. Never changed once it has
// run anywhere.
import type { Migration } from '@hallpass/db';

export const tenants: Migration = {
  name: '0003-tenants',
  async up(db, c) {
    await c
      .table(db, 'tenants')
      .addColumn('name', c.text, (k) => k.primaryKey())
      .addColumn('key_source', c.text, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema
      .alterTable('keys')
      .addColumn('tenant', c.text, (k) => k.notNull().defaultTo(''))
      .execute();
    await db.schema.alterTable('connections').addColumn('person_id', c.id).execute();
  },
};
