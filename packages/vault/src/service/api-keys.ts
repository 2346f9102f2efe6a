// Keys of the REST interface: who calls, for which tenant, with which rights. A key is shown once, when it is made.
import { createHash, timingSafeEqual } from 'node:crypto';
import { isKeyOf, parseJson, shape, randomHex } from '@hallpass/protocol';
import { type Right, rights } from '../client/rights.ts';
import type { VaultParts } from '../parts.ts';
import { deleteSessionsOfKey } from '../store/access/console-sessions.ts';
import {
  type ApiKeyRow,
  apiKeyById,
  apiKeysOf,
  deleteApiKey,
  insertApiKey,
  touchApiKey,
} from '../store/access/api-keys.ts';

type Parts = Pick<VaultParts, 'db' | 'world'>;

const PREFIX = 'hpv';
/** Seconds after which the time of the last use is written again. */
const TOUCH_EVERY = 3600;

/** Somebody who calls. */
export interface Caller {
  tenant: string;
  rights: ReadonlySet<Right>;
  /** The id of the key, for the history. */
  by: string;
}

export interface ApiKey {
  id: string;
  name: string;
  rights: Right[];
  createdAt: number;
  usedAt: number | undefined;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const rightsIn = (text: string): Right[] =>
  (parseJson(shape.listOf(shape.text), text) ?? []).filter((right) => isKeyOf(rights, right));

/** Makes a key; it is the answer, and nowhere else. */
export async function addApiKey(
  { db, world }: Parts,
  tenant: string,
  { name, rights: given }: { name: string; rights: readonly Right[] },
): Promise<string> {
  const id = randomHex(world.random, 8);
  const secret = Buffer.from(world.random.bytes(32)).toString('base64url');
  const row: ApiKeyRow = {
    id,
    tenant,
    name,
    hash: hashOf(secret),
    rights: JSON.stringify([...new Set(given)]),
    created_at: world.clock.now(),
    used_at: null,
  };
  await db.act(({ tx }) => insertApiKey(tx, row));
  return `${PREFIX}_${id}_${secret}`;
}

export async function listApiKeys({ db }: Pick<VaultParts, 'db'>, tenant: string): Promise<ApiKey[]> {
  const rows = await apiKeysOf(db.read, tenant);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    rights: rightsIn(row.rights),
    createdAt: row.created_at,
    usedAt: row.used_at ?? undefined,
  }));
}

/** Ends a key at once, with every session of the console that it began. Answers false where there is none. */
export const removeApiKey = ({ db }: Pick<VaultParts, 'db'>, tenant: string, id: string): Promise<boolean> =>
  db.act(async ({ tx }) => {
    await deleteSessionsOfKey(tx, tenant, id);
    return deleteApiKey(tx, tenant, id);
  });

const callerWith = (row: Pick<ApiKeyRow, 'tenant' | 'rights' | 'id'>): Caller => ({
  tenant: row.tenant,
  rights: new Set(rightsIn(row.rights)),
  by: row.id,
});

/** The caller whose key has this id, with the rights that it has now; undefined where it was ended. */
export async function callerOfKey({ db }: Pick<VaultParts, 'db'>, tenant: string, id: string) {
  const row = await apiKeyById(db.read, id);
  return row?.tenant === tenant ? { ...callerWith(row), name: row.name } : undefined;
}

/** The caller who has this key; undefined for whatever is none. */
export async function callerOf(
  { db, keys, world }: Parts & Pick<VaultParts, 'keys'>,
  key: string,
): Promise<Caller | undefined> {
  const [, id, secret] = /^hpv_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/.exec(key) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const row = await apiKeyById(db.read, id);
  // A key that is not there takes as long as one with a wrong secret.
  const right = timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(row?.hash ?? hashOf('')));
  if (row === undefined || !right) return undefined;
  const now = world.clock.now();
  // A sealed vault stores nothing.
  const isLate = row.used_at === null || now - row.used_at >= TOUCH_EVERY;
  if (isLate && keys.sealedBecause === undefined) await db.act(({ tx }) => touchApiKey(tx, id, now));
  return callerWith(row);
}
