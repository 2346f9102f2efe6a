// The feed has a row for each change, which carries the number of its transaction in place of a lock that put all
// changes in order.
import type { Migration } from '@hallpass/db';
import { sql } from 'kysely';

export const feedWithoutOrder: Migration = {
  name: '0023-feed-without-order',
  async up(db, c) {
    await db.schema.alterTable('feed').renameColumn('key', 'keys').execute();
    // Only nodes on PostgreSQL tell each other what to forget.
    if (c.kind === 'sqlite') return;
    await sql`update feed set keys = json_build_array(keys)::text`.execute(db);
    await sql`alter table feed add column xact xid8 not null default pg_current_xact_id()`.execute(db);
    await db.schema.createIndex('feed_by_xact').on('feed').column('xact').execute();
  },
};
