// This migration marks Pages and businesses that test users made: each belongs to the world of one app, and to nobody
// real.
import type { Migration } from '@hallpass/db';

export const testWorlds: Migration = {
  name: '0010-test-worlds',
  async up(db, c) {
    await db.schema.alterTable('pages').addColumn('test_of', c.id).execute();
    await db.schema.alterTable('businesses').addColumn('test_of', c.id).execute();
  },
};
