// An installation is one running node: what the acts of the platform are made with. Functions take it as their first
// argument and use two or three parts of it.
import type { Database, Sealer } from '@hallpass/db';
import type { Settings } from '../settings.ts';
import type { Schema } from '../store/schema.ts';
import type { CallLog } from './call-log.ts';
import type { KeyRing, PurposeKeys } from '../tokens/keys.ts';
import type { Usage } from '../usage/usage.ts';
import type { World } from '../world.ts';
import type { AuditLanes } from '../store/audit/lanes.ts';
import type { WakeUp } from './bell.ts';
import type { BoundedMap } from './bounded-map.ts';
import type { Facts } from './facts.ts';
import type { Freshness } from './freshness.ts';

export interface Installation {
  readonly world: World;
  readonly settings: Settings;
  readonly db: Database<Schema>;
  /** Opens and closes columns that are encrypted at rest. */
  readonly sealer: Sealer;
  readonly keys: PurposeKeys;
  /** The token keys in force on this node now. */
  ring(): KeyRing;
  /** Loads the ring anew, after it changed. */
  reloadRing(): Promise<void>;
  readonly facts: Facts;
  readonly freshness: Freshness;
  /** Ids of dialogs that were cancelled before anybody was logged in: the latest ones of this node. */
  readonly cancelled: BoundedMap<true>;
  /** Tries for addresses that were typed at a log-in, whether anybody has them or not, as this node has counted them. */
  readonly addressTries: BoundedMap<{ count: number; since: number }>;
  /** The lanes in which the lines of this node's changes are added to the audit trail. */
  readonly auditLanes: AuditLanes;
  /** Rung after each commit that queued calls to apps. */
  readonly queued: WakeUp;
  /** The amounts that apps have used of their limits. */
  readonly usage: Usage;
  /** The last calls of each app that need an explanation. */
  readonly callLog: CallLog;
  /** Id of the installation: bound into keys. */
  readonly id: string;
  readonly nodeId: string;
  /** Set where an act is only tried, to find out what it would end: no change is kept (liveness/rehearsal.ts). */
  readonly rehearsal?: true;
}
