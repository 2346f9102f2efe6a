// The answers of the REST interface. Moments are epoch seconds. No token, and no part of one, is in any of them but in
// that of `reveal`.
import type { EventKind } from '../event-kinds.ts';
import type { TokenKindName } from '../kinds.ts';
import type { HolderState } from '../states.ts';

export interface Connection {
  id: string;
  name: string;
  kind?: TokenKindName | undefined;
  state: HolderState;
  /** One sentence. */
  reason?: string | undefined;
  /** The time from which it is of no use; absent for never, and where it is not known. */
  until?: number | undefined;
  dataAccessUntil?: number | undefined;
  missingScopes: string[];
  /** Repairs it and may be forwarded; absent where no person has to do anything. */
  reconnectUrl?: string | undefined;
}

export interface ConnectionPage {
  connections: Connection[];
  next?: string | undefined;
}

export interface ConnectionEvent {
  id: string;
  kind: EventKind;
  at: number;
  connectionId?: string | undefined;
  facts: Record<string, unknown>;
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
  history: { events: ConnectionEvent[] };
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
