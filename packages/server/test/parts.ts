// The parts of a node for tests of one function: a database in memory and what reads it, without a server around them.
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { createSealer, migrate, openDatabase } from '@hallpass/db';
import { tokenKinds } from '@hallpass/protocol';
import { seedWorld, type WorldSeed } from '../src/operator/seed-world.ts';
import { AuditLanes } from '../src/store/audit/lanes.ts';
import { WakeUp } from '../src/installation/bell.ts';
import { Cache } from '../src/installation/cache.ts';
import { createFacts } from '../src/installation/facts.ts';
import { alwaysFresh } from '../src/installation/freshness.ts';
import type { Installation } from '../src/installation/installation.ts';
import { readSettings } from '../src/settings.ts';
import { migrations } from '../src/store/migrations/index.ts';
import type { Schema } from '../src/store/schema.ts';
import { keyRing, purposeKeys, tokenKey } from '../src/tokens/keys.ts';
import type { TokenRecord } from '../src/tokens/record.ts';
import { cast } from './cast.ts';
import { TestClock } from './test-clock.ts';

export interface Parts
  extends Pick<
    Installation,
    | 'auditLanes'
    | 'db'
    | 'facts'
    | 'freshness'
    | 'keys'
    | 'nodeId'
    | 'queued'
    | 'rehearsal'
    | 'ring'
    | 'reloadRing'
    | 'sealer'
    | 'settings'
    | 'world'
  > {
  readonly clock: TestClock;
  /** Names of the events that the changes of the test wrote into the audit trail, oldest first. */
  trail(): Promise<string[]>;
}

/** @param seed the people, apps and the like that are there */
export async function partsOfNode(t: TestContext, seed: Partial<WorldSeed> = {}): Promise<Parts> {
  const clock = new TestClock();
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  const wall = { now: () => clock.now(), ms: () => 0, every: () => ({ cancel() {} }) };
  const db = await openDatabase<Schema>({ kind: 'sqlite', file: ':memory:', wall });
  t.after(() => db.close());
  await migrate(db, migrations, wall);
  const root = random.bytes(32);
  const sealer = createSealer({ keys: [{ id: 'test', key: root }], random });
  const ring = keyRing('here', [tokenKey(1, 'active', root, 'here')]);
  const parts: Parts = {
    world: { clock, wall, random, log: () => {}, parallelism: 1 },
    db,
    sealer,
    settings: readSettings({}),
    keys: purposeKeys(root, 'here'),
    ring: () => ring,
    reloadRing: async () => {},
    facts: createFacts(db, sealer, alwaysFresh, new Cache(1000)),
    freshness: alwaysFresh,
    auditLanes: new AuditLanes(),
    queued: new WakeUp(),
    nodeId: 'here',
    clock,
    trail: async () =>
      (await db.read.selectFrom('events').select('name').orderBy('seq').execute()).map(({ name }) => name),
  };
  await seedWorld(parts, { people: [], apps: [], pages: [], grants: [], ...seed }, async (word) => word);
  return parts;
}

/** A user token of Ana for the shop, made before anything happened. */
export function recordOf(over: Partial<TokenRecord> = {}): TokenRecord {
  const kind = over.kind ?? 'user';
  return {
    kind,
    app: cast.shop.id,
    user: cast.ana.id,
    page: undefined,
    session: '77',
    login: '88',
    issuedAt: 0,
    expiresAt: 0,
    longLived: false,
    native: false,
    authType: undefined,
    authNonce: undefined,
    epochs: tokenKinds[kind].hangsOn.map(() => 0),
    ...over,
  };
}

/** The shop as a live app, for seeds. */
export const shopApp = { ...cast.shop, name: 'Shop', mode: 'live' as const, type: 'web' as const };
