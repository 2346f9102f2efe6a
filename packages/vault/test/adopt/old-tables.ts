// The tables of five products as their public schemas make them, in a database of either kind, with tokens in them.
import { createCipheriv, createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { deflateSync } from 'node:zlib';
import { type ForeignDatabase, openForeignPostgres, openForeignSqlite } from '@hallpass/db';
import { scratchPostgres } from '../../../db/test/scratch-postgres.ts';

/** The database of another product: written by the test as its owner, and read by the vault. */
export interface OldDatabase {
  run(sql: string, values?: readonly (string | number | null)[]): Promise<void>;
  all(table: string): Promise<unknown[]>;
  /** Opens it as a reader does. */
  read(): Promise<ForeignDatabase>;
  remove(): Promise<void>;
}

export function oldSqlite(): OldDatabase & { file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-old-'));
  const file = join(folder, 'database.sqlite');
  const db = new DatabaseSync(file);
  return {
    file,
    async run(sql, values = []) {
      const plain = sql.replace(/\$\d+/g, '?').replace(/\b(?:jsonb|timestamptz|bigserial)\b/g, 'text');
      if (values.length === 0) db.exec(plain);
      else db.prepare(plain).run(...values);
    },
    all: async (table) => db.prepare(`select * from ${table}`).all(),
    read: async () => openForeignSqlite(file),
    async remove() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function oldPostgres(): Promise<OldDatabase> {
  const { url, ...database } = await scratchPostgres();
  return { ...database, read: () => openForeignPostgres(url) };
}

export const oldKeys = {
  NANGO_ENCRYPTION_KEY: Buffer.alloc(32, 'nango').toString('base64'),
  N8N_ENCRYPTION_KEY: 'a key that somebody chose for n8n',
  AP_ENCRYPTION_KEY: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY: 'primary-key-of-chatwoot-32-letters',
  ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT: 'salt-of-chatwoot-32-letters',
} as const;

function gcm(key: Buffer, plain: Buffer): { data: string; iv: string; tag: string } {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const data = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
  return { data, iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64') };
}

/** Active Record Encryption as Chatwoot sets it up: compressed where it is long, with a reference to the key. */
export function byRails(text: string): string {
  const { ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY: primary, ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT: salt } = oldKeys;
  const long = text.length > 140;
  const plain = Buffer.from(text);
  const { data, iv, tag } = gcm(pbkdf2Sync(primary, salt, 65_536, 32, 'sha256'), long ? deflateSync(plain) : plain);
  return JSON.stringify({ p: data, h: { iv, at: tag, ...(long && { c: true }), i: 'YTFiMg==' } });
}

export function byN8n(data: object): string {
  const salt = randomBytes(8);
  const password = Buffer.concat([Buffer.from(oldKeys.N8N_ENCRYPTION_KEY, 'latin1'), salt]);
  const md5 = (input: Buffer): Buffer => createHash('md5').update(input).digest();
  const one = md5(password);
  const two = md5(Buffer.concat([one, password]));
  const cipher = createCipheriv('aes-256-cbc', Buffer.concat([one, two]), md5(Buffer.concat([two, password])));
  return Buffer.concat([Buffer.from('Salted__'), salt, cipher.update(JSON.stringify(data)), cipher.final()]).toString(
    'base64',
  );
}

function byActivepieces(value: object): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(oldKeys.AP_ENCRYPTION_KEY, 'latin1'), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]).toString('hex');
  return JSON.stringify({ iv: iv.toString('hex'), data });
}

export async function makeChatwoot({ run }: OldDatabase): Promise<void> {
  await run(`create table channel_facebook_pages (id integer primary key, page_access_token varchar not null,
    user_access_token varchar not null, created_at timestamp not null, updated_at timestamp not null,
    account_id integer not null, instagram_id varchar, page_id varchar not null)`);
  await run(`create table channel_instagram (id bigint primary key, access_token varchar not null,
    expires_at timestamp not null, refresh_token varchar, created_at timestamp not null, updated_at timestamp not null,
    account_id integer not null, instagram_id varchar not null)`);
  await run(`create table channel_whatsapp (id bigint primary key, phone_number varchar not null, provider varchar,
    provider_config jsonb, account_id integer not null)`);
  await run(`create table inboxes (id integer primary key, channel_id integer not null, account_id integer not null,
    name varchar not null, channel_type varchar)`);
}

interface ChatwootPage {
  id: number;
  page: string;
  name: string;
  pageToken: string;
  userToken: string;
}

export async function addChatwootPage(
  { run }: OldDatabase,
  { id, page, name, pageToken, userToken }: ChatwootPage,
): Promise<void> {
  const moment = '2026-11-01 10:00:00';
  await run(
    `insert into channel_facebook_pages (id, page_access_token, user_access_token, created_at, updated_at, account_id, page_id)
    values ($1, $2, $3, $4, $5, 1, $6)`,
    [id, pageToken, userToken, moment, moment, page],
  );
  await run(
    `insert into inboxes (id, channel_id, account_id, name, channel_type) values ($1, $2, 1, $3, 'Channel::FacebookPage')`,
    [id, id, name],
  );
}

export async function makePostiz({ run }: OldDatabase): Promise<void> {
  await run(`create table "Integration" (id text primary key, "internalId" text not null, "organizationId" text not null,
    name text not null, picture text, "providerIdentifier" text not null, type text not null, token text not null,
    disabled boolean not null default false, "tokenExpiration" timestamp, "refreshToken" text, profile text,
    "deletedAt" timestamp, "inBetweenSteps" boolean not null default false, "refreshNeeded" boolean not null default false,
    "rootInternalId" text)`);
}

interface PostizChannel {
  id: string;
  internalId: string;
  provider: string;
  token: string;
  refreshToken: string | null;
  /** `2026-12-01 10:00:00`, in UTC. */
  expiration: string | null;
}

export const addPostizChannel = (
  { run }: OldDatabase,
  { id, internalId, provider, token, refreshToken, expiration }: PostizChannel,
): Promise<void> =>
  run(
    `insert into "Integration" (id, "internalId", "organizationId", name, "providerIdentifier", type, token, "refreshToken",
    "tokenExpiration") values ($1, $2, 'org', $3, $4, 'social', $5, $6, $7)`,
    [id, internalId, `Channel ${id}`, provider, token, refreshToken, expiration],
  );

export async function makeNango({ run }: OldDatabase): Promise<void> {
  await run(`create table _nango_configs (id integer primary key, unique_key varchar not null, provider varchar not null,
    oauth_client_id varchar, oauth_client_secret text, environment_id integer not null)`);
  await run(`create table _nango_connections (id integer primary key, provider_config_key varchar not null,
    connection_id varchar not null, credentials jsonb not null, connection_config jsonb, environment_id integer not null,
    credentials_iv varchar, credentials_tag varchar, config_id integer, metadata jsonb, deleted_at timestamptz)`);
}

export const addNangoConfig = (
  { run }: OldDatabase,
  { id, key, provider, app }: { id: number; key: string; provider: string; app: string | null },
): Promise<void> =>
  run(
    `insert into _nango_configs (id, unique_key, provider, oauth_client_id, environment_id) values ($1, $2, $3, $4, 1)`,
    [id, key, provider, app],
  );

export function addNangoConnection(
  { run }: OldDatabase,
  {
    id,
    config,
    key,
    name,
    credentials,
  }: { id: number; config: number; key: string; name: string; credentials: object },
): Promise<void> {
  const sealed = gcm(Buffer.from(oldKeys.NANGO_ENCRYPTION_KEY, 'base64'), Buffer.from(JSON.stringify(credentials)));
  return run(
    `insert into _nango_connections (id, provider_config_key, connection_id, credentials, environment_id, credentials_iv,
    credentials_tag, config_id) values ($1, $2, $3, $4, 1, $5, $6, $7)`,
    [id, key, name, JSON.stringify({ encrypted_credentials: sealed.data }), sealed.iv, sealed.tag, config],
  );
}

export async function makeN8n({ run }: OldDatabase): Promise<void> {
  await run(`create table credentials_entity (id varchar(36) primary key, name varchar(128) not null, data text not null,
    type varchar(128) not null, "createdAt" timestamp, "updatedAt" timestamp, "isManaged" boolean not null default false)`);
}

export const addN8nCredential = (
  { run }: OldDatabase,
  { id, name, type, data }: { id: string; name: string; type: string; data: object },
): Promise<void> =>
  run(`insert into credentials_entity (id, name, type, data) values ($1, $2, $3, $4)`, [id, name, type, byN8n(data)]);

export async function makeActivepieces({ run }: OldDatabase): Promise<void> {
  await run(`create table app_connection (id varchar(21) primary key, created timestamptz, updated timestamptz,
    "displayName" varchar not null, "externalId" varchar not null, type varchar not null, status varchar not null,
    "platformId" varchar not null, "pieceName" varchar not null, "ownerId" varchar, "projectIds" text, scope varchar not null,
    value jsonb not null)`);
}

export const addActivepiecesConnection = (
  { run }: OldDatabase,
  { id, name, type, piece, value }: { id: string; name: string; type: string; piece: string; value: object },
): Promise<void> =>
  run(
    `insert into app_connection (id, "displayName", "externalId", type, status, "platformId", "pieceName", scope, value)
    values ($1, $2, $3, $4, 'ACTIVE', 'platform', $5, 'PROJECT', $6)`,
    [id, name, id, type, `@activepieces/piece-${piece}`, byActivepieces(value)],
  );
