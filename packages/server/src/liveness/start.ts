// Brings one node up: checks the database, settles the installation's id, loads the key ring, begins to follow the feed.
import type { Database, Sealer } from '@hallpass/db';
import { sql } from 'kysely';
import type { Settings } from '../settings.ts';
import * as meta from '../store/meta.ts';
import type { Schema } from '../store/schema.ts';
import * as signingKeys from '../store/signing-keys.ts';
import { type KeyRing, keyRing, newKeySecret, purposeKeys, tokenKey } from '../tokens/keys.ts';
import type { World } from '../world.ts';
import { Cache } from './cache.ts';
import { Facts, factKey } from './facts.ts';
import { alwaysFresh, followFeed, type Freshness } from './freshness.ts';
import type { Installation } from './installation.ts';

export interface StartOptions {
  world: World;
  settings: Settings;
  db: Database<Schema>;
  sealer: Sealer;
  /** 32 bytes; everything hangs on it. */
  rootKey: Uint8Array;
  /** Fixes the installation id, so that app-scoped ids come out the same at every start (the emulator's worlds). */
  installationId?: string;
  /** Key for app-scoped ids alone, where those must not depend on the root key (the emulator's worlds). */
  scopedIdKey?: Uint8Array;
}

/** @throws Error when the database belongs to another root key */
export async function startInstallation(options: StartOptions): Promise<Installation> {
  const { world, settings, db, sealer } = options;
  const id = await settle(options);
  const keys = { ...purposeKeys(options.rootKey, id), ...(options.scopedIdKey ? { scopedId: Buffer.from(options.scopedIdKey) } : {}) };
  let ring = await loadRing(db, sealer, id);
  const cache = new Cache(settings.cacheEntries);
  const reloadRing = async (): Promise<void> => {
    ring = await loadRing(db, sealer, id);
    // What was concluded with the old ring holds no longer.
    cache.forget(factKey.keys());
  };
  const forget = async (key: string): Promise<void> => {
    cache.forget(key);
    if (key === factKey.keys()) await reloadRing();
  };
  const freshness: Freshness = db.kind === 'sqlite' ? alwaysFresh : await followFeed(db, world, forget, () => cache.clear());
  const facts = new Facts(db, sealer, freshness, cache, new Cache(settings.cacheEntries / 20));
  const nodeId = Buffer.from(world.random.bytes(6)).toString('hex');
  return { world, settings, db, sealer, keys, ring: () => ring, reloadRing, facts, freshness, id, nodeId };
}

async function settle(options: StartOptions): Promise<string> {
  const { db, sealer, world } = options;
  return db.act(async ({ tx }) => {
    const fresh = options.installationId ?? Buffer.from(world.random.bytes(16)).toString('hex');
    const id = await meta.settle(tx, 'installation', fresh);
    const keys = await tx.selectFrom('signing_keys').select('id').limit(1).execute();
    if (keys.length === 0) await signingKeys.insert(tx, sealer, { id: 1, status: 'active', secret: newKeySecret(world.random), at: world.clock.now() });
    return id;
  });
}

async function loadRing(db: Database<Schema>, sealer: Sealer, installation: string): Promise<KeyRing> {
  const rows = await signingKeys.usable(db.read, sealer);
  return keyRing(
    installation,
    rows.map((row) => tokenKey(row.id, row.status, row.secret, installation)),
  );
}

/** Whether the database answers: for `/_/ready`. */
export async function answers(db: Database<Schema>): Promise<boolean> {
  try {
    await sql`select 1`.execute(db.read);
    return true;
  } catch {
    return false;
  }
}
