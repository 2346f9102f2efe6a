// Handles are what programs have in place of a token. A handle is shown once, when it is made; it opens one connection of
// one tenant, for the calls that its rules name, until its end or until somebody withdraws it.
import { timingSafeEqual } from 'node:crypto';
import { randomHex } from '@hallpass/protocol';
import type { Handle } from '../client/answers/handles.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { connectionById } from '../store/connections.ts';
import { handleById, type HandleRow, handlesOf, insertHandle, withdrawHandle } from '../store/access/handles.ts';
import { readAllowRules } from './allow-rules.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

export interface HandleOptions {
  connectionId: string;
  /** Rules with commas between them: `GET /me, POST /{page-id}/feed`. */
  allow: string;
  /** The program that it is for, in words. */
  purpose?: string | undefined;
  /** Epoch seconds; without an end where it isn't given. */
  until?: number | undefined;
  callsPerMinute?: number | undefined;
}

/** Calls in a minute, of all processes together, where nothing else is asked for. */
const USUAL_CALLS = 200;
const MOST_CALLS = 100_000;
const form = /^hph_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/**
 * Makes a handle. The answer holds its secret, which is stored nowhere.
 *
 * @throws VaultSealed, VaultRefusal `unknown_connection`, `bad_value`
 */
export async function createHandle(
  { db, keys, world }: Parts,
  tenant: string,
  { connectionId, allow, purpose = '', until, callsPerMinute = USUAL_CALLS }: HandleOptions,
): Promise<Handle & { handle: string }> {
  keys.requireOpen(tenant);
  readAllowRules(allow);
  const now = world.clock.now();
  if (until !== undefined && until <= now) throw new VaultRefusal('bad_value', { what: '`until` is in the past.' });
  if (callsPerMinute < 1 || callsPerMinute > MOST_CALLS)
    throw new VaultRefusal('bad_value', { what: `A handle may make 1 to ${MOST_CALLS} calls a minute.` });
  const id = randomHex(world.random, 8);
  const secret = Buffer.from(world.random.bytes(32)).toString('base64url');
  const row: HandleRow = {
    id,
    tenant,
    connection_id: connectionId,
    purpose,
    hash: keys.hash('handle', `${id} ${secret}`),
    allow,
    calls_per_minute: callsPerMinute,
    minute: 0,
    calls: 0,
    created_at: now,
    until: until ?? null,
    withdrawn_at: null,
    used_at: null,
  };
  await db.act(async ({ tx }) => {
    if ((await connectionById(tx, { tenant, id: connectionId })) === undefined)
      throw new VaultRefusal('unknown_connection', { id: connectionId });
    await insertHandle(tx, row);
  });
  return { ...viewOf(row), handle: `hph_${id}_${secret}` };
}

/** The handles of a tenant, without their secrets. */
export async function listHandles(
  { db }: Pick<VaultParts, 'db'>,
  tenant: string,
  connectionId?: string,
): Promise<Handle[]> {
  return (await handlesOf(db.read, tenant, connectionId)).map(viewOf);
}

/** Ends a handle at once, in every process. @throws VaultRefusal `unknown_handle` */
export async function endHandle(
  { db, world }: Pick<VaultParts, 'db' | 'world'>,
  tenant: string,
  id: string,
): Promise<void> {
  const done = await db.act(({ tx }) => withdrawHandle(tx, tenant, id, world.clock.now()));
  if (!done) throw new VaultRefusal('unknown_handle', { id });
}

/** The handle with this secret; undefined for whatever is none. Whether it is over is seen when its call is counted. */
export async function handleOf({ db, keys }: Pick<Parts, 'db' | 'keys'>, text: string): Promise<HandleRow | undefined> {
  const [, id, secret] = form.exec(text) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const row = await handleById(db.read, id);
  // A handle that isn't there takes as long as one with a wrong secret.
  const hash = keys.hash('handle', `${id} ${secret}`);
  const right = timingSafeEqual(Buffer.from(hash), Buffer.from(row?.hash ?? keys.hash('handle', '')));
  return right ? row : undefined;
}

const viewOf = (row: HandleRow): Handle => ({
  id: row.id,
  purpose: row.purpose,
  connectionId: row.connection_id,
  allow: row.allow,
  callsPerMinute: row.calls_per_minute,
  createdAt: row.created_at,
  until: row.until ?? undefined,
  withdrawnAt: row.withdrawn_at ?? undefined,
  usedAt: row.used_at ?? undefined,
});
