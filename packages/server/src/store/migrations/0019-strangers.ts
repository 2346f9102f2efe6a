// These columns bound what strangers may leave behind: tries that are counted for a network, and codes of devices, are
// told apart.
import type { Migration } from '@hallpass/db';

export const strangers: Migration = {
  name: '0019-strangers',
  async up(db, c) {
    await db.schema
      .alterTable('attempts')
      .addColumn('of_network', c.flag, (k) => k.notNull().defaultTo(0))
      .execute();
    await db.schema.createIndex('attempts_of_networks').on('attempts').columns(['of_network', 'since']).execute();
    await db.schema
      .alterTable('device_codes')
      .addColumn('ip_prefix', c.text, (k) => k.notNull().defaultTo(''))
      .execute();
    await db.schema
      .createIndex('device_codes_by_app')
      .on('device_codes')
      .columns(['app_id', 'ip_prefix', 'expires_at'])
      .execute();
  },
};
