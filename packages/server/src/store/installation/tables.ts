// These tables are about the installation itself: epochs, the feed between nodes, the audit trail, what was used of
// limits, and keys.
import type { Generated } from 'kysely';
import type { AppId } from '../ids.ts';

interface EpochsTable {
  scope: string;
  epoch: number;
}

export interface InvalidationsTable {
  seq: Generated<number>;
  scope: string;
  epoch: number;
  name: string;
  at: number;
  by_kind: string;
  by_id: string | null;
}

/**
 * The feed says what other nodes must forget, a row for each change. On PostgreSQL a column `xact` holds the number of the
 * transaction that wrote it. Purged after some hours.
 */
interface FeedTable {
  seq: Generated<number>;
  /** A JSON list of keys of facts. */
  keys: string;
  at: number;
}

export interface EventsTable {
  seq: Generated<number>;
  at: number;
  name: string;
  outcome: string;
  reason: string | null;
  node: string;
  request_id: string | null;
  app_id: AppId | null;
  actor_kind: string | null;
  actor_id: string | null;
  target_id: string | null;
  ip_prefix: string | null;
  token_fp: string | null;
  /** The lane of the node; null in lines of before there were lanes. */
  lane: number | null;
  /** Hash over the line before in its lane and this one: `audit verify` finds edits and gaps. */
  chain: string;
}

/** Says where each lane of the audit trail ends. */
interface AuditLanesTable {
  node: string;
  lane: number;
  /** The number of its lines, and the chain value of the last one; empty before the first. */
  lines: number;
  chain: string;
  /** Keyed hash over the end: nobody else can write one. */
  proof: string;
  /** The number of its lines in the newest seal that names it. */
  sealed: number;
}

interface AuditSealsTable {
  seq: Generated<number>;
  at: number;
  /** JSON: the lanes that had grown, each as node, lane, number of lines and chain value. */
  ends: string;
  /** Hash over the seal before and this one. */
  chain: string;
}

/** A count says what was used of a limit in one slot of time. */
export interface UsageCountsTable {
  /** App, person in an app, Page, ad account … as usage/usage.ts names them. */
  subject: string;
  /** When the slot began. */
  slot: number;
  calls: number;
  /** Microseconds. */
  cpu: number;
  /** Milliseconds. */
  time: number;
  /** From then on it counts no more. */
  ends: number;
}

/** A day of use says how an app was used on it. */
export interface UsageDaysTable {
  app_id: AppId;
  /** The moment it began. */
  day: number;
  calls: number;
  errors: number;
  limited: number;
  marketing_calls: number;
  marketing_errors: number;
  /** The number of people that the sketch stands for. */
  active: number;
  /** A sketch of the people, see usage/sketch.ts. */
  people: string;
}

/** A row says how often an app made calls of one kind on one day. */
export interface UsageKindsTable {
  app_id: AppId;
  /** The moment it began. */
  day: number;
  /** `use:` and a use case, `error:` with code and subcode, or `version:` and a version. */
  kind: string;
  calls: number;
}

/** These rows say how the newest advertising calls of an app ended. */
interface UsageRecentTable {
  app_id: AppId;
  /** One character for each call, the newest last: 1 for an error, 0 for none. */
  outcomes: string;
}

export interface SigningKeysTable {
  /** 1 … 65535, in the token. */
  id: number;
  /** `fenced` and `withdrawn`: open tokens only to say that they are dead. */
  status: 'active' | 'accepted' | 'fenced' | 'withdrawn';
  /** Sealed under the root key. */
  secret: string;
  created_at: number;
  changed_at: number;
}

interface OidcKeysTable {
  kid: string;
  /** Sealed private JWK. */
  private_jwk: string;
  /** JSON. */
  public_jwk: string;
  created_at: number;
  retired_at: number | null;
}

interface MetaTable {
  key: string;
  value: string;
}

export interface InstallationTables {
  epochs: EpochsTable;
  invalidations: InvalidationsTable;
  feed: FeedTable;
  events: EventsTable;
  audit_lanes: AuditLanesTable;
  audit_seals: AuditSealsTable;
  usage_counts: UsageCountsTable;
  usage_days: UsageDaysTable;
  usage_kinds: UsageKindsTable;
  usage_recent: UsageRecentTable;
  signing_keys: SigningKeysTable;
  oidc_keys: OidcKeysTable;
  meta: MetaTable;
}
