// Reading a connection: how it stands, and its token, which is handed to a function and to nobody else.
import type { Connection } from '../client/answers/connections.ts';
import { GraphError } from '@hallpass/client';
import { SealError } from '@hallpass/db';
import { Secret } from '@hallpass/protocol';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { type ConnectionKey, type ConnectionRow, connectionById, updateConnection } from '../store/connections.ts';
import { tokenPlace } from '../store/keys/places.ts';
import type { ConnectionCache } from './cache.ts';
import { reconnectUrl } from './reconnect-link.ts';
import { stateAt, viewOf } from './view.ts';

export type ReadParts = Pick<VaultParts, 'db' | 'keys' | 'world' | 'settings'> & {
  cache: ConnectionCache<Connection>;
};

/** @throws VaultSealed, VaultRefusal `unknown_connection` */
async function entryOf({ db, keys, world, cache }: ReadParts, key: ConnectionKey) {
  keys.requireOpen(key.tenant);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const readAt = world.wall.ms();
  const row = await connectionById(db.read, key);
  if (row === undefined) throw new VaultRefusal('unknown_connection', { id: key.id });
  return cache.put(row, readAt);
}

/** Tells how a connection stands. @throws VaultSealed, VaultRefusal `unknown_connection` */
export async function getConnection(parts: ReadParts, key: ConnectionKey): Promise<Connection> {
  const entry = await entryOf(parts, key);
  const now = parts.world.clock.now();
  if (entry.view?.at !== now)
    entry.view = { at: now, value: viewOf(entry.row, now, (row) => reconnectUrl(parts, row)) };
  return entry.view.value;
}

/** Using a token needs this besides reading. */
type UseParts = ReadParts & Pick<VaultParts, 'forget'>;

/**
 * Hands the token of a connection to `work` and answers what that answers. A refusal by the Graph that `work` throws
 * makes somebody look at the token soon; it is thrown on.
 *
 * @throws VaultSealed, VaultRefusal `unknown_connection`, `no_token`, or `not_usable` where a person has to log in first
 */
export async function useToken<T>(
  parts: UseParts,
  key: ConnectionKey,
  work: (token: Secret) => T | Promise<T>,
): Promise<T> {
  const { row, token } = await openConnection(parts, key);
  try {
    return await work(token);
  } catch (error) {
    // The answer is what the Graph said, also where the database can't be told of it now.
    if (error instanceof GraphError && isAboutToken(error)) await lookSoon(parts, row).catch(() => undefined);
    throw error;
  }
}

/**
 * Opens the token of a connection for a function of the vault itself. A row that was read before its key was changed may
 * not open any more: then it is read once more.
 *
 * @throws VaultSealed, VaultRefusal `unknown_connection`, `no_token`, `not_usable`
 */
export async function openConnection(
  parts: UseParts,
  key: ConnectionKey,
): Promise<{ row: ConnectionRow; token: Secret }> {
  const { row } = await entryOf(parts, key);
  const sealed = usableToken(parts, row);
  try {
    return { row, token: new Secret(await parts.keys.open(sealed, tokenPlace(row))) };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    parts.forget(key);
    const again = (await entryOf(parts, key)).row;
    return { row: again, token: new Secret(await parts.keys.open(usableToken(parts, again), tokenPlace(again))) };
  }
}

function usableToken({ world }: UseParts, row: ConnectionRow): string {
  if (row.token === null) throw new VaultRefusal('no_token', { id: row.id });
  const state = stateAt(row, world.clock.now());
  if (state === 'needs_person' || state === 'dead')
    throw new VaultRefusal('not_usable', { id: row.id, reason: row.reason ?? 'the person has to log in again.' });
  return row.token;
}

/** True for a refusal after which somebody has to look at the token. */
export const isAboutToken = ({ advice }: Pick<GraphError, 'advice'>): boolean =>
  !['wait', 'fix_request', 'fix_app'].includes(advice.holder);

/** Has somebody look at a connection at the next sweep. */
export async function lookSoon(
  { db, world, forget }: Pick<UseParts, 'db' | 'world' | 'forget'>,
  row: ConnectionRow,
): Promise<void> {
  const now = world.clock.now();
  if (row.due_at !== null && row.due_at <= now) return;
  await db.act(({ tx }) => updateConnection(tx, row, row.token_version, { due_at: now }));
  forget(row);
}
