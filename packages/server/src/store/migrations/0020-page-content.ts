// This migration makes the tables for comments that a Page writes under its posts, and the photos it publishes.
import type { Migration } from '@hallpass/db';

export const pageContent: Migration = {
  name: '0020-page-content',
  async up(db, c) {
    await c
      .table(db, 'comments')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('post_id', c.id, (k) => k.notNull())
      .addColumn('page_id', c.id, (k) => k.notNull())
      .addColumn('message', c.text, (k) => k.notNull())
      .addColumn('hidden', c.flag, (k) => k.notNull())
      .addColumn('app_id', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema.createIndex('comments_by_post').on('comments').columns(['post_id', 'created_at', 'id']).execute();
    await db.schema.createIndex('comments_by_page').on('comments').column('page_id').execute();
    await c
      .table(db, 'photos')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('page_id', c.id, (k) => k.notNull())
      .addColumn('url', c.text, (k) => k.notNull())
      .addColumn('caption', c.text)
      .addColumn('post_id', c.id)
      .addColumn('app_id', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema.createIndex('photos_by_page').on('photos').column('page_id').execute();
    await db.schema.createIndex('photos_by_post').on('photos').column('post_id').execute();
  },
};
