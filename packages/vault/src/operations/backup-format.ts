// The lines of a backup: first what it is, then a line for each row, last its number of rows and a proof that it is whole.
import { shape } from '@hallpass/protocol';
import type { KeyRow } from '../store/keys/keys.ts';
import type { VaultSchema } from '../store/schema.ts';

/**
 * The columns that name a row, in whose order rows are read; the keys come first, because the others are proved with one
 * of them.
 */
const allTables = {
  keys: ['id'],
  tenants: ['name'],
  apps: ['tenant', 'app_id'],
  looks: ['tenant', 'id'],
  connections: ['tenant', 'id'],
  events: ['id'],
  deliveries: ['id'],
  mail_opt_outs: ['tenant', 'address'],
  adoptions: ['tenant', 'source'],
  api_keys: ['id'],
  webhooks: ['tenant', 'id'],
  settings: ['tenant', 'key'],
  handles: ['id'],
  handle_calls: ['id'],
  logins: ['tenant', 'state_hash'],
  console_sessions: ['hash'],
} as const satisfies Record<keyof VaultSchema, readonly string[]>;

// A trip through the dialog is over before a restore, and browsers sign in anew.
const { logins: _logins, console_sessions: _sessions, ...kept } = allTables;

/** The tables that are in a backup, in their order. */
export const tables = kept;

const { keys: _keys, tenants: _tenants, ...ofTenants } = allTables;

/** The tables whose rows are each of one tenant. */
export const tenantTables = ofTenants;

export type TableName = keyof typeof tables;
export type Value = string | number | null;
export type Row = Record<string, Value>;

export const FORMAT = 'hallpass-vault-backup';

export interface Header {
  format: string;
  migrations: string[];
  /** Epoch seconds. */
  made: number;
}

export const header = shape.object<Header>({
  format: shape.text,
  migrations: shape.listOf(shape.text),
  made: shape.number,
});
const value = shape.either(shape.either(shape.text, shape.number), shape.nothing);
export const rowLine = shape.object<{ table: string; row: Row }>({
  table: shape.text,
  row: shape.mapOf(value),
});
export interface LastLine {
  rows: number;
  proof: string;
}

export const lastLine = shape.object<LastLine>({ rows: shape.number, proof: shape.text });
/** A key in a backup; one of before tenants had their own names none. */
export type BackedUpKey = Omit<KeyRow, 'tenant'> & { tenant?: string | undefined };

export const keyRow = shape.object<BackedUpKey>({
  id: shape.text,
  tenant: shape.optional(shape.text),
  purpose: shape.oneOf('seal', 'hash'),
  status: shape.oneOf('active', 'retiring'),
  wrapped: shape.text,
  created_at: shape.number,
  since: shape.number,
});
