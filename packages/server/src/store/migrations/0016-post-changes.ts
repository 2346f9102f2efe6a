// This migration is for posts that are changed after they were made.
import type { Migration } from '@hallpass/db';

export const postChanges: Migration = {
  name: '0016-post-changes',
  async up(db, c) {
    await db.schema
      .alterTable('posts')
      .addColumn('hidden', c.flag, (k) => k.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('posts').addColumn('updated_at', c.moment).execute();
  },
};
