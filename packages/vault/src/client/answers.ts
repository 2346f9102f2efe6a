// The answer of each call of the REST interface. Moments are epoch seconds. No token, and no part of one, is in any of
// them but in those of `reveal` and `export`.
import { keysOf } from '@hallpass/protocol';
import { app } from './answers/apps.ts';
import { askedConnection, dialogLink, discoveredPages } from './answers/connect.ts';
import {
  checkedConnection,
  connection,
  connectionDetails,
  connectionEvent,
  connectionPage,
} from './answers/connections.ts';
import { delivery, webhook, newWebhook } from './answers/deliveries.ts';
import { handle, handleCall, newHandle, scopeReport } from './answers/handles.ts';
import { apiKey, rotation, sealingKey, withdrawnKey } from './answers/keys.ts';
import { mailSettings } from './answers/mail.ts';
import { finding, snapshot, sweepResult } from './answers/operations.ts';
import { overview, timeline, wouldEnd } from './answers/overview.ts';
import { exportedToken, importedToken } from './answers/tokens.ts';
import { rights } from './rights.ts';
import { flag, listOf, object, oneOf, optional, type Schema, text, type ValueOf, whole } from './schemas.ts';

const removed = object({ removed: flag() });

const caller = object({
  tenant: text('the tenant whose connections the key opens'),
  rights: listOf(oneOf(keysOf(rights))),
});

/** The answer of each call, by its name. */
export const answers = {
  me: caller,
  list: connectionPage,
  overview,
  get: connection,
  details: connectionDetails,
  timeline,
  askAgain: object({ connections: listOf(askedConnection), mailed: whole() }),
  check: checkedConnection,
  history: object({ events: listOf(connectionEvent) }),
  wouldEnd,
  connect: dialogLink,
  import: object({ rows: listOf(importedToken) }),
  reconnect: dialogLink,
  handOver: object({ done: flag(), link: optional(dialogLink) }),
  update: connection,
  discoverPages: discoveredPages,
  remove: removed,
  listApps: object({ apps: listOf(app) }),
  putApp: object({ appId: text() }),
  removeApp: removed,
  reveal: object({ token: text() }),
  export: object({
    tokens: listOf(exportedToken),
    next: optional(text('goes on from here; absent on the last page')),
  }),
  listWebhooks: object({ webhooks: listOf(webhook) }),
  addWebhook: newWebhook,
  removeWebhook: removed,
  replayWebhook: object({ queued: whole() }),
  listDeliveries: object({
    deliveries: listOf(delivery),
    next: optional(text('goes on from here; absent on the last page')),
  }),
  mailSettings,
  setMailSettings: mailSettings,
  testMail: object({ sent: flag(), error: optional(text()) }),
  calendar: object({ url: text() }),
  listHandles: object({ handles: listOf(handle) }),
  createHandle: newHandle,
  withdrawHandle: object({ withdrawn: flag() }),
  listHandleCalls: object({ calls: listOf(handleCall) }),
  scopes: scopeReport,
  sweep: sweepResult,
  rotateKeys: rotation,
  listApiKeys: object({ keys: listOf(apiKey) }),
  addApiKey: object({ key: text('the key itself; shown only once') }),
  removeApiKey: removed,
  listKeys: object({ keys: listOf(sealingKey) }),
  withdrawKey: withdrawnKey,
  snapshot,
  doctor: object({ ok: flag(), findings: listOf(finding) }),
} satisfies Readonly<Record<string, Schema<object>>>;

export type Answers = { [K in keyof typeof answers]: ValueOf<(typeof answers)[K]> };
