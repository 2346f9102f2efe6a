// This migration makes the tables for the second factor of a person: a shared secret for codes by time, and recovery
// codes for when the device is lost.
import type { Migration } from '@hallpass/db';

export const secondFactor: Migration = {
  name: '0012-second-factor',
  async up(db, c) {
    await c
      .table(db, 'second_factors')
      .addColumn('person_id', c.id, (k) => k.primaryKey())
      .addColumn('secret', c.sealed, (k) => k.notNull())
      .addColumn('last_step', c.whole, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('offered_at', c.moment)
      .execute();
    await db.schema.createIndex('second_factors_by_offer').on('second_factors').column('offered_at').execute();
    await c
      .table(db, 'recovery_codes')
      .addColumn('hash', c.text, (k) => k.primaryKey())
      .addColumn('person_id', c.id, (k) => k.notNull())
      .addColumn('used_at', c.moment)
      .execute();
    await db.schema.createIndex('recovery_codes_by_person').on('recovery_codes').column('person_id').execute();
  },
};
