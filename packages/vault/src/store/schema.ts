// These are the tables of the vault, as the code sees them. The tenant stands in the key of every row and in every query.
// Ids are text, moments are epoch seconds, yes/no is 0 or 1, records are JSON text, secrets are sealed text.
import type { LeaseColumns, QueueColumns } from '@hallpass/db';
import type { EventKind } from '../event-kinds.ts';
import type { ServiceName, TokenKindName } from '../kinds.ts';
import type { HolderState } from '../states.ts';

/** An app in whose name tokens are asked for, extended and inspected. */
export interface AppsTable {
  tenant: string;
  app_id: string;
  service: ServiceName;
  /** The address of the Graph, such as `https://graph.facebook.com`. */
  graph_base: string;
  /** The address of the dialog, with its path. */
  dialog_base: string;
  /** `v25.0`; null for the default of the app. */
  version: string | null;
  /** Sealed at `appSecretPlace`; null where it isn't known: then nothing can be extended in its name. */
  secret: string | null;
  secret_version: number;
  changed_at: number;
}

/** One token that somebody gave into the vault, and what is known of it. */
export interface ConnectionsTable {
  tenant: string;
  id: string;
  name: string;
  /** Null until its server has said what it is. */
  kind: TokenKindName | null;
  app_id: string;
  /** The person, Page, system user or account that the token acts as; null where debug_token doesn't say. */
  subject_id: string | null;
  subject_name: string | null;
  subject_type: 'user' | 'page' | 'system_user' | 'app' | 'account' | null;
  /**
   * The person behind the token, as debug_token names them: of a Page token, whoever it was read by. Null where it isn't
   * known.
   */
  person_id: string | null;
  /** The connection whose token this one was read with. */
  parent_id: string | null;
  owner_name: string | null;
  owner_email: string | null;
  /** A language tag, for mails. */
  language: string | null;
  /** JSON list: what the holder needs. */
  wanted_scopes: string;
  /** JSON list: what the token carried at the last look. */
  granted_scopes: string;
  /** JSON list of GranularScope, as debug_token gave it. */
  granular: string | null;
  /** JSON list of ids of Pages that are wanted; null for all. */
  page_choice: string | null;
  /** Sealed at `tokenPlace`; null when there is none. */
  token: string | null;
  /** Counts up with each new token: whoever writes one names the version that it replaces. */
  token_version: number;
  /** Keyed hash of the token, never shown. */
  fingerprint: string | null;
  state: HolderState;
  /** One sentence, never with a token in it. */
  reason: string | null;
  code: number | null;
  subcode: number | null;
  /** A word of `holderAdvice`. */
  advice: string | null;
  issued_at: number | null;
  /** Null for a token without an end, and where it isn't known: `kind` tells which. */
  expires_at: number | null;
  data_access_until: number | null;
  extended_at: number | null;
  extend_tried_at: number | null;
  /** Failed tries in a row that say nothing about the token. */
  failures: number;
  created_at: number;
  changed_at: number;
}

/**
 * The looks at a connection, one row for each. They stand apart from it, because a sweep writes this row twice for each
 * look, and nearly always nothing else.
 */
export interface LooksTable extends LeaseColumns {
  tenant: string;
  /** The id of the connection. */
  id: string;
  /** When somebody should look at it next, with jitter; null for never. */
  due_at: number | null;
  /** When it was looked at last. */
  checked_at: number | null;
}

/** A trip through the dialog that has begun. */
export interface LoginsTable {
  tenant: string;
  /** Keyed hash of `state`. */
  state_hash: string;
  purpose: 'connect' | 'reconnect' | 'hand_over';
  app_id: string;
  /** The connection that is connected again; null for a new one. */
  connection_id: string | null;
  /** The person who has to come back; null for anybody. */
  expected_subject: string | null;
  /** Sealed at `verifierPlace`. */
  verifier: string;
  /** The address that the dialog returns to. */
  redirect: string;
  /** JSON: what the new connection is made with. */
  wanted: string;
  expires_at: number;
  /** Keyed hash of the code that came back; the same one again is answered as it was. */
  code_hash: string | null;
  result_id: string | null;
}

/** A thing that happened to a connection. Mails and webhooks are made from these. */
export interface EventsTable {
  /** Counts up. */
  id?: number;
  tenant: string;
  connection_id: string | null;
  kind: EventKind;
  at: number;
  /** JSON without any secret, names or addresses of people. */
  facts: string;
  /** When deliveries were made of it; null while nobody has looked. */
  handled_at: number | null;
}

