// Brings one node up: checks the database, settles the installation's id, loads the key ring, begins to follow the
// feed.
import { randomHex } from '@hallpass/protocol';
import type { Database, Sealer } from '@hallpass/db';
import { sql } from 'kysely';
import type { Settings } from '../settings.ts';
import * as meta from '../store/installation/meta.ts';
import { AuditLanes } from '../store/audit/lanes.ts';
import { CallLog } from './call-log.ts';
import type { Schema } from '../store/schema.ts';
import * as signingKeys from '../store/installation/signing-keys.ts';
import { type KeyRing, keyRing, newKeySecret, type PurposeKeys, purposeKeys, tokenKey } from '../tokens/keys.ts';
import { Usage } from '../usage/usage.ts';
import type { Log, World } from '../world.ts';
import { WakeUp } from './bell.ts';
import { BoundedMap } from './bounded-map.ts';
import { Cache } from './cache.ts';
import { createFacts } from './facts.ts';
import { factKey } from '../store/facts/fact-key.ts';
import { collectFacts } from '../store/query.ts';
import { FENCE, fenceName } from './fence-name.ts';
import { alwaysFresh, followFeed, type Freshness } from './freshness.ts';
import type { Installation } from './installation.ts';

/** A node remembers so many cancelled dialogs, and so many addresses that were typed at a log-in. */
const CANCELLED = 4096;
const ADDRESSES = 100_000;

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
  const { world, settings, db } = options;
  const sealer = watched(options.sealer, world.log);
  const id = await settle(options);
  const cache = new Cache(settings.cacheEntries);
  const held = followKeys(() => loadKeys({ ...options, sealer }, id));
  const forget = async (key: string): Promise<void> => {
    cache.forget(key);
    if (key === factKey.keys()) await held.reload();
  };
  const forgetAll = async (): Promise<void> => {
    cache.clear();
    await held.reload();
  };
  const confirmation = async (): Promise<string> => fenceName(await meta.get(db.read, FENCE));
  const freshness: Freshness =
    db.kind === 'sqlite' ? alwaysFresh : await followFeed(db, world, { forget, forgetAll, confirmation });
  // After the feed is followed: a key that is withdrawn from now on is heard of.
  await held.reload();
  const facts = createFacts(db, sealer, freshness, cache);
  const nodeId = randomHex(world.random, 6);
  return {
    world,
    settings,
    db,
    sealer,
    get keys() {
      return held.present().keys;
    },
    ring: () => held.present().ring,
    reloadRing: held.reload,
    facts,
    freshness,
    cancelled: new BoundedMap(CANCELLED),
    addressTries: new BoundedMap(ADDRESSES),
    auditLanes: new AuditLanes(),
    queued: new WakeUp(),
    usage: new Usage(db, settings, world),
    callLog: new CallLog(),
    id,
    nodeId,
  };
}

/** Says in the log where something sealed does not open: it was changed, moved, or put back (threats CR-05). */
function watched(sealer: Sealer, log: Log): Sealer {
  return {
    seal: (plaintext, place) => sealer.seal(plaintext, place),
    needsReseal: (sealed) => sealer.needsReseal(sealed),
    open(sealed, place) {
      try {
        return sealer.open(sealed, place);
      } catch (error) {
        log('error', 'crypto.seal_broken', { ...place });
        throw error;
      }
    },
  };
}

/** Everything that changes with the ring or with a fence. */
interface StartedParts {
  ring: KeyRing;
  keys: PurposeKeys;
}

/** Keeps the newest of what was loaded: a load that began before another one never replaces what that one found. */
function followKeys(load: () => Promise<StartedParts>): { present(): StartedParts; reload(): Promise<void> } {
  let held: StartedParts | undefined;
  let begun = 0;
  let shown = 0;
  return {
    present() {
      if (!held) throw new Error('the keys have not been loaded');
      return held;
    },
    async reload() {
      const mine = ++begun;
      const loaded = await load();
      if (mine < shown) return;
      held = loaded;
      shown = mine;
    },
  };
}

async function settle(options: StartOptions): Promise<string> {
  const { db, sealer, world } = options;
  return db.act(async ({ tx }) => {
    const fresh = options.installationId ?? randomHex(world.random, 16);
    const id = await meta.settle(tx, 'installation', fresh);
    const keys = await tx.selectFrom('signing_keys').select('id').limit(1).execute();
    // No node remembers anything of a ring without keys.
    if (keys.length === 0)
      await signingKeys.insert(collectFacts(tx), sealer, {
        id: 1,
        status: 'active',
        secret: newKeySecret(world.random),
        at: world.clock.now(),
      });
    return id;
  });
}

async function loadKeys(
  { db, sealer, rootKey, scopedIdKey, world }: StartOptions,
  installation: string,
): Promise<StartedParts> {
  // The fence first: keys that are read after it are at least as new.
  const fence = fenceName(await meta.get(db.read, FENCE));
  const rows = await signingKeys.known(db.read, sealer);
  return {
    ring: keyRing(
      installation,
      rows.map((row) => tokenKey(row.id, row.status, row.secret, installation, row.changedAt)),
      world.tokenSpellings,
    ),
    keys: {
      ...purposeKeys(rootKey, installation, fence),
      ...(scopedIdKey ? { scopedId: Buffer.from(scopedIdKey) } : {}),
    },
  };
}

/** True when the database answers: for `/_/ready`. */
export async function answers(db: Database<Schema>): Promise<boolean> {
  try {
    await sql`select 1`.execute(db.read);
    return true;
  } catch {
    return false;
  }
}
