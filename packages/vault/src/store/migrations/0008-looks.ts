// This migration moves the moments of looks, and the leases, out of the wide rows of connections. A sweep writes them twice for
// each connection: a narrow row is a tenth of the bytes, and stands in two indexes instead of seven.
import type { Migration } from '@hallpass/db';
import { sql } from 'kysely';

const moved = ['due_at', 'checked_at', 'lease_owner', 'lease_until'] as const;

export const looks: Migration = {
  name: '0008-looks',
  async up(db, c) {
    await c
      .table(db, 'looks')
      .addColumn('tenant', c.text, (k) => k.notNull())
      .addColumn('id', c.id, (k) => k.notNull())
      .addColumn('due_at', c.moment)
      .addColumn('checked_at', c.moment)
      .addColumn('lease_owner', c.text)
      .addColumn('lease_until', c.moment)
      .addPrimaryKeyConstraint('looks_key', ['tenant', 'id'])
      .execute();
    const columns = ['tenant', 'id', ...moved];
    await db.insertInto('looks').columns(columns).expression(db.selectFrom('connections').select(columns)).execute();
    await db.schema.createIndex('looks_by_due').on('looks').columns(['due_at', 'tenant', 'id']).execute();
    await db.schema.dropIndex('connections_by_due').execute();
    for (const column of moved) await db.schema.alterTable('connections').dropColumn(column).execute();
    // Tokens that end soon are looked at first. Most tokens of Pages have no end.
    await db.schema
      .createIndex('connections_by_end')
      .on('connections')
      .column('expires_at')
      .where('expires_at', 'is not', null)
      .execute();
    if (c.kind !== 'postgres') return;
    // A lease fits into the page of the row, and then touches no index.
    await sql`alter table looks set (fillfactor = 50)`.execute(db);
    await sql`alter table connections reset (fillfactor)`.execute(db);
  },
};
