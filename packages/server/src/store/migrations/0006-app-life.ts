// This migration makes the tables for the life of an app: invitations to a role on it, requests for advanced access,
// and the people who decide about them.
import type { Migration } from '@hallpass/db';

export const appLife: Migration = {
  name: '0006-app-life',
  async up(db, c) {
    await db.schema
      .alterTable('people')
      .addColumn('reviewer', c.flag, (k) => k.notNull().defaultTo(0))
      .execute();
    await c
      .table(db, 'app_invitations')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('email', c.text)
      .addColumn('person_id', c.id)
      .addColumn('role', c.text, (k) => k.notNull())
      .addColumn('invited_by', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .execute();
    for (const column of ['app_id', 'email', 'person_id', 'created_at'])
      await db.schema.createIndex(`app_invitations_by_${column}`).on('app_invitations').column(column).execute();
    await c
      .table(db, 'access_requests')
      .addColumn('id', c.id, (k) => k.primaryKey())
      .addColumn('app_id', c.id, (k) => k.notNull())
      .addColumn('permission', c.text, (k) => k.notNull())
      .addColumn('use_case', c.text, (k) => k.notNull())
      .addColumn('state', c.text, (k) => k.notNull())
      .addColumn('requested_by', c.id)
      .addColumn('created_at', c.moment, (k) => k.notNull())
      .addColumn('decided_by', c.id)
      .addColumn('decided_at', c.moment)
      .addColumn('reason', c.text)
      .execute();
    await db.schema
      .createIndex('access_requests_by_app')
      .on('access_requests')
      .columns(['app_id', 'created_at'])
      .execute();
    await db.schema
      .createIndex('access_requests_by_state')
      .on('access_requests')
      .columns(['state', 'created_at'])
      .execute();
  },
};