/** A mail or a call of a webhook that is to be sent. What is for one receiver goes in its order. */
export interface DeliveriesTable extends QueueColumns {
  tenant: string;
  /** Incident, receiver and day: nothing is queued twice. */
  key: string;
  channel: 'mail' | 'webhook';
  /** An address of mail, or the id of a webhook. */
  receiver: string;
  event: EventKind;
  /** `dropped`: it was over before it could be sent, or nobody wanted it any more. */
  state: 'waiting' | 'sent' | 'failed' | 'dropped';
  connection_id: string | null;
  /** JSON: what it tells, without any secret. */
  payload: string;
}

/** An address that gets no more mails. */
interface MailOptOutsTable {
  tenant: string;
  /** In small letters. */
  address: string;
  since: number;
}

/** A row of another product whose token was taken over. */
export interface AdoptionsTable {
  tenant: string;
  /** Product, table, row and column: `chatwoot/channel_facebook_pages/12/page_access_token`. */
  source: string;
  /** Keyed hash of the token that was in the row. */
  fingerprint: string;
  /** The connection that holds a token of the same subject since. */
  connection_id: string;
  taken_at: number;
}

/** A key of the REST interface. */
export interface ApiKeysTable {
  id: string;
  tenant: string;
  name: string;
  /** The hash of its secret half, which is random, so that nobody can try all of them. */
  hash: string;
  /** JSON list of rights. */
  rights: string;
  created_at: number;
  used_at: number | null;
}

/** A browser that is signed in to the console by a key of the REST interface. */
export interface ConsoleSessionsTable {
  /** Keyed hash of the value of its cookie: what is stored opens nothing. */
  hash: string;
  tenant: string;
  /** The key that was shown; its rights are those of the session for as long as it is there. */
  key_id: string;
  begun_at: number;
  expires_at: number;
}

export interface WebhooksTable {
  tenant: string;
  id: string;
  url: string;
  /** Sealed at `webhookSecretPlace`. */
  secret: string;
  secret_version: number;
  /** JSON list of kinds of events; null for all. */
  kinds: string | null;
  created_at: number;
}

/** A credential for the proxy: it stands for the token of one connection, for some calls. */
export interface HandlesTable {
  id: string;
  tenant: string;
  connection_id: string;
  /** The program that it is for, in words. */
  purpose: string;
  /** Keyed hash of its secret half. */
  hash: string;
  /** The rules that say which calls it is for, as they were written. */
  allow: string;
  calls_per_minute: number;
  /** The minute since 1970 that is counted now, and its calls so far, of all processes together. */
  minute: number;
  calls: number;
  created_at: number;
  /** Null for one without an end. */
  until: number | null;
  withdrawn_at: number | null;
  used_at: number | null;
}

/** A call that came with a handle, or an item of a batch. No value of a parameter or an answer stands here. */
export interface HandleCallsTable {
  /** Counts up. */
  id?: number;
  tenant: string;
  handle_id: string;
  connection_id: string;
  app_id: string;
  at: number;
  method: string;
  /** `/{id}/feed`: names that are known, and a mark for everything else. */
  path: string;
  /** Status over HTTP; null while it is under way, and where the process ended meanwhile. */
  status: number | null;
  /** The error code of the Graph, or the one of a refusal by the proxy. */
  code: number | null;
  /** The key of the refusal, where the proxy itself refused. */
  refused_by: string | null;
  /** JSON list of permissions that the call needed. */
  scopes: string;
  /** 1 where the server refused because one is missing. */
  scopes_missing: number;
  bytes_in: number;
  bytes_out: number;
  ms: number;
}

interface SettingsTable {
  tenant: string;
  key: string;
  /** JSON. */
  value: string;
}

/** A tenant with keys of its own. Other tenants share the keys of the vault. */
export interface TenantsTable {
  name: string;
  /** Names the master key that wraps its keys; `vault` for that of the vault. The key itself is never stored. */
  key_source: string;
  created_at: number;
}

/** The keys that values are sealed with. Each is wrapped by a master key, which is never stored. */
export interface KeysTable {
  id: string;
  /** The tenant whose values alone it seals; '' for the key that tenants without their own share. */
  tenant: string;
  /** `seal` keys rotate. The `hash` key doesn't: what is looked up by its hash would not be found any more. */
  purpose: 'seal' | 'hash';
  status: 'active' | 'retiring';
  wrapped: string;
  created_at: number;
  /** Real time from which it has been active or retiring. */
  since: number;
}

export interface VaultSchema {
  apps: AppsTable;
  connections: ConnectionsTable;
  looks: LooksTable;
  logins: LoginsTable;
  events: EventsTable;
  deliveries: DeliveriesTable;
  mail_opt_outs: MailOptOutsTable;
  adoptions: AdoptionsTable;
  api_keys: ApiKeysTable;
  console_sessions: ConsoleSessionsTable;
  webhooks: WebhooksTable;
  handles: HandlesTable;
  handle_calls: HandleCallsTable;
  settings: SettingsTable;
  tenants: TenantsTable;
  keys: KeysTable;
}
