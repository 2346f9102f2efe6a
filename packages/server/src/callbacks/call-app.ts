// This module makes one call to the server of an app: what it looks like on the wire, and whether what came back
// counts. Signed requests are forms; notices are JSON of ASCII letters alone, with two signatures over exactly those
// bytes. The secret is the one in force when it is sent. Sources: the data deletion callback page, "Validating
// payloads" of webhooks.
import { escapedJson, hubSignatures, signSignedRequest } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import type { App } from '../store/apps/apps.ts';
import { type CallKind, type DeletionAnswer, isInOrder } from '../store/outbox/outbox.ts';
import * as subscriptions from '../store/apps/subscriptions.ts';
import type { OutboundAnswer, OutboundRequest } from '../world.ts';
import { readDeletionAnswer } from './deletion-answer.ts';
import type { NoticeEntry, NotificationPair } from './notify-app.ts';
import type { AppId } from '../store/ids.ts';

/** Seconds for which a request to delete data says that it holds. */
const DELETION_LIFE = 3600;

/** The reasons why nothing can be sent: nobody to send to any more, or an app that is switched off for now. */
type CallObstacle = 'no_receiver' | 'app_inactive';

type CallOnWire = Omit<OutboundRequest, 'reach' | 'url'>;

/** The request that tells an app of these payloads: one, or several notices of one object. */
export async function callOf(
  { db, facts, world }: Pick<Installation, 'db' | 'facts' | 'world'>,
  appId: AppId,
  kind: CallKind,
  payloads: readonly Record<string, unknown>[],
): Promise<Omit<OutboundRequest, 'reach'> | CallObstacle> {
  const app = await facts.app(appId);
  if (!app || app.status === 'deleted') return 'no_receiver';
  if (app.status !== 'active') return 'app_inactive';
  if (isInOrder(kind)) {
    const subscription = await subscriptions.of(db.read, appId, kind);
    return subscription
      ? { url: subscription.callbackUrl, ...(await notices(app, subscription, payloads as NoticeEntry[])) }
      : 'no_receiver';
  }
  const url = kind === 'deauthorize' ? app.settings.deauthCallbackUrl : app.settings.dataDeletionUrl;
  const now = world.clock.now();
  const life = kind === 'data_deletion' ? { expires: now + DELETION_LIFE } : {};
  return url === '' ? 'no_receiver' : { url, ...(await signed(app, { ...payloads[0], issued_at: now, ...life })) };
}

async function signed(app: App, payload: { issued_at: number }): Promise<CallOnWire> {
  const body = new URLSearchParams({ signed_request: await signSignedRequest(payload, app.secret) }).toString();
  return { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
}

async function notices(
  app: App,
  { object, includeValues }: subscriptions.Subscription,
  entries: readonly NoticeEntry[],
): Promise<CallOnWire> {
  const entry = entries.map(({ changes, ...about }) => ({
    ...about,
    ...(includeValues ? { changes } : { changed_fields: fieldsOf(changes) }),
  }));
  const body = escapedJson({ object, entry });
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(await hubSignatures(body, app.secret)) },
    body,
  };
}

const fieldsOf = (changes: readonly NotificationPair[]): string[] => [...new Set(changes.map(({ field }) => field))];

export interface CallResult {
  ok: boolean;
  ms: number;
  status?: number;
  /** A word: `redirect`, `status`, `answer`, or why there was no answer. */
  error?: string;
  answer?: DeletionAnswer;
}

/**
 * Sends, and judges what comes back. Any 2xx is "received"; of a request to delete data, JSON with url and code is
 * wanted too.
 */
export async function callApp(
  { world, settings }: Pick<Installation, 'settings' | 'world'>,
  kind: CallKind,
  request: Omit<OutboundRequest, 'reach'>,
): Promise<CallResult> {
  if (!world.outbound) return { ok: false, ms: 0, error: 'busy' };
  const headers = { ...request.headers, 'user-agent': 'hallpass/1.0' };
  return outcomeOf(kind, await world.outbound.send({ ...request, headers, reach: settings.callbackReceivers }));
}

function outcomeOf(kind: CallKind, answer: OutboundAnswer): CallResult {
  if (answer.fault !== undefined) return { ok: false, ms: answer.ms, error: answer.fault };
  const { ms, status } = answer;
  if (status >= 300 && status < 400) return { ok: false, ms, status, error: 'redirect' };
  if (status < 200 || status >= 300) return { ok: false, ms, status, error: 'status' };
  if (kind !== 'data_deletion') return { ok: true, ms, status };
  const deletion = readDeletionAnswer(answer.body);
  return deletion ? { ok: true, ms, status, answer: deletion } : { ok: false, ms, status, error: 'answer' };
}
