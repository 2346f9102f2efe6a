// The answers of the REST interface. Moments are epoch seconds. No token, and no part of one, is in any of them but in
// that of `reveal`.
import type { EventKind } from '../event-kinds.ts';
import type { ServiceName, TokenKindName } from '../kinds.ts';
import type { HolderState } from '../states.ts';

export interface Connection {
  id: string;
  name: string;
  /** Absent until its server has said what it is. */
  kind?: TokenKindName | undefined;
  state: HolderState;
  /** The reason for the state, in one sentence. */
  reason?: string | undefined;
  /** The time from which it is of no use, epoch seconds; absent for never, and where it is not known. */
  until?: number | undefined;
  /** The end of its access to data alone, epoch seconds. */
  dataAccessUntil?: number | undefined;
  /** Permissions that the holder needs and the token lacks. A token is a snapshot: they take a new consent. */
  missingScopes: string[];
  /** Repairs it and may be forwarded; absent where no person has to do anything. */
  reconnectUrl?: string | undefined;
}

export interface ConnectionPage {
  connections: Connection[];
  /** Goes on from here; absent on the last page. */
  next?: string | undefined;
}

export interface ConnectionEvent {
  id: string;
  kind: EventKind;
  at: number;
  connectionId?: string | undefined;
  facts: Record<string, unknown>;
}

export interface DialogLink {
  /** The dialog, with everything that it needs. */
  url: string;
  /** It comes back with the answer of the dialog. */
  state: string;
  /** Epoch seconds from which the answer comes too late. */
  expiresAt: number;
}

export interface ImportedToken {
  /** The place in the text: `line 3`. */
  where: string;
  name: string;
  /** `new` and `replaces` are kept, in a dry run they would be; `unchanged` is kept already. */
  outcome: 'new' | 'replaces' | 'unchanged' | 'refused';
  id?: string | undefined;
  kind?: TokenKindName | undefined;
  state?: HolderState | undefined;
  until?: number | undefined;
  /** The reason why it is refused: a word, and a sentence. */
  problem?: { key: string; words: string } | undefined;
  /** It is kept, and this should be known of it. */
  notes: string[];
}

export interface FoundPages {
  pages: {
    id: string;
    name: string;
    outcome: 'new' | 'replaces' | 'unchanged' | 'without_token' | 'not_listed' | 'not_wanted' | 'refused';
    connectionId?: string | undefined;
    /** The reason why there is no token. */
    why?: { words: string } | undefined;
  }[];
  /** False where a list could not be read: then no Page counts as gone. */
  complete: boolean;
  faults: string[];
}

/** An app as it may be shown. */
export interface App {
  appId: string;
  service: ServiceName;
  graphBase: string;
  dialogBase: string;
  version?: string | undefined;
  /** Without its secret nothing can be extended in its name. */
  hasSecret: boolean;
}

export interface WebhookAnswer {
  id: string;
  url: string;
  /** Absent for all. */
  events?: EventKind[] | undefined;
  createdAt: number;
}

export interface DeliveryAnswer {
  id: string;
  channel: 'mail' | 'webhook';
  event: EventKind;
  connectionId?: string | undefined;
  state: 'waiting' | 'sent' | 'failed' | 'dropped';
  createdAt: number;
  dueAt: number;
  endedAt?: number | undefined;
  tries: { at: number; ms: number; status?: number | undefined; error?: string | undefined }[];
}

export interface MailSettings {
  team: string[];
  language: string;
  timeZone: string;
  quietHours?: { from: number; to: number } | undefined;
  mailsPerDay: number;
  groupSeconds: number;
}

export interface Finding {
  check: string;
  ok: boolean;
  /** One sentence: how it is, or what to do. */
  message: string;
}

export interface Health {
  status: 'ok' | 'sealed' | 'away';
  reason?: string | undefined;
}

/** The answer of each call, by its name. */
export interface Answers {
  list: ConnectionPage;
  get: Connection;
  check: Connection;
  history: { events: ConnectionEvent[] };
  connect: DialogLink;
  import: { rows: ImportedToken[] };
  reconnect: DialogLink;
  handOver: { done: boolean; link?: DialogLink | undefined };
  update: Connection;
  discoverPages: FoundPages;
  remove: { removed: boolean };
  listApps: { apps: App[] };
  putApp: { appId: string };
  removeApp: { removed: boolean };
  reveal: { token: string };
  listWebhooks: { webhooks: WebhookAnswer[] };
  addWebhook: WebhookAnswer & { secret: string };
  removeWebhook: { removed: boolean };
  replayWebhook: { queued: number };
  listDeliveries: { deliveries: DeliveryAnswer[] };
  mailSettings: MailSettings;
  setMailSettings: MailSettings;
  testMail: { sent: boolean; error?: string | undefined };
  calendar: { url: string };
  sweep: Record<string, number>;
  rotateKeys: Record<string, unknown>;
  doctor: { ok: boolean; findings: Finding[] };
}
