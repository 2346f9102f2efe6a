// This migration makes the first tables. Never changed once it has run anywhere: what comes later is a migration of its
// own.
import type { Columns, Migration } from '@hallpass/db';
import type { Kysely } from 'kysely';

export const first: Migration = {
  name: '0001-first',
  async up(db, c) {
    await peopleAndApps(db, c);
    await pages(db, c);
    await credentials(db, c);
    await history(db, c);
  },
};

// biome-ignore lint/suspicious/noExplicitAny: a migration sees tables of its own time, not of the present schema
type Old = Kysely<any>;

async function peopleAndApps(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'people')
    .addColumn('id', c.id, (k) => k.primaryKey())
    .addColumn('name', c.text, (k) => k.notNull())
    .addColumn('first_name', c.text, (k) => k.notNull())
    .addColumn('middle_name', c.text)
    .addColumn('last_name', c.text, (k) => k.notNull())
    .addColumn('email', c.text, (k) => k.unique())
    .addColumn('password', c.text)
    .addColumn('state', c.text, (k) => k.notNull())
    .addColumn('test_user_of', c.id)
    .addColumn('profile', c.record, (k) => k.notNull())
    .addColumn('administrator', c.flag, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .execute();
  await db.schema.createIndex('people_by_app').on('people').columns(['test_user_of', 'id']).execute();
  await c
    .table(db, 'web_sessions')
    .addColumn('hash', c.text, (k) => k.primaryKey())
    .addColumn('id', c.id, (k) => k.notNull().unique())
    .addColumn('person_id', c.id, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addColumn('seen_at', c.moment, (k) => k.notNull())
    .addColumn('proven_at', c.moment, (k) => k.notNull())
    .addColumn('user_agent', c.text, (k) => k.notNull())
    .addColumn('ip_prefix', c.text, (k) => k.notNull())
    .addColumn('ended_at', c.moment)
    .execute();
  await db.schema.createIndex('web_sessions_by_person').on('web_sessions').columns(['person_id', 'ended_at']).execute();
  await db.schema.createIndex('web_sessions_by_use').on('web_sessions').column('seen_at').execute();
  await c
    .table(db, 'apps')
    .addColumn('id', c.id, (k) => k.primaryKey())
    .addColumn('name', c.text, (k) => k.notNull())
    .addColumn('mode', c.text, (k) => k.notNull())
    .addColumn('type', c.text, (k) => k.notNull())
    .addColumn('status', c.text, (k) => k.notNull())
    .addColumn('secret', c.sealed, (k) => k.notNull())
    .addColumn('client_token', c.sealed, (k) => k.notNull())
    .addColumn('settings', c.record, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .execute();
  await c
    .table(db, 'app_roles')
    .addColumn('app_id', c.id, (k) => k.notNull())
    .addColumn('person_id', c.id, (k) => k.notNull())
    .addColumn('role', c.text, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addPrimaryKeyConstraint('app_roles_key', ['app_id', 'person_id', 'role'])
    .execute();
  await db.schema.createIndex('app_roles_by_person').on('app_roles').column('person_id').execute();
  await c
    .table(db, 'app_people')
    .addColumn('app_id', c.id, (k) => k.notNull())
    .addColumn('person_id', c.id, (k) => k.notNull())
    .addColumn('scoped_id', c.id, (k) => k.notNull())
    .addPrimaryKeyConstraint('app_people_key', ['app_id', 'person_id'])
    .addUniqueConstraint('app_people_by_scoped_id', ['app_id', 'scoped_id'])
    .execute();
  await db.schema.createIndex('app_people_by_person').on('app_people').column('person_id').execute();
  await c
    .table(db, 'grants')
    .addColumn('app_id', c.id, (k) => k.notNull())
    .addColumn('person_id', c.id, (k) => k.notNull())
    .addColumn('permissions', c.record, (k) => k.notNull())
    .addColumn('data_access_until', c.moment, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addColumn('updated_at', c.moment, (k) => k.notNull())
    .addPrimaryKeyConstraint('grants_key', ['app_id', 'person_id'])
    .execute();
  await db.schema.createIndex('grants_by_person').on('grants').column('person_id').execute();
  await c
    .table(db, 'friendships')
    .addColumn('person_id', c.id, (k) => k.notNull())
    .addColumn('friend_id', c.id, (k) => k.notNull())
    .addColumn('state', c.text, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addPrimaryKeyConstraint('friendships_key', ['person_id', 'friend_id'])
    .execute();
}

async function pages(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'pages')
    .addColumn('id', c.id, (k) => k.primaryKey())
    .addColumn('name', c.text, (k) => k.notNull())
    .addColumn('category', c.text, (k) => k.notNull())
    .addColumn('categories', c.record, (k) => k.notNull())
    .addColumn('profile', c.record, (k) => k.notNull())
    .addColumn('published', c.flag, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .execute();
  await c
    .table(db, 'page_roles')
    .addColumn('page_id', c.id, (k) => k.notNull())
    .addColumn('person_id', c.id, (k) => k.notNull())
    .addColumn('tasks', c.record, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addPrimaryKeyConstraint('page_roles_key', ['page_id', 'person_id'])
    .execute();
  await db.schema.createIndex('page_roles_by_person').on('page_roles').column('person_id').execute();
  await c
    .table(db, 'posts')
    .addColumn('id', c.id, (k) => k.primaryKey())
    .addColumn('page_id', c.id, (k) => k.notNull())
    .addColumn('message', c.text)
    .addColumn('link', c.text)
    .addColumn('published', c.flag, (k) => k.notNull())
    .addColumn('publish_at', c.moment)
    .addColumn('author_id', c.id)
    .addColumn('app_id', c.id)
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .execute();
  await db.schema.createIndex('posts_by_page').on('posts').columns(['page_id', 'created_at', 'id']).execute();
  await c
    .table(db, 'page_metrics')
    .addColumn('page_id', c.id, (k) => k.notNull())
    .addColumn('metric', c.text, (k) => k.notNull())
    .addColumn('period', c.text, (k) => k.notNull())
    .addColumn('end_time', c.moment, (k) => k.notNull())
    .addColumn('value', c.whole, (k) => k.notNull())
    .addPrimaryKeyConstraint('page_metrics_key', ['page_id', 'metric', 'period', 'end_time'])
    .execute();
}

async function credentials(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'single_use')
    .addColumn('hash', c.text, (k) => k.primaryKey())
    .addColumn('kind', c.text, (k) => k.notNull())
    .addColumn('app_id', c.id)
    .addColumn('person_id', c.id)
    .addColumn('payload', c.record, (k) => k.notNull())
    .addColumn('expires_at', c.moment, (k) => k.notNull())
    .addColumn('used_at', c.moment)
    .addColumn('tries', c.whole, (k) => k.notNull())
    .execute();
  await db.schema.createIndex('single_use_by_end').on('single_use').column('expires_at').execute();
  await db.schema.createIndex('single_use_by_person').on('single_use').columns(['person_id', 'kind']).execute();
  await c
    .table(db, 'interactions')
    .addColumn('hash', c.text, (k) => k.primaryKey())
    .addColumn('browser', c.text, (k) => k.notNull())
    .addColumn('app_id', c.id, (k) => k.notNull())
    .addColumn('request', c.record, (k) => k.notNull())
    .addColumn('progress', c.record, (k) => k.notNull())
    .addColumn('expires_at', c.moment, (k) => k.notNull())
    .addColumn('finished_at', c.moment)
    .execute();
  await db.schema.createIndex('interactions_by_end').on('interactions').column('expires_at').execute();
  await c
    .table(db, 'attempts')
    .addColumn('key', c.text, (k) => k.primaryKey())
    .addColumn('count', c.whole, (k) => k.notNull())
    .addColumn('since', c.moment, (k) => k.notNull())
    .execute();
  await db.schema.createIndex('attempts_by_start').on('attempts').column('since').execute();
  await c
    .table(db, 'signing_keys')
    .addColumn('id', c.whole, (k) => k.primaryKey())
    .addColumn('status', c.text, (k) => k.notNull())
    .addColumn('secret', c.sealed, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addColumn('changed_at', c.moment, (k) => k.notNull())
    .execute();
  await c
    .table(db, 'oidc_keys')
    .addColumn('kid', c.text, (k) => k.primaryKey())
    .addColumn('private_jwk', c.sealed, (k) => k.notNull())
    .addColumn('public_jwk', c.record, (k) => k.notNull())
    .addColumn('created_at', c.moment, (k) => k.notNull())
    .addColumn('retired_at', c.moment)
    .execute();
}

async function history(db: Old, c: Columns): Promise<void> {
  await c
    .table(db, 'epochs')
    .addColumn('scope', c.text, (k) => k.primaryKey())
    .addColumn('epoch', c.whole, (k) => k.notNull())
    .execute();
  await c
    .table(db, 'invalidations')
    .addColumn('seq', c.sequence)
    .addColumn('scope', c.text, (k) => k.notNull())
    .addColumn('epoch', c.whole, (k) => k.notNull())
    .addColumn('name', c.text, (k) => k.notNull())
    .addColumn('at', c.moment, (k) => k.notNull())
    .addColumn('by_kind', c.text, (k) => k.notNull())
    .addColumn('by_id', c.id)
    .addUniqueConstraint('invalidations_by_scope', ['scope', 'epoch'])
    .execute();
  await c
    .table(db, 'feed')
    .addColumn('seq', c.sequence)
    .addColumn('key', c.text, (k) => k.notNull())
    .addColumn('at', c.moment, (k) => k.notNull())
    .execute();
  await c
    .table(db, 'events')
    .addColumn('seq', c.sequence)
    .addColumn('at', c.moment, (k) => k.notNull())
    .addColumn('name', c.text, (k) => k.notNull())
    .addColumn('outcome', c.text, (k) => k.notNull())
    .addColumn('reason', c.text)
    .addColumn('node', c.text, (k) => k.notNull())
    .addColumn('request_id', c.text)
    .addColumn('app_id', c.id)
    .addColumn('actor_kind', c.text)
    .addColumn('actor_id', c.id)
    .addColumn('target_id', c.text)
    .addColumn('ip_prefix', c.text)
    .addColumn('token_fp', c.text)
    .addColumn('chain', c.text, (k) => k.notNull())
    .execute();
  await db.schema.createIndex('events_by_app').on('events').columns(['app_id', 'seq']).execute();
  await c
    .table(db, 'meta')
    .addColumn('key', c.text, (k) => k.primaryKey())
    .addColumn('value', c.text, (k) => k.notNull())
    .execute();
}
