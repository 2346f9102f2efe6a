// These queries are about the ring of token keys. Secrets are sealed under the root key.
import type { Sealer } from '@hallpass/db';
import type { SigningKeysTable } from './tables.ts';
import { holdRows, insertInto, updateTable } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';

const place = (id: number) => ({ table: 'signing_keys', column: 'secret', row: String(id) });

export async function insert(
  tx: ChangeTransaction,
  sealer: Sealer,
  key: { id: number; status: SigningKeysTable['status']; secret: Uint8Array; at: number },
): Promise<void> {
  const secret = sealer.seal(Buffer.from(key.secret).toString('base64url'), place(key.id));
  await insertInto(tx, 'signing_keys', (rows) =>
    rows.values({ id: key.id, status: key.status, secret, created_at: key.at, changed_at: key.at }),
  );
}

/** Keeps others from changing the ring until this change has ended. */
export async function hold(tx: ChangeTransaction): Promise<void> {
  await holdRows(tx, 'signing_keys', 'status', {});
}

/**
 * Keys that tokens may name. One that was withdrawn by an earlier release has no secret left: its tokens are of an
 * unknown key.
 */
export async function known(
  q: Query,
  sealer: Sealer,
): Promise<{ id: number; status: SigningKeysTable['status']; secret: Uint8Array; changedAt: number }[]> {
  const rows = await q.selectFrom('signing_keys').selectAll().where('secret', '!=', '').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    secret: Buffer.from(sealer.open(row.secret, place(row.id)), 'base64url'),
    changedAt: row.changed_at,
  }));
}

export async function list(q: Query): Promise<{ id: number; status: string; createdAt: number; changedAt: number }[]> {
  const rows = await q
    .selectFrom('signing_keys')
    .select(['id', 'status', 'created_at', 'changed_at'])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: row.id, status: row.status, createdAt: row.created_at, changedAt: row.changed_at }));
}

export async function setStatus(
  tx: ChangeTransaction,
  id: number,
  status: SigningKeysTable['status'],
  now: number,
): Promise<void> {
  await updateTable(tx, 'signing_keys', (rows) => rows.set({ status, changed_at: now }).where('id', '=', id));
}
