// This migration makes the tables of ad accounts: who has them, who may do what with them, their campaigns and when
// each of those ran.
import type { Migration } from '@hallpass/db';
import { sql } from 'kysely';

export const adAccounts: Migration = {
  name: '0004-ad-accounts',
  async up(db, c) {
    await c
      .table(db, 'ad_accounts')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('name', c.text, (k) => k.notNull())
      .addColumn('owner_person', c.id)
      .addColumn('settings', c.record, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema.createIndex('ad_accounts_by_owner').on('ad_accounts').column('owner_person').execute();
    await c
      .table(db, 'ad_account_businesses')
      .addColumn('account_id', c.id, (k) => k.notNull())
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('relation', c.text, (k) => k.notNull())
      .addColumn('tasks', c.record, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('ad_account_businesses_key', ['account_id', 'business_id'])
      .execute();
    await db.schema
      .createIndex('ad_account_businesses_by_business')
      .on('ad_account_businesses')
      .columns(['business_id', 'account_id'])
      .execute();
    await db.schema
      .createIndex('ad_account_one_owner')
      .unique()
      .on('ad_account_businesses')
      .column('account_id')
      .where(sql.ref('relation'), '=', 'owner')
      .execute();
    await c
      .table(db, 'ad_account_roles')
      .addColumn('account_id', c.id, (k) => k.notNull())
      .addColumn('person_id', c.id, (k) => k.notNull())
      .addColumn('business_id', c.id, (k) => k.notNull())
      .addColumn('tasks', c.record, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addPrimaryKeyConstraint('ad_account_roles_key', ['account_id', 'person_id', 'business_id'])
      .execute();
    await db.schema
      .createIndex('ad_account_roles_by_person')
      .on('ad_account_roles')
      .columns(['person_id', 'account_id'])
      .execute();
    await c
      .table(db, 'campaigns')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('account_id', c.id, (k) => k.notNull())
      .addColumn('name', c.text, (k) => k.notNull())
      .addColumn('objective', c.text, (k) => k.notNull())
      .addColumn('status', c.text, (k) => k.notNull())
      .addColumn('settings', c.record, (k) => k.notNull())
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('updated_at', c.moment, (k) => k.notNull())
      .execute();
    await db.schema
      .createIndex('campaigns_by_account')
      .on('campaigns')
      .columns(['account_id', 'created_at', 'id'])
      .execute();
    await c
      .table(db, 'campaign_runs')
      .addColumn('campaign_id', c.id, (k) => k.notNull())
      .addColumn('account_id', c.id, (k) => k.notNull())
      .addColumn('started_at', c.moment, (k) => k.notNull())
      .addColumn('ended_at', c.moment)
      .addColumn('daily', c.whole, (k) => k.notNull())
      .addColumn('lifetime', c.whole)
      .addPrimaryKeyConstraint('campaign_runs_key', ['campaign_id', 'started_at'])
      .execute();
    await db.schema
      .createIndex('campaign_runs_by_account')
      .on('campaign_runs')
      .columns(['account_id', 'started_at'])
      .execute();
  },
};
