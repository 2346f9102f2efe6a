// This migration makes the first tables of the vault. Never changed once it has run anywhere: what comes later is a
// migration of its own.
import type { Columns, Migration } from '@hallpass/db';
import type { Kysely } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration sees tables of its own time, not of the present schema
type Old = Kysely<any>;

export const first: Migration = {
  name: '0001-first',
  async up(db, c) {
    await keysAndApps(db, c);
    await connections(db, c);
    await logins(db, c);
    await events(db, c);
    await people(db, c);
  },
};

async function keysAndApps(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'keys')
    .addColumn('id', c.text, (k) => k.primaryKey())
    .addColumn('purpose', c.text, (k) => k.notNull())
    .addColumn('status', c.text, (k) => k.notNull())
    .addColumn('wrapped', c.text, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addColumn('since', c.moment, (k) => k.notNull())
    .execute();
  await c
    .table(db, 'apps')
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('app_id', c.id, (k) => k.notNull())
    .addColumn('service', c.text, (k) => k.notNull())
    .addColumn('graph_base', c.text, (k) => k.notNull())
    .addColumn('dialog_base', c.text, (k) => k.notNull())
    .addColumn('version', c.text)
    .addColumn('secret', c.sealed)
    .addColumn('secret_version', c.whole, (k) => k.notNull())
    .addColumn('changed_at', c.moment, (k) => k.notNull())
    .addPrimaryKeyConstraint('apps_key', ['tenant', 'app_id'])
    .execute();
}

async function connections(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'connections')
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('id', c.id, (k) => k.notNull())
    .addColumn('name', c.text, (k) => k.notNull())
    .addColumn('kind', c.text)
    .addColumn('app_id', c.id, (k) => k.notNull())
    .addColumn('subject_id', c.id)
    .addColumn('subject_name', c.text)
    .addColumn('subject_type', c.text)
    .addColumn('parent_id', c.id)
    .addColumn('owner_name', c.text)
    .addColumn('owner_email', c.text)
    .addColumn('language', c.text)
    .addColumn('wanted_scopes', c.record, (k) => k.notNull())
    .addColumn('granted_scopes', c.record, (k) => k.notNull())
    .addColumn('granular', c.record)
    .addColumn('page_choice', c.record)
    .addColumn('token', c.sealed)
    .addColumn('token_version', c.whole, (k) => k.notNull())
    .addColumn('fingerprint', c.text)
    .addColumn('state', c.text, (k) => k.notNull())
    .addColumn('reason', c.text)
    .addColumn('code', c.whole)
    .addColumn('subcode', c.whole)
    .addColumn('advice', c.text)
    .addColumn('issued_at', c.moment)
    .addColumn('expires_at', c.moment)
    .addColumn('data_access_until', c.moment)
    .addColumn('checked_at', c.moment)
    .addColumn('extended_at', c.moment)
    .addColumn('extend_tried_at', c.moment)
    .addColumn('failures', c.whole, (k) => k.notNull())
    .addColumn('due_at', c.moment)
    .addColumn('lease_owner', c.text)
    .addColumn('lease_until', c.moment)
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addColumn('changed_at', c.moment, (k) => k.notNull())
    .addPrimaryKeyConstraint('connections_key', ['tenant', 'id'])
    .execute();
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(`connections_by_${name}`).on('connections').columns(columns).execute();
  await index('due', ['due_at', 'tenant', 'id']);
  await index('subject', ['tenant', 'app_id', 'subject_type', 'subject_id']);
  await index('parent', ['tenant', 'parent_id']);
  await index('fingerprint', ['tenant', 'fingerprint']);
  await index('name', ['tenant', 'name', 'id']);
  await index('state', ['tenant', 'state', 'name', 'id']);
}

