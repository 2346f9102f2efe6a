// One look finds what an id is of, also where it is the one by which some app knows a person.
import type { Migration } from '@hallpass/db';

export const idsOfPeople: Migration = {
  name: '0025-ids-of-people',
  async up(db) {
    await db.schema.createIndex('app_people_by_id').on('app_people').column('scoped_id').execute();
  },
};
