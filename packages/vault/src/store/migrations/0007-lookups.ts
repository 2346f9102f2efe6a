// This migration ends the indexes by which single connections are found with the column that orders what is found.
// Otherwise SQLite takes the index of the primary key, which has that order, and goes through all rows of the tenant.
import type { Migration } from '@hallpass/db';

export const lookups: Migration = {
  name: '0007-lookups',
  async up(db) {
    for (const [name, columns] of [
      ['subject', ['tenant', 'app_id', 'subject_type', 'subject_id', 'id']],
      ['parent', ['tenant', 'parent_id', 'id']],
      ['fingerprint', ['tenant', 'fingerprint', 'id']],
    ] as const) {
      await db.schema.dropIndex(`connections_by_${name}`).execute();
      await db.schema
        .createIndex(`connections_by_${name}`)
        .on('connections')
        .columns([...columns])
        .execute();
    }
  },
};