async function logins(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'logins')
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('state_hash', c.text, (k) => k.notNull())
    .addColumn('purpose', c.text, (k) => k.notNull())
    .addColumn('app_id', c.id, (k) => k.notNull())
    .addColumn('connection_id', c.id)
    .addColumn('expected_subject', c.id)
    .addColumn('verifier', c.sealed, (k) => k.notNull())
    .addColumn('redirect', c.text, (k) => k.notNull())
    .addColumn('wanted', c.record, (k) => k.notNull())
    .addColumn('expires_at', c.moment, (k) => k.notNull())
    .addColumn('code_hash', c.text)
    .addColumn('result_id', c.id)
    .addPrimaryKeyConstraint('logins_key', ['tenant', 'state_hash'])
    .execute();
  await db.schema.createIndex('logins_by_end').on('logins').column('expires_at').execute();
}

async function events(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'events')
    .addColumn('id', c.sequence)
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('connection_id', c.id)
    .addColumn('kind', c.text, (k) => k.notNull())
    .addColumn('at', c.moment, (k) => k.notNull())
    .addColumn('facts', c.record, (k) => k.notNull())
    .addColumn('handled_at', c.moment)
    .execute();
  await db.schema.createIndex('events_by_connection').on('events').columns(['tenant', 'connection_id', 'id']).execute();
  await db.schema.createIndex('events_by_handling').on('events').columns(['handled_at', 'id']).execute();
  await db.schema.createIndex('events_by_tenant').on('events').columns(['tenant', 'id']).execute();
}

async function people(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'deliveries')
    .addColumn('id', c.id, (k) => k.primaryKey())
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('key', c.text, (k) => k.notNull())
    .addColumn('channel', c.text, (k) => k.notNull())
    .addColumn('receiver', c.text, (k) => k.notNull())
    .addColumn('place', c.whole, (k) => k.notNull())
    .addColumn('event', c.text, (k) => k.notNull())
    .addColumn('connection_id', c.id)
    .addColumn('payload', c.record, (k) => k.notNull())
    .addColumn('state', c.text, (k) => k.notNull())
    .addColumn('tries', c.record, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addColumn('due_at', c.moment, (k) => k.notNull())
    .addColumn('ended_at', c.moment)
    .addColumn('lease_owner', c.text)
    .addColumn('lease_until', c.moment)
    .addUniqueConstraint('deliveries_key', ['tenant', 'key'])
    .execute();
  await db.schema
    .createIndex('deliveries_by_line')
    .on('deliveries')
    .columns(['tenant', 'channel', 'receiver', 'place'])
    .execute();
  await db.schema.createIndex('deliveries_by_due').on('deliveries').columns(['state', 'due_at']).execute();
  await db.schema.createIndex('deliveries_by_end').on('deliveries').column('ended_at').execute();
  await c
    .table(db, 'mail_opt_outs')
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('address', c.text, (k) => k.notNull())
    .addColumn('since', c.moment, (k) => k.notNull())
    .addPrimaryKeyConstraint('mail_opt_outs_key', ['tenant', 'address'])
    .execute();
  await c
    .table(db, 'api_keys')
    .addColumn('id', c.id, (k) => k.primaryKey())
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('name', c.text, (k) => k.notNull())
    .addColumn('hash', c.text, (k) => k.notNull())
    .addColumn('rights', c.record, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addColumn('used_at', c.moment)
    .execute();
  await db.schema.createIndex('api_keys_by_tenant').on('api_keys').columns(['tenant', 'id']).execute();
  await c
    .table(db, 'webhooks')
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('id', c.id, (k) => k.notNull())
    .addColumn('url', c.text, (k) => k.notNull())
    .addColumn('secret', c.sealed, (k) => k.notNull())
    .addColumn('secret_version', c.whole, (k) => k.notNull())
    .addColumn('kinds', c.record)
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addPrimaryKeyConstraint('webhooks_key', ['tenant', 'id'])
    .execute();
  await c
    .table(db, 'settings')
    .addColumn('tenant', c.text, (k) => k.notNull())
    .addColumn('key', c.text, (k) => k.notNull())
    .addColumn('value', c.record, (k) => k.notNull())
    .addPrimaryKeyConstraint('settings_key', ['tenant', 'key'])
    .execute();
}
