// These columns say who answers for what waits for somebody's answer, and by whose token they asked. What waits already
// goes on only where its maker could make it today.
import type { Migration } from '@hallpass/db';
import { sql } from 'kysely';

export const makers: Migration = {
  name: '0015-makers',
  async up(db, c) {
    await db.schema.alterTable('business_invitations').addColumn('offered_by', c.id).execute();
    await db.schema.alterTable('business_invitations').addColumn('offered_through', c.id).execute();
    await db.schema.alterTable('page_requests').addColumn('made_through', c.id).execute();
    await db.schema.alterTable('device_codes').addColumn('made_with', c.text).execute();
    await db.schema.createIndex('app_invitations_by_maker').on('app_invitations').column('invited_by').execute();
    await db.schema
      .createIndex('access_requests_by_maker')
      .on('access_requests')
      .columns(['requested_by', 'state'])
      .execute();
    await db.schema
      .createIndex('business_invitations_by_maker')
      .on('business_invitations')
      .columns(['offered_by', 'state'])
      .execute();
    await db.schema
      .createIndex('business_invitations_by_app')
      .on('business_invitations')
      .columns(['offered_through', 'state'])
      .execute();
    await db.schema
      .createIndex('page_requests_by_maker')
      .on('page_requests')
      .columns(['created_by', 'state'])
      .execute();
    await db.schema
      .createIndex('page_requests_by_app')
      .on('page_requests')
      .columns(['made_through', 'state'])
      .execute();
    await db.schema.createIndex('page_requests_by_page').on('page_requests').columns(['page_id', 'state']).execute();
    // Codes of some minutes that do not say who answers for them.
    await sql`delete from single_use where kind = 'code' and payload like '%"integration"%'`.execute(db);
    await sql`update business_invitations set offered_by = created_by`.execute(db);
    await sql`update business_invitations set state = 'cancelled' where state = 'pending' and not exists (
      select 1 from business_people where business_people.business_id = business_invitations.business_id
      and business_people.person_id = business_invitations.offered_by and business_people.role = 'ADMIN')`.execute(db);
    await sql`update page_requests set state = 'cancelled' where state = 'pending' and not exists (
      select 1 from business_people where business_people.business_id = page_requests.business_id
      and business_people.person_id = page_requests.created_by and business_people.role = 'ADMIN')`.execute(db);
    await sql`delete from app_invitations where not exists (
      select 1 from app_roles where app_roles.app_id = app_invitations.app_id
      and app_roles.person_id = app_invitations.invited_by and app_roles.role = 'administrators')`.execute(db);
  },
};
